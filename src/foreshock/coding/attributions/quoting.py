"""Quotations given to who speaks them: beside a speech verb, interrupted, carried over paragraphs, or free."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from foreshock.coding.attributions.drafts import Draft
from foreshock.coding.attributions.lexicon import Lexicon
from foreshock.coding.attributions.sources import source_of
from foreshock.coding.attributions.spans import Tree, joined, overlap, without
from foreshock.coding.attributions.verbs import cue_of
from foreshock.coding.discourse import Quotation
from foreshock.model import Span

NEAR = 4
WORDS_OF_SPEECH = 4


class Quoted:
    """The quotations of a document, and which of them an attribution has taken."""

    def __init__(self, quotes: Sequence[Quotation], text: str, *, spaces: bool) -> None:
        """Take the quotations in order of the text."""
        self.quotes = list(quotes)
        self.starts = [one.start for one in self.quotes]
        self.text = text
        self.spaces = spaces
        self.taken: dict[int, Draft] = {}

    def inside(self, start: int, end: int) -> Iterator[int]:
        """Yield the numbers of the quotations that overlap a span."""
        number = max(0, bisect_left(self.starts, start) - 1)
        while number < len(self.quotes) and self.quotes[number].start < end:
            if self.quotes[number].end > start:
                yield number
            number += 1

    def at(self, offset: int) -> int | None:
        """Return the number of the quotation around an offset."""
        return next((n for n in self.inside(offset, offset + 1) if self.quotes[n].start <= offset < self.quotes[n].end), None)

    def span(self, number: int) -> Span:
        """Return a quotation's words."""
        return self.quotes[number].start, self.quotes[number].end

    def long(self, number: int) -> bool:
        """Whether a quotation is long enough to be speech, not a word held at arm's length."""
        words = self.text[slice(*self.span(number))]
        return len(words.split()) >= WORDS_OF_SPEECH if self.spaces else len(words) >= 2 * WORDS_OF_SPEECH


def snap(draft: Draft, quoted: Quoted) -> None:
    """Stretch a content over the quotations that it begins or ends in, so that a quotation is never cut."""
    cue = {quoted.at(span[0]) for span in draft.cue}
    spans: list[Span] = []
    for span in draft.content:
        start, end = span
        for number in quoted.inside(start, end):
            if number in cue:
                continue
            first, last = quoted.span(number)
            if overlap((first, last), span) < min(2, last - first):
                continue
            if any(overlap((first, last), other) for other in draft.cue):
                continue
            start, end = min(start, first), max(end, last)
            quoted.taken.setdefault(number, draft)
            draft.quoted.append((first, last))
        spans.append((start, end))
    draft.content = joined(spans, quoted.text)


def inside_own(draft: Draft, quoted: Quoted) -> None:
    """Give a content the quotation that its own cue stands in: « The bridge fell, she said, and nobody was hurt. »

    Such a cue interrupts or closes the quotation: the content begins where the quotation does. A cue that opens the words of
    a quotation is said inside it.
    """
    if not draft.cue or not draft.content or draft.quoted or draft.sort != "clause":
        return
    number = quoted.at(draft.cue[0][0])
    if number is None or number in quoted.taken:
        return
    first, last = quoted.span(number)
    start = draft.content[0][0]
    if start >= draft.cue[0][0] or any(char.isalnum() for char in quoted.text[first:start]):
        return
    holes = [*draft.cue, *([draft.source] if draft.source else [])]
    hole = (min(one[0] for one in holes), max(one[1] for one in holes))
    if hole[0] < first or hole[1] > last:
        return
    quoted.taken[number] = draft
    draft.quoted.append((first, last))
    draft.content = without((first, last), [hole], quoted.text)


def continue_quotations(drafts: Sequence[Draft], quoted: Quoted) -> None:
    """Join to a quoted content the quotation that goes on after its cue: "...", she said. "..."."""
    cues = sorted(span[0] for draft in drafts if draft.sort != "noun" for span in draft.cue)
    for draft in drafts:
        if not draft.quoted or not draft.cue or draft.sort in ("noun", "object"):
            continue
        here = quoted.at(draft.cue[0][0])
        end = max(span[1] for span in (*draft.cue, *draft.content, *([draft.source] if draft.source else [])))
        sentence = draft.parse.sentence
        following = bisect_left(quoted.starts, end)
        if following >= len(quoted.quotes) or following in quoted.taken or here is not None:
            continue
        quote = quoted.quotes[following]
        limit = sentence.end + NEAR if quote.start >= sentence.end else sentence.end
        number = bisect_left(cues, end)
        interrupted = number < len(cues) and cues[number] < quote.start
        broken = "\n" in quoted.text[end : quote.start]
        if quote.start > limit or interrupted or broken:
            continue
        _add(draft, following, quoted)


