from __future__ import annotations

import gzip
import hashlib
import io
from pathlib import Path

import pytest

from foreshock.errors import SourceError
from foreshock.sources import Limits
from foreshock.sources.archives import pages
from tests.sources.archives.making import HEAD, Read, html, members, page, read, record

DATA = Path(__file__).parents[4] / "shared" / "data" / "feeds" / "warc"


def skipped(found: Read) -> dict[str, int]:
    assert found.report is not None
    assert found.report.records == found.report.documents + sum(number for _, number in found.report.skipped)
    assert found.report.documents == len(found.documents)
    return dict(found.report.skipped)


def urls(found: Read) -> list[str]:
    return [str(one.url).removeprefix("https://steppe.example/") for one in found.documents]


@pytest.mark.parametrize("packed", [False, True])
def test_a_page_with_its_date_and_custody(tmp_path: Path, packed: bool) -> None:
    first = record(b"software: made\r\n", kind="warcinfo")
    raw = [first, page(1), record(b"GET / HTTP/1.1\r\n\r\n", kind="request")]
    found = read(members(raw) if packed else b"".join(raw), tmp_path, name="x.warc.gz" if packed else "x.warc")
    (one,) = found.documents
    assert (one.url, one.source, one.title, one.fetched_at) == (
        "https://steppe.example/1",
        "steppe.example",
        "Road 1",
        "2022-01-06T03:04:05Z",
    )
    assert one.custody.sha256 == hashlib.sha256(html(1)).hexdigest()
    assert one.custody.final_url == one.url
    assert one.custody.headers == (("content-type", "text/html; charset=utf-8"),)
    assert one.custody.origin.endswith(f"#offset {len(members([first])) if packed else len(first)}")
    assert "village 1" in one.text
    assert skipped(found) == {"warcinfo": 1, "request": 1}


def test_the_same_page_in_an_archive_and_from_the_web_are_one_document(tmp_path: Path) -> None:
    plain, packed = read(page(1), tmp_path), read(members([page(1)]), tmp_path, name="y.warc.gz")
    assert plain.documents[0].id == packed.documents[0].id
    assert plain.documents[0].version == packed.documents[0].version


