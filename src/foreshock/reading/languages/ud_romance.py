"""What parsers of Romance languages see otherwise than clause finding needs it: prepositions of several words, idioms,
reflexive verbs, voice, copulas, objects and lost subjects.

Language-neutral: the words come from the ``grammar`` of the language's table. Its siblings are ``ud_romance_clauses`` (how
clauses hang together), ``ud_romance_verbs`` (semi-auxiliaries, impersonal verbs, the conditional of hearsay) and
``ud_romance_speech`` (verbs of speech behind or inside their words).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from foreshock.reading.languages.ud_grammar import Grammar
from foreshock.reading.languages.ud_tree import NOMINAL, VERBAL, Node, Tree

LONGEST_PREPOSITION = 5


def join_prepositions(tree: Tree, grammar: Grammar) -> None:
    """Make one marker of "près de", "au cours de", "afin de": its words hang on the noun or infinitive behind them.

    ``grammar.complex_prepositions`` lists them as written, the last word as its lemma ("au sein de" also of "au sein du").
    """
    phrases = grammar.words.get("complex_prepositions", frozenset())
    for last in tree.nodes:
        if last.upos not in ("ADP", "SCONJ") or not last.index:
            continue
        for first in range(max(0, last.index - LONGEST_PREPOSITION + 1), last.index):
            words = tree.nodes[first : last.index + 1]
            if " ".join([*(word.text.lower() for word in words[:-1]), last.lemma]) in phrases:
                _join(tree, words, last)
                break


def _join(tree: Tree, words: list[Node], last: Node) -> None:
    """Hang the words of a preposition on what follows it, and that on what they hung on."""
    inside = {word.index for word in words}
    thing = tree.nodes[last.head]
    if thing.index in inside:
        thing = next((kid for kid in tree.children(last.index) if kid.index > last.index), thing)
    if thing.index in inside:
        below = [n for n in tree.nodes if n.head in inside and n.index > last.index and n.upos in NOMINAL | VERBAL]
        below += [tree.nodes[word.head] for word in words if word.head > last.index]
        if not below:
            return
        thing = below[0]
    top = next((word for word in words if word.head not in inside), words[0])
    outside = [kid for word in words for kid in tree.children(word.index) if kid.index not in inside and kid.index != thing.index]
    above = top.head if top.head not in (thing.index, top.index) else thing.head
    if above in inside or above == thing.index:
        above = _new_root(tree, thing, outside)
    for kid in outside:
        if kid.index != above:
            tree.move(kid.index, thing.index if kid.index > last.index and above == thing.index else above, kid.dep)
    for word in words:
        tree.move(word.index, thing.index, "case")
    clausal = thing.upos in VERBAL
    if above == thing.index:
        tree.move(thing.index, thing.index, "root")
    else:
        nominal = tree.nodes[above].upos in NOMINAL and not tree.children(above, "cop")
        tree.move(thing.index, above, "advcl" if clausal else "nmod" if nominal else "obl")
    for word in words if clausal else ():
        word.dep = "mark"
    tree.link()


def name_reflexives(tree: Tree, grammar: Grammar, spell: Callable[[str], str]) -> None:
    """Give a reflexive verb its dictionary form ("se retirer", "retirarse"), which tells it from the plain verb."""
    for node in tree.nodes:
        if node.upos not in VERBAL or node.base in ("aux", "cop"):
            continue
        for kid in tree.children(node.index):
            if kid.index < node.index and grammar.has("reflexives", kid.lemma) and kid.upos == "PRON":
                kid.dep = "expl:pv"
                node.lemma = spell(node.lemma)
                for one in tree.children(node.index, "aux:pass"):
                    one.dep = "aux"
                for one in tree.children(node.index, "nsubj:pass"):
                    one.dep = "nsubj"
                break


def mend_voice(tree: Tree, grammar: Grammar) -> None:
    """Tell the passive from the compound past.

    With the auxiliary of possession alone, or of a verb that makes its past with "be" (``grammar.unaccusative``), it is active.
    A phrase with the mark of the doer is none where it names a means (``grammar.means``).
    """
    for node in tree.nodes:
        if (
            node.dep == "obl:agent"
            and node.upos == "NOUN"
            and grammar.has("means", node.lemma)
            and not tree.children(node.index, "det")
        ):
            node.dep = "obl"
        if node.upos not in VERBAL or node.base in ("aux", "cop"):
            continue
        helpers = tree.children(node.index, "aux")
        if grammar.has("unaccusative", node.lemma):
            for kid in tree.children(node.index, "aux:pass"):
                kid.dep = "aux"
            if node.form == "participle" and not helpers and node.base in ("acl", "advcl"):
                node.form = ""
        if tree.children(node.index, "aux:pass"):
            for kid in tree.children(node.index, "nsubj"):
                kid.dep = "nsubj:pass"
        elif helpers or node.form == "finite":
            for kid in tree.children(node.index, "nsubj:pass"):
                kid.dep = "nsubj"
    tree.link()


def mend_subjects(tree: Tree, grammar: Grammar) -> None:
    """Make a subject of a bare noun before a finite verb that has none, which the parser may take for a phrase of time."""
    for verb in tree.nodes:
        if verb.upos not in VERBAL or verb.base in ("aux", "cop") or tree.children(verb.index, "nsubj", "csubj", "expl:subj"):
            continue
        finite = verb.form == "finite" or any(kid.form == "finite" for kid in tree.children(verb.index, "aux"))
        if not finite or "imperative" in verb.moods:
            continue
        for kid in tree.children(verb.index, "obl", "dislocated", "obj"):
            bare = kid.upos in ("NOUN", "PROPN") and not tree.children(kid.index, "case") and kid.index < verb.index
            if bare and not grammar.has("times", kid.lemma) and kid.dep != "obl:agent":
                kid.dep = "nsubj:pass" if tree.children(verb.index, "aux:pass") else "nsubj"
                break
        inverts = grammar.has("unaccusative", verb.lemma) or bool(tree.children(verb.index, "expl:pv"))
        behind = [
            kid for kid in tree.children(verb.index, "obj") if kid.index > verb.index and not tree.children(kid.index, "case")
        ]
        if inverts and behind and not tree.children(verb.index, "nsubj"):
            behind[0].dep = "nsubj"
    tree.link()


def mend_objects(tree: Tree, grammar: Grammar) -> None:
    """Read a noun with an article behind a verb that gives no name or office as its object; a noun of time is no object."""
    for node in tree.nodes:
        verb = tree.nodes[node.head]
        if node.base == "obj" and grammar.has("times", node.lemma) and not tree.children(node.index, "case"):
            node.dep = "obl"
        noun = node.base == "xcomp" and node.upos in ("NOUN", "PROPN", "VERB") and node.index > verb.index
        if not noun or not tree.children(node.index, "det") or tree.children(verb.index, "obj", "aux:pass"):
            continue
        if not grammar.has("predicative", verb.lemma) and not tree.children(node.index, "nsubj", "aux", "cop", "mark"):
            node.dep, node.upos, node.form = "obj", "PROPN" if node.upos == "PROPN" else "NOUN", ""
    tree.link()


def join_idioms(tree: Tree, grammar: Grammar) -> None:
    """Make one predicate of a verb and its noun: "faire état de", "mettre en garde", "mettre fin à" (``grammar.idioms``).

    A phrase behind an idiom with the preposition that it is listed with becomes its object.
    """
    idioms = [entry.split() for entry in grammar.words.get("idioms", frozenset())]
    for verb in tree.nodes:
        if verb.upos not in VERBAL or verb.base in ("aux", "cop"):
            continue
        for words in idioms:
            noun = _idiom_noun(tree, verb, words) if words[0] == verb.lemma else None
            if noun is not None:
                _join_idiom(tree, verb, noun, words)
                break


def _idiom_noun(tree: Tree, verb: Node, words: list[str]) -> Node | None:
    """Return the noun of an idiom among what hangs on a verb: a bare object, or a phrase with the preposition of the idiom."""
    marked = len(words) > 2 and words[1] in ("en", "de", "à", "pour", "dans")
    # "lancer UN appel à", "faire L'objet de": listed with its article it has one.
    apart = len(words) > 2 and words[1] in ("un", "une", "le", "la")
    article = apart or words[1].startswith("l'")
    mark, name = (words[1], words[2]) if marked else ("", words[2] if apart else words[1].removeprefix("l'"))
    for kid in tree.children(verb.index, "obj", "obl", "xcomp", "advmod", "iobj", "dep"):
        found = " ".join(case.lemma for case in tree.children(kid.index, "case"))
        if (
            kid.lemma == name
            and found == mark
            and (article or not tree.children(kid.index, "det", "nummod"))
            and kid.index - verb.index in range(1, 5)
        ):
            return kid
    passive = tree.child(verb.index, "nsubj:pass")
    bare = passive is not None and passive.lemma == name and not mark and not tree.children(passive.index, "det", "nummod")
    return passive if bare else None


def _join_idiom(tree: Tree, verb: Node, noun: Node, words: list[str]) -> None:
    last = words[-1] if words[-1] in ("de", "à", "contre", "sur") and len(words) > 2 else ""
    cases = tree.children(noun.index, "case")
    for kid in tree.children(noun.index):
        if kid.base == "case" and kid.index < noun.index:
            continue
        marks = [mark.lemma for mark in tree.children(kid.index, "case")]
        clausal = kid.base in ("acl", "advcl", "ccomp")
        tree.move(kid.index, verb.index, "ccomp" if clausal else "obl" if kid.base == "nmod" else kid.dep)
        if last and marks == [last] and not tree.children(verb.index, "obj"):
            kid.dep = "obj"
    noun.lemma = " ".join([*(case.lemma for case in cases), noun.lemma])
    for case in cases:
        tree.move(case.index, verb.index, "compound")
    noun.dep, noun.upos = "compound:prt", "NOUN"
    tree.link()
    for kid in tree.children(verb.index, "obl"):
        if last and [mark.lemma for mark in tree.children(kid.index, "case")] == [last] and not tree.children(verb.index, "obj"):
            kid.dep = "obj"
    tree.link()


def mend_fixed(tree: Tree) -> None:
    """Let the words of a fixed phrase that marks something do what its first word does: "d'après", "non plus"."""
    for node in tree.nodes:
        first = tree.nodes[node.head]
        if node.dep != "fixed":
            continue
        if first.base in ("case", "mark"):
            tree.move(node.index, first.head, first.dep)
        elif first.base == "advmod":
            first.lemma = f"{first.lemma} {node.lemma}"
    tree.link()


def _new_root(tree: Tree, thing: Node, outside: list[Node]) -> int:
    """Return the head of a sentence whose first word, a preposition, was taken for it: the main verb behind, else its noun."""
    behind = [kid for kid in (*outside, *tree.children(thing.index)) if kid.index > thing.index]
    main = next((kid for kid in behind if tree.children(kid.index, "nsubj", "cop", "expl:subj")), None)
    if main is None:
        return thing.index
    tree.move(main.index, main.index, "root")
    return main.index


def mend_copulas(tree: Tree, grammar: Grammar, participles: Mapping[str, str]) -> None:
    """Hang a verb that only links ("rester", "sembler") on its predicate, and read an adjective that is a participle as its verb.

    ``participles`` is adjective -> verb: "trois soldats sont *morts*", "le port reste *fermé*".
    """
    for node in list(tree.nodes):
        inner = tree.child(node.index, "xcomp")
        links = grammar.has("copulas", node.lemma) and node.base not in ("aux", "cop")
        if links and inner is not None and inner.form in ("", "participle") and inner.index > node.index:
            inner.past, kids = node.past, tree.children(node.index)
            tree.trade(inner, node, "cop")
            for kid in kids:
                if kid.index != inner.index and kid.base not in ("aux", "expl"):
                    tree.move(kid.index, inner.index, kid.dep)
            inner.form = inner.form or node.form
            tree.link()
    for node in tree.nodes:
        copula = tree.child(node.index, "cop")
        verbal = node.upos == "VERB" and node.form == "participle"
        nominal = node.upos in ("ADJ", "NOUN") and node.lemma in participles and not tree.children(node.index, "det", "case")
        if copula is None or not (verbal or nominal):
            continue
        if node.base in ("obj", "nmod", "xcomp") and tree.nodes[node.head].upos in VERBAL:
            node.dep = "ccomp"
        node.lemma, node.upos, node.form = participles.get(node.lemma, node.lemma), "VERB", "participle"
        active = grammar.has("unaccusative", node.lemma)
        copula.dep = "aux" if active else "aux:pass"
        for kid in tree.children(node.index, "nsubj"):
            kid.dep = "nsubj" if active else "nsubj:pass"
