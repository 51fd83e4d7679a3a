"""Verbs that colour other verbs in Romance languages: semi-auxiliaries ("va tomber", "est en train de"), impersonal verbs
("il semble que"), and the conditional, which supposes, reports from hearsay, or looks ahead from the past.

Language-neutral. Semi-auxiliaries stand in ``grammar.chain`` or in ``moods.<mood>.chain``, as the bare verb, with its preposition
("commencer à"), with its tense ("devoir cnd"), or with "be" where they have a copula or are passive ("be point"). Tenses are
``pres``, ``past`` (imperfect), ``perf``, ``fut`` and ``cnd``.
"""

from __future__ import annotations

from foreshock.reading.languages.base import Mood
from foreshock.reading.languages.ud_grammar import Grammar
from foreshock.reading.languages.ud_moods import chain_key
from foreshock.reading.languages.ud_tree import VERBAL, Node, Tree

HYPOTHETICAL: frozenset[Mood] = frozenset({"hypothetical"})
PASSES = 3


def tense_of(tree: Tree, node: Node) -> str:
    """Return the tense of a predicate by its own form and its auxiliaries: pres, past, perf, fut or cnd."""
    helpers = [kid for kid in tree.children(node.index, "aux", "cop") if kid.dep != "aux:chain"]
    forms = [node, *helpers]
    moods = {mood for one in forms for mood in one.moods}
    if "hypothetical" in moods:
        return "cnd"
    if "future" in moods:
        return "fut"
    passive = bool(tree.children(node.index, "aux:pass", "cop"))
    if node.form == "participle" and helpers and not (passive and len(helpers) == 1):
        return "perf"
    return "past" if any(one.past and one.form == "finite" for one in forms) else "pres"


def chain_moods(tree: Tree, grammar: Grammar, node: Node, mark: str, *, perfect: bool) -> tuple[bool, set[Mood]]:
    """Return whether a verb chains the infinitive behind it, with that mark, and the moods it gives it.

    Before a perfect infinitive some guess ("devoir perfect": "il doit avoir fui"); with a day some tell what is arranged
    ("devoir dated": "ils doivent se voir mardi").
    """
    key = chain_key(tree, node)
    guess = grammar.moods_of("chain", f"{key} perfect") if perfect else set()
    guess = guess or (grammar.moods_of("chain", f"{key} dated") if _is_dated(tree, grammar, node) else set())
    if guess:
        return True, guess
    tense = tense_of(tree, node)
    keys = [key, f"{key} {mark}", f"{key} {tense}", f"{key} {mark} {tense}"]
    moods = {mood for one in keys for mood in grammar.moods_of("chain", one)}
    return bool(moods) or any(grammar.has("chain", one) for one in keys), moods


def _is_dated(tree: Tree, grammar: Grammar, node: Node) -> bool:
    """Whether a day stands beside a verb in the present, or beside the infinitive that it governs."""
    if tense_of(tree, node) not in ("pres", "past"):
        return False
    below = [node, *tree.children(node.index, "xcomp", "ccomp")]
    return any(grammar.has("days", kid.lemma) for one in below for kid in tree.children(one.index, "obl", "advmod"))


def join_chains(tree: Tree, grammar: Grammar) -> None:
    """Let the infinitive of a semi-auxiliary take its place: "les troupes *vont* partir", "*a commencé* à tirer"."""
    for _ in range(PASSES):
        for node in list(tree.nodes):
            if node.base in ("aux", "cop"):
                continue
            for inner in tree.children(node.index, "xcomp", "ccomp", "acl", "advcl"):
                marks = [kid.lemma for kid in tree.children(inner.index, "mark", "case") if kid.index < inner.index]
                bare = _is_infinitive(tree, inner) and inner.index > node.index and len(marks) <= 1
                if not bare or tree.children(inner.index, "nsubj", "nsubj:pass"):
                    continue
                chains, moods = chain_moods(tree, grammar, node, marks[0] if marks else "", perfect=inner.form == "participle")
                if chains:
                    _merge(tree, grammar, node, inner, moods)
                    break


def _is_infinitive(tree: Tree, node: Node) -> bool:
    helpers = tree.children(node.index, "aux", "cop")
    return node.form == "infinitive" or any(kid.form == "infinitive" for kid in helpers)


