"""What the Spanish parser gets wrong, or sees otherwise than clause finding needs it, put right on the tree.

What Spanish shares with its siblings is in ``ud_romance*``; here are "se" in its five uses, doubled datives, subjects behind the
verb, gerunds that go on ("sigue avanzando"), negation, and subjunctives under verbs of saying.
"""

from __future__ import annotations

from foreshock.reading.languages.es_arguments import (
    mend_clitics,
    mend_late_subjects,
    mend_noun_phrases,
    mend_objects,
    mend_places,
    mend_times,
)
from foreshock.reading.languages.es_contents import (
    mark_requests,
    mend_asked_numbers,
    mend_bare_infinitives,
    mend_content_marks,
    mend_far_contents,
    mend_hearsay,
    mend_infinitives_of_nouns,
    mend_infinitives_of_objects,
    mend_prepositions,
    mend_relative_pronouns,
)
from foreshock.reading.languages.es_lexicon import Participles
from foreshock.reading.languages.es_persons import mend_persons
from foreshock.reading.languages.es_se import mend_se
from foreshock.reading.languages.es_tree import Shapes
from foreshock.reading.languages.es_words import mend_words
from foreshock.reading.languages.ud_grammar import Grammar
from foreshock.reading.languages.ud_romance import join_prepositions, mend_copulas, mend_subjects, mend_voice
from foreshock.reading.languages.ud_romance_clauses import (
    level_conjuncts,
    level_forms,
    mend_conditions,
    mend_datives,
    mend_infinitives,
    mend_questions,
    mend_relatives,
)
from foreshock.reading.languages.ud_romance_speech import raise_speech
from foreshock.reading.languages.ud_romance_verbs import join_chains, mend_conditional, mend_impersonal
from foreshock.reading.languages.ud_tree import NOMINAL, VERBAL, Node, Tree

