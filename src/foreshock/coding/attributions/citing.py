"""Attributions by a set phrase: "according to the mayor", "in her view", "reportedly", によると."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from foreshock.coding.attributions.drafts import Draft
from foreshock.coding.attributions.lexicon import Lexicon
from foreshock.coding.attributions.spans import Tree, joined, trimmed, without
from foreshock.model import Span
from foreshock.reading.languages.base import Clause

BEFORE = re.compile(r"[^、。，,「」『』\"“”（）()\-–—;:\n]{1,60}$")
WORD = re.compile(r"\w+")
VIEWED = r"(?P<who>\w[\w .'’-]{0,60}?)(?:'s|’s|s'|s’)?"


@dataclass(frozen=True, slots=True)
class Phrases:
    """The set phrases of a language: those before their source, those after it, and those around it."""

    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    around: tuple[re.Pattern[str], ...]
    within: tuple[str, ...] = ()

    @classmethod
    def build(cls, table: Mapping[str, Any]) -> Phrases:
        """Return the phrases of a table's ``according`` and ``view``."""
        words: Mapping[str, Any] = table.get("attribution") or {}
        according: Mapping[str, Any] = words.get("according") or {}
        views = [str(one) for one in words.get("view") or ()]
        around = []
        for view in views:
            if "{}" in view:
                left, right = (re.escape(part) for part in view.split("{}", 1))
                around.append(re.compile(rf"\b(?P<left>{left}){VIEWED}(?P<right>{right})(?!\w)", re.IGNORECASE))
        after = [*(according.get("after") or ()), *(view for view in views if "{}" not in view)]
        return cls(
            _any(according.get("before") or (), r"(?<!\w)", r"(?!\w)\s*"),
            _any(after, "", ""),
            tuple(around),
            tuple(according.get("within") or ()),
        )


def cited(tree: Tree, lexicon: Lexicon, phrases: Phrases) -> Iterator[Draft]:
    """Yield the attributions that the set phrases of a sentence make."""
    sentence = tree.parse.sentence
    found: list[tuple[list[Span], Span | None]] = []
    if phrases.before:
        for hit in phrases.before.finditer(sentence.text):
            at, after = sentence.start + hit.start(), sentence.start + hit.end()
            word = WORD.match(tree.text, after)
            if word and word[0].lower() in lexicon.relatives:
                # "a rumour ACCORDING TO WHICH they fled" names nobody; the content follows.
                yield from _relative(tree, (at, word.end()))
                continue
            source = _following(tree, after)
            if source is not None:
                found.append(([(at, at + len(hit[1]))], source))
    if phrases.after:
        for hit in phrases.after.finditer(sentence.text):
            before = BEFORE.search(sentence.text[: hit.start()])
            if before:
                span = trimmed(tree.text, (sentence.start + before.start(), sentence.start + before.end()))
                cue = hit[0]
                lead = 1 if cue[:1] == "の" else 0
                found.append(([(sentence.start + hit.start() + lead, sentence.start + hit.end())], span))
    for pattern in phrases.around:
        for hit in pattern.finditer(sentence.text):
            sides = [hit.span("left"), hit.span("right")]
            open_end = not hit["right"]
            spans = [(sentence.start + a, sentence.start + b) for a, b in sides if b > a]
            name = trimmed(tree.text, (sentence.start + hit.start("who"), sentence.start + hit.end("who")))
            whole = _following(tree, name[0]) if open_end else None
            found.append(([trimmed(tree.text, one) for one in spans], whole or name))
    for cues, who in found:
        inner = bool(phrases.within) and tree.text.startswith(phrases.within, who[1] if who else cues[0][0])
        content = _told_beside(tree, cues[0]) if inner else _content(tree, cues, who, lexicon)
        if content:
            yield Draft("citing", tree.parse, None, who, cues, content)
    for token in tree.parse.tokens:
        if token.text.lower() in lexicon.adverbs and token.upos in ("ADV", "ADJ", "INTJ"):
            clause = _holding(tree, (token.start, token.end))
            if clause is not None:
                content = without(tree.whole(clause), [(token.start, token.end)], tree.text)
                yield Draft("citing", tree.parse, None, None, [(token.start, token.end)], content, silent=True)


