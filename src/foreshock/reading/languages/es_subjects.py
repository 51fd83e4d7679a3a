"""Subjects that Spanish leaves out: a finite clause without one has that of the verb of speech above it, or of the clause before,
where person and number agree and nothing else could be meant ("El general dijo que renunciará")."""

from __future__ import annotations

from dataclasses import replace

from foreshock.reading.languages.base import Argument, Clause, Role
from foreshock.reading.languages.es_lexicon import known
from foreshock.reading.languages.es_tree import Shapes
from foreshock.reading.languages.ud_grammar import Grammar
from foreshock.reading.languages.ud_tree import Tree


def carry_subjects(tree: Tree, grammar: Grammar, shapes: Shapes, clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
    """Return the clauses, those without a subject with the one that they leave out, where it is sure."""
    found = list(clauses)
    for at, whole in enumerate(clauses):
        clause = found[at] = _without_strangers(tree, grammar, shapes, whole)
        if clause.parent is None or clause.relation not in ("content", "coordinate", "adverbial", "condition"):
            continue
        if any(one.role == "subject" or (clause.passive and one.role == "object") for one in clause.arguments):
            continue
        if not _personal(tree, grammar, clause) or _directive(tree, shapes, clause):
            continue
        given = next((one for one in found[clause.parent].arguments if one.role == "subject"), None)
        if (
            given is None
            or tree.nodes[given.head].lemma in ("quien", "que")
            or _person(tree, shapes, clause) != _number(tree, given)
        ):
            continue
        role: Role = "object" if clause.passive else "subject"
        made = Argument(role, "", given.start, given.end, given.text, given.head)
        found[at] = replace(clause, arguments=tuple(sorted((*clause.arguments, made), key=lambda one: (one.start, one.end))))
    return tuple(found)


def _without_strangers(tree: Tree, grammar: Grammar, shapes: Shapes, clause: Clause) -> Clause:
    """Return a clause without a shared subject that it cannot have: of "hay", or of another number."""
    if clause.relation != "coordinate":
        return clause
    head = clause.predicate[-1]
    inside = tree.subtree(head)
    shared = [one for one in clause.arguments if one.role == "subject" and one.head not in inside]
    if not shared:
        return clause
    person = _person(tree, shapes, clause)
    differs = person.startswith("3") and _number(tree, shared[0]) not in ("", person)
    if not differs and not grammar.has("impersonal", tree.nodes[head].lemma):
        return clause
    return replace(clause, arguments=tuple(one for one in clause.arguments if one not in shared))


def _personal(tree: Tree, grammar: Grammar, clause: Clause) -> bool:
    """Whether the clause's verb is finite and wants a subject: not "hay", not "se informó que", not "es posible que"."""
    head = clause.predicate[-1]
    node = tree.nodes[head]
    forms = (node, *tree.children(head, "aux", "cop"))
    if not any(one.form == "finite" for one in forms) or grammar.has("impersonal", node.lemma):
        return False
    if tree.children(head, "csubj", "expl:subj", "expl:pass") or node.upos not in ("VERB", "AUX"):
        return False
    return not any(kid.base == "ccomp" and tree.children(head, "cop") for kid in tree.children(head))


def _directive(tree: Tree, shapes: Shapes, clause: Clause) -> bool:
    """Whether the clause is a subjunctive that somebody else is to do: "pidió que se retiren"."""
    head = clause.predicate[-1]
    inside = {head, *(kid.index for kid in tree.children(head, "aux", "cop"))}
    return clause.relation == "content" and bool(inside & shapes.subjunctive)


def _person(tree: Tree, shapes: Shapes, clause: Clause) -> str:
    head = clause.predicate[-1]
    for index in (head, *(kid.index for kid in tree.children(head, "aux", "cop"))):
        if index in shapes.person:
            return shapes.person[index]
    return ""


def _number(tree: Tree, given: Argument) -> str:
    """Return person and number of a subject: "3Plur" of two joined nouns or a plural."""
    low = tree.nodes[given.head].text.lower()
    if low in ("yo", "nosotros", "nosotras", "tú", "usted", "ustedes", "vosotros"):
        return ""
    plural = bool(tree.children(given.head, "conj")) or (
        low.endswith("s") and (known(low) or tree.nodes[given.head].upos != "PROPN")
    )
    plural = plural or any(kid.text.lower() in ("los", "las", "unos", "varios") for kid in tree.children(given.head, "det"))
    return "3Plur" if plural else "3Sing"
