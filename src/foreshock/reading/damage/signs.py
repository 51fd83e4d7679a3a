"""What must stand in a text for a detector of damage to find anything there: most texts are whole, and are told so at a glance.

A sign is a necessary condition, cheap to ask; the detector itself decides. Where a sign says no, the detector finds nothing.
"""

from __future__ import annotations

import functools
import re

from foreshock.reading.damage.page import Page, rules

DIGIT = re.compile(r"\d")
# A small letter right before a large one; beyond ASCII any character that may be a letter is taken for both.
INNER_CAPITAL = re.compile("[a-z\u00aa-\u1fff\u2070-\U0010ffff][A-Z\u00c0-\u1fff\u2100-\U0010ffff]")
DOUBLED_MARK = re.compile(r"\.[ \t]*\.|[。｡、，]|,[ \t]?,|؛؛|؟؟|;;|،[ \t]?،")
BRACKET = re.compile("[()（）「」『』“”«»\\[\\]]")
# What stands where a number was lost, of whatever language, or is put there by an engine.
HOLES = ("num", "dnt", "{", "%", "0 0 /", "?", "？", "□", "■", "＿", "\ufffd", "__", "  ")


def holds_digit(page: Page) -> bool:
    """Whether a number stands in digits anywhere: no argument about numbers does without one."""
    return DIGIT.search(page.text) is not None


def may_lose_number(page: Page) -> bool:
    """Whether a sign of a lost number, or words that call for one, stand in the text."""
    low = _low(page.text)
    return any(sign in low for sign in _calls(page.language))


def may_double(page: Page) -> bool:
    """Whether two marks meet, or one that the East writes stands anywhere."""
    return DOUBLED_MARK.search(page.text) is not None


def may_glue(page: Page) -> bool:
    """Whether a capital stands inside a word; katakana has none."""
    return page.language == "ja" or INNER_CAPITAL.search(page.text) is not None


def may_break(page: Page) -> bool:
    """Whether a bracket stands in the text, other damage was found, or the language has particles that begin no sentence."""
    return bool(page.found) or BRACKET.search(page.text) is not None or "opening" in rules("grammar", page.language)


@functools.cache
def _calls(language: str) -> tuple[str, ...]:
    units = rules("units", language)
    return (*HOLES, *(_low(str(word)) for key in ("quantity", "span") for word in units.get(key) or ()))


def _low(text: str) -> str:
    """Return a text in which a word stands wherever a pattern without regard to case finds it."""
    return text.lower() if text.isascii() else text.casefold().replace("i\u0307", "i").replace("ı", "i")