def _merge(tree: Tree, grammar: Grammar, outer: Node, inner: Node, moods: set[Mood]) -> None:
    """Let the inner verb take the outer one's place; the outer verb keeps its auxiliaries and negation."""
    kept = [
        kid for kid in tree.children(outer.index) if kid.index != inner.index and kid.base not in ("aux", "cop", "case", "det")
    ]
    finite = outer.form == "finite" or any(kid.form == "finite" for kid in tree.children(outer.index, "aux", "cop"))
    past = outer.past or any(kid.past for kid in tree.children(outer.index, "aux", "cop"))
    tense = tense_of(tree, outer)
    root = outer.head == outer.index
    tree.move(inner.index, inner.index if root else outer.head, outer.dep)
    tree.move(outer.index, inner.index, "aux:chain")
    passive = bool(tree.children(inner.index, "aux:pass"))
    for kid in tree.children(inner.index, "mark", "case"):
        if kid.index > outer.index:
            tree.move(kid.index, outer.index, "mark")
    for kid in kept:
        if grammar.has("negators", kid.lemma) and kid.base == "advmod":
            continue
        dep = kid.dep
        if kid.base == "nsubj":
            dep = "nsubj:pass" if passive else "nsubj"
        tree.move(kid.index, inner.index, dep)
    modal = bool(moods) and tense == "cnd"
    inner.moods = inner.moods | frozenset(moods)
    for one in (outer, *tree.children(outer.index, "aux", "cop")):
        inner.moods |= one.moods - HYPOTHETICAL if modal else one.moods
        one.moods = frozenset()
    inner.past = past
    if inner.form == "infinitive":
        inner.form = "finite" if finite else outer.form
    tree.link()


def mend_impersonal(tree: Tree, grammar: Grammar) -> None:
    """Give what an impersonal verb governs the mood of that verb: "il semble que", "on dit que", "il est rapporté que".

    The empty subject is no argument. ``grammar.generic`` are subjects that stand for anybody; their verbs are listed with them
    ("on dire").
    """
    for node in tree.nodes:
        empty = tree.child(node.index, "expl:subj")
        subject = tree.child(node.index, "nsubj")
        key = chain_key(tree, node)
        generic = subject is not None and grammar.has("generic", subject.lemma)
        impersonal = grammar.has("impersonal", node.lemma)
        if (
            empty is not None
            and node.lemma in grammar.frames
            and not impersonal
            and not tree.children(node.index, "aux:pass", "cop")
        ):
            empty.dep, subject, empty = "nsubj", empty, None
        if subject is not None and (impersonal or subject.dep == "nsubj:pass") and _is_empty(tree, grammar, node, subject):
            subject.dep, empty = "expl:subj", subject
        inner = [
            kid for kid in tree.children(node.index, "ccomp", "csubj", "xcomp", "nsubj", "advcl", "acl") if kid.index > node.index
        ]
        said = [kid for kid in inner if kid.upos in VERBAL or tree.children(kid.index, "cop")]
        moods: set[Mood] = set()
        if empty is not None or (subject is not None and grammar.has("expletives", subject.lemma)):
            moods = grammar.moods_of("chain", key) | grammar.moods_of("chain", f"{key} {tense_of(tree, node)}")
        elif generic and subject is not None:
            moods = grammar.moods_of("chain", f"{subject.lemma} {key}")
        if grammar.has("excluding", node.lemma) and any(
            grammar.has("negators", kid.lemma) for kid in tree.children(node.index, "advmod")
        ):
            moods = {"possible"}
        if said and moods:
            if said[0].base in ("csubj", "nsubj", "advcl", "acl"):
                said[0].dep = "ccomp"
            said[0].moods |= frozenset(moods)
    tree.link()


def _is_empty(tree: Tree, grammar: Grammar, node: Node, subject: Node) -> bool:
    """Whether a subject is empty: what is said stands behind a passive, or an impersonal verb, in a clause of its own."""
    said = [kid for kid in tree.children(node.index, "ccomp") if kid.index > node.index]
    marked = any(grammar.has("content_marks", mark.lemma) for kid in said for mark in tree.children(kid.index, "mark"))
    return marked and grammar.has("empty_subjects", subject.lemma)


