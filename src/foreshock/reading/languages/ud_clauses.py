"""Clauses of a Universal Dependencies tree: which words are predicates and how each hangs on another.

Language-neutral: the words that decide (markers of condition, purpose and question, negators, words of mood) come from the
language's :class:`~foreshock.reading.languages.ud_grammar.Grammar`. A nominal predicate is the head of its copula, so its lemma
is the noun or adjective ("under house arrest": ``arrest``); its own phrase is an oblique argument when it has an adposition.
Existential "be" keeps its lemma and has what exists as its subject.
"""

from __future__ import annotations

from foreshock.reading.languages.base import Clause
from foreshock.reading.languages.ud_drafts import Draft, Scene, bound_preposition, draft_clause
from foreshock.reading.languages.ud_grammar import Grammar
from foreshock.reading.languages.ud_spans import clause_span
from foreshock.reading.languages.ud_tree import VERBAL, Node, Tree

SUBORDINATE = frozenset({"ccomp", "csubj", "advcl", "acl", "parataxis"})


def find_clauses(tree: Tree, grammar: Grammar, *, text: str, offset: int) -> tuple[Clause, ...]:
    """Return the clauses of a sentence in order of their first word; ``text`` starts at ``offset`` of the document."""
    heads = clause_heads(tree)
    scene = Scene(tree, grammar, heads, text, offset)
    owner = _owners(tree, heads)
    drafts: dict[int, Draft] = {}
    for head in sorted(heads, key=lambda index: (len(list(tree.ancestors(index))), index)):
        node = tree.nodes[head]
        above = owner.get(node.head) if node.head != head else None
        drafts[head] = draft_clause(scene, head, above=None if above is None else drafts.get(above))
    held = {head: (draft.relation, draft.above) for head, draft in drafts.items()}
    spans = {head: clause_span(tree, head, held) for head in drafts}
    order = sorted(drafts, key=lambda head: (spans[head][0], -spans[head][1], head))
    place = {head: position for position, head in enumerate(order)}
    return tuple(_clause(scene, drafts[head], spans[head], owner, place) for head in order)


def clause_heads(tree: Tree) -> frozenset[int]:
    """Return the indices of the words that head clauses."""
    heads: set[int] = set()
    for node in tree.nodes:
        predicate = is_predicate(tree, node)
        if node.dep == "root":
            predicate = predicate or (node.upos in ("NOUN", "ADJ") and node.text[:1].isalpha())
        elif node.base == "xcomp":
            predicate = node.upos in VERBAL or bool(tree.children(node.index, "cop"))
        elif node.base not in SUBORDINATE:
            continue
        if predicate:
            heads.add(node.index)
    for node in tree.nodes:
        if node.dep == "conj" and is_predicate(tree, node):
            joined = node.head in heads and is_predicate(tree, tree.nodes[node.head])
            if joined or tree.children(node.index, "nsubj", "aux", "cop"):
                heads.add(node.index)
    return frozenset(heads)


def is_predicate(tree: Tree, node: Node) -> bool:
    """Tell whether a word heads a clause by its form: a verb, or a word with a copula or a subject of its own."""
    return node.upos in VERBAL or bool(tree.children(node.index, "cop", "nsubj", "csubj"))


def predicate_lemma(scene: Scene, head: int) -> str:
    """Return the lemma of a predicate with its particle, or with the preposition that makes one verb of it ("call on")."""
    lemma = scene.tree.nodes[head].lemma
    particle = scene.tree.child(head, "compound:prt")
    second = particle.lemma if particle is not None else bound_preposition(scene, head)
    return lemma if second is None else f"{lemma} {second}"


def _clause(scene: Scene, draft: Draft, span: tuple[int, int], owner: dict[int, int], place: dict[int, int]) -> Clause:
    tree, head = scene.tree, draft.head
    return Clause(
        index=place[head],
        start=tree.nodes[span[0]].start,
        end=tree.nodes[span[1]].end,
        lemma=predicate_lemma(scene, head),
        predicate=tuple(sorted([head, *(kid.index for kid in tree.children(head, "compound:prt"))])),
        tokens=tuple(index for index, own in owner.items() if own == head),
        arguments=tuple(sorted(draft.arguments, key=lambda one: (one.start, one.end))),
        negated=draft.negated,
        passive=draft.passive,
        moods=frozenset(draft.moods),
        relation=draft.relation,
        parent=None if draft.above is None else place[draft.above],
    )


def _owners(tree: Tree, heads: frozenset[int]) -> dict[int, int]:
    """Return for each word the head of the clause that it stands in."""
    owner: dict[int, int] = {}
    for node in tree.nodes:
        line = (node, *tree.ancestors(node.index))
        above = next((one.index for one in line if one.index in heads), None)
        if above is not None:
            owner[node.index] = above
    return owner
