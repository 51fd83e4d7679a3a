from __future__ import annotations

import pytest

from foreshock.errors import ReadingError
from foreshock.model import Extract
from foreshock.reading.extract import extract
from foreshock.reading.extract.pdf import paragraphs
from fuzz.targets.pdf import made

RU = "Президент объявил чрезвычайное положение в Алматы и Мангистауской области."
JA = "大統領は非常事態を宣言した。抗議は続いている。空港は閉鎖された。"
FR = "Le président a déclaré l'état d'urgence à Almaty, où des blessés ont été soignés."


def read(data: bytes, name: str = "a.txt", *, media_type: str | None = None, charset: str | None = None) -> Extract:
    return extract(data, media_type=media_type, charset=charset, name=name)


@pytest.mark.parametrize(
    ("text", "encoding", "declared", "note"),
    [
        (RU, "windows-1251", None, "detected"),
        (RU, "windows-1251", "iso-8859-1", "contradict"),
        (RU, "windows-1251", "windows-1251", "(declared)"),
        (JA, "shift_jis", None, "cp932 (detected"),
        (JA, "shift_jis", "utf-8", "utf-8 was declared, which the bytes contradict"),
        (JA, "euc-jp", None, "euc_jp (detected"),
        (JA, "iso-2022-jp", None, "iso2022_jp"),
        (JA, "iso-2022-jp", "iso-8859-1", "iso2022_jp (detected"),
        (FR, "latin-1", None, "cp1252 (detected"),
        (FR, "latin-1", "iso-8859-1", "cp1252 (declared)"),
        (FR, "utf-8", "iso-8859-1", "valid UTF-8, though iso-8859-1 was declared"),
        (RU + " 2022", "utf-16-le", None, "no byte order mark"),
    ],
)
def test_charset(text: str, encoding: str, declared: str | None, note: str) -> None:
    found = read(text.encode(encoding), charset=declared)
    assert found.text == text
    assert any(note in one for one in found.notes), found.notes


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_mark_is_noted_and_left_out(encoding: str) -> None:
    found = read(RU.encode(encoding))
    assert found.text == RU
    assert "byte order mark" in found.notes[0]


def test_plain_text_is_unchanged() -> None:
    text = "One.\r\nTwo  \n\n\tthree。。 XNUMX\n"
    assert read(text.encode()) == Extract(text=text, media_type="text/plain")


def test_a_few_broken_bytes_are_counted_and_placed() -> None:
    data = JA.encode()
    found = read(data[:10] + data[11:])
    assert "\ufffd" in found.text
    assert "broken byte(s), at byte 9" in found.notes[0]


def test_labels_that_are_no_charset_of_a_page_are_not_obeyed() -> None:
    assert read(b"+ADw-script+AD4-", charset="utf-7").text == "+ADw-script+AD4-"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "PNG image"),
        (b"PK\x03\x04\x14\x00\x00\x00" + bytes(range(200)), "ZIP"),
        (bytes(range(256)) * 20, "not text|could not be found"),
        (b"abc\x00def ghi jkl\x00" * 9, "control characters"),
        (b"%PDF-1.4 ...", "looks like a PDF"),
    ],
)
def test_what_is_no_text_is_refused_by_name(data: bytes, message: str) -> None:
    with pytest.raises(ReadingError, match=message) as error:
        read(data, "report.txt", media_type="text/plain")
    assert error.value.remedy


def test_a_type_that_is_not_read_is_named() -> None:
    with pytest.raises(ReadingError, match="application/json, which is not read"):
        read(b"{}", media_type="application/json")


@pytest.mark.parametrize(
    ("text", "left", "title", "published", "language"),
    [
        ("---\ntitle: Calm\npublished: 2022-01-05\nlanguage: ru-KZ\n---\n\nYes.\n", "Yes.\n", "Calm", "2022-01-05", "ru"),
        ("---\ntitle: Calm\npublished: '2022-01'\n---\nText.", "Text.", "Calm", "2022-01", None),
        ("---\npublished: yesterday\n---\nText.", "Text.", None, None, None),
        ("---\nA text between two rules.\n---\nMore.", "---\nA text between two rules.\n---\nMore.", None, None, None),
        ("---\n{ : [\n---\nMore.", "---\n{ : [\n---\nMore.", None, None, None),
        ("# Heading\n---\nx: 1\n---\n", "# Heading\n---\nx: 1\n---\n", None, None, None),
    ],
)  # fmt: skip
def test_front_matter(text: str, left: str, title: str | None, published: str | None, language: str | None) -> None:
    found = read(text.encode(), "a.md")
    assert (found.text, found.title, found.published, found.language) == (left, title, published, language)


def test_front_matter_is_text_in_a_text_file() -> None:
    assert read(b"---\ntitle: Calm\n---\nText.", "a.txt").text == "---\ntitle: Calm\n---\nText."


def test_front_matter_names_what_it_does_not_use() -> None:
    found = read(b"---\npublished: yesterday\nmood: calm\n---\nText.", "a.md")
    assert [note.split(":")[1].strip() for note in found.notes] == ["published", "mood"]


