"""What clause finding needs otherwise than the Russian parser gives it, put right on the tree.

Verbs that colour another, correlatives (о том, что), the question particle ли, doers in the instrumental, experiencers in the
dative (ему удалось), words of mood wherever they hang, and subjects that a content clause drops.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from foreshock.reading.languages.base import Mood
from foreshock.reading.languages.ru_phrases import mend_participles, mend_phrases
from foreshock.reading.languages.ud_grammar import Grammar
from foreshock.reading.languages.ud_tree import NOMINAL, VERBAL, Node, Tree

Feats = Sequence[Mapping[str, str]]
Phrases = Mapping[str, Sequence[tuple[tuple[str, ...], frozenset[Mood]]]]
DIRECTIVE = frozenset({"ordered", "permitted", "advised", "requested", "promised", "threatened", "planned", "wished"})


def repair(tree: Tree, grammar: Grammar, feats: Feats, phrases: Phrases) -> None:
    """Put a tree right in place; ``feats`` are the words' features in order, ``phrases`` those of :func:`mood_phrases`."""
    mend_participles(tree)
    _joints(tree, grammar)
    _second_roots(tree)
    _correlatives(tree, grammar)
    _infinitives(tree, grammar)
    _predicatives(tree, feats)
    _conjuncts(tree, grammar, feats)
    _copulas(tree, grammar, feats)
    _strays(tree, grammar)
    _conjunctions(tree, grammar, feats)
    _mood_words(tree, phrases)
    _chains(tree, grammar, feats)
    _agents(tree, grammar, feats)
    _reported(tree, grammar)
    _dropped_subjects(tree, grammar, feats)
    tree.link()
    mend_phrases(tree, grammar, feats)


def _joints(tree: Tree, grammar: Grammar) -> None:
    """Let conjuncts hang on the first one, and the question particle mark its clause."""
    for node in tree.nodes:
        verb = tree.nodes[node.head]
        if node.base == "advmod" and grammar.has("phrasal", f"{verb.lemma} {node.lemma}"):
            node.dep = "compound:prt"
        seen = {node.index}
        while node.dep == "conj" and tree.nodes[node.head].dep == "conj" and tree.nodes[node.head].head not in seen:
            seen.add(node.head)
            node.head = tree.nodes[node.head].head
        if node.lemma == "ли" and node.upos == "PART" and node.dep != "fixed":
            node.dep = "mark"
    tree.link()
    for node in tree.nodes:
        above = tree.nodes[node.head]
        if (
            node.lemma == "ли"
            and node.dep == "mark"
            and above.upos not in VERBAL
            and above.base in ("obj", "nsubj", "obl", "advmod", "cop", "aux")
        ):
            tree.move(node.index, above.head, "mark")
    tree.link()


def _second_roots(tree: Tree) -> None:
    """Let "если ..., " hang on the clause after it where the parser saw two sentences."""
    root = next((node for node in tree.nodes if node.head == node.index), None)
    if root is None or not any(kid.upos == "SCONJ" and kid.lemma != "как" for kid in tree.children(root.index, "mark")):
        return
    later = [kid for kid in tree.children(root.index, "parataxis", "conj") if kid.index > root.index and kid.upos in VERBAL]
    if later and not tree.children(later[0].index, "mark", "cc"):
        others = [kid for kid in tree.children(root.index, "parataxis", "conj", "punct") if kid.index > later[0].index]
        tree.trade(later[0], root, "advcl")
        for kid in others:
            tree.move(kid.index, later[0].index, kid.dep)
        tree.link()


