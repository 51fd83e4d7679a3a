"""Who speaks in Russian: speech that follows or interrupts its words, and speakers that stand in a phrase of place.

"«...», - сказал он", "как сообщает агентство"; "сообщили в министерстве", "говорится в заявлении", where the phrase of place is
who says it.
"""

from __future__ import annotations

from foreshock.reading.languages.ru_quotes import QUOTED
from foreshock.reading.languages.ru_repair import Feats
from foreshock.reading.languages.ud_grammar import Grammar
from foreshock.reading.languages.ud_tree import VERBAL, Node, Tree

PLACES = frozenset({"в", "во", "на"})
TOLD = frozenset({"asserted", "alleged", "denied", "assessed", "forecast"})
# How many words a verb of speech may stand from the quotation.
REACH = 25
SPEAKING = frozenset({"asserted", "alleged", "denied", "assessed", "forecast", "retracted", "perceived", "wished"})


def raise_speech(tree: Tree, grammar: Grammar, feats: Feats) -> None:
    """Make a verb of speech that follows or interrupts its words their head, and its place its speaker, in place."""
    for node in tree.nodes:
        if node.upos in VERBAL and node.lemma in grammar.frames:
            _place_as_speaker(tree, grammar, node, feats)
    for node in list(tree.nodes):
        _quoted_before(tree, grammar, node)
        if _is_inserted(tree, grammar, node):
            upper = tree.nodes[node.head]
            for kid in tree.children(node.index, "mark"):
                kid.dep = "dep" if kid.lemma == "как" else kid.dep
            tree.trade(node, upper, "ccomp")
    tree.link()


def hang_quotations(tree: Tree, grammar: Grammar) -> None:
    """Hang what was read apart on its verb of speech: the last one before the colon, the first one after the quotation."""
    for node in [one for one in tree.nodes if one.dep == QUOTED]:
        inside = tree.subtree(node.index)
        first, last = min(inside), max(inside)
        before = [one for one in tree.nodes[max(0, first - REACH) : first] if one.index not in inside]
        announced = any(one.text == ":" for one in before[-2:])
        near = reversed(before) if announced else iter(tree.nodes[last + 1 : last + REACH])
        verb = next((one for one in near if one.upos in VERBAL and one.lemma in grammar.frames), None)
        top = tree.nodes[node.head]
        if verb is None and announced and top.head == top.index and top.upos in ("NOUN", "PROPN") and _can_speak(grammar, top):
            verb = _colon_as_verb(tree, top, next(one for one in reversed(before) if one.text == ":"))
        node.dep = "parataxis" if verb is None else "ccomp"
        node.head = node.head if verb is None else verb.index
        tree.link()
    for node in tree.nodes:
        above = tree.nodes[node.head]
        said = node.base in ("parataxis", "conj") and node.upos in VERBAL and node.index > above.index and above.upos in VERBAL
        if (
            not said
            or grammar.frames.get(above.lemma) not in TOLD
            or tree.children(node.index, "mark")
            or tree.children(above.index, "ccomp")
        ):
            continue
        opening = min(tree.subtree(node.index))
        colon = any(one.text == ":" for one in tree.nodes[max(above.index, opening - 2) : opening + 1])
        if colon or any("hearsay" in grammar.moods_of("adverbs", kid.lemma) for kid in tree.children(node.index)):
            node.dep = "ccomp"
    tree.link()


def _colon_as_verb(tree: Tree, holder: Node, colon: Node) -> Node:
    """Let the colon of 'Комендант: «...»' stand for the verb of speech that is left out."""
    colon.upos, colon.form, colon.lemma = "VERB", "finite", "сказать"
    tree.move(colon.index, colon.index, "root")
    tree.move(holder.index, colon.index, "nsubj")
    for kid in tree.children(holder.index, "punct", "parataxis"):
        tree.move(kid.index, colon.index, kid.dep)
    tree.link()
    return colon


def _place_as_speaker(tree: Tree, grammar: Grammar, node: Node, feats: Feats) -> None:
    """Read "в министерстве" as the speaker of "сообщили в министерстве" and of "говорится в заявлении"."""
    if tree.children(node.index, "nsubj") and not (node.passive and grammar.frames[node.lemma] in SPEAKING):
        return
    indefinite = (
        not node.passive
        and node.form == "finite"
        and feats[node.index].get("Number") == "Plur"
        and feats[node.index].get("Person") in (None, "3")
    )
    if not (indefinite or node.passive) or grammar.frames[node.lemma] not in SPEAKING:
        return
    for kid in tree.children(node.index, "obl", "nmod"):
        marks = [one.lemma for one in tree.children(kid.index, "case")]
        if len(marks) == 1 and marks[0] in PLACES and _can_speak(grammar, kid) and feats[kid.index].get("Case") != "Acc":
            kid.dep = "obl:agent" if node.passive else "nsubj"
            tree.link()
            return


def _can_speak(grammar: Grammar, node: Node) -> bool:
    if node.entity == "ORG" or node.lemma in grammar.speakers:
        return True
    return node.lemma.isalpha() and node.text.isupper() and len(node.text) > 1


def _quoted_before(tree: Tree, grammar: Grammar, node: Node) -> None:
    """Hang every sentence of a quotation on the verb of speech that follows it."""
    if node.head != node.index or node.lemma not in grammar.frames or node.upos not in VERBAL:
        return
    for kid in tree.children(node.index, "parataxis", "conj", "advcl"):
        closed = kid.index < node.index and any(one.text in ("»", '"') for one in tree.nodes[kid.index : node.index])
        if closed and not tree.children(kid.index, "mark") and kid.upos in VERBAL and tree.children(node.index, "nsubj"):
            kid.dep = "ccomp"
    tree.link()


def _is_inserted(tree: Tree, grammar: Grammar, node: Node) -> bool:
    """Tell whether a verb of speech hangs on its own content: "..., - сказал он", "как сообщает агентство"."""
    if node.head == node.index or node.upos not in VERBAL or node.form not in ("finite", ""):
        return False
    if node.lemma not in grammar.frames.keys() | grammar.speakers_as:
        return False
    marks = [kid.lemma for kid in tree.children(node.index, "mark", "advmod") if kid.lemma in ("как", "что", "если", "который")]
    if (
        node.base not in ("parataxis", "conj", "advcl")
        or (node.base == "advcl" and marks != ["как"])
        or (marks and marks != ["как"])
    ):
        return False
    if not tree.children(node.index, "nsubj", "obl:agent") or tree.children(node.index, "ccomp", "xcomp", "cc"):
        return False
    things = [kid for kid in tree.children(node.index, "obj") if kid.lemma not in ("это", "то", "он", "она")]
    if things:
        return False
    if node.base != "conj":
        return True
    # "..., сказал он": a conjunct without a joint whose subject follows it.
    subject = tree.child(node.index, "nsubj")
    return subject is not None and node.index < subject.index and tree.nodes[node.index - 1].text in (",", "—", "–", "-")