def _relative(tree: Tree, cue: Span) -> Iterator[Draft]:
    inside = [one for one in tree.parse.clauses if one.predicate and one.relation in ("relative", "content") and one.end > cue[1]]
    inside = [one for one in inside if tree.word(one.predicate[-1]).start > cue[1]]
    if inside:
        end = tree.whole(min(inside, key=lambda one: tree.word(one.predicate[-1]).start))[1]
        yield Draft("citing", tree.parse, None, None, [cue], [trimmed(tree.text, (cue[1], end))], silent=True)


def _following(tree: Tree, offset: int) -> Span | None:
    """Return the noun phrase that begins at an offset."""
    tokens = tree.parse.tokens
    first = next((token for token in tokens if token.start >= offset), None)
    if first is None:
        return None
    for clause in tree.parse.clauses:
        for argument in clause.arguments:
            if argument.start == first.start and argument.role == "oblique":
                return tree.phrase(argument)
    here = first
    while here.head != here.index:
        above = tree.word(here.head)
        if tree.first[above.index] < first.index - 3 or above.upos in ("VERB", "AUX"):
            break
        here = above
    start, end = first.start, tree.subtree(here.index)[1]
    return tree.trimmed((start, max(end, first.end)))


def _holding(tree: Tree, span: Span) -> Clause | None:
    """Return the clause whose own words hold an offset."""
    for clause in tree.parse.clauses:
        for index in clause.tokens:
            if tree.word(index).start <= span[0] < tree.word(index).end:
                return clause
    return None


def _told_beside(tree: Tree, cue: Span) -> list[Span]:
    """Return what a speaker tells who cites another for it: …の発表を引用し、…と報じた."""
    here = _holding(tree, cue)
    above = here
    while above is not None and not _contents(tree, above):
        above = tree.parse.clauses[above.parent] if above.parent is not None and above.relation != "root" else None
    return [tree.whole(one) for one in _contents(tree, above)] if above is not None else []


def _contents(tree: Tree, clause: Clause) -> list[Clause]:
    return [one for one in tree.below.get(clause.index, ()) if one.relation == "content"]


def _content(tree: Tree, cue: Sequence[Span], source: Span | None, lexicon: Lexicon) -> list[Span]:
    """Return what a set phrase attributes: the clause around it without the phrase, up to the speech verb above it."""
    clause = _holding(tree, cue[0])
    if clause is None:
        if not tree.parse.clauses:
            return []
        clause = tree.parse.clauses[0]
    # The phrase at a sentence's edge belongs to the whole of it, wherever the tree hangs it.
    edge = cue[0][0] - tree.parse.sentence.start < 3 or not any(
        char.isalnum()
        for char in tree.text[max(span[1] for span in (*cue, *([source] if source else []))) : tree.parse.sentence.end]
    )
    seen: set[int] = set()
    while clause.parent is not None and clause.parent not in seen:
        above = tree.parse.clauses[clause.parent]
        if clause.relation in ("content", "question") and lexicon.takes_clause(above) and not edge:
            break
        if clause.relation == "relative" and not edge:
            break
        if clause.relation == "coordinate" and cue[0][0] - clause.start < 5 and not edge:
            break
        seen.add(clause.parent)
        clause = above
    holes = [*cue, *([source] if source else [])]
    hole = (min(one[0] for one in holes), max(one[1] for one in holes))
    whole = tree.whole(clause)
    if edge:
        whole = tree.trimmed((min(whole[0], tree.parse.sentence.start), max(whole[1], tree.parse.sentence.end)))
    return joined(without(whole, [hole], tree.text), tree.text)


@lru_cache(maxsize=64)
def _compiled(words: tuple[str, ...], left: str, right: str) -> re.Pattern[str]:
    options = "|".join(re.escape(one) for one in sorted(words, key=len, reverse=True))
    return re.compile(rf"{left}({options}){right}", re.IGNORECASE)


def _any(words: Sequence[object], left: str, right: str) -> re.Pattern[str] | None:
    return _compiled(tuple(str(one) for one in words), left, right) if words else None
