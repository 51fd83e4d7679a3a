"""Source text as HTML: escaped, and with every character that would be invisible or reorder the line made visible."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import groupby

from markupsafe import Markup, escape

# Controls, marks that reorder, zero-width characters, tags, private and lone surrogates; what joins letters is left alone.
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\ue000-\uf8ff"
    "\U000e0000-\U000e0fff\U000f0000-\U0010fffd]+"
)
# Of a page: tags, whose values must come back as they were sent, what is typed into, isolates that close, and what is not seen.
_PAGE = re.compile(
    r"(?P<field><textarea\b.*?</textarea>)|(?P<tag><[^>]*>)|(?P<turned>\u2067[^<\u2066-\u2069]*\u2069)"
    "|(?P<unseen>[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u180e\u200b\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\ue000-\uf8ff"
    "\U000e0000-\U000e0fff\U000f0000-\U0010fffd])",
    re.DOTALL,
)
_NAMES = re.compile(r'\b(?:title|aria-label|label)="[^"]*"')
SHOWN = 4  # different characters of one run that are told by their names
CONTROLS = {"\x00": "NULL", "\r": "CARRIAGE RETURN", "\x1b": "ESCAPE", "\x07": "BELL", "\x08": "BACKSPACE", "\x7f": "DELETE"}


def shown(text: str) -> Markup:
    """Return a text as HTML.

    >>> shown("a<b" + chr(0x202E) + "c")
    Markup('a&lt;b<span class="unseen" title="U+202E RIGHT-TO-LEFT OVERRIDE">U+202E</span>c')
    """
    told = str(escape(text))
    return Markup(UNSEEN.sub(lambda run: _run(run[0]), told) if not told.isprintable() else told)  # noqa: S704 - escaped above


def seen(page: str) -> str:
    """Return a whole page of escaped HTML with what would not be seen written out: in its text, and in what its tags are called.

    >>> seen(f'<b title="a{chr(0x202E)}b">c{chr(0x200B)}d</b>')
    '<b title="a⟨U+202E⟩b">c⟨U+200B⟩d</b>'
    """
    return _PAGE.sub(_written, page) if UNSEEN.search(page) else page


def _written(found: re.Match[str]) -> str:
    whole = found[0]
    if found.lastgroup == "unseen":
        return f"⟨U+{ord(whole):04X}⟩"
    if found.lastgroup == "tag" and UNSEEN.search(whole):
        return _NAMES.sub(lambda name: UNSEEN.sub(lambda run: "".join(f"⟨U+{ord(one):04X}⟩" for one in run[0]), name[0]), whole)
    return whole


@lru_cache(maxsize=4096)
def _run(text: str) -> str:
    if len(text) > 64:
        return f'<span class="unseen">{len(text)} × U+{ord(text[0]):04X} …</span>'
    codes = [(one, len(list(same))) for one, same in groupby(text)]
    told = " ".join(f"U+{ord(one):04X}{f' ×{n}' if n > 1 else ''}" for one, n in codes[:SHOWN])
    names = ", ".join(f"U+{ord(one):04X} {_name(one)}".strip() for one, _ in codes[:SHOWN])
    more = " …" if len(codes) > SHOWN else ""
    return f'<span class="unseen" title="{escape(names + more)}">{told}{more}</span>'


def _name(one: str) -> str:
    return unicodedata.name(one, CONTROLS.get(one, ""))