def _correlatives(tree: Tree, grammar: Grammar) -> None:
    """Hang the clause of "о том, что ..." on the word that governs it, with "о том" among its marks."""
    for node in list(tree.nodes):
        if (
            node.lemma not in ("то", "тот")
            or node.text.lower() not in ("то", "том", "того", "тому", "тем")
            or node.head == node.index
        ):
            continue
        for said in tree.children(node.index, "acl", "ccomp", "advcl", "csubj", "xcomp"):
            marked = any(kid.base == "mark" or kid.upos == "SCONJ" for kid in tree.children(said.index))
            asked = any(grammar.has("question", tree.nodes[index].lemma) for index in sorted(tree.subtree(said.index))[:3])
            relative = any(
                grammar.has("relative_only", tree.nodes[index].lemma) for index in sorted(tree.subtree(said.index))[:3]
            )
            if said.index < node.index or relative or not (marked or asked):
                continue
            above = tree.nodes[node.head]
            whole = " ".join(kid.lemma for kid in tree.children(node.index, "case"))
            dep = (
                "advcl"
                if grammar.has("correlative_circumstance", f"{whole} {node.text.lower()}".strip())
                else "acl"
                if _nominal(tree, above)
                else "ccomp"
            )
            if node.base == "nsubj":
                dep = "csubj"
            kids = [kid for kid in tree.children(node.index) if kid.index != said.index]
            tree.move(said.index, node.head, dep)
            tree.move(node.index, said.index, "mark")
            for kid in kids:
                tree.move(kid.index, said.index, "mark" if kid.base == "case" else kid.dep)
            tree.link()
            break


def _nominal(tree: Tree, node: Node) -> bool:
    return node.upos in NOMINAL and not tree.children(node.index, "cop", "nsubj") and node.base != "root"


def _infinitives(tree: Tree, grammar: Grammar) -> None:
    """Name the relation of an infinitive by what holds it: content of a noun (приказ отступить) or of a verb."""
    for node in tree.nodes:
        if node.form != "infinitive" or node.base not in ("nmod", "obl", "obj", "nsubj", "csubj", "dep", "iobj", "amod", "acl"):
            continue
        above = tree.nodes[node.head]
        node.dep = "acl" if above.upos in NOMINAL else "xcomp"
        if above.upos not in NOMINAL or above.lemma in grammar.frame_nouns or grammar.has("content_nouns", above.lemma):
            continue
        verb = tree.nodes[above.head]
        if (
            above.base in ("obj", "iobj")
            and grammar.frames.get(verb.lemma) in DIRECTIVE
            and not tree.children(verb.index, "xcomp")
        ):
            tree.move(node.index, verb.index, "xcomp")
    tree.link()


def _predicatives(tree: Tree, feats: Feats) -> None:
    """Let a short adjective without subject and copula head its clause: "заявил, что уверен в победе"."""
    for node in tree.nodes:
        short = node.upos == "ADJ" and feats[node.index].get("Variant") == "Short"
        if short and node.base in ("ccomp", "advcl", "csubj") and not tree.children(node.index, "nsubj", "csubj", "cop"):
            node.upos, node.form, node.passive = "VERB", "finite", False


def _reported(tree: Tree, grammar: Grammar) -> None:
    """Make an object of what a verb of speech tells of with "о": "сообщил об аресте"."""
    for node in tree.nodes:
        verb = tree.nodes[node.head]
        marks = [kid.lemma for kid in tree.children(node.index, "case")]
        if node.base != "obl" or marks != ["о"] or node.upos not in ("NOUN", "PROPN") or verb.upos not in VERBAL:
            continue
        if grammar.frames.get(verb.lemma) == "asserted" and not tree.children(verb.index, "obj", "ccomp", "xcomp"):
            node.dep = "obj"


def _conjuncts(tree: Tree, grammar: Grammar, feats: Feats) -> None:
    """Give a verb of speech the conjunct that agrees with it and not with its content; a semicolon parts statements."""
    for node in tree.nodes:
        above = tree.nodes[node.head]
        if node.base in ("ccomp", "xcomp") and node.index > above.index and not tree.children(node.index, "mark"):
            opening = min(tree.subtree(node.index))
            if (opening and tree.nodes[opening - 1].text == ";") or tree.nodes[opening].text == ";":
                node.dep = "conj"
        if node.base != "conj" or node.form != "finite" or tree.children(node.index, "nsubj") or above.base != "ccomp":
            continue
        speech = tree.nodes[above.head]
        if speech.lemma not in grammar.frames or not tree.children(node.index, "cc") or not tree.children(speech.index, "nsubj"):
            continue
        own, inner, outer = (feats[one.index] for one in (node, above, speech))
        shape = [(one.get("Number"), one.get("Gender"), one.get("Tense")) for one in (own, inner, outer)]
        if shape[0] != shape[1] and shape[0] == shape[2]:
            tree.move(node.index, speech.index, "conj")
    tree.link()