def test_what_is_no_page_is_counted_by_reason(tmp_path: Path) -> None:
    found = read(
        b"".join([
            page(1),
            record(b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\ngone"),
            record(b"HTTP/1.1 301 Moved\r\nLocation: /\r\n\r\n"),
            record(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG"),
            record(b"HTTP/1.1 200 OK\r\n\r\n\x89PNG"),
            record(b"", kind="revisit"),
            record(b"a: b\r\n", kind="metadata"),
            record(HEAD + b"<html><body><script>1</script></body></html>"),
            record(b"whatever", WARC_Type="conclusion"),
            record(b"text", Content_Type="text/dns"),
        ]),
        tmp_path,
    )  # fmt: skip
    assert urls(found) == ["1"]
    assert skipped(found) == {
        "status 404": 1, "status 301": 1, "not html": 2, "revisit": 1, "metadata": 1, "no text": 1, "other type": 1, "no http": 1,
    }  # fmt: skip
    assert found.problems == []


def test_pages_in_their_encodings(tmp_path: Path) -> None:
    cyrillic = "<html><body><p>Солдаты закрыли дорогу в среду, сообщил губернатор области.</p></body></html>"
    from fastwarc.stream_io import BrotliWriter, ZstdWriter

    def written(writer: type, data: bytes) -> bytes:
        out = io.BytesIO()
        stream = writer(out)
        stream.write(data)
        stream.close()
        return out.getvalue()

    body = html(1)
    chunked = b"5;x=1\r\n" + body[:5] + b"\r\n%x\r\n" % (len(body) - 5) + body[5:] + b"\r\n0\r\n\r\n"
    blocks = {
        "windows-1251": b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=windows-1251\r\n\r\n" + cyrillic.encode("cp1251"),
        "gzip": HEAD[:-2] + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(body, mtime=0),
        "gzip undone": HEAD[:-2] + b"Content-Encoding: gzip\r\n\r\n" + body,
        "deflate undone": HEAD[:-2] + b"Content-Encoding: deflate\r\n\r\n" + body,
        "no encoding at all": HEAD[:-2] + b"Content-Encoding: UTF-8\r\n\r\n" + body,
        "br": HEAD[:-2] + b"Content-Encoding: br\r\n\r\n" + written(BrotliWriter, body),
        "zstd": HEAD[:-2] + b"Content-Encoding: zstd\r\n\r\n" + written(ZstdWriter, body),
        "chunked": HEAD[:-2] + b"Transfer-Encoding: chunked\r\n\r\n" + chunked,
        "chunks joined": HEAD[:-2] + b"Transfer-Encoding: chunked\r\n\r\n" + body,
        "chunked gzip": HEAD[:-2]
        + b"Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n%x\r\n%b\r\n0\r\n\r\n"
        % (len(gzip.compress(body, mtime=0)), gzip.compress(body, mtime=0)),
        "only LF": HEAD.replace(b"\r\n", b"\n") + body,
        "no type": b"HTTP/1.1 200 OK\r\n\r\n" + body,
    }
    found = read(b"".join(record(block, url=f"https://steppe.example/{name}") for name, block in blocks.items()), tmp_path)
    assert [one.url for one in found.documents if "дорогу" in one.text or "village 1" in one.text] == [
        one.url for one in found.documents
    ]
    assert len(found.documents) == len(blocks), found.problems
    assert found.documents[1].custody.sha256 == hashlib.sha256(gzip.compress(body, mtime=0)).hexdigest()


def test_damaged_records_are_named_with_their_place(tmp_path: Path) -> None:
    bomb = gzip.compress(b"<html>" + b" " * 20_000_000)
    damaged = {
        "bad digest": page(2, WARC_Block_Digest="sha1:AAAA"),
        "bad date": page(3, WARC_Date="yesterday"),
        "broken http": record(b"it is no response", url="https://steppe.example/4"),
        "broken encoding": record(HEAD[:-2] + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(html(5))[:-20]),
        "bomb": record(HEAD[:-2] + b"Content-Encoding: gzip\r\n\r\n" + bomb),
        "broken header": page(6, Content_Length="many"),
    }
    found = read(b"".join([page(1), *damaged.values(), page(9)]), tmp_path)
    assert urls(found) == ["1", "9"]
    assert skipped(found) == dict.fromkeys(damaged, 1)
    assert found.report is not None
    places, at = [], len(page(1))
    for raw in damaged.values():
        places.append(f"offset {at}")
        at += len(raw)
    assert [one.where for one in found.report.broken] == places
    assert len(found.problems) == len(damaged)
    assert f"x.warc#{places[0]}: bad digest" in found.problems[0]
    assert "the record of https://steppe.example/2" in found.problems[0]


@pytest.mark.parametrize("length", [-300, -3, 3, 300, 5_000])
@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("digest", [True, False])
def test_a_wrong_length_costs_its_own_record_only(tmp_path: Path, length: int, packed: bool, digest: bool) -> None:
    wrong = len(HEAD + html(2)) + length
    extra = {} if digest else {"WARC_Block_Digest": ""}
    raw = [page(1), page(2, Content_Length=str(wrong), **extra), page(3), page(4)]
    found = read(members(raw) if packed else b"".join(raw), tmp_path, name="x.warc.gz")
    assert [one for one in urls(found) if one != "2"] == ["1", "3", "4"]
    # Without a digest, three bytes more are the line ends behind it, which do no harm.
    assert len(found.problems) == (0 if length == 3 and not digest else 1)


def test_a_cut_archive_gives_what_is_whole(tmp_path: Path) -> None:
    for raw, name in ((b"".join([page(1), page(2)])[:-200], "x.warc"), (members([page(1), page(2)])[:-50], "x.warc.gz")):
        found = read(raw, tmp_path, name=name)
        assert urls(found) == ["1"]
        assert len(found.problems) == 1
        assert set(skipped(found)) <= {"cut off", "broken compression"}


def test_one_member_for_all_records(tmp_path: Path) -> None:
    found = read(members([page(1) + page(2) + page(3)]), tmp_path, name="x.warc.gz")
    assert urls(found) == ["1", "2", "3"]
    assert found.documents[1].custody.origin.endswith(f"#offset 0+{len(page(1))}")


def test_zstandard_archives(tmp_path: Path) -> None:
    from fastwarc.stream_io import ZstdWriter

    out = io.BytesIO()
    writer = ZstdWriter(out)
    writer.write(page(1) + page(2))
    writer.close()
    assert urls(read(out.getvalue(), tmp_path, name="x.warc.zst")) == ["1", "2"]


def test_a_record_inside_a_page_is_a_page(tmp_path: Path) -> None:
    # A page about archives may hold a record; as long as lengths fit, it is text.
    inner = page(7)
    outer = record(HEAD + html(1) + b"\r\n\r\n" + inner)
    assert urls(read(outer + page(2), tmp_path)) == ["1", "2"]
    big = record(HEAD + html(1) + b"\r\n\r\n" + inner + b" " * 3_000_000)
    found = read(big + page(2), tmp_path, limits=Limits(max_page_bytes=1_000_000))
    assert urls(found) == ["2"]
    assert skipped(found) == {"too large": 1}


def test_what_is_found_behind_a_break_says_so(tmp_path: Path) -> None:
    found = read(page(1) + b"junk\n" + page(2), tmp_path)
    assert urls(found) == ["1", "2"]
    assert found.documents[0].notes == ()
    assert "it may be text of another page" in found.documents[1].notes[0]


def test_a_lie_of_a_large_length_is_gone_back_from(tmp_path: Path) -> None:
    for packed in (False, True):
        raw = page(1, Content_Length="2000000000") + page(2) + page(3)
        found = read(members([raw]) if packed else raw, tmp_path, limits=Limits(max_page_bytes=1_000_000))
        assert urls(found) == ["2", "3"]
        assert skipped(found) == {"wrong length": 1}


def test_a_bomb_among_members_is_passed_over(tmp_path: Path) -> None:
    bomb = members([record(HEAD + b" " * 30_000_000)])
    found = read(members([page(1)]) + bomb + members([page(2)]), tmp_path, name="x.warc.gz")
    assert urls(found) == ["1", "2"]
    assert skipped(found) == {"bomb": 1}


def test_what_is_no_archive(tmp_path: Path) -> None:
    for raw in (b"", b"Dear sir,\n\nthis is a letter.\n", b"\x1f\x8b\x08\x00rubbish", gzip.compress(b"a letter")):
        with pytest.raises(SourceError, match="no record of this archive could be read"):
            read(raw, tmp_path)
    with pytest.raises(SourceError, match="old format ARC"):
        read(b"filedesc://x", tmp_path, name="x.arc.gz")


def test_without_fastwarc_the_remedy_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "find_spec", lambda name: None)
    with pytest.raises(SourceError) as error:
        read(page(1), tmp_path)
    assert error.value.remedy == "pip install 'foreshock[archives]'"


def test_only_the_first_hundred_are_named(tmp_path: Path) -> None:
    found = read(page(0) + page(1, WARC_Date="no") * 300, tmp_path)
    assert len(found.problems) == 100
    assert skipped(found) == {"bad date": 300}


def test_the_counts_are_told_also_where_reading_stops_early(tmp_path: Path) -> None:
    from foreshock.sources import gather
    from tests.sources.archives.making import NOW, extract

    (tmp_path / "x.warc").write_bytes(page(1) + page(2))
    reports: list[object] = []
    items = gather(str(tmp_path / "x.warc"), extract=extract, now=NOW, counted=reports.append)
    next(items)
    items.close()
    assert len(reports) == 1


def test_many_lies_take_time_in_proportion(tmp_path: Path) -> None:
    # Each header claims a length that is not there; none may have the file read again from its beginning.
    for length in ("5", "19000000", "99999999999"):
        with pytest.raises(SourceError, match="no record"):
            read(f"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: {length}\r\n\r\n".encode() * 3_000, tmp_path)
    tiny = gzip.compress(b"W", mtime=0) * 5_000
    assert urls(read(members([page(1)]) + tiny + members([page(2)]), tmp_path)) == ["1", "2"]


# What the archives of others' tests hold: documents, and the reasons of damage.
THEIRS = {
    "example.warc": (1, set()), "example.warc.gz": (1, set()), "example-bad-non-chunked.warc.gz": (1, set()),
    "example-bad.warc.gz.bad": (1, set()), "example-digest.warc": (0, set()), "example-iana.org-chunked.warc": (1, set()),
    "example-resource.warc.gz": (1, set()), "example-space-in-target-uri.warc.gz": (0, set()),
    "example-trunc.warc": (0, {"wrong length"}), "example-wget-bad-target-uri.warc.gz": (1, set()),
    "example-wrong-chunks.warc.gz": (0, {"bad digest"}), "post-test.warc.gz": (0, set()),
}  # fmt: skip


@pytest.mark.skipif(not DATA.is_dir(), reason="the shared data is not here")
@pytest.mark.parametrize("name", THEIRS)
def test_archives_of_others(tmp_path: Path, name: str) -> None:
    documents, damage = THEIRS[name]
    found = read(DATA / name, tmp_path)
    assert len(found.documents) == documents
    assert found.report is not None
    assert {one.reason for one in found.report.broken} == damage
