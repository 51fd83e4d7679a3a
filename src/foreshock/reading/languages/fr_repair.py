"""What the French parser gets wrong, or sees otherwise than clause finding needs it, put right on the tree."""

from __future__ import annotations

from collections.abc import Mapping

from foreshock.reading.languages.fr_phrases import mend_doers, mend_phrases
from foreshock.reading.languages.fr_words import (
    mark_negation,
    mend_even_if,
    mend_if,
    mend_inserted,
    mend_nouns,
    mend_presents,
    mend_pronouns,
    mend_verbs,
    raise_from_stop,
    raise_main_verb,
    raise_verb_behind_noun,
)
from foreshock.reading.languages.ud_grammar import Grammar
from foreshock.reading.languages.ud_romance import (
    join_idioms,
    join_prepositions,
    mend_copulas,
    mend_fixed,
    mend_objects,
    mend_subjects,
    mend_voice,
    name_reflexives,
)
from foreshock.reading.languages.ud_romance_clauses import (
    level_conjuncts,
    level_forms,
    mend_conditions,
    mend_contents,
    mend_datives,
    mend_governed,
    mend_infinitives,
    mend_questions,
    mend_relatives,
)
from foreshock.reading.languages.ud_romance_speech import raise_speech
from foreshock.reading.languages.ud_romance_verbs import join_chains, mend_conditional, mend_impersonal
from foreshock.reading.languages.ud_tree import NOMINAL, VERBAL, Tree

CAUSATIVE = frozenset({"faire", "laisser", "voir"})
# Who lets pass, lets go or blows up does one act with two verbs.
ONE_ACT = {
    "laisser": frozenset({"passer", "entrer", "sortir", "partir", "filer", "circuler"}),
    "faire": frozenset({"exploser", "sauter", "disparaître", "sortir", "dérailler", "sombrer"}),
}
# What one has happen to oneself and does oneself: "s'est fait exploser".
SELF_DONE = frozenset({"exploser", "sauter"})
# Causatives that are one verb of speech with their infinitive.
SPOKEN = frozenset({"entendre", "savoir", "remarquer", "observer", "valoir", "croire", "penser", "comprendre"})
ASPIRATED = ("heurt", "hiss", "hât", "hériss", "hasard", "hauss")
VOWELS = tuple("aàâeéèêiîoôuûyhœ")


def repair(tree: Tree, grammar: Grammar, participles: Mapping[str, str], homographs: Mapping[str, str]) -> None:
    """Put a tree right in place, from its words to the verbs of speech that hold them.

    ``participles`` is adjective -> verb ("mort": "mourir"), ``homographs`` noun or adjective -> verb ("dément": "démentir").
    """
    _helpers(tree)
    mend_fixed(tree)
    raise_from_stop(tree)
    mend_pronouns(tree)
    mend_inserted(tree, grammar)
    mend_if(tree)
    mend_verbs(tree, homographs)
    raise_main_verb(tree)
    raise_verb_behind_noun(tree, grammar)
    mend_nouns(tree)
    level_conjuncts(tree)
    _before_colon(tree)
    _ago(tree, grammar)
    join_prepositions(tree, grammar)
    mend_even_if(tree)
    mark_negation(tree, grammar)
    _causatives(tree)
    name_reflexives(tree, grammar, reflexive)
    _that_which(tree)
    mend_presents(tree)
    mend_objects(tree, grammar)
    join_idioms(tree, grammar)
    _headline(tree)
    mend_phrases(tree, grammar)
    mend_voice(tree, grammar)
    mend_doers(tree, grammar)
    mend_copulas(tree, grammar, participles)
    mend_infinitives(tree, grammar)
    mend_conditions(tree, grammar)
    level_forms(tree, grammar)
    mend_contents(tree, grammar)
    mend_questions(tree, grammar)
    mend_datives(tree, grammar)
    mend_governed(tree, grammar)
    mend_subjects(tree, grammar)
    _days(tree, grammar)
    mend_impersonal(tree, grammar)
    join_chains(tree, grammar)
    raise_speech(tree, grammar)
    mend_relatives(tree, grammar)
    mend_conditional(tree, grammar)
    tree.link()


def reflexive(lemma: str) -> str:
    """Return the dictionary form of a reflexive verb: "se retirer", "s'affronter"."""
    if lemma.startswith(("se ", "s'")):
        return lemma
    elided = lemma.startswith(VOWELS) and not lemma.startswith(ASPIRATED)
    return f"s'{lemma}" if elided else f"se {lemma}"


def _helpers(tree: Tree) -> None:
    """Give the predicate what the parser hung on its auxiliary."""
    for node in tree.nodes:
        if node.base in ("aux", "cop") and node.head != node.index:
            for kid in tree.children(node.index, "nsubj", "advmod", "obl", "expl", "obj", "iobj"):
                tree.move(kid.index, node.head, kid.dep)
    tree.link()


def _before_colon(tree: Tree) -> None:
    """Part "Mali : l'armée avance", where the name before the colon heads the tree."""
    for node in tree.nodes:
        told = next(
            (kid for kid in tree.children(node.index, "parataxis", "appos", "acl", "conj") if kid.index > node.index), None
        )
        colon = next((kid.index for kid in tree.children(node.index, "punct") if kid.text == ":"), None)
        if (
            node.head != node.index
            or node.upos not in NOMINAL
            or told is None
            or colon is None
            or not node.index < colon < told.index
        ):
            continue
        if told.upos in VERBAL or tree.children(told.index, "nsubj", "cop"):
            tree.move(told.index, told.index, "root")
            tree.move(node.index, told.index, "dislocated")
            for kid in tree.children(node.index, "punct"):
                tree.move(kid.index, told.index, "punct")
            tree.link()
            return


