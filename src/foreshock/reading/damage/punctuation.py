"""doubled_punctuation: a full stop, comma or question mark that stands twice, in one or two scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from foreshock.model import Damage
from foreshock.reading.damage.page import Page

# An ellipsis is three stops or more, or one character; ".." in a path or between digits is neither.
DOUBLED = re.compile(
    r"(?<![.…/\\])\.\.(?:[ \t]+\.(?![.\w/]))+(?![.])"
    r"|(?<![.…])(?:\.\.?)?[。｡](?:[ \t]?[。｡.．](?![\w.]))+"
    r"|(?<![.…])\.\.?[。｡]"
    r"|(?<![.…/\\\s\d])(?<!\.\w)\.\.(?![.…/\\\d?!])"
    r"|(?<=\d)\.\.(?=[\s\"”’»)]|$)"
    r"|(?<![.…/\\ \t])\.[ \t]+\.(?=\s|$)(?![ \t]+\.)"
    r"|(?<=\w),[ \t]?,(?=\s)|、[、，,]|，[，、]|[、，]。|،[ \t]?،|؛؛|؟؟(?!؟)|(?<=\w);;(?=\s)"
)


def find(page: Page) -> Iterator[Damage]:
    """Yield doubled marks; the proposal is the mark once, in the script of the text."""
    for match in DOUBLED.finditer(page.text):
        mark = next((char for char in match[0] if char in "。｡"), match[0][0])
        why = f"{match[0]!r} is one mark too many and no ellipsis, as where a page was translated piece by piece"
        yield Damage("doubled_punctuation", match.start(), match.end(), match[0], mark, why)
