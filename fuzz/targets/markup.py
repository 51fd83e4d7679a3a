"""The markup of the corpus: marked lines, documents, and changes of marks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from corpus import TEXTS
from corpus.claim_line import ClaimLineError, read_claim_line
from corpus.marking import marked, unmarked
from corpus.markup import MarkupError, _BlockError, blocks, read_block, read_marked
from corpus.sample import escaped
from fuzz.laws import in_time, must, must_stand, same

MODULES = ("corpus.markup", "corpus.marking", "corpus.claim_line")
WORDS = (
    "[t1:", "[a1 c2:", "[h1,2:", "]", "\\[", "\\]", "\\\\", "\n> 1 ", "== a | Town, 2033-05-04 | KAZ | Felt\n", "; place ",
    "; when ", "; count ", "; holder ", " stated", " denied", "about politics", "group ", "¶\n", "assault/", "protest/",
    "killed", "=",
)  # fmt: skip


def seeds() -> Iterator[bytes]:
    """Yield documents of the corpus, one a file, and lines that break."""
    for path in sorted(TEXTS.glob("*/*.txt"))[::4]:
        for _, block in list(blocks(path.read_text(encoding="utf-8")))[:2]:
            yield "\n".join(block).encode()
    yield b"[a1:Police] [t1 c2:arrested [r1:two] men]\\[x\\]."
    yield b"== a | B, 2033-05-04 | KAZ | C | about politics\nThe council met.\n"


def check(data: bytes) -> None:
    """Marks stand in the plain words; a mark that is put on can be taken off; words without marks come back."""
    text = data.decode("utf-8", "replace")
    with in_time(data):
        for line in text.splitlines():
            _line(line)
            with suppress(ClaimLineError):
                read_claim_line(line)
        for number, block in blocks(text):
            try:
                found = read_block(block, language="en", register="wire", path="en/wire.txt", line=number)
            except _BlockError:
                continue
            must_stand(found.text, [(start, end, found.text[start:end]) for start, end in found.sentences])
            for claim in found.claims:
                must(all(0 <= one.start < one.end <= len(found.text) for one in claim.marks), "a mark outside the text", claim)
    same(read_marked(escaped(text)), (text, []), "brackets of a text are lost")


def _line(line: str) -> None:
    try:
        words, marks = read_marked(line)
    except MarkupError:
        return
    must(all(words[one.start : one.end].strip() for one in marks), "an empty mark", marks)
    first = words.split()[:1]
    if not first:
        return
    # A claim of a number that no mark has: its mark goes on, and comes off again.
    try:
        more = marked(line, first[0], "a987654")
    except ValueError:
        return
    same(read_marked(more)[0], words, "a mark changes the words")
    same(read_marked(unmarked(more, "a", 987654)), (words, marks), "a mark cannot be taken off")
