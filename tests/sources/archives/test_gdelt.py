from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foreshock.errors import SourceError
from foreshock.reading.extract import extract
from foreshock.sources import Fetched, Limits, gather
from foreshock.sources.archives.gdelt import event_of_row, rows
from foreshock.sources.archives.report import ArchiveReport
from tests.sources.archives.gdelt_rows import event, knowledge, mention
from tests.sources.archives.making import NOW, Read, html

URL = "https://steppe.example/"


def fetch(url: str, *, limits: Limits) -> Fetched:
    number = int(url.removeprefix(URL))
    if number == 4:
        raise SourceError(f"{url} answers with status 404")
    return Fetched(url, url, html(number), html(number), "text/html", None)


def pages(data: str | bytes, tmp_path: Path, name: str, fetcher: object = fetch) -> Read:
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    reports: list[ArchiveReport] = []
    return Read(list(gather(str(path), extract=extract, now=NOW, fetch=fetcher, counted=reports.append)), (reports or [None])[-1])


def zipped(text: str, name: str = "20220105121500.export.CSV") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, text)
    return out.getvalue()


EVENTS = [
    event(1, f"{URL}1", code="190"),
    event(2, f"{URL}1?utm_source=a", code="141"),
    event(3, f"{URL}2", code="010"),
    event(4, f"{URL}4", code="010"),
    event(5, "BBC Monitoring", code="010"),
    "too\tfew",
    "",
]
MENTIONS = [*(mention(1, f"{URL}{number}") for number in (1, 2, 1, 4)), mention(3, "doi:1", kind="2"), "x"]
KNOWLEDGE = [*(knowledge(f"{URL}{number}") for number in (1, 2, 1, 4)), knowledge("a", collection="3"), "x\t"]
LISTS = {"x.export.CSV": "\n".join(EVENTS), "x.mentions.CSV": "\n".join(MENTIONS), "x.gkg.csv": "\n".join(KNOWLEDGE)}


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("packed", [False, True])
def test_the_pages_of_a_list_are_fetched_each_once(tmp_path: Path, name: str, packed: bool) -> None:
    data = zipped(LISTS[name], name) if packed else LISTS[name]
    found = pages(data, tmp_path, f"{name}.zip" if packed else name)
    assert [one.url for one in found.documents] == [f"{URL}1", f"{URL}2"]
    assert found.problems == [f"{URL}4 answers with status 404"]
    assert found.report is not None
    assert dict(found.report.skipped) == {"named again": 1, "not fetched": 1, "no web address": 1, "broken row": 1}
    assert found.report.records == 6


def test_no_network_no_list_no_zip(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no access to the network"):
        pages(LISTS["x.export.CSV"], tmp_path, "x.export.CSV", fetcher=None)
    with pytest.raises(SourceError, match="no row of a list"):
        pages("", tmp_path, "x.export.CSV")
    with pytest.raises(SourceError, match="no zip file"):
        pages(b"PK", tmp_path, "x.export.CSV.zip")


def test_a_broken_zip_file_gives_what_is_whole_and_its_problem(tmp_path: Path) -> None:
    def nothing(url: str, *, limits: Limits) -> Fetched:
        raise SourceError(f"{url} is not there")

    data = bytearray(zipped("\n".join(event(number, f"{URL}{number}", code="190") for number in range(3_000))))
    data[len(data) // 2] ^= 0xFF
    found = pages(bytes(data), tmp_path, "x.export.CSV.zip", fetcher=nothing)
    assert f"{URL}9 is not there" in found.problems
    assert "x.export.CSV.zip#20220105121500.export.CSV: broken" in found.problems[-1]


def test_an_event(tmp_path: Path) -> None:
    row = event(
        7, f"{URL}1#top", day="20220230", code="1831", actor="KAZMIL", actor_country="KAZ", recipient="KAZCVL",
        recipient_country="KAZ", place="Almaty, Almaty, Kazakhstan", fips="KZ",
    )  # fmt: skip
    found = event_of_row(tuple(row.split("\t")))
    assert found is not None
    assert (found.id, found.date, found.root, found.code, found.url) == ("7", None, "18", "1831", f"{URL}1")
    assert (found.actor, found.recipient, found.place, found.fips) == ("KAZMIL", "KAZCVL", "Almaty, Almaty, Kazakhstan", "KZ")
    for code in ("", "---", "99", "1x", "00"):
        assert event_of_row(tuple(event(7, URL, code=code).split("\t"))) is None


@settings(max_examples=100, deadline=None)
@given(
    st.binary(max_size=300),
    st.integers(0, 1 << 12),
    st.sampled_from([("export", LISTS["x.export.CSV"]), ("gkg", LISTS["x.gkg.csv"])]),
)
def test_any_bytes_are_rows_or_broken_rows(
    tmp_path_factory: pytest.TempPathFactory, put: bytes, at: int, shape: tuple[str, str]
) -> None:
    kind, text = shape
    data = text.encode()
    path = tmp_path_factory.getbasetemp() / "any.CSV"
    path.write_bytes(data[: at % len(data)] + put + data[at % len(data) :])
    for row in rows(path, kind, limit=100_000):  # type: ignore[arg-type]
        if not isinstance(row, SourceError) and row.columns and kind == "export":
            event_of_row(row.columns)
