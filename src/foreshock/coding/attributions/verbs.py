"""Attributions that a predicate makes: with a clause, an object, a phrase, or merged into the next verb."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from foreshock.coding.attributions.drafts import Draft
from foreshock.coding.attributions.lexicon import Lexicon
from foreshock.coding.attributions.sources import argument_of, named, source_of
from foreshock.coding.attributions.spans import OPENING, Tree, joined, overlap, without
from foreshock.model import Span
from foreshock.reading.languages.base import Argument, Clause

HELPING = ("aux", "cop")


def verbal(tree: Tree, lexicon: Lexicon) -> Iterator[Draft]:
    """Yield the attributions that the predicates of a sentence make."""
    for clause in tree.parse.clauses:
        if not clause.predicate:
            continue
        contents = [one for one in tree.below.get(clause.index, ()) if one.relation in ("content", "question")]
        own = [one for one in contents if noun_over(tree, one, clause, lexicon) is None]
        if own and (lexicon.takes_clause(clause) or _quoted(tree, own, lexicon)):
            yield _of_clauses(tree, clause, own, lexicon)
            continue
        draft = None
        if not own or lexicon.takes_clause(clause):
            draft = _of_phrase(tree, clause, lexicon) or _of_object(tree, clause, lexicon)
        if draft:
            yield draft
        yield from _chained(tree, clause, lexicon)
    yield from _closing(tree, lexicon)


def _quoted(tree: Tree, contents: Sequence[Clause], lexicon: Lexicon) -> bool:
    """Whether a particle gives a quotation to whatever verb follows: 「もう限界だ」と肩を落とした."""
    return any(tree.text.startswith(lexicon.quotative, one.end) for one in contents) if lexicon.quotative else False


def noun_over(tree: Tree, content: Clause, above: Clause, lexicon: Lexicon) -> int | None:
    """Return the noun of content that a clause hangs on inside the clause above it, or None where the predicate holds it."""
    if not content.predicate:
        return None
    head = tree.word(tree.word(content.predicate[-1]).head)
    if head.index in above.predicate or head.upos not in ("NOUN", "PROPN") or not lexicon.is_noun(head.lemma.lower()):
        return None
    return head.index


def cue_of(tree: Tree, clause: Clause, *, marker: Argument | None = None) -> list[Span]:
    """Return the predicate with its auxiliaries and particles, and the adposition of the argument that holds the content."""
    held = set(clause.predicate)
    for index in clause.tokens:
        token = tree.word(index)
        helps = token.dep.split(":")[0] in HELPING or token.dep in ("compound:prt", "neg", "fixed")
        if helps and token.head in clause.predicate:
            held.add(index)
    spans = [(tree.word(i).start, tree.word(i).end) for i in sorted(held)]
    if marker is not None and marker.marker:
        at = tree.text.rfind(marker.marker, spans[0][0], marker.start + len(marker.marker))
        if at >= 0 and marker.start - at < len(marker.marker) + 3:
            spans.append((at, at + len(marker.marker)))
    return _runs(spans, tree.text)


def _runs(spans: Sequence[Span], text: str) -> list[Span]:
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and not text[found[-1][1] : start].strip():
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _of_clauses(tree: Tree, clause: Clause, contents: Sequence[Clause], lexicon: Lexicon) -> Draft:
    source, silent = source_of(tree, clause, lexicon)
    cue = cue_of(tree, clause)
    spans = [tree.whole(one, without=_going_on(tree, one, lexicon)) for one in contents]
    hearer = argument_of(clause, "object", "indirect")
    if hearer is not None and clause.lemma.lower() not in lexicon.told and not clause.passive:
        for one in contents:
            shared = argument_of(one, "subject") or (argument_of(one, "object") if one.passive else None)
            if shared is not None and (shared.start, shared.end) == (hearer.start, hearer.end) and hearer.end <= one.start:
                spans.append(tree.phrase(hearer))
    for one in contents:
        # "The dam, she said, had burst": the content's own subject stands before the inserted cue.
        subject = argument_of(one, "object" if one.passive else "subject")
        own = None if subject is None else (subject.start, subject.end)
        if own and own[1] <= cue[0][0] < one.start and not (source and overlap(own, source)):
            spans.append(tree.trimmed(own))
    first = min(one.start for one in contents)
    if first < clause.start or first < cue[0][0]:
        # "The bridge fell, she said, and nobody was hurt": what follows inserted speech goes on with it.
        for other in tree.below.get(clause.index, ()):
            if other.relation == "coordinate" and other.start > cue[-1][1] and argument_of(other, "subject", "object"):
                spans.append(tree.whole(other))
    holes = [*cue, *([source] if source else [])]
    content = [part for span in spans for part in without(span, _holes(span, holes, clause), tree.text)]
    return Draft("clause", tree.parse, clause, source, cue, joined(content, tree.text), silent)


def _going_on(tree: Tree, content: Clause, lexicon: Lexicon) -> Iterator[Clause]:
    """Yield the clauses below a content in which who speaks above goes on: "said he was glad, ADDING that", "and added '...'"."""
    for one in tree.below.get(content.index, ()):
        held = [below for below in tree.below.get(one.index, ()) if below.relation in ("content", "question")]
        if one.relation not in ("adverbial", "coordinate") or not held or not lexicon.voiced(one) or one.start < content.start:
            continue
        subject = argument_of(one, "subject")
        if subject is not None and subject.start >= one.start:
            continue
        quoted = any(char in OPENING for char in tree.text[cue_of(tree, one)[-1][1] : held[0].start + 1])
        if one.relation == "adverbial" or quoted:
            yield one


def _holes(span: Span, holes: Sequence[Span], clause: Clause) -> list[Span]:
    """Return the words of the governing clause that lie inside a content's span, as one stretch."""
    inside = [one for one in holes if span[0] <= one[0] < span[1]]
    for argument in clause.arguments:
        if inside and span[0] <= argument.start < span[1] and abs(argument.start - inside[0][0]) < 80:
            inside.append((argument.start, argument.end))
    if not inside:
        return []
    return [(min(one[0] for one in inside), max(one[1] for one in inside))]