DATIVES = frozenset({"le", "les"})
WORDS = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ"})
HYPOTHETICAL = frozenset({"hypothetical"})
PARTICIPLES = Participles()
LATER = frozenset({"conj", "ccomp", "acl", "advcl", "parataxis", "dep"})
HOURS = frozenset({"una", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce"})


def repair(tree: Tree, grammar: Grammar, shapes: Shapes) -> None:
    """Put a tree right in place, from its words to the verbs of speech that hold them."""
    mend_words(tree, grammar, shapes)
    _helpers(tree)
    mend_content_marks(tree, grammar)
    level_conjuncts(tree)
    _before_colon(tree)
    join_prepositions(tree, grammar)
    _ago(tree, grammar)
    _states(tree)
    mend_se(tree, grammar)
    mend_voice(tree, grammar)
    mend_copulas(tree, grammar, PARTICIPLES)
    mend_prepositions(tree, grammar)
    mend_asked_numbers(tree)
    mend_noun_phrases(tree, grammar)
    mend_infinitives_of_objects(tree, grammar)
    mend_infinitives_of_nouns(tree, grammar)
    mend_far_contents(tree, grammar, shapes)
    _not_yet(tree, grammar)
    mend_bare_infinitives(tree, grammar)
    mend_infinitives(tree, grammar)
    mend_questions(tree, grammar)
    mend_relatives(tree, grammar)
    mend_conditions(tree, grammar)
    level_forms(tree, grammar)
    mend_persons(tree, grammar)
    mend_clitics(tree, grammar)
    mend_datives(tree, grammar)
    mend_places(tree, grammar)
    mend_objects(tree, grammar)
    mend_late_subjects(tree, grammar)
    mend_subjects(tree, grammar)
    mend_times(tree, grammar)
    _gerunds(tree, grammar)
    _never_stops(tree)
    mend_impersonal(tree, grammar)
    mend_hearsay(tree, grammar)
    join_chains(tree, grammar)
    mend_relative_pronouns(tree)
    raise_speech(tree, grammar)
    mend_noun_phrases(tree, grammar)
    mend_datives(tree, grammar)
    mend_places(tree, grammar)
    mark_requests(tree, grammar, shapes)
    _modals(tree, grammar)
    mend_conditional(tree, grammar)
    tree.link()


def _helpers(tree: Tree) -> None:
    """Give the predicate what the parser hung on its auxiliary."""
    for node in tree.nodes:
        if node.base in ("aux", "cop") and node.head != node.index:
            for kid in tree.children(node.index):
                if kid.base != "aux":
                    tree.move(kid.index, node.head, kid.dep)
    tree.link()


def _not_yet(tree: Tree, grammar: Grammar) -> None:
    """Take from "aún no", "todavía no" that something goes on, and from "no hasta las once" that it was not."""
    for node in tree.nodes:
        until = node.base == "obl" and [kid.lemma for kid in tree.children(node.index, "case")] == ["hasta"]
        if until and node.index > node.head and (node.upos == "NUM" or node.lemma in HOURS or grammar.has("times", node.lemma)):
            # "No llegaron hasta las once": they came at eleven.
            for kid in tree.children(node.head, "advmod"):
                kid.lemma = "no hasta" if kid.lemma == "no" else kid.lemma
        if node.text.lower() in ("aún", "todavía") and node.base == "advmod":
            near = tree.nodes[max(0, node.index - 3) : node.index + 2]
            if any(one.lemma == "no" for one in near):
                node.dep = "dep"


def _modals(tree: Tree, grammar: Grammar) -> None:
    """A modal in the conditional ("podría", "debería") is as weak as in the present: it reports nothing from hearsay."""
    for node in tree.nodes:
        modal = grammar.moods_of("auxiliaries", node.lemma)
        if node.base == "aux" and modal:
            node.moods -= HYPOTHETICAL


def _before_colon(tree: Tree) -> None:
    """Part "Bolivia: el Ejército avanza", where the name before the colon heads the tree."""
    for node in tree.nodes:
        kids = tree.children(node.index, "parataxis", "appos", "acl", "conj", "dep")
        told = next((kid for kid in kids if kid.index > node.index), None)
        colon = next((kid.index for kid in tree.children(node.index, "punct") if kid.text == ":"), None)
        if node.head != node.index or node.upos not in NOMINAL or told is None or colon is None:
            continue
        if node.index < colon < told.index and (told.upos in VERBAL or tree.children(told.index, "nsubj", "cop")):
            tree.move(told.index, told.index, "root")
            tree.move(node.index, told.index, "dislocated")
            for kid in tree.children(node.index, "punct"):
                tree.move(kid.index, told.index, "punct")
            tree.link()
            return


def _ago(tree: Tree, grammar: Grammar) -> None:
    """Read "hace tres días" as a time, and not as a clause."""
    for verb in tree.nodes:
        if verb.text.lower() not in ("hace", "hacía", "hará"):
            continue
        near = tree.nodes[verb.index + 1 : verb.index + 5]
        noun = next((one for one in near if grammar.has("spans", one.lemma)), None)
        if noun is None or any(one.upos in ("ADP", "SCONJ") or one.text == "," for one in near[: noun.index - verb.index - 1]):
            continue
        if noun.index + 1 < len(tree.nodes) and tree.nodes[noun.index + 1].lemma == "que" and verb.head == verb.index:
            continue
        inside = {one.index for one in near[: noun.index - verb.index]} | {verb.index}
        outer = next((one for one in (*tree.ancestors(verb.index), *tree.ancestors(noun.index)) if one.index not in inside), None)
        if outer is None:
            # "Hace tres días los rebeldes tomaron el puente": the time was taken for the sentence.
            outer = next((one for one in tree.nodes[noun.index :] if one.form == "finite" and one.base in LATER), None)
            if outer is None:
                continue
            tree.move(outer.index, outer.index, "root")
            for kid in tree.children(verb.index):
                if noun.index < kid.index < outer.index and kid.upos in NOMINAL and kid.base in ("obj", "nsubj"):
                    kid.dep = "nsubj"
        for kid in (*tree.children(verb.index), *tree.children(noun.index)):
            if kid.index in inside:
                continue
            beside = kid.index < verb.index or kid.index > noun.index or kid.base == "punct"
            bare = kid.index < verb.index and kid.upos in ("NOUN", "PROPN") and not tree.children(kid.index, "case")
            taken = bool(tree.children(outer.index, "obj"))
            tree.move(kid.index, outer.index if beside else noun.index, "obj" if bare and not taken else kid.dep)
        above = next((one for one in (outer, *tree.ancestors(outer.index)) if one.upos in VERBAL), outer)
        tree.move(noun.index, above.index, "obl")
        verb.upos, verb.form, verb.lemma = "ADP", "", verb.text.lower()
        tree.move(verb.index, noun.index, "case")
        before = tree.nodes[verb.index - 1] if verb.index else None
        if before is not None and before.upos == "ADP":
            tree.move(before.index, noun.index, "case")
        tree.link()


def _states(tree: Tree) -> None:
    """Read "está detenido", "permanece cerrado", "fueron liberados" as the passive of their verb."""
    for node in tree.nodes:
        if node.form != "participle" or node.upos not in VERBAL or node.base in ("aux", "cop"):
            continue
        for kid in tree.children(node.index, "aux", "cop"):
            if kid.lemma in ("estar", "ser") and kid.index < node.index:
                kid.dep = "aux:pass"


def _gerunds(tree: Tree, grammar: Grammar) -> None:
    """Let the gerund take the place of a verb that says how it goes on: "sigue avanzando", "continúa bloqueando"."""
    for node in list(tree.nodes):
        if node.base in ("cop",) or not grammar.has("gerund_chain", node.lemma):
            continue
        above = tree.nodes[node.head]
        if node.base == "aux" and above.form == "gerund":
            node.dep = "aux:chain"
            above.form = "finite" if node.form == "finite" else above.form
            above.past, above.moods = (
                node.past,
                above.moods | node.moods | frozenset(grammar.moods_of("chain", f"{node.lemma} ger")),
            )
            continue
        inner = next((kid for kid in tree.children(node.index, "xcomp", "advcl", "ccomp") if _follows(node, kid)), None)
        if inner is None or node.base == "aux":
            continue
        kids = [kid for kid in tree.children(node.index) if kid.index != inner.index and kid.base not in ("aux", "cop")]
        tree.trade(inner, node, "aux:chain")
        for kid in kids:
            tree.move(kid.index, inner.index, kid.dep)
        inner.form, inner.past = node.form, node.past
        inner.moods |= node.moods | frozenset(grammar.moods_of("chain", f"{node.lemma} ger"))
        tree.link()
    for node in tree.nodes:
        # "está avanzando": the form is that of the auxiliary.
        for kid in tree.children(node.index, "aux"):
            if node.form == "gerund" and kid.lemma == "estar" and kid.form == "finite":
                node.form, node.past, node.moods = "finite", kid.past, node.moods | kid.moods


def _follows(node: Node, kid: Node) -> bool:
    return kid.form == "gerund" and node.index < kid.index <= node.index + 3


def _never_stops(tree: Tree) -> None:
    """Read "no dejó de disparar", "no cesan de avanzar" as what goes on: two negations are none."""
    for node in tree.nodes:
        if node.lemma not in ("dejar", "cesar", "parar"):
            continue
        inner = next((kid for kid in tree.children(node.index, "ccomp", "xcomp", "advcl") if kid.form == "infinitive"), None)
        no = next((kid for kid in tree.children(node.index, "advmod") if kid.lemma in ("no", "nunca", "jamás")), None)
        marked = inner is not None and [kid.lemma for kid in tree.children(inner.index, "mark")] == ["de"]
        if no is not None and marked:
            node.lemma, no.lemma = f"no {node.lemma}", "no (doble)"
