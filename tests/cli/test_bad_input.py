"""Every kind of bad input: a message with the value and the remedy, the right exit code, and nothing else lost."""

from __future__ import annotations

import json
import time

import pytest

from tests.reading.test_extract import lines, pdf

GOOD = "La calma regna ad Almaty, dice il municipio. I negozi hanno riaperto le porte lunedì mattina.\n"
LOCK = "/Encrypt<</Filter/Standard/V 1/R 2/O<" + "41" * 32 + ">/U<" + "42" * 32 + ">/P -4>>/ID[<41><41>]"
EMPTY_PAGE = b"<!doctype html><html><head><title>x</title><script>run()</script></head><body><img src=a.png></body></html>"

BAD = [
    ("empty.txt", b"", "empty"),
    ("blank.txt", b" \n\t\n", "empty"),
    ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "PNG"),
    ("program.txt", b"\x7fELF" + b"\x00\x01" * 900, "not text"),
    ("page.html", EMPTY_PAGE, "no text"),
    ("locked.pdf", pdf([lines("secret")], trailer=LOCK), "encrypted"),
    ("scanned.pdf", pdf(["0 0 100 100 re f"] * 2), "OCR"),
    ("broken.pdf", b"%PDF-1.4 nothing more", "PDF"),
    ("none.jsonl", b"\n\n", "empty"),
    ("wrong.jsonl", b'{"headline": "x"}\n', "line 1: no text"),
]


@pytest.mark.parametrize(("name", "data", "message"), BAD, ids=[name for name, _, _ in BAD])
@pytest.mark.parametrize("command", ["read", "ingest"])
def test_a_file_that_cannot_be_read(foreshock, folder, name, data, message, command):
    (folder / name).write_bytes(data)
    ran = foreshock(command, name)
    assert ran.code == 1
    assert name in ran.err
    assert message.lower() in ran.err.lower()
    assert ran.err.rstrip().endswith(")"), "the remedy stands in brackets at the end"
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize(("name", "data", "message"), BAD, ids=[name for name, _, _ in BAD])
def test_the_rest_of_a_folder_is_read(foreshock, folder, name, data, message):
    (folder / "in").mkdir()
    (folder / "in" / name).write_bytes(data)
    (folder / "in" / "good.txt").write_text(GOOD, encoding="utf-8")
    ran = foreshock("ingest", "in", "--coder", "rules")
    assert ran.code == 3
    assert name in ran.err
    assert "1 documents and 0 claims added" in ran.out


def test_a_wrong_charset_is_detected_and_said(foreshock, folder):
    text = "Президент объявил чрезвычайное положение в Алматы. Аэропорт закрыт до утра понедельника."
    (folder / "old.txt").write_bytes(text.encode("windows-1251"))
    ran = foreshock("read", "old.txt", "--format", "jsonl")
    assert ran.code == 0
    document = json.loads(ran.out)["document"]
    assert document["text"] == text
    assert any("cp1251" in note for note in document["notes"])


def test_200_mb_are_refused_without_being_read(foreshock, folder):
    with (folder / "huge.txt").open("wb") as stream:
        stream.truncate(200_000_000)
    began = time.monotonic()
    ran = foreshock("read", "huge.txt")
    assert time.monotonic() - began < 2
    assert ran.code == 1
    assert "200,000,000 bytes or more; at most 50,000,000 are read (split it" in ran.err
    assert "max_file_mb" in ran.err


def test_the_limit_is_a_setting(foreshock, folder):
    (folder / "foreshock.toml").write_text("max_file_mb = 0.00005\n")
    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    ran = foreshock("read", "good.txt")
    assert ran.code == 1
    assert "at most 50 are read" in ran.err


def test_broken_lines_are_named_and_the_others_kept(foreshock, folder):
    rows = [json.dumps({"text": GOOD, "id": "1"}), '{"text": "cut', "[]", json.dumps({"text": GOOD, "id": "2"})]
    (folder / "feed.jsonl").write_text("\n".join(rows), encoding="utf-8")
    ran = foreshock("ingest", "feed.jsonl")
    assert ran.code == 3
    assert [line.split("#")[1].split(":")[0] for line in ran.err.splitlines()] == ["line 2", "line 3"]
    assert "2 documents" in ran.out
    assert "0 documents and 0 claims added, 2 documents known already" in foreshock("ingest", "feed.jsonl").out


