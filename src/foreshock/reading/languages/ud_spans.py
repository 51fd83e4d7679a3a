"""The words that a clause covers, as first and last token."""

from __future__ import annotations

from collections.abc import Mapping

from foreshock.reading.languages.base import Relation
from foreshock.reading.languages.ud_tree import Node, Tree

QUOTES = {'"': '"', "“": "”", "«": "»", "‘": "’", "(": ")", "[": "]"}
OUTSIDE = frozenset({"adverbial", "parenthesis"})


def clause_span(tree: Tree, head: int, held: Mapping[int, tuple[Relation, int | None]]) -> tuple[int, int]:
    """Return first and last token of a clause.

    ``held`` says of each clause head its relation and the head of the clause above it.

    Without its coordinate clauses, and at its edges without adverbial and inserted clauses, conjunctions and punctuation. Where
    words of the clause that embeds it stand inside ("...", he said, "..."), the run that holds the predicate.
    """
    whole = tree.subtree(head)
    apart = frozenset(index for index in whole if index in held and held[index][1] == head and _is_apart(held[index][0]))
    core = {index for index in tree.subtree(head, without=apart) if tree.nodes[index].base != "punct"} or {head}
    own = whole - frozenset(index for top in apart if held[top][0] == "coordinate" for index in tree.subtree(top))
    first = last = head
    while first > 0 and _reach(tree, first - 1, own):
        first -= 1
    while last + 1 < len(tree.nodes) and _reach(tree, last + 1, own):
        last += 1
    inside = sorted(index for index in core if first <= index <= last) or [head]
    first, last = inside[0], inside[-1]
    for kid in tree.children(head, "dislocated"):
        named = tree.subtree(kid.index)
        closed = (
            min(named) == first and max(named) < head and ":" in (tree.nodes[max(named)].text, tree.nodes[max(named) + 1].text)
        )
        first = max(named) + 1 if closed else first
    while first < head and _leading(tree.nodes[first], tree, head):
        first += 1
    while last > head and tree.nodes[last].base in ("punct", "cc"):
        last -= 1
    return first, with_closer(tree, first, last)


def _is_apart(relation: Relation) -> bool:
    return relation == "coordinate" or relation in OUTSIDE


def _reach(tree: Tree, index: int, own: set[int] | frozenset[int]) -> bool:
    return index in own or tree.nodes[index].base == "punct"


def _leading(node: Node, tree: Tree, head: int) -> bool:
    if node.base == "punct":
        return True
    if node.head != head:
        return False
    infinitive = node.lemma == "to" and tree.nodes[head].form == "infinitive"
    return node.base == "cc" or (node.base == "mark" and not infinitive)


def with_closer(tree: Tree, first: int, last: int) -> int:
    """Take in the closing mark of a quotation or bracket that opens inside the clause."""
    texts = [node.text for node in tree.nodes[first : last + 1]]
    following = tree.nodes[last + 1].text if last + 1 < len(tree.nodes) else ""
    for opening, closing in QUOTES.items():
        if following != closing:
            continue
        unclosed = texts.count(opening) % 2 if opening == closing else texts.count(opening) > texts.count(closing)
        return last + 1 if unclosed else last
    return last