EML = """From: Steppe Wire <desk@steppe.example>
To: reader@example.org
Subject: =?utf-8?B?0KHQv9C+0LrQvtC50L3Qvg==?=
Date: Thu, 06 Jan 2022 09:30:00 +0600
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=X

--X
Content-Type: multipart/alternative; boundary=Y

--Y
Content-Type: text/html; charset=utf-8

<p>The HTML part.</p>
--Y
Content-Type: text/plain; charset=windows-1251
Content-Transfer-Encoding: 8bit

{body}
--Y--
--X
Content-Type: application/pdf; name=map.pdf
Content-Disposition: attachment; filename=map.pdf

x
--X--
"""


def test_eml() -> None:
    found = read(EML.format(body=RU).replace("\n", "\r\n").encode("windows-1251"), "m.eml")
    assert (found.text.strip(), found.title, found.source, found.published) == (RU, "Спокойно", "Steppe Wire", "2022-01-06T09:30")
    assert "attachments not read: map.pdf" in found.notes


def test_eml_charset_that_lies_is_not_replaced_silently() -> None:
    found = read(EML.format(body=RU).replace("windows-1251", "us-ascii").encode("windows-1251"), "m.eml")
    assert found.text.strip() == RU


def test_eml_without_text() -> None:
    with pytest.raises(ReadingError, match="without text"):
        read(b"From: a@b.example\nContent-Type: image/png\n\nabc", "m.eml")


def pdf(pages: list[str], *, trailer: str = "") -> bytes:
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{' '.join(f'{4 + 2 * i} 0 R' for i in range(len(pages)))}]>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for index, content in enumerate(pages):
        page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F 3 0 R>>>>/Contents "
        objects += [f"{page}{5 + 2 * index} 0 R>>", f"<</Length {len(content)}>>stream\n{content}\nendstream"]
    out, offsets = "%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj{one}endobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    tail = (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer<</Size {size}/Root 1 0 R{trailer}>>\nstartxref\n{len(out)}\n%%EOF"
    )
    return (out + tail).encode("latin-1")


def lines(*texts: str) -> str:
    return "BT /F 12 Tf 50 700 Td 14 TL " + " ".join(f"({text}) Tj T*" for text in texts) + " ET"


def test_pdf_joins_wrapped_lines_and_names_pages_without_text() -> None:
    first = lines(
        "The committee met on Friday to speak of the", "curfew, and decided nothing at all about the", "matter.", "Then it left."
    )
    found = read(pdf([first, "0 0 100 100 re f"]), "a.pdf")
    assert found.text.split("\n") == [
        "The committee met on Friday to speak of the curfew, and decided nothing at all about the matter.",
        "Then it left.",
    ]
    assert any("page(s) 2 of 2" in note for note in found.notes)
    assert found.published is None


def test_pdf_that_is_scanned() -> None:
    with pytest.raises(ReadingError, match=r"no text on its 2 page.*OCR"):
        read(pdf(["0 0 100 100 re f"] * 2), "a.pdf")


def test_pdf_that_is_encrypted() -> None:
    lock = "/Encrypt<</Filter/Standard/V 1/R 2/O<" + "41" * 32 + ">/U<" + "42" * 32 + ">/P -4>>/ID[<41><41>]"
    with pytest.raises(ReadingError, match="encrypted PDF"):
        read(pdf([lines("secret")], trailer=lock), "a.pdf")


def test_pdf_that_is_broken() -> None:
    with pytest.raises(ReadingError, match=r"cannot|not a PDF"):
        read(b"%PDF-1.4 nothing more", "a.pdf")


@pytest.mark.parametrize(
    ("given", "joined"),
    [
        (["政府は金曜日に宣言し、", "外出を禁じた。", "", "次の段落。"], "政府は金曜日に宣言し、外出を禁じた。\n次の段落。"),
        ([], ""),
        (["Alone"], "Alone"),
    ],
)  # fmt: skip
def test_paragraphs(given: list[str], joined: str) -> None:
    assert paragraphs(given) == joined


def test_escapes_of_an_alphabet_with_nothing_written_in_it_are_an_empty_text() -> None:
    with pytest.raises(ReadingError, match="empty"):
        read(b"\x1b$B\x1b(B")


def test_a_declared_label_is_repeated_without_its_control_characters_and_not_for_long() -> None:
    found = read(RU.encode("utf-8"), charset="l\0atin-1" + "x" * 5_000)
    assert all(len(one) < 200 and "\0" not in one for one in found.notes)


def test_a_title_of_a_pdf_that_no_text_holds_is_mended() -> None:
    found = read(made("The bridge over the river was closed on Monday."), media_type="application/pdf")
    assert found.text == "The bridge over the river was closed on Monday."
    assert found.title is not None
    assert "\0" not in found.title
    found.title.encode()


def test_a_date_of_a_pdf_is_told_without_what_no_text_holds() -> None:
    plain = made("The bridge over the river was closed on Monday.")
    found = read(plain.replace(b"(D:20330503)", b"(D:20330\0\000503)"), media_type="application/pdf")
    assert "the PDF was made D:20330503, which is not a date of publication" in found.notes
    assert not any("made" in one for one in read(plain.replace(b"(D:20330503)", b"(\0\0)"), media_type="application/pdf").notes)
