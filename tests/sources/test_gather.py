from __future__ import annotations

import hashlib
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from foreshock.errors import SourceError
from foreshock.model import Document
from foreshock.reading.extract import extract
from foreshock.sources import Fetched, Item, Limits, gather

NOW = datetime(2022, 1, 8, 12, 0, tzinfo=UTC)


def items(address: str | Path, *, limits: Limits | None = None, stdin: bytes | None = None) -> list[Item]:
    stream = io.BytesIO(stdin) if stdin is not None else None
    return list(gather(str(address), extract=extract, now=NOW, limits=limits, stdin=stream))


def documents(address: str | Path, **options: bytes) -> list[Document]:
    return [item for item in items(address, stdin=options.get("stdin")) if isinstance(item, Document)]


def problems(found: list[Item]) -> list[str]:
    return [item.message for item in found if isinstance(item, SourceError)]


def test_a_file_with_its_custody(tmp_path: Path) -> None:
    path = tmp_path / "calm.txt"
    path.write_bytes("Спокойно.\r\n".encode("windows-1251") * 5)
    (found,) = documents(path)
    assert found.text == "Спокойно.\r\n" * 5
    assert found.custody.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (found.custody.size, found.custody.origin, found.fetched_at) == (55, str(path), "2022-01-08T12:00:00Z")
    assert (found.source, found.language, found.published, found.published_by, found.url) == ("calm.txt", "", None, None, None)


def test_ids_do_not_depend_on_where_the_folder_lies(tmp_path: Path) -> None:
    found = []
    for place in ("a", "b/c"):
        folder = tmp_path / place
        (folder / "in").mkdir(parents=True)
        (folder / "in" / "x.md").write_text("---\nsource: Steppe Wire\n---\nCalm.")
        found.append(documents(folder)[0])
    assert found[0].id == found[1].id
    assert found[0].version == found[1].version
    assert found[0].custody.origin != found[1].custody.origin


