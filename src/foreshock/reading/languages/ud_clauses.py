"""Clauses of a Universal Dependencies tree: which words are predicates and how each hangs on another.

Language-neutral: the words that decide (markers of condition, purpose and question, negators, words of mood) come from the
language's :class:`~foreshock.reading.languages.ud_grammar.Grammar`. A nominal predicate is the head of its copula, so its lemma
is the noun or adjective ("under house arrest": ``arrest``); its own phrase is an oblique argument when it has an adposition.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from foreshock.reading.languages.base import Argument, Clause, Mood, Relation, Role
from foreshock.reading.languages.ud_grammar import Grammar
from foreshock.reading.languages.ud_moods import is_negated, is_passive, moods_of
from foreshock.reading.languages.ud_phrases import argument, marker, role_of
from foreshock.reading.languages.ud_relations import leads, relation_of
from foreshock.reading.languages.ud_spans import clause_span
from foreshock.reading.languages.ud_tree import VERBAL, Node, Tree

SUBORDINATE = frozenset({"ccomp", "csubj", "advcl", "acl", "parataxis"})


@dataclass(slots=True)
class Draft:
    """A clause while it is being put together; ``surface`` is its grammatical subject, its own or shared."""

    head: int
    relation: Relation
    above: int | None
    passive: bool
    arguments: list[Argument] = field(default_factory=list)
    surface: Argument | None = None
    moods: set[Mood] = field(default_factory=set)
    negated: bool = False


def is_predicate(tree: Tree, node: Node) -> bool:
    """Tell whether a word heads a clause by its form: a verb, or a word with a copula or a subject of its own."""
    return node.upos in VERBAL or bool(tree.children(node.index, "cop", "nsubj", "csubj"))


def clause_heads(tree: Tree) -> frozenset[int]:
    """Return the indices of the words that head clauses."""
    heads: set[int] = set()
    for node in tree.nodes:
        if node.dep == "root":
            if is_predicate(tree, node) or (node.upos in ("NOUN", "ADJ") and node.text[:1].isalpha()):
                heads.add(node.index)
        elif node.base in SUBORDINATE:
            if is_predicate(tree, node):
                heads.add(node.index)
        elif node.base == "xcomp" and (node.upos in VERBAL or tree.children(node.index, "cop")):
            heads.add(node.index)
    pending = [node for node in tree.nodes if node.dep == "conj" and is_predicate(tree, node)]
    for node in pending:
        first = tree.nodes[node.head]
        if (first.index in heads and is_predicate(tree, first)) or tree.children(node.index, "nsubj", "aux", "cop"):
            heads.add(node.index)
    return frozenset(heads)


def find_clauses(tree: Tree, grammar: Grammar, *, text: str, offset: int) -> tuple[Clause, ...]:
    """Return the clauses of a sentence in order of their first word; ``text`` starts at ``offset`` of the document."""
    heads = clause_heads(tree)
    owner = _owners(tree, heads)
    drafts: dict[int, Draft] = {}
    for head in sorted(heads, key=lambda index: (len(list(tree.ancestors(index))), index)):
        drafts[head] = _draft(tree, grammar, heads, owner, drafts, head, text=text, offset=offset)
    spans = {head: clause_span(tree, head, {h: d.relation for h, d in drafts.items()}) for head in drafts}
    order = sorted(drafts, key=lambda head: (spans[head][0], -spans[head][1], head))
    place = {head: position for position, head in enumerate(order)}
    clauses = []
    for head in order:
        draft = drafts[head]
        first, last = spans[head]
        clauses.append(
            Clause(
                index=place[head],
                start=tree.nodes[first].start,
                end=tree.nodes[last].end,
                lemma=predicate_lemma(tree, grammar, head),
                predicate=_predicate(tree, grammar, head),
                tokens=tuple(index for index, own in owner.items() if own == head),
                arguments=tuple(sorted(draft.arguments, key=lambda one: (one.start, one.end))),
                negated=draft.negated,
                passive=draft.passive,
                moods=frozenset(draft.moods),
                relation=draft.relation,
                parent=None if draft.above is None else place[draft.above],
            )
        )
    return tuple(clauses)


def predicate_lemma(tree: Tree, grammar: Grammar, head: int) -> str:
    """Return the lemma of a predicate with its particle, or with the preposition that makes one verb of it ("call on")."""
    lemma = tree.nodes[head].lemma
    particle = tree.child(head, "compound:prt")
    if particle is not None:
        return f"{lemma} {particle.lemma}"
    bound = _bound_preposition(tree, grammar, head)
    return lemma if bound is None else f"{lemma} {bound}"


def _bound_preposition(tree: Tree, grammar: Grammar, head: int) -> str | None:
    lemma = tree.nodes[head].lemma
    marks = (marker(tree, kid.index) for kid in tree.children(head, "obl"))
    return next((mark for mark in marks if grammar.has("prepositional_verbs", f"{lemma} {mark}")), None)


def _predicate(tree: Tree, grammar: Grammar, head: int) -> tuple[int, ...]:
    particles = [kid.index for kid in tree.children(head, "compound:prt")]
    return tuple(sorted([head, *particles]))


def _owners(tree: Tree, heads: frozenset[int]) -> dict[int, int]:
    owner: dict[int, int] = {}
    for node in tree.nodes:
        above = node.index if node.index in heads else next((one.index for one in tree.ancestors(node.index) if one.index in heads), None)
        if above is not None:
            owner[node.index] = above
    return owner


def _draft(
    tree: Tree, grammar: Grammar, heads: frozenset[int], owner: dict[int, int], drafts: dict[int, Draft], head: int,
    *, text: str, offset: int,
) -> Draft:  # fmt: skip
    node = tree.nodes[head]
    above = owner.get(node.head) if node.head != head else None
    relation = relation_of(tree, grammar, head, above)
    parent = drafts.get(above) if above is not None else None
    draft = Draft(head, relation, above, is_passive(tree, head, parent_passive=parent is not None and parent.passive))
    _own_arguments(tree, grammar, heads, draft, text=text, offset=offset)
    if draft.surface is None and parent is not None:
        _shared_subject(tree, grammar, draft, parent)
    draft.negated = is_negated(tree, grammar, head, above, parent_negated=parent is not None and parent.negated)
    draft.moods = moods_of(tree, grammar, head, relation, above, shared=draft.surface is not None, negated=draft.negated)
    return draft


def _own_arguments(tree: Tree, grammar: Grammar, heads: frozenset[int], draft: Draft, *, text: str, offset: int) -> None:
    head = tree.nodes[draft.head]
    bound = _bound_preposition(tree, grammar, draft.head)
    antecedent = tree.nodes[head.head] if head.base == "acl" and draft.relation in ("relative", "parenthesis") else None
    filled = False
    for kid in tree.children(draft.head):
        role = role_of(kid)
        if role is None and kid.base == "nmod" and kid.dep != "nmod:poss" and head.upos not in VERBAL:
            role = "oblique"
        if role is None and kid.base == "xcomp" and kid.index not in heads:
            role = "oblique"
        if role is None or kid.index in heads:
            continue
        if kid.dep == "obl" and bound is not None and marker(tree, kid.index) == bound:
            role = "object"
        if role == "subject" and draft.passive:
            role = "object"
        mark = "as" if kid.base == "xcomp" else "" if role in ("subject", "object") else marker(tree, kid.index)
        target = kid.index
        if antecedent is not None and grammar.has("relative", kid.lemma) and not filled:
            target, filled = antecedent.index, True
        made = argument(tree, target, role, heads, text=text, offset=offset, mark=mark)
        draft.arguments.append(made)
        if kid.base == "nsubj":
            draft.surface = made
    shared = _shared_object(tree, draft.head)
    if shared is not None:
        draft.arguments.append(argument(tree, shared.index, "object", heads, text=text, offset=offset, mark=""))
    if head.upos not in VERBAL and marker(tree, draft.head) and tree.children(draft.head, "cop"):
        draft.arguments.append(argument(tree, draft.head, "oblique", heads, text=text, offset=offset))
    if antecedent is not None and not filled:
        _antecedent(tree, grammar, heads, draft, antecedent, text=text, offset=offset)


def _shared_object(tree: Tree, head: int) -> Node | None:
    """Return the object of the second verb for the first in "seized and burned the town hall"."""
    if tree.nodes[head].upos != "VERB" or tree.children(head, "obj", "ccomp", "xcomp", "obl"):
        return None
    second = next((kid for kid in tree.children(head, "conj") if kid.index == head + 2 and kid.upos == "VERB"), None)
    return None if second is None or tree.children(head, "aux:pass") else tree.child(second.index, "obj")


def _antecedent(tree: Tree, grammar: Grammar, heads: frozenset[int], draft: Draft, noun: Node, *, text: str, offset: int) -> None:
    """Fill the gap of a relative clause without a pronoun of its own: subject if it has none, else object."""
    if any(grammar.has("relative", tree.nodes[index].lemma) for index in tree.subtree(draft.head) if tree.nodes[index].base in ("advmod", "det", "nmod")):
        return
    if draft.surface is None:
        made = argument(tree, noun.index, "object" if draft.passive else "subject", heads, text=text, offset=offset, mark="")
        draft.surface = made
    elif not any(one.role == "object" for one in draft.arguments):
        made = argument(tree, noun.index, "object", heads, text=text, offset=offset, mark="")
    else:
        return
    draft.arguments.append(made)


def _shared_subject(tree: Tree, grammar: Grammar, draft: Draft, parent: Draft) -> None:
    """Give a clause without a subject the one that its grammar shares: of its conjunct, or of the clause that controls it."""
    node = tree.nodes[draft.head]
    if node.form == "finite" and draft.relation != "coordinate" and draft.relation != "relative":
        return
    if node.base == "ccomp" and node.form == "infinitive" and not tree.children(draft.head, "mark"):
        return
    if "imperative" in parent.moods or (draft.relation == "coordinate" and any(kid.base == "expl" for kid in tree.children(draft.head))):
        return
    giver = parent.surface
    if node.base in ("xcomp", "ccomp", "advcl") and draft.relation == "content" and not grammar.has("subject_control", tree.nodes[parent.head].lemma):
        own = [one for one in parent.arguments if one.role in ("object", "indirect") and one is not parent.surface]
        giver = own[0] if own else giver
    elif "for" in leads(tree, draft.head).split() and node.form == "gerund":
        giver = next((one for one in parent.arguments if one.role == "object"), giver)
    elif node.base == "acl" and draft.relation != "relative":
        giver = None
    if giver is None:
        return
    role: Role = "object" if draft.passive else "subject"
    draft.surface = Argument(role, "", giver.start, giver.end, giver.text, giver.head)
    draft.arguments.append(draft.surface)
