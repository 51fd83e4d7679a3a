"""PDF: the joining of its lines, and whole files."""

from __future__ import annotations

from collections.abc import Iterator

from foreshock.errors import ReadingError
from foreshock.reading.extract.pdf import paragraphs, read_pdf
from fuzz.laws import in_time, must_be_read, must_be_text, same

MODULES = ("foreshock.reading.extract.pdf",)
WORDS = (
    "%PDF-1.4", "obj\n", "endobj", "stream\n", "endstream", "/Type /Page", "/Contents", "/Font", "/Kids", "xref", "trailer",
    "Tj", "Td",
)  # fmt: skip


def made(text: str) -> bytes:
    """Return a PDF of one page with a line of text."""
    content = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode("latin-1", "replace")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content), b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Title(Bridge \\000\\330\\000)/CreationDate(D:20330503)>>",
    ]  # fmt: skip
    out, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % at for at in places)
    size = len(objects) + 1
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R/Info 6 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        size, table, size, len(out),
    )  # fmt: skip


def seeds() -> Iterator[bytes]:
    """Yield a file, broken files, and lines that are joined."""
    whole = made("The bridge over the river was closed on Monday.")
    yield whole
    yield whole[:-60]
    yield whole.replace(b"/Count 1", b"/Count 9")
    yield "The committee met on Friday and\ndecided nothing.\n\nThen it left.\n1\n\n橋を\n閉鎖\n".encode()


def check(data: bytes) -> None:
    """Read a file; or join lines, which loses no word and joins nothing more the second time."""
    with in_time(data):
        if data[:5] == b"%PDF-":
            try:
                found = read_pdf(data, charset=None, name="a.pdf")
            except ReadingError:
                return
            must_be_read(found)
            must_be_text(found.title)
            return
        text = data.decode("utf-8", "replace")
        joined = paragraphs(text.split("\n"))
    same("".join(joined.split()), "".join(text.split()), "words are lost")
