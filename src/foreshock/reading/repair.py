"""mojibake: letters that a wrong decoding made, with what they were. ``Document.text`` is never altered."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from foreshock.model import Damage

# Only runs with characters that a wrong decoding leaves are shown to ftfy; the rest of a text cannot be mojibake.
SIGN = re.compile(
    r"[\u0080-\u009f]|[ÃÂÄÅÐÑØÙÎÏâãäåæçèéêëìíîïð][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œŸŽž¡-¿]|[ÃÂ][^\W\d_]|Ã\d[⁄/]\d|\ufffd|[РС][\u00a0-\u00bf‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—™љ›њќћџЎўЈҐ°±ІіґµєѕЅјї]{1}[РС]"
)
FRACTION = {"1⁄4": "¼", "1⁄2": "½", "3⁄4": "¾"}
# ASCII marks are the same in every encoding: at the edge of a word they are not part of the damage.
EDGE = "\"'()[]{}<>.,;:!?-"
# Where a word ends even without white space after it.
BREAKS = frozenset('"()[]{}<>,;:!?。、，；：！？')


def find(text: str) -> Iterator[Damage]:
    """Yield spans of mojibake with their repair, word by word; neighbouring words of one wrong decoding are one span.

    The repair is ftfy's decoding only: straightened quotes, ligatures or width are how people write, not damage.
    """
    for start, end in _runs(text):
        raw = text[start:end]
        fixed = _decoded(raw)
        if "\ufffd" in raw and (fixed is None or "\ufffd" in fixed):
            yield Damage(
                "mojibake", start, end, raw, None, "the replacement character stands where a letter could not be decoded"
            )
        elif fixed is not None:
            yield Damage(
                "mojibake", start, end, raw, fixed, "these letters are what UTF-8 becomes when it is read in another encoding"
            )


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Yield spans of words that bear the sign, joined where only one space parts them."""
    last: tuple[int, int] | None = None
    for match in SIGN.finditer(text):
        start, end = match.start(), match.end()
        while start > 0 and not _parts(text[start - 1]) and match.start() - start < 80:
            start -= 1
        while end < len(text) and not _parts(text[end]) and end - match.end() < 80:
            end += 1
        while start < match.start() and text[start] in EDGE:
            start += 1
        while end > match.end() and text[end - 1] in EDGE:
            end -= 1
        if last and start <= last[1] + 1:
            last = (last[0], max(end, last[1]))
            continue
        if last:
            yield last
        last = (start, end)
    if last:
        yield last


def _parts(char: str) -> bool:
    return char.isspace() or char in BREAKS


def _decoded(raw: str) -> str | None:
    """Return the text that was decoded wrongly, or None where ftfy finds no such thing."""
    import ftfy  # noqa: PLC0415  (heavy import)

    candidate = raw
    for folded, sign in FRACTION.items():
        candidate = candidate.replace(folded, sign)
    fixed = ftfy.fix_encoding(candidate)
    if fixed == candidate or _plain(fixed) == _plain(candidate):
        return None
    return str(fixed)


def _plain(text: str) -> str:
    quotes = str.maketrans("“”„«»‘’‚", '"""""\'\'\'')
    return unicodedata.normalize("NFKC", text).translate(quotes)