def _copulas(tree: Tree, grammar: Grammar, feats: Feats) -> None:
    """Hang "остается" on its predicate in "остается неясным", as the parser does with "быть"."""
    for verb in tree.nodes:
        if not grammar.has("copulas", verb.lemma) or verb.base in ("cop", "aux") or verb.form not in ("finite", "infinitive"):
            continue
        for word in tree.children(verb.index, "xcomp", "obl"):
            instrumental = feats[word.index].get("Case") == "Ins" and not tree.children(word.index, "case")
            known = word.lemma in grammar.frames and word.upos in ("ADJ", "ADV")
            if not known and not (instrumental and (word.upos == "ADJ" or verb.lemma in ("быть", "являться"))):
                continue
            kids = [kid for kid in tree.children(verb.index) if kid.index != word.index]
            tree.move(word.index, word.index if verb.head == verb.index else verb.head, verb.dep)
            tree.move(verb.index, word.index, "cop")
            for kid in kids:
                tree.move(
                    kid.index,
                    word.index,
                    "csubj"
                    if kid.base == "advcl" and grammar.has("question", tree.nodes[min(tree.subtree(kid.index))].lemma)
                    else kid.dep,
                )
            tree.link()
            break


def _strays(tree: Tree, grammar: Grammar) -> None:
    """Give a verb of speech the "что" that hangs on a noun which takes none: "сообщил на условиях анонимности, что ..."."""
    for node in tree.nodes:
        noun = tree.nodes[node.head]
        marks = [kid for kid in tree.children(node.index, "mark") if kid.upos == "SCONJ" and kid.lemma == "что"]
        if node.base not in ("acl", "ccomp", "advcl") or not marks or noun.upos not in NOMINAL:
            continue
        verb = next((one for one in tree.ancestors(noun.index) if one.upos in VERBAL), None)
        takes = noun.lemma in grammar.frame_nouns or grammar.has("content_nouns", noun.lemma) or noun.lemma in ("то", "тот")
        if takes or verb is None or verb.lemma not in grammar.frames or tree.children(verb.index, "ccomp"):
            continue
        if noun.index > verb.index:
            tree.move(node.index, verb.index, "ccomp")
            tree.link()


def _negators(tree: Tree, grammar: Grammar, node: Node) -> list[Node]:
    return [kid for kid in tree.children(node.index, "advmod") if grammar.has("negators", kid.lemma)]


def _has_dative(tree: Tree, node: Node, feats: Feats) -> bool:
    """Tell a command ("всем покинуть площадь") from another infinitive: who is to do it stands in the dative before it."""
    before = (tree.nodes[index] for index in tree.subtree(node.index) if index < node.index)
    return any(one.base == "iobj" and feats[one.index].get("Case") == "Dat" for one in before)


def _nobody_speaks(tree: Tree, verb: Node, feats: Feats) -> bool:
    """Tell "сообщается" and "говорят" from speech of somebody: no subject, no doer, and no place that stands for one."""
    if tree.children(verb.index, "nsubj", "obl:agent") or any(kid.upos != "PRON" for kid in tree.children(verb.index, "obl")):
        return False
    return bool(verb.passive) or (
        verb.form == "finite" and feats[verb.index].get("Number") == "Plur" and feats[verb.index].get("Person") in (None, "3")
    )


