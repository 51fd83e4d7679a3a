"""Speech by layout: speaker labels of interviews and transcripts, and headings of the form "Name: what he says"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from foreshock.coding.attributions.drafts import Draft
from foreshock.coding.attributions.spans import Tree, trimmed
from foreshock.coding.discourse import byline, looks_like_name
from foreshock.model import Span

LABEL = re.compile(r"[\s\-–—*•]*(?P<who>[^\n:：\"“«「]{1,60}?)\s?(?P<mark>[:：])(?:\s+|(?<=：))(?=\S)")
# What a wire or a channel puts before its source: "URGENT - ", "ÚLTIMA HORA | ", a coloured dot.
SOURCE = re.compile(
    r"(?:[^\w\n«\"“]*)(?:[^\W\d_]+(?:\s[^\W\d_]+){0,2}\s[|–—-]\s)?"
    r"(?P<who>(?:[^\n:：\"“”«»「.!?]|[«“\"][^\n«»“”\":]{1,40}[»”\"]){2,60}?)\s?(?P<mark>:)\s+(?P<open>[«“\"]\s?)?(?=\w)"
)
MOST_WORDS = 6
ENDED = re.compile(r"[。.!?！？…]['\"”’»」』)）]*\s*$")
SHOUTED = re.compile(r"[^\W\d_a-zß-ÿа-яё][^\W_a-zß-öø-ÿа-яё]*(?:[ .,'’()-]+[^\Wa-zß-öø-ÿа-яё]+)*\.?")
# So many labelled paragraphs make an interview, in which a turn goes on over paragraphs without a label.
TURNS = 3
# 警察「解散せよ」, 軍政、運転手に「免許を取り消すぞ」: in a heading a quotation needs no verb.
HEADED = re.compile(
    r"(?:^|[　\s])(?P<who>[^\s　「」『』、。:：はがをも]{2,30})(?:、[^\s　「」『』。]{1,30})?"
    r"「(?P<said>[^「」]{4,})」(?=$|[　\s])"
)
MATES = {"«": "»", "“": "”", '"': '"'}
SPEAKING = frozenset({"person", "per", "org", "norp"})
# A place before a colon is what the heading is about: "Gabon: polls close".
PLACES = frozenset({"gpe", "loc", "fac"})


@dataclass(frozen=True, slots=True)
class Label:
    """A paragraph that opens with a speaker: its span and first sentence, the label, its colon, and where its words begin."""

    start: int
    end: int
    tree: Tree
    who: Span
    mark: Span
    words: int


def labelled(trees: Sequence[Tree], paragraphs: Mapping[int, Span], table: Mapping[str, Any], text: str) -> Iterator[Draft]:
    """Yield the turns of an interview and the headings that name their speaker.

    A label is a word of the table's ``labels``, a name in capitals, or a name that labels at least two paragraphs; in a
    heading (a first paragraph without a full stop) a name that the parser knows as one.
    """
    words = {str(one).lower() for one in (table.get("attribution") or {}).get("labels") or ()}
    first = {tree.parse.sentence.paragraph: tree for tree in reversed(trees)}
    candidates = []
    for number, (start, end) in sorted(paragraphs.items()):
        hit = LABEL.match(text, start, end)
        if hit and number in first:
            candidates.append((number, Label(start, end, first[number], hit.span("who"), hit.span("mark"), hit.end())))
    names = Counter(text[slice(*one.who)] for _, one in candidates)
    kept: dict[int, Label] = {}
    for number, label in candidates:
        who = text[slice(*label.who)].strip()
        repeated = names[who] > 1 and looks_like_name(who)
        heading = number < 2 and _names(label) and not ENDED.search(text[label.start : label.end])
        shouted = SHOUTED.fullmatch(who) and (names[who] > 1 or " " in who)
        if (who.lower() in words or shouted or repeated or heading) and any(
            map(str.isalpha, text[label.words : label.words + 2])
        ):
            kept[number] = label
    yield from _turns(kept, paragraphs, text)
    if (table.get("attribution") or {}).get("quoting_headings"):
        for tree in trees:
            yield from _headed(tree)
    sources = _speaking_words(table)
    for number, (start, end) in sorted(paragraphs.items()):
        if number not in kept and number in first and sources:
            yield from _announced(first[number], (start, end), sources, text)


def _headed(tree: Tree) -> Iterator[Draft]:
    """Yield the quotations of a sentence that no verb gives to whoever stands bare before them."""
    at = tree.parse.sentence.start
    for hit in HEADED.finditer(tree.parse.sentence.text):
        said = (at + hit.start("said"), at + hit.end("said"))
        yield Draft("label", tree.parse, None, (at + hit.start("who"), at + hit.end("who")), [], [said], quoted=[said])


def _speaking_words(table: Mapping[str, Any]) -> frozenset[str]:
    """Return the words for bodies and media that may stand before a colon, where the table lets them (``colon_sources``)."""
    words: Mapping[str, Any] = table.get("attribution") or {}
    if not words.get("colon_sources"):
        return frozenset()
    return frozenset(str(one).lower() for name in ("roles", "media") for one in words.get(name) or ())


def _announced(tree: Tree, span: Span, sources: frozenset[str], text: str) -> Iterator[Draft]:
    """Yield what a paragraph's first sentence says behind its source and a colon: "Military committee: "All shops close"."""
    hit = SOURCE.match(text, *span)
    if hit is None:
        return
    inside = [token for token in tree.parse.tokens if hit.start("who") <= token.start and token.end <= hit.end("who")]
    words = [token for token in inside if token.upos != "PUNCT"]
    named = any(token.lemma.lower() in sources or token.text.lower() in sources for token in words)
    if not named or len(words) > MOST_WORDS or any(token.upos in ("VERB", "AUX") for token in words):
        return
    stop = min(tree.parse.sentence.end, span[1])
    opened = hit["open"]
    closing = text.find(MATES[opened.strip()], hit.end(), span[1]) if opened else -1
    content = (hit.end(), closing if closing > 0 else stop)
    quoted = [content] if opened else []
    yield Draft("label", tree.parse, None, hit.span("who"), [], [content], quoted=quoted)


