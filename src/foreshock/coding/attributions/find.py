"""All attributions of a parsed document, in order of the text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from foreshock.coding.attributions.citing import Phrases, cited
from foreshock.coding.attributions.drafts import Draft, Sort
from foreshock.coding.attributions.labels import credited, labelled
from foreshock.coding.attributions.lexicon import Lexicon
from foreshock.coding.attributions.nouns import nominal
from foreshock.coding.attributions.quoting import (
    Quoted,
    beside_speech,
    carry_over,
    continue_quotations,
    free_quotations,
    inside_own,
    snap,
)
from foreshock.coding.attributions.spans import Tree, trimmed
from foreshock.coding.attributions.verbs import verbal
from foreshock.coding.discourse import paragraph_spans, quotations
from foreshock.coding.frames import SPEAKING, Frames
from foreshock.coding.people import People, Person
from foreshock.knowledge import once_a_table
from foreshock.model import Actor, Attribution, Reading, Span, SpeechForm
from foreshock.reading.languages.base import Parse

# How many attributions back one can lie that holds another: more than stand in any one paragraph.
LOOK_BACK = 80


_phrases = once_a_table(Phrases.build)


@once_a_table
def _lexicon(table: Mapping[str, Any]) -> Lexicon:
    return Lexicon.build(table, spaces=_has_spaces(table))


def _has_spaces(table: Mapping[str, Any]) -> bool:
    return bool((table.get("grammar") or {}).get("spaces", True))


@dataclass(frozen=True, slots=True)
class Found:
    """An attribution with how it was found; ``holds``: its source says or thinks the content, not orders or promises it."""

    sort: Sort
    attribution: Attribution
    holds: bool


def find_attributions(
    reading: Reading, parses: Sequence[Parse], table: Mapping[str, Any], *, resolve: Callable[[str], Actor]
) -> tuple[Attribution, ...]:
    """Return the attributions of a document in order of their first word.

    Args:
        reading: the document as read.
        parses: its sentences in order, as the language parsed them.
        table: the language's table.
        resolve: which actor of the catalogue a name is.
    """
    return tuple(one.attribution for one in find(reading, parses, table, resolve=resolve))


def find(
    reading: Reading, parses: Sequence[Parse], table: Mapping[str, Any], *, resolve: Callable[[str], Actor]
) -> tuple[Found, ...]:
    """Return the attributions of a document as :func:`find_attributions` does, each with how it was found."""
    text = reading.document.text
    spaces = _has_spaces(table)
    kept = _drafts(reading, parses, table, spaces=spaces)
    kept.sort(key=lambda one: (one.at, -max(span[1] for span in one.content)))
    nested = [_within(place, kept) for place in range(len(kept))]
    frames = _lexicon(table).frames
    people = People(parses, table, text, spaces=spaces, resolve=resolve)
    holders = _holders(kept, nested, people, table, text)
    return tuple(
        Found(
            one.sort,
            Attribution(one.source, tuple(one.cue), tuple(one.content), form_of(one, text), holder, inside),
            _holds(one, frames),
        )
        for one, holder, inside in zip(kept, holders, nested, strict=True)
    )


def _drafts(reading: Reading, parses: Sequence[Parse], table: Mapping[str, Any], *, spaces: bool) -> list[Draft]:
    """Return what predicates, nouns, set phrases, quotations and labels attribute, in no order."""
    text = reading.document.text
    lexicon, phrases = _lexicon(table), _phrases(table)
    trees = [Tree(parse, text) for parse in parses]
    paragraphs = paragraph_spans(reading.sentences)
    quotes = [quote for start, end in paragraphs.values() for quote in quotations(text, start, end)]
    quoted = Quoted(sorted(quotes, key=lambda one: one.start), text, spaces=spaces)
    drafts: list[Draft] = []
    for tree in trees:
        drafts.extend(verbal(tree, lexicon))
        drafts.extend(nominal(tree, lexicon))
        drafts.extend(cited(tree, lexicon, phrases))
    used: dict[int, set[int]] = {}
    for draft in drafts:
        snap(draft, quoted)
        inside_own(draft, quoted)
        if draft.clause is not None and draft.sort != "noun":
            used.setdefault(draft.parse.sentence.index, set()).add(draft.clause.index)
    for tree in trees:
        drafts.extend(beside_speech(tree, lexicon, quoted, used.setdefault(tree.parse.sentence.index, set())))
    continue_quotations(drafts, quoted)
    carry_over(quoted)
    drafts.extend(free_quotations(drafts, quoted, trees))
    drafts.extend(labelled(trees, paragraphs, table, text))
    drafts.extend(credited(trees, paragraphs, text))
    for draft in drafts:
        draft.content = [span for span in (trimmed(text, one) for one in draft.content) if span[0] < span[1]]
    return [one for one in drafts if one.content]


def _holds(draft: Draft, frames: Frames) -> bool:
    if draft.sort in ("citing", "quotation", "label"):
        return True
    if draft.sort != "clause" or draft.clause is None:
        return False
    return bool(draft.quoted) or frames.of_verb(draft.clause) in SPEAKING


def form_of(draft: Draft, text: str) -> SpeechForm:
    """Return whether all, nothing or a part of a content is quoted."""
    if not draft.quoted:
        return "indirect"
    loose = 0
    for start, end in draft.content:
        covered = [(max(start, a), min(end, b)) for a, b in draft.quoted if a < end and b > start]
        at = start
        for a, b in sorted(covered):
            loose += sum(char.isalnum() for char in text[at:a])
            at = max(at, b)
        loose += sum(char.isalnum() for char in text[at:end])
    return "direct" if loose <= 4 else "mixed"


def _holders(
    drafts: Sequence[Draft], nested: Sequence[int | None], people: People, table: Mapping[str, Any], text: str
) -> list[str | None]:
    """Return for each attribution who holds its content: the fullest name where sure, else the source's words.

    "I" inside an attributed content is who says it. Where a grammar lets the subject drop, it is who spoke last.
    """
    mine = {str(one).lower() for one in (table.get("pronouns") or {}).get("self") or ()}
    nobody = {str(one).lower() for one in (table.get("grammar") or {}).get("generic") or ()}
    found: list[str | None] = []
    last: Person | None = None
    for place, draft in enumerate(drafts):
        around = nested[place]
        name: str | None = None
        if draft.source is not None:
            words = text[slice(*draft.source)]
            person = people.named(draft.source) or people.stands_for(
                draft.source, draft.parse.sentence.index, last, said=draft.content
            )
            if words.lower() in nobody:
                name = None
            elif words.lower() in mine and around is not None:
                name = found[around]
            elif person is not None:
                name = person.name
                last = person if around is None else last
            else:
                name = words
                last = last if people.is_pronoun(words) or around is not None else None
        elif not draft.silent and last is not None:
            name = last.name
        found.append(name)
    return found


def _within(place: int, drafts: Sequence[Draft]) -> int | None:
    """Return the position of the smallest content that holds an attribution's cue, or its content where it has no cue."""
    own = drafts[place]
    words: Span = own.cue[0] if own.cue else own.content[0]
    best, width = None, 0
    for other in range(place - 1, max(-1, place - LOOK_BACK), -1):
        for start, end in drafts[other].content:
            if start <= words[0] and words[1] <= end and (best is None or end - start < width):
                best, width = other, end - start
    return best
