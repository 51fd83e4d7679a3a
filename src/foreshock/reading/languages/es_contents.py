"""Clauses that are content in Spanish, and those that only seem so: "que", "de que", infinitives with and without preposition,
relative clauses, and subjunctives under verbs of saying."""

from __future__ import annotations

from foreshock.reading.languages.es_tree import Shapes
from foreshock.reading.languages.ud_grammar import Grammar
from foreshock.reading.languages.ud_tree import NOMINAL, VERBAL, Node, Tree

DATIVES = frozenset({"le", "les"})


def mend_content_marks(tree: Tree, grammar: Grammar) -> None:
    """Read a clause behind "que" that the parser took for an object or a phrase as the content of the verb of speech above it."""
    for node in tree.nodes:
        above = tree.nodes[node.head]
        clausal = node.upos in VERBAL or bool(tree.children(node.index, "cop"))
        marked = any(kid.lemma == "que" and kid.upos != "PRON" for kid in tree.children(node.index, "mark"))
        alone = not tree.children(above.index, "ccomp")
        if not clausal or node.index < above.index or above.upos not in VERBAL:
            continue
        asked = [kid.lemma for kid in tree.children(node.index, "mark", "advmod") if kid.index < node.index][:1]
        if node.base == "dep" and asked and grammar.has("question", asked[0]):
            node.dep = "ccomp"
            continue
        wide = node.base in ("obj", "obl", "xcomp", "advcl", "nmod", "dep", "acl", "parataxis", "csubj")
        if marked and wide and alone and above.lemma in grammar.frames and not _other_marks(tree, node):
            node.dep = "ccomp"


def _other_marks(tree: Tree, node: Node) -> bool:
    """Whether a clause has marks beside "que" that make it something else: "para que", "después de que"."""
    marks = [kid for kid in tree.children(node.index, "mark", "case") if kid.index < node.index and kid.lemma != "que"]
    return bool(marks)


def mend_prepositions(tree: Tree, grammar: Grammar) -> None:
    """Read "de que", "en que", "a que" behind a verb or noun that governs them as content: "acusó al jefe de que robaba"."""
    for node in tree.nodes:
        for kid in tree.children(node.index, "mark"):
            for lead in tree.children(kid.index, "case") if kid.lemma == "que" else ():
                tree.move(lead.index, node.index, "mark")
                tree.link()
        marks = [kid for kid in tree.children(node.index, "mark", "case") if kid.index < node.index]
        if len(marks) < 2 or marks[-1].lemma != "que" or (node.upos not in VERBAL and not tree.children(node.index, "cop")):
            continue
        above = tree.nodes[node.head]
        if marks[0].lemma not in ("de", "en", "a", "con", "por") or len(marks) != 2 or marks[1].index != marks[0].index + 1:
            continue
        if above.upos in NOMINAL and (above.lemma in grammar.frame_nouns or grammar.has("content_nouns", above.lemma)):
            node.dep, marks[0].dep = "acl", "mark"
        elif above.upos in VERBAL and above.lemma in grammar.frames:
            node.dep, marks[0].dep = "ccomp", "mark"
    tree.link()


def mend_relative_pronouns(tree: Tree) -> None:
    """Read "que" right behind a noun as a relative pronoun: content of a noun stands behind "de que"."""
    for node in tree.nodes:
        if node.base != "acl" or (node.upos not in VERBAL and not tree.children(node.index, "cop")):
            continue
        marks = [kid for kid in tree.children(node.index, "mark") if kid.index < node.index]
        if [kid.lemma for kid in marks] != ["que"] or tree.nodes[marks[0].index - 1].lemma == "de":
            continue
        marks[0].upos = "PRON"
        marks[0].dep = "obj" if tree.children(node.index, "nsubj") else "nsubj"
        if tree.children(node.index, "nsubj:pass", "aux:pass") and marks[0].dep == "nsubj":
            marks[0].dep = "nsubj:pass"


def mend_asked_numbers(tree: Tree) -> None:
    """Give a verb its asked subject or object, and what asks its content: "no se sabe CUÁNTOS civiles HAN MUERTO"."""
    for node in tree.nodes:
        above = tree.nodes[node.head]
        if node.lemma not in ("cuánto", "cuánta", "cuántos", "cuántas") or above.upos not in VERBAL or node.index < above.index:
            continue
        verb = next((one for one in tree.children(above.index, "conj", "parataxis") if one.index > node.index), None)
        if verb is None or verb.upos not in VERBAL or tree.children(verb.index, "cc", "nsubj"):
            continue
        tree.move(node.index, verb.index, "nsubj")
        tree.move(verb.index, above.index, "ccomp")
    tree.link()


def mend_infinitives_of_objects(tree: Tree, grammar: Grammar) -> None:
    """Give the verb the infinitive that its object was given: "acusaron al opositor DE PLANEAR", "instó a la junta A LIBERAR"."""
    for node in tree.nodes:
        noun = tree.nodes[node.head]
        verb = tree.nodes[noun.head]
        if node.form != "infinitive" or node.base not in ("advcl", "acl", "nmod", "xcomp") or verb.upos not in VERBAL:
            continue
        if noun.base not in ("obj", "obl", "iobj") or noun.upos not in NOMINAL or noun.index < verb.index:
            continue
        marks = [kid.lemma for kid in tree.children(node.index, "mark", "case") if kid.index < node.index]
        if (
            len(marks) == 1
            and grammar.has("content_prepositions", f"{verb.lemma} {marks[0]}")
            and noun.lemma not in grammar.frame_nouns
        ):
            tree.move(node.index, verb.index, "ccomp")
            if [kid.lemma for kid in tree.children(noun.index, "case")] == ["a"]:
                noun.dep = "obj"
    tree.link()


