"""The Spanish "se": part of a verb ("retirarse"), passive ("se cerraron las escuelas"), nobody in particular ("se detuvo a tres",
"se informó que"), a dative before another clitic ("se lo dijo"), or oneself."""

from __future__ import annotations

from foreshock.reading.languages.es_tree import clitics_of
from foreshock.reading.languages.ud_grammar import Grammar
from foreshock.reading.languages.ud_tree import VERBAL, Node, Tree

ACCUSATIVES = frozenset({"lo", "la", "los", "las"})
DIRECTED = frozenset({"NOUN", "PROPN", "PRON", "NUM"})


def mend_se(tree: Tree, grammar: Grammar) -> None:
    """Name reflexive verbs by their dictionary form and read the passive and the impersonal "se", in place."""
    for node in tree.nodes:
        if node.upos not in VERBAL or node.base == "cop":
            continue
        verb = node
        clitic = next((kid for kid in tree.children(node.index) if kid.lemma == "se" and kid.index < node.index), None)
        if node.base == "aux" and clitic is None:
            continue
        if clitic is not None:
            clitic.dep = "expl:pv"
            _read(tree, grammar, verb, clitic)
        elif _reflexive(grammar, node) and clitics_of(node.text.lower())[:2] in ("se", "me", "te", "no"):
            node.lemma += "se"
        else:
            first = next((kid for kid in tree.children(node.index) if kid.lemma in ("me", "nos") and kid.upos == "PRON"), None)
            if first is not None and first.index < node.index and _reflexive(grammar, node):
                first.dep, node.lemma = "expl:pv", f"{node.lemma}se"


def _reflexive(grammar: Grammar, node: Node) -> bool:
    return grammar.has("reflexive_verbs", f"{node.lemma}se")


def _read(tree: Tree, grammar: Grammar, verb: Node, clitic: Node) -> None:
    """Decide what a "se" before a verb is."""
    if any(kid.lemma in ACCUSATIVES and kid.index == clitic.index + 1 for kid in tree.children(verb.index)):
        clitic.dep = "iobj"
        return
    helpers = tree.children(verb.index, "aux")
    if any(kid.lemma in ("ser", "estar") for kid in helpers) and verb.form == "participle":
        return
    said = [kid for kid in tree.children(verb.index, "ccomp", "csubj") if kid.index > verb.index]
    if _reflexive(grammar, verb) and not (said and grammar.has("impersonal_se", verb.lemma)):
        verb.lemma += "se"
        for kid in tree.children(verb.index, "nsubj:pass"):
            kid.dep = "nsubj"
        return
    if verb.form not in ("finite", "participle") and not any(kid.form == "finite" for kid in helpers):
        return
    if _first_or_second(tree, verb):
        return
    clitic.dep = "expl:pass"
    directed = next((kid for kid in tree.children(verb.index, "obj", "obl") if _is_directed(tree, grammar, verb, kid)), None)
    if directed is not None:
        directed.dep = "obj"
        return
    if said:
        return
    thing = next((kid for kid in tree.children(verb.index, "nsubj") if kid.upos in DIRECTED), None)
    thing = thing or next((kid for kid in tree.children(verb.index, "obj") if not tree.children(kid.index, "case")), None)
    if thing is not None and thing.entity != "PERSON":
        verb.passive = True
        thing.dep = "nsubj:pass"


def _is_directed(tree: Tree, grammar: Grammar, verb: Node, kid: Node) -> bool:
    """Whether a phrase is the person to whom something is done: "se detuvo A TRES LÍDERES"."""
    marks = [one.lemma for one in tree.children(kid.index, "case") if one.index < kid.index]
    if marks != ["a"] or kid.index < verb.index or kid.upos not in DIRECTED:
        return False
    return not tree.children(verb.index, "nsubj", "nsubj:pass") and kid.entity != "GPE" and not grammar.has("times", kid.lemma)


def _first_or_second(tree: Tree, verb: Node) -> bool:
    return any(
        kid.lemma in ("yo", "nosotros", "tú", "me", "te", "nos") for kid in tree.children(verb.index, "nsubj", "obj", "iobj")
    )
