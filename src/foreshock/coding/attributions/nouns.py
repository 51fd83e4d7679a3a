"""Attributions that a noun makes: "the claim that", "his view is that", "calls for a ceasefire"."""

from __future__ import annotations

from collections.abc import Iterator

from foreshock.coding.attributions.drafts import Draft
from foreshock.coding.attributions.lexicon import Lexicon
from foreshock.coding.attributions.sources import argument_of, source_of_noun
from foreshock.coding.attributions.spans import Tree, joined
from foreshock.coding.attributions.verbs import cue_of, noun_over
from foreshock.reading.languages.base import Clause


def nominal(tree: Tree, lexicon: Lexicon) -> Iterator[Draft]:
    """Yield the attributions that the nouns of a sentence make."""
    seen: set[int] = set()
    for clause in tree.parse.clauses:
        for content in tree.below.get(clause.index, ()):
            if content.relation not in ("content", "question"):
                continue
            noun = noun_over(tree, content, clause, lexicon)
            if noun is None:
                noun = _predicated(tree, clause, lexicon)
            if noun is None or noun in seen:
                continue
            seen.add(noun)
            yield _draft(tree, noun, clause, [tree.whole(content)], lexicon)
    owners = {index: clause for clause in tree.parse.clauses for index in clause.tokens}
    for token in tree.parse.tokens:
        if token.upos != "NOUN" or token.index in seen or not lexicon.is_noun(token.lemma.lower()):
            continue
        contents = []
        for child in tree.children[token.index]:
            marks = [tree.word(k) for k in tree.children[child] if tree.word(k).dep == "case"]
            if tree.word(child).dep.startswith("nmod") and marks and marks[0].text.lower() in lexicon.noun_marks:
                contents.append(tree.trimmed((marks[-1].end, tree.subtree(child)[1])))
        if contents:
            yield _draft(tree, token.index, owners.get(token.index), joined(contents[:1], tree.text), lexicon)


def _predicated(tree: Tree, clause: Clause, lexicon: Lexicon) -> int | None:
    """Return the subject noun of "his view is that ...", "the claim was that ..."."""
    subject = argument_of(clause, "subject")
    if subject is None or not clause.predicate or tree.word(clause.predicate[-1]).upos != "AUX":
        return None
    return subject.head if lexicon.is_noun(tree.word(subject.head).lemma.lower()) else None


def _draft(tree: Tree, noun: int, clause: Clause | None, content: list[tuple[int, int]], lexicon: Lexicon) -> Draft:
    token = tree.word(noun)
    source, silent = source_of_noun(tree, noun, clause, lexicon)
    cue = [(token.start, token.end)]
    if clause is not None and clause.lemma.lower() in lexicon.relaying and source is not None:
        cue = joined([*cue_of(tree, clause), *cue], tree.text)
    return Draft("noun", tree.parse, clause, source, cue, content, silent)
