"""Who a clause or a noun says is speaking, from its arguments and those of the clauses above it."""

from __future__ import annotations

import re

from foreshock.coding.attributions.lexicon import Lexicon
from foreshock.coding.attributions.spans import Tree
from foreshock.model import Span
from foreshock.reading.languages.base import Argument, Clause

# "HARBOUR CITY (Agency) - The mayor": the place and the agency before the first sentence.
DATELINE = re.compile(r"[^\n]{2,60}?(?:\s[-–]{1,2}\s|\s?—\s?)(?=\w)")
SHARED = ("adverbial", "coordinate", "purpose", "content", "parenthesis", "condition")


def argument_of(clause: Clause, *roles: str) -> Argument | None:
    """Return the first argument of a clause in one of the roles."""
    return next((one for role in roles for one in clause.arguments if one.role == role), None)


def source_of(tree: Tree, clause: Clause, lexicon: Lexicon) -> tuple[Span | None, bool]:
    """Return who speaks in a clause, and whether the grammar says that nobody is named (a passive, "it is clear").

    A clause without a subject of its own has that of the clause it hangs on; the one asked or told is the subject of what he is
    to do.
    """
    if clause.passive:
        agent = argument_of(clause, "agent")
        return (named(tree, agent, clause), False) if agent else (None, True)
    here, seen = clause, {clause.index}
    while True:
        subject = argument_of(here, *(("object", "agent") if here.passive else ("subject",)))
        if subject is not None:
            if subject.text.lower() in lexicon.empty and not _acts(tree, here):
                return None, True
            return named(tree, subject, clause), False
        if here.parent is None or here.relation not in SHARED or here.parent in seen:
            return None, False
        above = tree.parse.clauses[here.parent]
        if here.relation == "content" and not above.passive:
            hearer = argument_of(above, "indirect", "object")
            if hearer is not None and hearer.end <= here.start:
                return tree.phrase(hearer), False
        seen.add(above.index)
        here = above


def named(tree: Tree, argument: Argument, clause: Clause) -> Span:
    """Return the words of an argument without the relative clause that the given clause is or lies in."""
    start, end = tree.phrase(argument)
    here: Clause | None = clause
    seen: set[int] = set()
    while here is not None and here.index not in seen:
        seen.add(here.index)
        if start < here.start < end and argument.head < min(here.tokens, default=0):
            end = here.start
        here = tree.parse.clauses[here.parent] if here.parent is not None else None
    dateline = DATELINE.match(tree.text[start:end]) if start - tree.parse.sentence.start < 3 else None
    return tree.trimmed((start + (dateline.end() if dateline else 0), end))


def source_of_noun(tree: Tree, index: int, clause: Clause | None, lexicon: Lexicon) -> tuple[Span | None, bool]:
    """Return whose words a noun names: "the mayor's claim", "a claim by the mayor", "the mayor made a claim"."""
    head = tree.word(index)
    for child in tree.children[index]:
        token = tree.word(child)
        if token.dep == "nmod:poss":
            start, end = tree.subtree(child)
            return _without_mark(tree, start, end), False
    for child in tree.children[index]:
        token = tree.word(child)
        marks = [tree.word(k).text.lower() for k in tree.children[child] if tree.word(k).dep == "case"]
        if token.dep.startswith("nmod") and any(mark in ("by", "from") for mark in marks):
            start, end = tree.subtree(child)
            return (tree.trimmed((start + len(marks[0]), end))), False
    for child in tree.children[index]:
        token = tree.word(child)
        if token.dep in ("compound", "amod") and token.entity.lower() in ("person", "org", "norp", "gpe"):
            return (token.start, token.end), False
    if clause is not None and clause.lemma.lower() in lexicon.relaying:
        own = argument_of(clause, "object")
        if own is not None and own.start <= head.start < own.end:
            return source_of(tree, clause, lexicon)
    return None, True


def _without_mark(tree: Tree, start: int, end: int) -> Span:
    words = tree.text[start:end]
    for mark in ("'s", "’s", "s'", "s’"):
        if words.endswith(mark):
            return tree.trimmed((start, end - (2 if mark[0] != "s" else 1)))
    return tree.trimmed((start, end))


def _acts(tree: Tree, clause: Clause) -> bool:
    """Whether a predicate is a verb in the active voice, whose "it" is somebody: "it said", not "it is clear"."""
    return not clause.passive and bool(clause.predicate) and tree.word(clause.predicate[-1]).upos == "VERB"
