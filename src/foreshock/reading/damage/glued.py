"""glued_name: two names written as one, as where a page lost the space or the ・ between them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from foreshock.model import Damage
from foreshock.reading.damage.page import Page, one_of, rules, table

# A word of a script with capitals, which kana, Han and hangul have not; neither part of an address, a tag or a handle.
_CASED = r"[^\W\d_\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]"
RUN = re.compile(rf"(?<![@#/.\-_\d])(?<!{_CASED}){_CASED}{{6,60}}(?!{_CASED}|[\d_@/]|\.{_CASED})")
KATAKANA = re.compile(r"(?<![\u30a0-\u30ff])[\u30a1-\u30fa\u30fc]{7,24}(?![\u30a0-\u30ff])")
# Two glued names of another script than the text's have no reason to be a word of it.
LATIN_TEXT = frozenset({"ja", "zh", "ko", "ru", "uk", "kk", "ar", "fa", "he", "el", "bg", "th", "hi"})
SHORTEST = 3


def find(page: Page) -> Iterator[Damage]:
    """Yield glued names with the split as proposal; each needs a reason beside its capitals."""
    damaged = any(one.kind in ("lost_number", "doubled_punctuation") for one in page.found)
    for match in RUN.finditer(page.text):
        parts = _parts(match[0])
        if parts:
            reason = _reason(page, match, parts, damaged=damaged)
            if reason:
                why = f"a capital inside the word, and {reason}: the space between two names was lost"
                yield Damage("glued_name", match.start(), match.end(), match[0], " ".join(parts), why)
    if page.language == "ja":
        yield from _katakana(page)


def _parts(word: str) -> tuple[str, ...]:
    """Return the parts of a word with capitals inside, or nothing where it is no name or a known brand."""
    cuts = [0, *(index for index in range(1, len(word)) if word[index].isupper() and word[index - 1].islower()), len(word)]
    parts = tuple(word[a:b] for a, b in itertools.pairwise(cuts))
    if not 2 <= len(parts) <= 3 or word in table("names")["brands"]:
        return ()
    if any(len(part) < SHORTEST or not part[0].isupper() or not part[1:].islower() for part in parts):
        return ()
    return () if any(part in table("names")["parts"] for part in parts) else parts


def _reason(page: Page, match: re.Match[str], parts: Sequence[str], *, damaged: bool) -> str | None:
    names = {name for outlet in page.outlets for name in (outlet.name, *outlet.aliases)}
    if " ".join(parts) in names:
        return "the two words are an outlet's name"
    if parts[0] in table("names")["given"]:
        return f"{parts[0]!r} is a given name"
    role = re.search(
        rf"(?<!\w)(?:{one_of(table('names')['roles']['en'])})\.?\s+$", page.text[max(0, match.start() - 20) : match.start()]
    )
    if role:
        return f"{role[0].strip()!r} stands before it"
    alone = next((part for part in parts if re.search(rf"(?<!\w){re.escape(part)}(?!\w)", page.text)), None)
    if alone:
        return f"{alone!r} stands alone elsewhere in the text"
    if damaged and (page.language in LATIN_TEXT or rules("units", page.language)):
        return "the text is damaged elsewhere too"
    return None


def _katakana(page: Page) -> Iterator[Damage]:
    tables = table("names")
    after = re.compile(rf"(?:の支持者|{one_of(tables['roles']['ja_after'])})")
    before = re.compile(rf"(?:{one_of(tables['roles']['ja_before'])})[\s、の]*$")
    byline = re.compile(r"[(（]\s*(?:へ|文|取材|執筆)?[:：]?\s*$")
    for match in KATAKANA.finditer(page.text):
        if any(word in match[0] for word in tables["loanwords"]):
            continue
        left = page.text[max(0, match.start() - 12) : match.start()]
        given = next((name for name in tables["katakana"] if match[0].startswith(name) and len(match[0]) > len(name) + 1), None)
        reason = None
        if byline.search(left) and re.match(r"\s*[)）、,]", page.text[match.end() : match.end() + 3]):
            reason = "it is the whole of a byline"
        elif given and (after.match(page.text, match.end()) or before.search(left)):
            reason = "a title stands beside it"
        elif given and left.endswith((" ", "　")):
            reason = f"it begins with the given name {given}"
        if not reason:
            continue
        proposal = f"{given}・{match[0][len(given) :]}" if given else None
        why = f"a long run of katakana without ・, and {reason}: two names were written as one"
        yield Damage("glued_name", match.start(), match.end(), match[0], proposal, why)