def mend_bare_infinitives(tree: Tree, grammar: Grammar) -> None:
    """Read a bare infinitive behind a verb of saying or will as its content: "ordenó a la policía DETENER a los líderes"."""
    for node in tree.nodes:
        verb = tree.nodes[node.head]
        bare = node.form == "infinitive" and not tree.children(node.index, "mark", "case") and node.index > verb.index
        asked = [kid.lemma for kid in tree.children(node.index, "mark", "advmod") if kid.index < node.index][:1]
        if node.base == "dep" and asked and grammar.has("question", asked[0]):
            node.dep = "ccomp"
            continue
        wide = node.base in ("advcl", "obj", "obl", "xcomp", "nsubj", "csubj", "acl", "conj")
        if bare and wide and node.base != "conj" and verb.upos in VERBAL and verb.lemma in grammar.frames:
            node.dep = "xcomp"
    tree.link()


def mend_infinitives_of_nouns(tree: Tree, grammar: Grammar) -> None:
    """Hang "de publicar las actas" on the noun that holds it in "el compromiso del rector de publicar las actas sigue en pie"."""
    for node in tree.nodes:
        marks = [kid for kid in tree.children(node.index, "mark", "case") if kid.index < node.index]
        early = node.form == "infinitive" and node.base in ("advcl", "obl", "nmod", "acl", "csubj", "xcomp")
        if not early or [kid.lemma for kid in marks] != ["de"] or marks[0].index == 0:
            continue
        above = tree.nodes[node.head]
        if above.upos in NOMINAL and above.lemma in grammar.frame_nouns:
            continue
        for place in range(marks[0].index - 1, max(-1, marks[0].index - 9), -1):
            word = tree.nodes[place]
            if word.form == "finite" or word.text in (",", ";", ":"):
                break
            if word.upos == "NOUN" and (word.lemma in grammar.frame_nouns or grammar.has("content_nouns", word.lemma)):
                governed = above.upos in VERBAL and grammar.has("content_prepositions", f"{above.lemma} de")
                if not governed or above.index > node.index:
                    tree.move(node.index, word.index, "acl")
                break
    tree.link()


def mend_far_contents(tree: Tree, grammar: Grammar, shapes: Shapes) -> None:
    """Give a verb of saying the clause behind a time or an aside: "comunicó el miércoles por la noche QUE cuatro murieron"."""
    for node in tree.nodes:
        noun = tree.nodes[node.head]
        if node.base != "acl" or (node.upos not in VERBAL and not tree.children(node.index, "cop", "aux")):
            continue
        inside = tree.subtree(node.index)
        mark = tree.nodes[min(inside)]
        before = tree.nodes[mark.index - 1] if mark.index else mark
        if mark.lemma != "que" or before.lemma == "de" or before.text == ",":
            continue
        spans = [one for one in tree.nodes if one.form == "finite" and one.lemma in grammar.frames and one.index < mark.index]
        verb = spans[-1] if spans else None
        if verb is None or verb.index in inside or tree.children(verb.index, "ccomp"):
            continue
        asked = noun.head == verb.index and grammar.has("dative_verbs", verb.lemma) and noun.base in ("obl", "iobj", "obj")
        asked = asked and [kid.lemma for kid in tree.children(noun.index, "case")] == ["a"]
        inner = {node.index, *(kid.index for kid in tree.children(node.index, "aux", "cop"))}
        doubled = any(kid.lemma in DATIVES for kid in tree.children(verb.index))
        if asked and (doubled or inner & shapes.subjunctive):
            mark.upos, mark.lemma, noun.dep = "SCONJ", "que", "iobj"
            tree.move(node.index, verb.index, "ccomp")
            tree.move(mark.index, node.index, "mark")
            tree.link()
        elif noun.index < verb.index or (
            grammar.has("times", noun.lemma) and verb.index in {n.index for n in tree.ancestors(noun.index)}
        ):
            mark.upos, mark.lemma = "SCONJ", "que"
            tree.move(node.index, verb.index, "ccomp")
            tree.move(mark.index, node.index, "mark")
            tree.link()


def mark_requests(tree: Tree, grammar: Grammar, shapes: Shapes) -> None:
    """Mark a verb of saying whose content is a subjunctive as one that asks: "dijo que se vayan" (``decir que``)."""
    for node in tree.nodes:
        for kid in tree.children(node.index, "ccomp"):
            inside = {kid.index, *(one.index for one in tree.children(kid.index, "aux", "cop"))}
            denied = any(grammar.has("negators", one.lemma) for one in tree.children(node.index, "advmod"))
            marked = any(one.lemma == "que" for one in tree.children(kid.index, "mark"))
            if marked and not denied and inside & shapes.subjunctive and grammar.has("asks_in_subjunctive", node.lemma):
                node.lemma = f"{node.lemma} que"


def mend_hearsay(tree: Tree, grammar: Grammar) -> None:
    """Give what is said of nobody ("se dice que", "se rumorea que") its mood, and make its clause content."""
    for node in tree.nodes:
        if (
            grammar.has("plural_hearsay", node.text.lower())
            and node.head == node.index
            and not tree.children(node.index, "nsubj")
        ):
            for kid in tree.children(node.index, "ccomp"):
                kid.moods |= frozenset({"hearsay"})
        if not tree.children(node.index, "expl:pass"):
            continue
        for kid in tree.children(node.index, "ccomp", "csubj", "nsubj"):
            if kid.index > node.index and (kid.upos in VERBAL or tree.children(kid.index, "cop")):
                moods = grammar.moods_of("chain", f"se {node.lemma}")
                kid.moods |= frozenset(moods)
                kid.dep = "ccomp"