@pytest.mark.parametrize("files", [{}, {"a.png": b"\x89PNG", "b.txt": b""}, {"README.md": b"About this folder."}])
def test_a_folder_without_readable_files(foreshock, folder, files):
    (folder / "in").mkdir()
    for name, data in files.items():
        (folder / "in" / name).write_bytes(data)
    ran = foreshock("code", "in")
    assert ran.code == 1
    assert "in: no readable files in this folder" in ran.err
    assert "put .txt .md .html .pdf .eml or .jsonl files there" in ran.err
    assert ran.out == ""


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("http://127.0.0.1/", "127.0.0.1 is refused: 127.0.0.1 is not on the open internet"),
        ("http://[::1]/", "is not on the open internet"),
        ("http://0x7f.1/", "127.0.0.1 is not on the open internet"),
        ("https://169.254.169.254/latest/meta-data/", "169.254.169.254 is not on the open internet"),
        ("http://10.1.2.3/", "10.1.2.3 is not on the open internet"),
        ("http://example.org:8080/", "port 8080 is refused"),
        ("ftp://example.org/a", "ftp is not fetched"),
        ("file:///etc/passwd", "is not fetched"),
        ("https://user:secret@example.org/", "user name or password"),
    ],
)
def test_a_url_that_is_refused(foreshock, address, message):
    ran = foreshock("read", address)
    assert ran.code == 1
    assert message in ran.err
    assert "secret" not in ran.err
    assert ran.out == ""


def test_a_setting_that_is_none_names_the_settings(foreshock, folder):
    (folder / "foreshock.toml").write_text('allow_private = "yes"\n')
    ran = foreshock("read", "http://127.0.0.1/")
    assert ran.code == 1
    assert "allow_private" in ran.err
    assert "settings are ledger, cache" in ran.err


def test_nothing_there(foreshock):
    ran = foreshock("read", "nowhere.txt", "also-nowhere.txt")
    assert ran.code == 1
    assert "nowhere.txt: no such file or folder" in ran.err
    assert ran.err.rstrip().endswith("foreshock: nothing could be read")


def test_one_bad_input_among_several(foreshock, folder):
    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    ran = foreshock("read", "nowhere.txt", "good.txt")
    assert ran.code == 3
    assert "good.txt" in ran.out
    assert "nowhere.txt" in ran.err


@pytest.mark.parametrize(
    "arguments",
    [
        [], ["code"], ["nonsense"], ["read", "x.txt", "--format", "xml"], ["read", "x.txt", "--published", "yesterday"],
        ["code", "x.txt", "--now", "soon"], ["claims", "--kind", "WAR"], ["claims", "--limit", "0"],
        ["code", "x", "--coder", "magic"],
        ["claims", "--since", "2022-02-30"], ["brief", "--language", "de"], ["kinds", "--verbose"],
    ],
)  # fmt: skip
def test_wrong_usage(foreshock, arguments):
    ran = foreshock(*arguments)
    assert ran.code == 2
    assert "Usage: foreshock" in ran.err


def test_hostile_names_do_nothing_to_the_terminal(foreshock, folder):
    (folder / "feed.jsonl").write_text(
        json.dumps({"\x1b[2Jtext\u202e": 1}) + "\n" + json.dumps({"text": GOOD, "title": "\x1b]0;x\x07"})
    )
    ran = foreshock("read", "feed.jsonl")
    assert ran.code == 3
    assert not {"\x1b", "\x07", "\u202e"} & set(ran.out + ran.err)


def test_what_is_not_expected_is_not_swallowed(foreshock, folder, monkeypatch):
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a fault of ours")

    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    monkeypatch.setattr("foreshock.pipeline.read", broken)
    with pytest.raises(ZeroDivisionError):
        foreshock("read", "good.txt")


def test_an_os_error_that_no_write_gives_is_not_swallowed(foreshock, folder, monkeypatch):
    def broken(*_: object, **__: object) -> None:
        raise FileNotFoundError(2, "No such file or directory", "a table of ours")

    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    monkeypatch.setattr("foreshock.pipeline.read", broken)
    with pytest.raises(FileNotFoundError):
        foreshock("read", "good.txt")