def _conjunctions(tree: Tree, grammar: Grammar, feats: Feats) -> None:
    """Make content of a clause with "что" or "чтобы" that a verb of speech or will governs, read as a circumstance."""
    for node in tree.nodes:
        above = tree.nodes[node.head]
        marks = [kid.lemma for kid in tree.children(node.index, "mark")]
        frame = grammar.frames.get(above.lemma)
        if node.base == "advcl" and node.index > above.index and frame is not None:
            wanted = marks[:1] == ["чтобы"] and frame in DIRECTIVE and not tree.children(above.index, "ccomp", "xcomp")
            told = bool(marks) and marks[0] != "чтобы" and grammar.has("content_marks", marks[0])
            if wanted or told:
                node.dep = "ccomp"
        if "чтобы" in marks and node.base in ("ccomp", "xcomp") and frame == "asserted":
            node.moods |= {"imperative"}
        bare = node.form == "infinitive" and node.base in ("ccomp", "xcomp") and not marks
        if bare and frame == "asserted" and tree.children(above.index, "iobj"):
            node.moods |= {"imperative"}
        if node.base == "advcl" and node.form == "infinitive" and not marks and above.lemma in grammar.frames:
            node.dep = "xcomp"
        if node.base in ("ccomp", "csubj") and grammar.has("not_excluded", above.lemma) and _negators(tree, grammar, above):
            node.moods |= {"possible"}
        if node.form == "infinitive" and node.base in ("root", "ccomp", "conj") and _has_dative(tree, node, feats):
            node.moods |= {"imperative"}
        if node.base in ("ccomp", "csubj") and grammar.has("hearsay_passive", above.lemma) and _nobody_speaks(tree, above, feats):
            node.moods |= {"hearsay"}
    tree.link()


def mood_phrases(grammar: Grammar) -> Phrases:
    """Return the words and phrases of mood by their first word, the longest first."""
    found: dict[tuple[str, ...], set[Mood]] = {}
    for mood, lists in grammar.moods.items():
        for phrase in lists.get("adverbs", frozenset()):
            found.setdefault(tuple(phrase.split()), set()).add(mood)
    phrases: dict[str, list[tuple[tuple[str, ...], frozenset[Mood]]]] = {}
    for words in sorted(found, key=lambda one: (-len(one), one)):
        phrases.setdefault(words[0], []).append((words, frozenset(found[words])))
    return phrases


def _mood_words(tree: Tree, phrases: Phrases) -> None:
    """Give words of mood, single or in phrases (по всей видимости), their mood and the place of an adverb."""
    words = [node.text.lower().replace("ё", "е") for node in tree.nodes]
    for first, word in enumerate(words):
        for phrase, moods in phrases.get(word, ()):
            if tuple(words[first : first + len(phrase)]) == phrase:
                _as_adverb(tree, tree.nodes[first : first + len(phrase)], moods)
                break
    tree.link()


def _as_adverb(tree: Tree, run: Sequence[Node], moods: frozenset[Mood]) -> None:
    inside = {node.index for node in run}
    tops = [node for node in run if node.head not in inside and node.head != node.index]
    if not tops or any(tree.children(node.index, "ccomp", "csubj", "nsubj") for node in run):
        return
    top = tops[0]
    if top.base == "mark":
        # "слухи, будто ...": a conjunction that says hearsay of its clause.
        tree.nodes[top.head].moods |= moods
        return
    above = next((node for node in tree.ancestors(top.index) if _predicative(tree, node)), None)
    for kid in tree.children(top.index, "punct"):
        tree.move(kid.index, top.head, "punct")
    if above is not None and above.index != top.head and tree.nodes[top.head].base in ("nsubj", "obl", "advmod", "parataxis"):
        top.head = above.index
    top.dep = "advmod"
    top.moods |= moods


def _predicative(tree: Tree, node: Node) -> bool:
    return node.upos in VERBAL or bool(tree.children(node.index, "cop", "nsubj")) or node.head == node.index