def _of_phrase(tree: Tree, clause: Clause, lexicon: Lexicon) -> Draft | None:
    marks = lexicon.phrases.get(clause.lemma.lower())
    if not marks:
        return None
    for argument in clause.arguments:
        if argument.role in ("oblique", "indirect") and argument.marker.lower() in marks:
            source, silent = source_of(tree, clause, lexicon)
            content = [tree.phrase(argument)]
            blamed = argument_of(clause, "object")
            lemma = clause.lemma.lower()
            if blamed is not None and lemma in lexicon.objects | lexicon.naming and lemma not in lexicon.told:
                content.append(tree.phrase(blamed))
                if content[1][1] <= content[0][0] and not clause.passive:
                    # "criticised them FOR it": whom and for what are one stretch.
                    content = [(content[1][0], content[0][1])]
                return Draft("object", tree.parse, clause, source, cue_of(tree, clause), joined(content, tree.text), silent)
            return Draft("object", tree.parse, clause, source, cue_of(tree, clause, marker=argument), content, silent)
    return None


def _of_object(tree: Tree, clause: Clause, lexicon: Lexicon) -> Draft | None:
    lemma = clause.lemma.lower()
    if lemma not in lexicon.objects and lemma not in lexicon.naming:
        return None
    target = argument_of(clause, "object")
    if target is None or (lemma in lexicon.told and lemma not in lexicon.naming):
        return None
    start, end = named(tree, target, clause)
    words = tree.text[start:end]
    if words.lower() in lexicon.empty and not any(one.role == "oblique" for one in clause.arguments):
        return None
    last = max(clause.predicate)
    for argument in clause.arguments:
        marked = argument.marker.lower() in lexicon.extending or (
            lemma in lexicon.naming and argument.marker.lower() in ("as", "")
        )
        if argument.role == "oblique" and marked and argument.start > tree.word(last).start:
            end = max(end, tree.phrase(argument)[1])
    parts = [(start, end)]
    if end > tree.word(last).start > start:
        # A passive's content stands on both sides of the cue.
        parts = [named(tree, target, clause)]
        parts += [
            tree.phrase(one)
            for one in clause.arguments
            if one.role == "oblique" and one.start > tree.word(last).start and one.marker.lower() in lexicon.extending
        ]
    source, silent = source_of(tree, clause, lexicon)
    return Draft("object", tree.parse, clause, source, cue_of(tree, clause), joined(parts, tree.text), silent)


def _chained(tree: Tree, clause: Clause, lexicon: Lexicon) -> Iterator[Draft]:
    """Yield "he is expected to resign", which the grammar reads as one predicate; the content stands around the cue."""
    for index in clause.tokens:
        token = tree.word(index)
        if token.dep != "aux:chain" or token.lemma.lower() not in lexicon.chained:
            continue
        start = token.start
        for other in clause.tokens:
            word = tree.word(other)
            if word.end <= token.start and word.dep.startswith("aux") and token.start - word.start < 24:
                start = min(start, word.start)
        whole = tree.whole(clause)
        content = without(whole, [(start, token.end)], tree.text)
        yield Draft("clause", tree.parse, clause, None, [(start, token.end)], content, silent=True)


def _closing(tree: Tree, lexicon: Lexicon) -> Iterator[Draft]:
    """Yield a sentence that ends in words by which it is only passed on: ...という。, ...とされる。"""
    words = tree.parse.sentence.text.rstrip(" 。．.」』）)")
    mark = next((one for one in sorted(lexicon.closing, key=len, reverse=True) if words.endswith(one)), None)
    if mark is None or len(words) <= len(mark) + 1:
        return
    start, end = tree.parse.sentence.start, tree.parse.sentence.start + len(words)
    clause = tree.parse.clauses[0] if tree.parse.clauses else None
    content = tree.trimmed((start, end - len(mark)))
    yield Draft("citing", tree.parse, clause, None, [(end - len(mark), end)], [content])
