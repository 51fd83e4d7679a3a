"""Polarity, voice and moods of a predicate, read from its auxiliaries, chained verbs and adverbs."""

from __future__ import annotations

from foreshock.reading.languages.base import Mood, Relation
from foreshock.reading.languages.ud_grammar import Grammar
from foreshock.reading.languages.ud_tree import Node, Tree

# Auxiliaries that open a condition where they stand before the subject.
INVERTED = frozenset({"should", "had", "were"})


def is_passive(tree: Tree, head: int, *, parent_passive: bool) -> bool:
    """Tell whether a predicate is passive: by its auxiliary or subject, as a reduced relative, or as a conjunct of a passive."""
    node = tree.nodes[head]
    if node.passive is not None:
        return node.passive
    if tree.children(head, "aux:pass") or any(kid.dep == "nsubj:pass" for kid in tree.children(head)):
        return True
    if node.form != "participle" or tree.children(head, "aux", "cop"):
        return False
    if node.base == "conj":
        return parent_passive and not tree.children(head, "obj")
    if any(kid.dep == "nsubj" for kid in tree.children(head)) and node.base in ("acl", "advcl"):
        return False
    distinct = node.text.lower() != node.lemma
    return node.base in ("acl", "advcl") or (distinct and not tree.children(head, "obj"))


def is_finite(tree: Tree, head: int) -> bool:
    """Tell whether a predicate or one of its auxiliaries is finite."""
    return any(node.form == "finite" for node in (tree.nodes[head], *tree.children(head, "aux", "cop")))


def is_inverted(tree: Tree, head: int) -> bool:
    """Tell whether an auxiliary before the subject makes a condition: "should it lend them"; a question is none."""
    subject = tree.child(head, "nsubj")
    first = next((kid for kid in tree.children(head, "aux", "cop") if kid.text.lower() in INVERTED), None)
    if subject is None or first is None or tree.nodes[-1].text == "?":
        return False
    return first.index + 1 == min(tree.subtree(subject.index)) and not tree.children(head, "mark")


def chain_key(tree: Tree, node: Node) -> str:
    """Return how a chained verb is listed: "try", "be expect" (passive), "be likely" (with a copula), "be go" (progressive)."""
    helped = tree.children(node.index, "aux:pass", "cop")
    if node.form == "gerund":
        helped += [kid for kid in tree.children(node.index, "aux") if kid.lemma == "be" and node.lemma == "go"]
    return f"be {node.lemma}" if helped else node.lemma


def moods_of(
    tree: Tree, grammar: Grammar, head: int, above: int | None, *, relation: Relation, shared: bool, negated: bool
) -> set[Mood]:
    """Return the moods that the words around a predicate give it."""
    node = tree.nodes[head]
    found: set[Mood] = set(node.moods)
    helpers = [*tree.children(head, "aux", "cop")]
    for kid in helpers:
        found |= kid.moods
        if kid.dep == "aux:chain":
            given = grammar.moods_of("chain", chain_key(tree, kid))
            found |= {"ongoing"} if "ended" in given and _is_denied(tree, grammar, head, kid) else given
            helpers.extend(tree.children(kid.index, "aux"))
        else:
            found |= grammar.moods_of("auxiliaries", kid.lemma) | grammar.moods_of("copulas", kid.lemma)
    if not negated:
        found |= grammar.moods_of("lexical", _lexical(tree, head))
    for kid in tree.children(head, "advmod", "obl", "discourse", "aux"):
        found |= kid.moods | grammar.moods_of("adverbs", _adverb(tree, kid))
    _perfect(grammar, helpers, found)
    if negated and any(grammar.has("ability", kid.lemma) for kid in helpers):
        # "Could not leave" says that nobody left; "may not leave" leaves it open.
        found.discard("possible")
    if any(_is_not_yet(tree, grammar, kid) for kid in tree.nodes[min(tree.subtree(head)) : head]):
        found.discard("obligation")
    if relation == "condition" and is_inverted(tree, head):
        found.discard("obligation")
    if above is not None and relation == "content":
        found |= _from_above(tree, grammar, node, above, found)
    if relation == "root" and any(grammar.has("headline_future", mark.lemma) for mark in tree.children(head, "mark")):
        found.add("future")
    if not grammar.has("told_by_form", "imperative") and _imperative(tree, node, relation, shared=shared):
        found.add("imperative")
    return found


def _is_denied(tree: Tree, grammar: Grammar, head: int, chained: Node) -> bool:
    words = [*tree.children(head), *tree.children(chained.index)]
    return any(word.index < chained.index and _negator(tree, grammar, word, head) for word in words)


def _lexical(tree: Tree, head: int) -> str:
    particle = tree.child(head, "compound:prt")
    lemma = tree.nodes[head].lemma
    return lemma if particle is None else f"{lemma} {particle.lemma}"


def _adverb(tree: Tree, node: Node) -> str:
    inside = sorted(tree.subtree(node.index))
    return " ".join(tree.nodes[index].text.lower() for index in inside) if len(inside) <= 3 else node.lemma