def credited(trees: Sequence[Tree], paragraphs: Mapping[int, Span], text: str) -> Iterator[Draft]:
    """Yield the paragraphs that close with their author or outlet in a bracket: "... . (Lena Marsh, The Harbour Post)"."""
    first = {tree.parse.sentence.paragraph: tree for tree in reversed(trees)}
    for number, (start, end) in sorted(paragraphs.items()):
        found = byline(text, start, end)
        if found is None or number not in first or not found.after_stop or not all(map(looks_like_name, found.names)):
            continue
        at = found.start
        for name in found.names:
            at = text.find(name, at, end)
            if at >= 0:
                content = trimmed(text, (start, found.start))
                yield Draft("label", first[number].parse, None, (at, at + len(name)), [], [content])


def _names(label: Label) -> bool:
    """Whether the label of a heading is a name to the parser."""
    inside = [token for token in label.tree.parse.tokens if token.end <= label.who[1] and token.upos != "PUNCT"]
    kinds = [token.entity.lower() for token in inside]
    named = any(
        kind in SPEAKING or (token.upos == "PROPN" and kind not in PLACES) for token, kind in zip(inside, kinds, strict=True)
    )
    return named and len(inside) <= 5


def _turns(kept: Mapping[int, Label], paragraphs: Mapping[int, Span], text: str) -> Iterator[Draft]:
    interview = len(kept) >= TURNS and len({text[slice(*one.who)] for one in kept.values()}) > 1
    open_turn: Draft | None = None
    for number, (start, end) in sorted(paragraphs.items()):
        label = kept.get(number)
        if label is not None:
            span = trimmed(text, (label.words, end))
            if span[0] >= span[1]:
                continue
            span = (span[0], end)
            open_turn = Draft("label", label.tree.parse, None, label.who, [label.mark], [span], quoted=[span])
            yield open_turn
        elif interview and open_turn is not None:
            open_turn.content.append((start, end))
            open_turn.quoted.append((start, end))