def mend_conditional(tree: Tree, grammar: Grammar) -> None:
    """Tell what a conditional says: something supposed, something heard, or the future of what was said in the past.

    It supposes where a condition stands beside it (a clause, "en cas de", "sinon"), in a present conditional of what would
    follow (``grammar.consequences``), under a subject of the first two persons or an empty one, or of a thing not named before;
    it looks ahead as content of a past verb; a wish put politely (``grammar.polite``) is a wish. All others report from hearsay:
    "le général aurait fui", "les pertes seraient lourdes".
    """
    for node in tree.nodes:
        bearers = [one for one in (node, *tree.children(node.index, "aux", "cop")) if "hypothetical" in one.moods]
        if not bearers or node.base in ("aux", "cop"):
            continue
        chosen = _conditional(tree, grammar, node)
        for one in bearers:
            one.moods -= HYPOTHETICAL
        if chosen:
            node.moods |= {chosen}


def _conditional(tree: Tree, grammar: Grammar, node: Node) -> Mood | None:
    perfect = any(kid.dep == "aux" and "hypothetical" in kid.moods for kid in tree.children(node.index, "aux"))
    if _is_supposed(tree, grammar, node):
        return "hypothetical"
    if grammar.has("polite", node.lemma):
        return None
    if _looks_ahead(tree, grammar, node) and not perfect:
        return "future"
    if perfect:
        return "hearsay"
    subject = tree.child(node.index, "nsubj", "expl:subj")
    if subject is not None:
        empty = subject.dep == "expl:subj" and not tree.children(node.index, "obj", "ccomp", "obl")
        if empty or grammar.has("supposing_subjects", subject.lemma) or grammar.has("expletives", subject.lemma):
            return "hypothetical"
    if grammar.has("consequences", node.lemma):
        return "hypothetical"
    relative = node.base == "acl" or any(one.base == "acl" for one in tree.ancestors(node.index) if one.upos in VERBAL)
    return "hypothetical" if relative else "hearsay"


def _is_supposed(tree: Tree, grammar: Grammar, node: Node) -> bool:
    """Whether a condition stands beside a predicate, or beside the one it is joined to, or it is a condition itself."""
    for one in (node, *(up for up in tree.ancestors(node.index) if node.base == "conj")):
        marks = " ".join(kid.lemma for kid in tree.children(one.index, "mark") if kid.index < one.index)
        if any(marks.startswith(phrase) for phrase in grammar.words.get("condition", ())):
            return True
        for kid in tree.children(one.index, "advcl", "obl", "advmod"):
            lead = " ".join(mark.text.lower() for mark in tree.children(kid.index, "mark", "case") if mark.index < kid.index)
            low = f"{lead} "
            if kid.base == "advcl" and any(_leads(tree, kid, phrase) for phrase in grammar.words.get("condition", ())):
                return True
            if any(low.startswith(f"{phrase} ") for phrase in grammar.words.get("condition_phrases", ())):
                return True
            if kid.base == "advmod" and grammar.has("condition_adverbs", kid.lemma):
                return True
        if one.base != "conj":
            break
    return False


def _leads(tree: Tree, node: Node, phrase: str) -> bool:
    return " ".join(kid.lemma for kid in tree.children(node.index, "mark") if kid.index < node.index).startswith(phrase)


def _looks_ahead(tree: Tree, grammar: Grammar, node: Node) -> bool:
    """Whether a predicate is the content of what was said in the past, or of a noun of speech."""
    here = node
    while here.base == "conj":
        here = tree.nodes[here.head]
    above = tree.nodes[here.head]
    if here.base == "acl":
        marks = [kid.lemma for kid in tree.children(here.index, "mark") if kid.index < here.index]
        return above.lemma in grammar.frame_nouns and any(grammar.has("content_marks", mark) for mark in marks)
    if here.base not in ("ccomp", "xcomp") or above.lemma not in grammar.frames or tree.children(node.index, "cop"):
        return False
    marked = any(grammar.has("content_marks", kid.lemma) for one in (here, node) for kid in tree.children(one.index, "mark"))
    return marked and tense_of(tree, above) in ("perf", "past")