def _chains(tree: Tree, grammar: Grammar, feats: Feats) -> None:
    """Let an infinitive take the place of the verb or predicative that only colours it: начал отступать, должен уйти."""
    for node in sorted(tree.nodes, key=lambda one: len(list(tree.ancestors(one.index)))):
        if node.base in ("aux", "cop") or not (grammar.has("chain", node.lemma) or grammar.moods_of("chain", node.lemma)):
            continue
        for inner in tree.children(node.index, "xcomp", "ccomp", "csubj", "advcl", "nsubj", "conj", "parataxis"):
            if inner.base in ("conj", "parataxis") and (tree.children(inner.index, "cc") or node.upos == "VERB"):
                continue
            bare = inner.form == "infinitive" and not tree.children(inner.index, "nsubj", "nsubj:pass", "mark")
            if bare and not any(kid.base == "conj" and kid.form == "finite" for kid in tree.children(inner.index)):
                _merge(tree, grammar, node, inner, feats)
                break


def _merge(tree: Tree, grammar: Grammar, outer: Node, inner: Node, feats: Feats) -> None:
    negators = [_negators(tree, grammar, node) for node in (outer, inner)]
    kept = [kid for kid in tree.children(outer.index) if kid.index != inner.index]
    tree.move(inner.index, inner.index if outer.head == outer.index else outer.head, outer.dep)
    tree.move(outer.index, inner.index, "aux:chain")
    subject = any(kid.base == "nsubj" for kid in kept)
    for kid in kept:
        if kid in negators[0]:
            continue
        dep = "aux" if kid.dep in ("cop", "aux", "aux:pass") else kid.dep
        if dep == "aux" and kid.lemma == "быть":
            outer.moods |= kid.moods
        dative = kid.base in ("iobj", "obl") and feats[kid.index].get("Case") == "Dat" and not tree.children(kid.index, "case")
        if dative and not subject and grammar.has("dative_subject", outer.lemma):
            dep, subject = "nsubj", True
        if kid.base == "nsubj" and grammar.has("dative_subject", outer.lemma) and dep == "nsubj" and not dative:
            # "проекты нужно поддерживать": what is to be supported.
            dep = "obj" if outer.upos != "VERB" and not tree.children(inner.index, "obj") else dep
        tree.move(kid.index, inner.index, dep)
    if all(negators):
        # "не мог не знать": two denials affirm.
        for kid in (negators[0][0], negators[1][0]):
            kid.dep = "discourse"
    inner.form, inner.past = outer.form or "finite", outer.past
    tree.link()


def _agents(tree: Tree, grammar: Grammar, feats: Feats) -> None:
    """Tell the doer of a passive from means and times in the instrumental."""
    for node in tree.nodes:
        if node.base not in ("obl", "iobj", "nmod", "obj") or feats[node.index].get("Case") != "Ins" or node.upos not in NOMINAL:
            continue
        above = tree.nodes[node.head]
        voiced = above.passive or (above.upos == "ADJ" and above.base in ("amod", "acl"))
        if voiced and above.upos in VERBAL and not tree.children(node.index, "case") and not grammar.has("means", node.lemma):
            node.dep = "obl:agent"
    tree.link()


def _dropped_subjects(tree: Tree, grammar: Grammar, feats: Feats) -> None:
    """Mark content clauses whose dropped subject agrees with that of the clause above: "заявил, что уйдет"."""
    for node in tree.nodes:
        finite = [one for one in (node, *tree.children(node.index, "aux", "cop")) if one.form == "finite"]
        if node.base not in ("ccomp", "acl") or not finite or tree.children(node.index, "nsubj", "csubj"):
            continue
        above = tree.nodes[node.head]
        subject = tree.child(above.index, "nsubj")
        if subject is None or node.base == "acl" or above.passive:
            continue
        said, verb = feats[subject.index], feats[finite[-1].index]
        personal = verb.get("Person") in (None, "3") and node.lemma not in grammar.words.get("impersonal", frozenset())
        number = said.get("Number") == verb.get("Number")
        gender = verb.get("Gender") in (None, said.get("Gender"), "Fem" if said.get("Gender") == "Masc" else None)
        if personal and number and gender and verb.get("Gender") != "Neut":
            for one in finite:
                one.form = ""