def _perfect(grammar: Grammar, helpers: list[Node], found: set[Mood]) -> None:
    """An obligation auxiliary before a perfect is a guess ("must have fled"), where the language says so."""
    lemmas = {kid.lemma for kid in helpers}
    if lemmas & grammar.words.get("epistemic_with_perfect", frozenset()) and lemmas & grammar.words.get("perfect", frozenset()):
        found.discard("obligation")
        found.add("probable")


def _from_above(tree: Tree, grammar: Grammar, node: Node, above: int, found: set[Mood]) -> set[Mood]:
    parent = tree.nodes[above]
    given: set[Mood] = set()
    subject = tree.child(above, "nsubj")
    if subject is not None and grammar.has("expletives", subject.lemma):
        given |= grammar.moods_of("chain", chain_key(tree, parent))
    if node.form in ("infinitive", "gerund") and not tree.children(node.index, "nsubj"):
        given |= grammar.moods_of("controlled", parent.lemma)
        given |= grammar.moods_of("nouns", tree.nodes[node.head].lemma)
    finite = [parent, *tree.children(above, "aux")]
    if "hypothetical" in found and any(one.past for one in finite) and not _has_condition(tree, grammar, node.index):
        lemmas = {kid.lemma for kid in tree.children(node.index, "aux")}
        if not lemmas & grammar.words.get("perfect", frozenset()):
            found.discard("hypothetical")
            given.add("future")
    return given


def _has_condition(tree: Tree, grammar: Grammar, head: int) -> bool:
    return any(
        grammar.has("condition", mark.lemma) for kid in tree.children(head, "advcl") for mark in tree.children(kid.index, "mark")
    )


def _imperative(tree: Tree, node: Node, relation: Relation, *, shared: bool) -> bool:
    if node.form != "infinitive" or shared or relation not in ("root", "content", "coordinate", "condition"):
        return False
    helpers = [kid for kid in tree.children(node.index, "aux", "mark", "nsubj", "expl") if kid.lemma not in ("do", "please")]
    return not helpers


def is_negated(tree: Tree, grammar: Grammar, head: int, above: int | None, *, relation: Relation, parent_negated: bool) -> bool:
    """Tell whether a predicate is denied by its own words; verbs like "fail to" turn the polarity over."""
    negative = grammar.has("negative_predicates", tree.nodes[head].lemma)
    negative = negative or any(_negator(tree, grammar, kid, head) for kid in tree.children(head))
    for kid in tree.children(head, "aux:chain"):
        negative ^= any(_is_not_yet(tree, grammar, word) for word in tree.nodes[kid.index : head])
        negative = negative or any(_negator(tree, grammar, word, kid.index) for word in tree.children(kid.index))
        negative ^= grammar.has("negative_chain", chain_key(tree, kid))
        if "ended" in grammar.moods_of("chain", chain_key(tree, kid)):
            # What has not stopped goes on.
            negative = False
    node = tree.nodes[head]
    if node.base == "conj" and not negative:
        negative = _shared_negation(tree, grammar, node, parent_negated=parent_negated)
    if above is not None and relation == "content" and grammar.has("negative_control", tree.nodes[above].lemma):
        marks = tree.children(head, "mark")
        if node.form in ("infinitive", "gerund") and (marks or node.form == "gerund" or node.base == "xcomp"):
            negative ^= not parent_negated
    return negative


def _is_not_yet(tree: Tree, grammar: Grammar, node: Node) -> bool:
    """Tell whether a word before an infinitive says that it has not come: "has yet to decide"."""
    return grammar.has("not_yet", node.lemma) and node.index + 1 < len(tree.nodes) and tree.nodes[node.index + 1].lemma == "to"


def _shared_negation(tree: Tree, grammar: Grammar, node: Node, *, parent_negated: bool) -> bool:
    """Tell whether "nor", or "or" after a negated verb, denies this conjunct too."""
    joints = [
        kid for kid in (*tree.children(node.head, "cc"), *tree.children(node.index, "cc")) if node.head < kid.index < node.index
    ]
    if not joints or not grammar.has("shares_negation", joints[-1].lemma):
        return False
    return grammar.has("negators", joints[-1].lemma) or (parent_negated and not tree.children(node.index, "nsubj", "aux"))


def _negator(tree: Tree, grammar: Grammar, node: Node, head: int) -> bool:
    following = tree.nodes[node.index + 1].lemma if node.index + 1 < len(tree.nodes) else ""
    if node.base in ("advmod", "aux", "cc", "det", "mark", "obl", "dep") and grammar.has("negators", node.lemma):
        return not (grammar.has("not_only", following) or (node.base == "det" and tree.nodes[head].upos == "VERB"))
    if node.base in ("nsubj", "obj") or (node.dep == "obl" and node.index < head):
        if grammar.has("negative_words", node.lemma):
            return True
        return any(
            grammar.has("negative_words", kid.lemma) and not grammar.has("not_only", tree.nodes[kid.index + 1].lemma)
            for kid in tree.children(node.index, "det", "cc", "advmod")
            if kid.index < node.index and kid.index + 1 < len(tree.nodes)
        )
    return False
