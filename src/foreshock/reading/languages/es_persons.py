"""Persons whom Spanish marks with "a", and doers behind "por", that stand far from their verb; verbs of what happens to somebody
used of who does it to him ("desaparecieron a dos estudiantes", "fue muerto por un agente")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from foreshock.reading.languages import topic
from foreshock.reading.languages.es_lexicon import STATES
from foreshock.reading.languages.ud_grammar import Grammar
from foreshock.reading.languages.ud_tree import NOMINAL, VERBAL, Node, Tree

# Verb of what happens to somebody -> the verb of doing it to him.
DONE_TO = topic("es", "lexicon")["done_to"]
HALVES = frozenset({"am", "pm", "a.m.", "p.m.", "hora", "horas"})
INSIDE = frozenset({"nmod", "appos", "flat", "conj"})


def mend_persons(tree: Tree, grammar: Grammar) -> None:
    """Give verbs the persons that the parser hung on a place or a tool between: "hirieron EN LA FINCA a dos mineros"."""
    _hours(tree)
    _epithets(tree)
    for node in tree.nodes:
        if node.dep == "nmod" and tree.nodes[node.head].form == "finite" and tree.nodes[node.head].upos == "VERB":
            node.dep = "obl"
    for verb in tree.nodes:
        if verb.upos not in VERBAL or verb.base in ("aux", "cop"):
            continue
        helpers = [kid for kid in tree.children(verb.index, "aux", "cop") if kid.lemma == "ser"]
        if helpers and verb.form == "participle":
            _undergone(tree, grammar, verb, helpers)
        elif grammar.has("personal_verbs", verb.lemma) or verb.lemma in DONE_TO:
            person = None if tree.children(verb.index, "obj") else _person(tree, grammar, verb, "a")
            if person is not None and verb.lemma in DONE_TO and tree.children(verb.index, "nsubj"):
                verb.lemma, person.dep = DONE_TO[verb.lemma], "obj"
        elif grammar.has("dative_verbs", verb.lemma) and tree.children(verb.index, "obj"):
            person = None if tree.children(verb.index, "iobj") else _person(tree, grammar, verb, "a")
            if person is not None:
                person.dep = "iobj"
    tree.link()


def _undergone(tree: Tree, grammar: Grammar, verb: Node, helpers: list[Node]) -> None:
    """Read a passive with "ser": of verbs of what happens to somebody it is that of doing it to him; its doer may stand far."""
    if verb.lemma in DONE_TO:
        verb.lemma = DONE_TO[verb.lemma]
        for helper in helpers:
            helper.dep = "aux:pass"
        for kid in tree.children(verb.index, "nsubj"):
            kid.dep = "nsubj:pass"
    if tree.children(verb.index, "aux:pass") and not tree.children(verb.index, "obl:agent"):
        doer = _person(tree, grammar, verb, "por")
        if doer is not None:
            doer.dep = "obl:agent"


def _person(tree: Tree, grammar: Grammar, verb: Node, mark: str) -> Node | None:
    """Return the first person behind a mark, beside a verb or inside one of its obliques; it is moved to the verb."""
    found = [kid for kid in tree.children(verb.index, "obl", "iobj", "nmod") if _is_person(tree, grammar, verb, kid, mark)]
    for oblique in tree.children(verb.index, "obl"):
        found += [
            node
            for node in _inside(tree, oblique)
            if _is_person(tree, grammar, verb, node, mark) and not grammar.has("nouns_with_a", tree.nodes[node.head].lemma)
        ]
    first = min(found, key=lambda node: node.index, default=None)
    if first is not None and (first.head != verb.index or first.base == "nmod"):
        tree.move(first.index, verb.index, "obl")
        tree.link()
    return first


def _inside(tree: Tree, node: Node) -> Iterator[Node]:
    """Yield the nouns inside a noun phrase, not those of clauses in it."""
    for kid in tree.children(node.index):
        if kid.base in INSIDE:
            yield kid
            yield from _inside(tree, kid)


def _is_person(tree: Tree, grammar: Grammar, verb: Node, node: Node, mark: str) -> bool:
    """Whether a phrase behind a verb can be a person behind "a", a doer behind "por": no place, no time, no tool."""
    marks = [kid.lemma for kid in tree.children(node.index, "case") if kid.index < node.index]
    if marks != [mark] or node.index < verb.index or node.upos not in NOMINAL or node.entity == "GPE":
        return False
    if any(grammar.has(key, node.lemma) for key in ("times", "spans", "means", "manners")) or _is_hour(tree, node):
        return False
    named = node.entity in ("PERSON", "ORG") or (node.upos == "PROPN" and node.text[:1].isupper())
    return named or mark == "por" or bool(tree.children(node.index, "det", "nummod")) or node.upos == "PRON"


def _is_hour(tree: Tree, node: Node) -> bool:
    """Whether a phrase is an hour: "las 11:00 pm", "las tres"."""
    near = (node, *tree.children(node.index))
    bare = node.upos == "NUM" and any(kid.text.lower() in ("la", "las") for kid in near)
    return bare or node.text.isdigit() or any(":" in kid.text or kid.lemma in HALVES for kid in near)


def _hours(tree: Tree) -> None:
    """Take "a las 11:00 pm" for a time of the verb where the parser read somebody, or a part of the noun before."""
    for node in tree.nodes:
        if node.base not in ("obj", "iobj", "obl", "nmod") or not _is_hour(tree, node) or not tree.children(node.index, "case"):
            continue
        verb = next((one for one in tree.ancestors(node.index) if one.upos in VERBAL), None)
        if verb is not None and {kid.lemma for kid in tree.children(node.index, "case")} <= {"a", "hacia"}:
            tree.move(node.index, verb.index, "obl:tmod")
    tree.link()


def _epithets(tree: Tree) -> None:
    """Make adjectives of "hombres ARMADOS", "un cuerpo SIN IDENTIFICAR", which the parser may read as clauses."""
    for node in tree.nodes[1:]:
        before = tree.nodes[node.index - 1]
        bare = not tree.children(node.index, "obj", "obl:agent", "ccomp", "aux")
        if node.form == "participle" and node.base in ("acl", "amod") and _is_state(node) and bare:
            for kid in tree.children(node.index, "obl"):
                above = tree.nodes[tree.nodes[node.head].head]
                if (
                    above.upos in VERBAL
                    and node.head != above.index
                    and [one.lemma for one in tree.children(kid.index, "case")] == ["en"]
                ):
                    tree.move(kid.index, above.index, "obl")
            node.upos, node.form, node.dep = "ADJ", "", "amod"
        elif node.form == "infinitive" and before.text == "sin" and len(tree.children(node.index)) == 1 and node.index > 1:
            noun = tree.nodes[node.index - 2]
            if noun.upos in ("NOUN", "PROPN") and noun.index != node.head:
                tree.move(node.index, noun.index, "amod")
                node.upos, node.form = "ADJ", ""
    tree.link()


def _is_state(node: Node) -> bool:
    return re.sub(r"(?:as|os|a)$", "o", node.text.lower()) in STATES
