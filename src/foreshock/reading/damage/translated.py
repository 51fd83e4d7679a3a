"""translated_name: the name of an outlet that a translation engine took for a common word: 保護者 for The Guardian.

A common word is a name only where something else says so: a bracketed byline closes a paragraph with it, a correspondent
stands beside it, or someone told it something.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence

from foreshock.model import Damage, Sentence
from foreshock.ontology.outlets import Outlet, load
from foreshock.reading.damage.page import Page, one_of, rules

# A byline in brackets after the words: "(Foreign policy)", "(J. Doe, the guardian)", "(ユージーン・チャソフスキー、外交政策)".
BYLINE = re.compile(
    r"[(（\[]\s*(?:[^()（）\[\]]{1,60}[,，、،;|/]\s*)?(?P<word>[^()（）\[\],，、،;|/]{1,40}?)\s*[)）\]]\s*[.。]?\s*$"
)
EAST = frozenset({"ja", "zh"})
# A byline is looked for in the last characters of a sentence.
TAIL = 140


def find(page: Page) -> Iterator[Damage]:
    """Yield common words that stand where only an outlet can, with the outlet's name as proposal."""
    words = _of_package(page.language) if page.outlets is load() else _of(page.outlets, page.language)
    if not words:
        return
    pattern = _pattern(tuple(words), page.language in EAST)
    for sentence in page.sentences:
        for match in pattern.finditer(sentence.text):
            if any(match[0] in (outlet.name, *outlet.aliases) for outlet in page.outlets):
                continue
            reason = _byline(match, sentence.text) or _company(page, sentence, match)
            if reason:
                start = sentence.start + match.start()
                yield _translated(start, match[0], words[match[0].lower()], reason)


def _translated(start: int, raw: str, outlets: Sequence[str], reason: str) -> Damage:
    rivals = f"; it could be {' or '.join(outlets[1:])} too" if len(outlets) > 1 else ""
    why = f"{reason}, so {raw!r} is an outlet's name that was translated as a word{rivals}"
    return Damage("translated_name", start, start + len(raw), raw, outlets[0], why)


@functools.cache
def _of_package(language: str) -> Mapping[str, tuple[str, ...]]:
    return _of(load(), language)


def _of(outlets: Sequence[Outlet], language: str) -> Mapping[str, tuple[str, ...]]:
    return _words(tuple((outlet.name, tuple(outlet.words.get(language, ()))) for outlet in outlets))


@functools.lru_cache(maxsize=32)
def _words(rows: tuple[tuple[str, tuple[str, ...]], ...]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, words in rows:
        for word in words:
            found[word.lower()] = (*found.get(word.lower(), ()), name)
    return found


@functools.lru_cache(maxsize=32)
def _pattern(words: tuple[str, ...], east: bool) -> re.Pattern[str]:
    known = one_of(words)
    return re.compile(known if east else rf"(?<![\w'’-])(?:{known})(?![\w-])", re.IGNORECASE)


def _byline(match: re.Match[str], text: str) -> str | None:
    byline, shift = BYLINE.search(text[-TAIL:]), max(0, len(text) - TAIL)
    if byline and byline.start("word") + shift == match.start() and byline.end("word") + shift == match.end():
        return "it closes a byline in brackets"
    return None


def _company(page: Page, sentence: Sentence, match: re.Match[str]) -> str | None:
    """Return who stands beside the word and makes it a name, or None."""
    cues = rules("contexts", page.language)
    left, right = sentence.text[: match.start()], sentence.text[match.end() :]
    if page.language in EAST:
        return _eastern(page, left, right)
    # A name keeps its capitals where it stands inside a sentence and was not translated.
    if any(char.isupper() for char in match[0]) and page.language == "en":
        return None
    article = rf"(?:(?:{one_of(cues.get('articles') or ())})\s+)?"
    told = re.search(rf"(?<!\w)(?P<cue>{one_of(cues.get('told') or ())})\s+{article}[\"“«„]?$", left[-60:], re.IGNORECASE)
    if told and match[0].lower() not in (cues.get("audience") or ()):
        return f"{told['cue']!r} stands before it"
    does = re.match(rf"[\"”»“]?(?:\s+|(?='))(?P<cue>{one_of(cues.get('does') or ())})(?!\w)", right[:40], re.IGNORECASE)
    return f"{does['cue']!r} follows it" if does else None


def _eastern(page: Page, left: str, right: str) -> str | None:
    cues = rules("contexts", page.language)
    does = re.match(rf"\s*(?P<cue>{one_of(cues.get('does') or ())})", right)
    if does:
        return f"{does['cue']!r} follows it"
    # Where an engine translated around a link it left spaces, which neither language writes.
    spaced = left[-1:].isspace() and right[:1].isspace()
    people = re.search(one_of(cues.get("people") or ()), left + right)
    if spaced and people:
        return f"it stands apart between spaces, and {people[0]!r} in the same sentence"
    return None
