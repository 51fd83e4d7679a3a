"""Any byte changed, cut out or put in anywhere: nothing is raised, the damage is counted, and what is whole is read."""

from __future__ import annotations

import io
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foreshock.errors import SourceError
from foreshock.model import Document, Extract
from foreshock.sources.archives.pages import read_archive
from foreshock.sources.archives.report import ArchiveReport
from foreshock.sources.base import Job, Limits
from tests.sources.archives.making import NOW, members, page

COUNT = 6
PAGES = [page(number) for number in range(COUNT)]
BARE = [page(number, WARC_Block_Digest="") for number in range(COUNT)]
SHAPES = {"plain": b"".join(PAGES), "members": members(PAGES), "bare": b"".join(BARE), "one member": members([b"".join(PAGES)])}
# Where each record begins in the file, for those shapes in which a record can be damaged alone.
STARTS = {
    "plain": [sum(map(len, PAGES[:number])) for number in range(COUNT + 1)],
    "bare": [sum(map(len, BARE[:number])) for number in range(COUNT + 1)],
    "members": [len(members(PAGES[:number])) for number in range(COUNT + 1)],
}
NUMBERS = {f"https://steppe.example/{number}": number for number in range(COUNT)}  # -1: a damaged address
LIMITS = Limits(max_page_bytes=100_000, max_decoded_bytes=1_000_000)


class Outcome(NamedTuple):
    pages: dict[int, str]
    report: ArchiveReport | None
    nothing: bool


def fast(data: bytes, *, media_type: str | None, charset: str | None, name: str) -> Extract:
    return Extract(text=data.decode("utf-8", "replace"), media_type=media_type or "")


def outcome(data: bytes) -> Outcome:
    reports: list[ArchiveReport] = []
    job = Job(extract=fast, now=NOW, limits=LIMITS, counted=reports.append)
    found: dict[int, str] = {}
    nothing = False
    try:
        for one in read_archive(io.BytesIO(data), job, origin="x"):
            if isinstance(one, Document):
                found[NUMBERS.get(one.url or "", -1)] = one.text
    except SourceError:
        nothing = True
    return Outcome(found, reports[-1] if reports else None, nothing)


WHOLE = outcome(SHAPES["plain"]).pages


def damaged(data: bytes, how: str, at: int, value: int, size: int) -> bytes:
    at %= len(data)
    if how == "change":
        return data[:at] + bytes([data[at] ^ (value or 1)]) + data[at + 1 :]
    if how == "cut":
        return data[:at] + data[at + size :]
    if how == "end":
        return data[:at]
    return data[:at] + bytes([value]) * size + data[at:]


def touched(shape: str, at: int, size: int) -> set[int]:
    """The records that a change of so many bytes touches, and the one before a boundary that it touches."""
    starts = STARTS[shape]
    return {number for number in range(COUNT) if starts[number] <= at + size and at <= starts[number + 1]}


HOW = st.sampled_from(["change", "cut", "end", "insert"])


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(SHAPES)), HOW, st.integers(0, 1 << 20), st.integers(0, 255), st.integers(1, 80))
def test_damage_anywhere_costs_no_more_than_itself(shape: str, how: str, at: int, value: int, size: int) -> None:
    data = SHAPES[shape]
    at %= len(data)
    found = outcome(damaged(data, how, at, value, size))
    if found.report is not None:
        assert found.report.records == found.report.documents + sum(number for _, number in found.report.skipped)
        assert len(found.report.broken) == found.report.damaged
    if shape in STARTS:
        hit = (
            set(range(COUNT)) - {n for n in range(COUNT) if STARTS[shape][n + 1] <= at}
            if how == "end"
            else touched(shape, at, size)
        )
        whole = {number: text for number, text in WHOLE.items() if number not in hit}
        assert {number: text for number, text in found.pages.items() if number in whole} == whole
        if shape in ("plain", "members"):  # with digests no page is read that was changed
            assert all(text == WHOLE.get(number, text) for number, text in found.pages.items())
    # Without a digest an address may change into another's: pages are counted, not their addresses.
    if found.report is not None and found.report.documents < COUNT:
        lost = how == "end" and at in STARTS.get(shape, [])
        assert lost or found.report.skipped, "a page went missing and nothing was counted"


@pytest.mark.parametrize("missing", [1, 2, 3, 4])
def test_a_plain_file_that_ends_in_what_closes_a_record_is_told(missing: int) -> None:
    found = outcome(SHAPES["bare"][: STARTS["bare"][2] - missing])
    assert found.pages == {number: WHOLE[number] for number in (0, 1)}
    assert found.report is not None
    assert found.report.skipped == (("cut off", 1),)
    assert found.report.broken[0].url == "https://steppe.example/1"


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([b"", b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"WARC/1.0\r\n"]))
def test_rubbish_is_no_archive(data: bytes, start: bytes) -> None:
    assert outcome(start + data).nothing


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(HOW, st.integers(0, 1 << 20), st.integers(0, 255), st.integers(1, 400)), min_size=2, max_size=8),
    st.sampled_from(sorted(SHAPES)),
)
def test_much_damage_at_once(many: list[tuple[str, int, int, int]], shape: str) -> None:
    data = SHAPES[shape]
    for how, at, value, size in many:
        if data:
            data = damaged(data, how, at, value, size)
    outcome(data)


@pytest.mark.parametrize("shape", SHAPES)
def test_what_is_whole_is_read_whole(shape: str) -> None:
    assert outcome(SHAPES[shape]).pages == WHOLE
    assert len(WHOLE) == COUNT
