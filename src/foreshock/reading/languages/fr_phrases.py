"""Which phrase is whose in French: joined subjects, doers behind "par", participles beside a noun, empty subjects."""

from __future__ import annotations

from itertools import pairwise

from foreshock.reading.languages.ud_grammar import Grammar
from foreshock.reading.languages.ud_tree import NOMINAL, VERBAL, Node, Tree

PARTICIPLE = ("é", "ée", "és", "ées")
# Prepositions of where and when: what they open behind a doer belongs to the act.
SETTING = frozenset(
    {"à", "en", "dans", "sur", "depuis", "après", "avant", "pendant", "durant", "lors", "lors de", "près de", "vers", "au"}
)


def mend_phrases(tree: Tree, grammar: Grammar) -> None:
    """Put phrases in their place, before voice and copulas are read."""
    _parted_participles(tree, grammar)
    for verb in tree.nodes:
        if verb.upos in VERBAL and verb.base not in ("aux", "cop"):
            _objects_of_relatives(tree, verb)
            _joined_subjects(tree, verb)
            _behind_comma(tree, verb)
            _nobody(tree, grammar, verb)
    _epithets(tree, grammar)
    _given(tree, grammar)
    tree.link()


def mend_doers(tree: Tree, grammar: Grammar) -> None:
    """Make the doer of a passive of its phrase with "par", and give the act the places and times behind it.

    A means is no doer: "par décret", "par balles" (``grammar.means``).
    """
    for node in tree.nodes:
        verb = tree.nodes[node.head]
        marks = [kid.lemma for kid in tree.children(node.index, "case")]
        passive = bool(tree.children(verb.index, "aux:pass")) or (verb.form == "participle" and verb.base in ("acl", "advcl"))
        means = grammar.has("means", node.lemma) and not tree.children(node.index, "det")
        if node.base == "obl" and marks == ["par"] and verb.upos == "VERB" and passive and not means:
            node.dep = "obl:agent"
        if node.dep == "obl:agent":
            for kid in tree.children(node.index, "nmod", "obl"):
                lead = " ".join(mark.lemma for mark in tree.children(kid.index, "case"))
                if lead in SETTING and kid.index > node.index:
                    tree.move(kid.index, verb.index, "obl")
    tree.link()


def _parted_participles(tree: Tree, grammar: Grammar) -> None:
    """Read "La ville, *assiégée* par les rebelles" and "*Arrêtée* lundi, la pilote ..." as clauses of their own."""
    for node in tree.nodes:
        agent = next((kid for kid in _under(tree, node) if [c.lemma for c in tree.children(kid.index, "case")] == ["par"]), None)
        named = (
            node.upos in ("NOUN", "ADJ")
            and node.base in ("nmod", "amod", "appos")
            and not tree.children(node.index, "case", "det")
        )
        if named and agent is not None and agent.head == node.index and node.text.lower().endswith(PARTICIPLE):
            node.lemma = f"{node.text.lower().rstrip('s').removesuffix('e')[:-1]}er"
            node.upos, node.form, node.dep = "VERB", "participle", "acl"
        opening = node.upos == "VERB" and node.form == "participle" and node.base == "obl" and node.index < node.head
        if opening and not tree.children(node.index, "case", "aux"):
            node.dep = "advcl"
            if agent is not None and grammar.has("times", tree.nodes[agent.head].lemma):
                tree.move(agent.index, node.index, "obl:agent")
    tree.link()


def _under(tree: Tree, node: Node) -> list[Node]:
    """Return the phrases of a word, with those of its phrases."""
    own = tree.children(node.index, "obl", "nmod")
    return [*own, *(kid for one in own for kid in tree.children(one.index, "obl", "nmod"))]


def _subjects(tree: Tree, verb: Node) -> list[Node]:
    return [kid for kid in tree.children(verb.index, "nsubj") if kid.index < verb.index and kid.upos in NOMINAL]


def _objects_of_relatives(tree: Tree, verb: Node) -> None:
    """Give a relative clause the object that was taken for a second subject: "ceux qui ont tué *le maire* ont fui"."""
    subjects = _subjects(tree, verb)
    for first, second in pairwise(subjects):
        inner = [kid for kid in tree.children(first.index, "acl") if first.index < kid.index < second.index]
        joined = any(one.base == "cc" for one in tree.nodes[first.index + 1 : second.index])
        if inner and not joined and not tree.children(inner[-1].index, "obj"):
            tree.move(second.index, inner[-1].index, "obj")
            tree.link()
            return


def _joined_subjects(tree: Tree, verb: Node) -> None:
    """Join "le maire et deux juges" to one subject, where the parser saw two."""
    subjects = _subjects(tree, verb)
    for first, second in pairwise(subjects):
        link = next((one for one in tree.nodes[first.index + 1 : second.index] if one.base == "cc"), None)
        if link is not None and link.lemma in ("et", "ou", "ni"):
            tree.move(link.index, second.index, "cc")
            tree.move(second.index, first.index, "conj")
            tree.link()
            return


def _behind_comma(tree: Tree, verb: Node) -> None:
    """Make a subject of the noun behind the comma that closes a phrase: "Selon la radio, *Lomé et Cotonou* ..."."""
    if verb.form == "infinitive" or tree.children(verb.index, "nsubj", "csubj", "expl:subj"):
        return
    for lead in tree.children(verb.index, "obl", "advmod"):
        for kid in tree.children(lead.index, "nmod", "appos"):
            first = min(tree.subtree(kid.index))
            while first < kid.index and tree.nodes[first].base == "punct":
                first += 1
            closed = first > 0 and tree.nodes[first - 1].text == ","
            if closed and lead.index < kid.index < verb.index and not tree.children(kid.index, "case"):
                tree.move(kid.index, verb.index, "nsubj")
                tree.link()
                return


def _nobody(tree: Tree, grammar: Grammar, verb: Node) -> None:
    """Leave "il" out of "il a été procédé à l'arrestation": a passive with an object has nobody for its subject."""
    subject = tree.child(verb.index, "nsubj:pass") or tree.child(verb.index, "nsubj")
    if subject is None or subject.text.lower() != "il" or not tree.children(verb.index, "aux:pass"):
        return
    marks = [mark.lemma for kid in tree.children(verb.index, "obl", "obj") for mark in tree.children(kid.index, "case")]
    if any(grammar.has("object_verbs", f"{verb.lemma} {mark}") for mark in marks):
        subject.dep = "expl:subj"


def _epithets(tree: Tree, grammar: Grammar) -> None:
    """Leave what only describes, without words of its own, with its noun: "le président *élu*", "un tireur *embusqué*"."""
    for node in tree.nodes:
        if node.base != "acl" or tree.children(node.index):
            continue
        if node.upos == "VERB" and grammar.has("epithets", node.text.lower().rstrip("s").removesuffix("e")):
            node.upos, node.form = "ADJ", ""
        if node.upos == "ADJ":
            node.dep = "amod"


def _given(tree: Tree, grammar: Grammar) -> None:
    """Give a verb of giving whom it gives to, which was hung on what is given: "a fourni des armes *aux rebelles*"."""
    for node in tree.nodes:
        thing = tree.nodes[node.head]
        verb = tree.nodes[thing.head]
        marks = [kid.lemma for kid in tree.children(node.index, "case")]
        given = node.base == "nmod" and thing.base == "obj" and verb.upos == "VERB" and grammar.has("dative_verbs", verb.lemma)
        someone = node.index > thing.index and node.entity != "GPE" and not grammar.has("toward", thing.lemma)
        if given and marks == ["à"] and someone:
            tree.move(node.index, verb.index, "obl")