def carry_over(quoted: Quoted) -> None:
    """Join the paragraphs of a long quotation, each of which opens with a mark that only the last one closes."""
    for number in range(1, len(quoted.quotes)):
        before, here = quoted.quotes[number - 1], quoted.quotes[number]
        draft = quoted.taken.get(number - 1)
        if draft is None or before.closed or number in quoted.taken:
            continue
        gap = quoted.text[before.end : here.start]
        if "\n" in gap and not any(char.isalnum() for char in gap):
            _add(draft, number, quoted)


def _add(draft: Draft, number: int, quoted: Quoted) -> None:
    quoted.taken[number] = draft
    draft.quoted.append(quoted.span(number))
    draft.content = joined([*draft.content, quoted.span(number)], quoted.text)


def beside_speech(tree: Tree, lexicon: Lexicon, quoted: Quoted, used: set[int]) -> Iterator[Draft]:
    """Yield a draft for each speech verb without content in the tree that has a quotation beside it."""
    sentence = tree.parse.sentence
    for clause in tree.parse.clauses:
        if clause.index in used or not clause.predicate or not lexicon.voiced(clause):
            continue
        cue = cue_of(tree, clause)
        if quoted.at(cue[0][0]) is not None:
            continue
        number = _beside(cue, sentence.start, sentence.end, quoted, free=_speaks_alone(clause.arguments))
        if number is None:
            continue
        source, silent = source_of(tree, clause, lexicon)
        draft = Draft("quotation", tree.parse, clause, source, cue, [quoted.span(number)], silent, [quoted.span(number)])
        quoted.taken[number] = draft
        used.add(clause.index)
        yield draft


def _speaks_alone(arguments: Sequence[object]) -> bool:
    return len(arguments) <= 2


def _beside(cue: Sequence[Span], start: int, end: int, quoted: Quoted, *, free: bool) -> int | None:
    """Return the free quotation next to a cue in its sentence, else the one that ends just before or begins just after it."""
    within = [n for n in quoted.inside(start, end) if n not in quoted.taken and quoted.long(n)]
    after = [n for n in within if quoted.quotes[n].start >= cue[-1][1]]
    before = [n for n in within if quoted.quotes[n].end <= cue[0][0]]
    if after or before:
        return after[0] if after else before[-1]
    at = bisect_left(quoted.starts, end)
    if at < len(quoted.quotes) and at not in quoted.taken and quoted.text[start:end].rstrip().endswith((":", "：")):
        gap = quoted.text[end : quoted.quotes[at].start]
        if not any(char.isalnum() for char in gap) and len(gap) <= 2 * NEAR:
            return at
    number = bisect_left(quoted.starts, start) - 1
    if number >= 0 and number not in quoted.taken and free:
        gap = quoted.text[quoted.quotes[number].end : start]
        if "\n" not in gap and len(gap) <= NEAR and not any(char.isalnum() for char in gap):
            return number
    return None


def free_quotations(drafts: Sequence[Draft], quoted: Quoted, trees: Sequence[Tree]) -> Iterator[Draft]:
    """Yield the quotations that no verb takes: speech that goes on from the last who spoke before it.

    Only a quotation that begins a paragraph or a sentence is one; a few words in quotation marks inside a sentence are none.
    """
    ordered = sorted((one for one in drafts if one.quoted and one.content), key=lambda one: one.content[0][0])
    starts = [one.content[0][0] for one in ordered]
    sentences = [tree.parse.sentence.start for tree in trees]
    for number, quote in enumerate(quoted.quotes):
        if number in quoted.taken or not quoted.long(number):
            continue
        place = bisect_left(sentences, quote.start) - 1
        if place < 0:
            continue
        tree = trees[place]
        opened = tree.parse.sentence.start
        if any(char.isalnum() for char in quoted.text[opened : quote.start]):
            continue
        before = bisect_left(starts, quote.start) - 1
        if before < 0:
            continue
        last = ordered[before]
        gap = quoted.text[max(span[1] for span in (*last.content, *last.cue)) : quote.start]
        if gap.count("\n") > 2 * NEAR or len(gap) > 120:
            continue
        draft = Draft(
            "quotation", tree.parse, None, last.source, [], [(quote.start, quote.end)], False, [(quote.start, quote.end)]
        )
        quoted.taken[number] = draft
        yield draft