def _ago(tree: Tree, grammar: Grammar) -> None:
    """Read "il y a trois jours" as a time, and not as a clause."""
    for verb in tree.nodes[2:]:
        lead = [word.text.lower() for word in tree.nodes[verb.index - 2 : verb.index]]
        if lead != ["il", "y"] or verb.lemma != "avoir" or verb.head == verb.index:
            continue
        noun = next((kid for kid in tree.children(verb.index, "obj", "obl", "nsubj") if grammar.has("spans", kid.lemma)), None)
        if noun is None:
            continue
        tree.move(noun.index, verb.head, "obl")
        for word in tree.nodes[verb.index - 2 : verb.index + 1]:
            word.upos, word.form = "ADP", ""
            tree.move(word.index, noun.index, "case")
        for kid in tree.children(verb.index):
            if kid.index not in (noun.index, verb.index - 1, verb.index - 2):
                tree.move(kid.index, noun.index if kid.index < noun.index else noun.head, kid.dep)
        tree.link()


def _that_which(tree: Tree) -> None:
    """Read "à ce que", "de ce que" before a clause as its mark: "demande à ce que le chef soit limogé"."""
    for node in tree.nodes[1:-1]:
        before, after = tree.nodes[node.index - 1], tree.nodes[node.index + 1]
        if node.text.lower() != "ce" or before.upos != "ADP" or after.lemma != "que" or after.upos == "PRON":
            continue
        verb = tree.nodes[node.head]
        said = next((kid for kid in tree.children(verb.index, "advcl", "ccomp", "acl") if kid.index > after.index), None)
        said = said or next((kid for kid in tree.children(node.index, "acl", "ccomp") if kid.index > after.index), None)
        if verb.upos not in VERBAL or said is None:
            continue
        for word in (node, after, before):
            for kid in tree.children(word.index):
                if kid.index not in (said.index, before.index):
                    tree.move(kid.index, said.index, kid.dep)
            tree.move(word.index, said.index, "mark")
        before.lemma = "que"
        tree.move(said.index, verb.index, "ccomp")
        tree.link()


def _headline(tree: Tree) -> None:
    """Read "Trois soldats tués dans une embuscade" as what was done to them, where no verb heads the sentence."""
    root = next((node for node in tree.nodes if node.head == node.index), None)
    if root is None or root.upos not in NOMINAL or tree.children(root.index, "cop", "nsubj"):
        return
    verb = next((kid for kid in tree.children(root.index, "acl") if kid.form == "participle" and kid.index > root.index), None)
    if verb is None or tree.children(verb.index, "nsubj") or any(node.form == "finite" for node in tree.nodes):
        return
    tree.move(verb.index, verb.index, "root")
    tree.move(root.index, verb.index, "nsubj:pass")
    for kid in tree.children(root.index, "punct", "parataxis", "obl", "advmod"):
        if kid.index > verb.index:
            tree.move(kid.index, verb.index, kid.dep)
    tree.link()


def _causatives(tree: Tree) -> None:
    """Read "s'est fait arrêter" as a passive, and "a fait arrêter le maire" as what is done by who has it done."""
    for node in list(tree.nodes):
        if node.lemma not in CAUSATIVE or node.upos not in VERBAL:
            continue
        if node.lemma == "voir" and not (
            node.index > 1 and any(one.lemma == "se" for one in tree.nodes[node.index - 2 : node.index])
        ):
            continue  # "a vu partir" tells what was seen, "s'est vu interdire" what was done to him
        inner = tree.child(node.index, "xcomp", "ccomp")
        if (
            inner is not None
            and inner.form == "infinitive"
            and inner.index <= node.index + 3
            and not tree.children(inner.index, "mark")
        ):
            kids = [kid for kid in tree.children(node.index) if kid.index != inner.index]
            tree.trade(inner, node, "aux:caus")
            for kid in kids:
                tree.move(kid.index, inner.index, kid.dep)
            tree.link()
        verb = tree.nodes[node.head]
        if (
            verb.index == node.index
            or verb.form != "infinitive"
            or verb.index > node.index + 3
            or node.base not in ("dep", "aux")
        ):
            continue
        clitic = next((kid for kid in tree.children(verb.index) if kid.lemma == "se" and kid.index < node.index), None)
        for kid in tree.children(node.index, "aux"):
            tree.move(kid.index, verb.index, "aux")
        tree.link()
        node.dep = "aux:caus" if clitic is None else "aux:pass"
        if clitic is None and (verb.lemma in SPOKEN or verb.lemma in ONE_ACT.get(node.lemma, ())):
            verb.lemma = f"{node.lemma} {verb.lemma}"
        if clitic is not None and verb.lemma in SELF_DONE:
            node.dep, verb.lemma = "aux:caus", f"se {node.lemma} {verb.lemma}"
        verb.form = "participle" if tree.children(verb.index, "aux") else verb.form
        verb.moods |= node.moods
        if node.form == "finite":
            verb.form = "finite"
        if clitic is not None:
            clitic.lemma, clitic.dep = "soi", "expl"
    tree.link()


def _days(tree: Tree, grammar: Grammar) -> None:
    """Give the verb a bare day that the parser hung on the noun before it: "ont tiré à Bamako lundi"."""
    for node in tree.nodes:
        if node.base not in ("nmod", "appos", "flat") or not grammar.has("days", node.lemma) or tree.children(node.index, "case"):
            continue
        verb = next((one for one in tree.ancestors(node.index) if one.upos in VERBAL), None)
        if verb is not None:
            node.entity = ""
            tree.move(node.index, verb.index, "obl")
    tree.link()
