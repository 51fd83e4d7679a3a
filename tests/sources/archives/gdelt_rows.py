"""Rows in the form of GDELT 2.0, all of them invented."""

from __future__ import annotations


def event(number: int, url: str, **columns: str) -> str:
    """A row of 61 columns: soldiers of Qazaland's neighbour; what is not given is empty."""
    places = {
        "day": 1, "actor": 5, "actor_name": 6, "actor_country": 7, "recipient": 15, "recipient_name": 16, "recipient_country": 17,
        "code": 26, "base": 27, "root": 28, "place": 52, "fips": 53,
    }  # fmt: skip
    row = [""] * 61
    row[0], row[1], row[25], row[60] = str(number), "20220105", "1", url
    for name, value in columns.items():
        row[places[name]] = value
    row[28] = row[28] or row[26][:2]
    row[27] = row[27] or row[26][:3]
    return "\t".join(row)


def mention(number: int, url: str, *, kind: str = "1") -> str:
    row = [""] * 16
    row[0], row[1], row[2], row[3], row[5] = str(number), "20220105120000", "20220105121500", kind, url
    return "\t".join(row)


def knowledge(url: str, *, collection: str = "1") -> str:
    row = [""] * 27
    row[0], row[1], row[2], row[4] = "20220105121500-1", "20220105121500", collection, url
    return "\t".join(row)