def test_an_edited_text_is_a_new_version_of_the_same_document(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text("Calm.")
    before = documents(path)[0]
    path.write_text("Calm no more.")
    after = documents(path)[0]
    assert before.id == after.id
    assert before.version != after.version


def test_an_address_in_the_metadata_is_the_identity(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text("---\nurl: https://www.steppe.example/a?utm_source=x\n---\nCalm.")
    (tmp_path / "y.jsonl").write_text(json.dumps({"text": "Calm.", "url": "https://www.steppe.example/a#top"}))
    first, second = documents(tmp_path)
    assert first.id == second.id
    assert first.url == "https://www.steppe.example/a"
    assert first.source == "steppe.example"


def test_a_mixed_folder_reads_on_after_problems(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    files = {
        "b.txt": b"Calm.", "a.md": b"Calm.", "sub/c.txt": b"Calm.", "empty.txt": b"", "binary.txt": b"\x89PNG\r\n\x1a\n\x00\x00",
        "lines.jsonl": b'{"text": "One."}\n', "picture.png": b"\x89PNG", ".hidden.txt": b"No.",
    }  # fmt: skip
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    found = items(tmp_path)
    names = [Path(item.custody.origin).name for item in found if isinstance(item, Document)]
    assert names == ["a.md", "b.txt", "lines.jsonl#line 1", "c.txt"]
    assert [Path(one.split(" ")[0].rstrip(":")).name for one in problems(found)] == ["binary.txt", "empty.txt", "picture.png"]


def test_what_describes_a_folder_is_not_read_with_it(tmp_path: Path) -> None:
    skipped = [
        "README",
        "README.md",
        "readme.ja.txt",
        "LICENSE",
        "LICENSE.txt",
        "NOTICE",
        "expected/claims.jsonl",
        "in/expected/x.txt",
    ]
    for name in [*skipped, "in/report.txt", "readme-first.txt", "expected.txt"]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("Calm.")
    names = [Path(item.custody.origin).name for item in items(tmp_path) if isinstance(item, Document)]
    assert names == ["expected.txt", "report.txt", "readme-first.txt"]
    assert documents(tmp_path / "README.md")[0].text == "Calm."
    assert [one.source for one in documents(tmp_path / "in" / "expected")] == ["x.txt"]


@pytest.mark.parametrize("files", [{}, {"a.txt": b"", "b.png": b"\x89PNG"}])
def test_a_folder_without_readable_files(tmp_path: Path, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    with pytest.raises(SourceError, match="no readable files"):
        items(tmp_path)


def test_broken_lines_are_named_and_the_rest_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    lines = [
        b'{"text": "One.", "published": "2022-01-05", "language": "EN-us", "id": "n1", "licence": "CC0"}',
        b'{"text": "Two."', b"",
        b'["Three."]', b'{"title": "Four."}', b'{"text": "F\xff"}', b'{"text": "\\ud800"}', b"[" * 100_000,
        b'{"text": "Eight.", "published": "yesterday"}',
    ]  # fmt: skip
    path.write_bytes(b"\n".join(lines))
    found = items(path)
    first, last = (item for item in found if isinstance(item, Document))
    assert (first.text, first.published, first.published_by, first.language) == ("One.", "2022-01-05", "metadata", "en")
    assert first.custody.sha256 == hashlib.sha256(lines[0]).hexdigest()
    assert last.custody.origin.endswith("x.jsonl#line 9")
    assert (last.published, last.notes) == (None, ("published 'yesterday' is no ISO date: not used",))
    assert [one.split("#")[1].split(":")[0] for one in problems(found)] == [f"line {n}" for n in (2, 4, 5, 6, 7, 8)]


def test_a_line_over_the_limit_is_skipped_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text('{"text": "' + "a" * 500 + '"}\n{"text": "Two."}\n')
    found = items(path, limits=Limits(max_text_bytes=100))
    assert "x.jsonl#line 1" in problems(found)[0]
    assert [item.text for item in found if isinstance(item, Document)] == ["Two."]


def test_a_file_over_the_limit_names_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as stream:
        stream.truncate(200_000_000)
    with pytest.raises(SourceError, match="200,000,000 bytes or more; at most 50,000,000") as error:
        items(path)
    assert "split it" in error.value.remedy


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        (b"Calm.", ["Calm."]),
        (b'{"text": "One."}\n{"text": "Two."}\n', ["One.", "Two."]),
        (b"{braces} begin this text.", ["{braces} begin this text."]),
    ],
)
def test_standard_input(data: bytes, texts: list[str]) -> None:
    assert [one.text for one in documents("-", stdin=data)] == texts


@pytest.mark.parametrize("data", [b"", b"a" * 101, None])
def test_standard_input_that_cannot_be_read(data: bytes | None) -> None:
    with pytest.raises(SourceError):
        items("-", stdin=data, limits=Limits(max_text_bytes=100))


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("no/such/file.txt", "no such file"),
        ("example.org/page", "no such file.*https://"),
        ("https://example.org/page", "no access to the network"),
        ("/dev/null", "not a regular file"),
    ],
)
def test_addresses_that_lead_nowhere(address: str, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        items(address)


def test_a_page_from_a_fetcher() -> None:
    html = b"<html lang=ja><body><article><p>" + "空港は閉鎖された。".encode() * 9 + b"</p></article></body></html>"

    def fetch(url: str, *, limits: Limits) -> Fetched:
        return Fetched(url, "https://steppe.example/a?utm_source=x", b"raw", html, "text/html", "utf-8", (("x-mt", "1"),))

    (found,) = gather("https://short.example/1", extract=extract, now=NOW, fetch=fetch)
    assert isinstance(found, Document)
    assert (found.url, found.source, found.language) == ("https://steppe.example/a", "steppe.example", "ja")
    assert found.translated == ("header:x-mt",)
    assert found.custody.sha256 == hashlib.sha256(b"raw").hexdigest()
    assert (found.custody.origin, found.custody.final_url) == ("https://short.example/1", "https://steppe.example/a?utm_source=x")


@pytest.mark.parametrize("field", ["licence", "language", "title", "source"])
def test_a_line_whose_metadata_no_file_can_hold_is_a_problem_and_not_a_document(tmp_path: Path, field: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f'{{"text": "Calm.", "{field}": "x\\ud800"}}\n{{"text": "Calm again."}}\n', encoding="utf-8")
    found = items(path)
    assert [one.text for one in found if isinstance(one, Document)] == ["Calm again."]
    assert "half characters" in problems(found)[0]
