"""How clauses of Romance languages hang together where the parser sees it otherwise: infinitives and whose they are, conditions,
contents of nouns and verbs of speech, questions, conjuncts.

Language-neutral: the words come from the ``grammar`` of the language's table.
"""

from __future__ import annotations

from foreshock.reading.languages.ud_grammar import Grammar
from foreshock.reading.languages.ud_tree import NOMINAL, VERBAL, Node, Tree


def mend_infinitives(tree: Tree, grammar: Grammar) -> None:
    """Read a preposition before an infinitive as its mark, and tell what the infinitive is to the word above it.

    One behind a verb whose preposition it has is content ("accuser de", "menacer de": ``ccomp``), one with a mark of purpose or
    circumstance stands beside it (``advcl``), a bare one stays what its verb governs (``xcomp``).
    """
    for node in tree.nodes:
        if node.form != "infinitive" and not (node.form == "participle" and _infinitive_helper(tree, node)):
            continue
        for kid in tree.children(node.index, "case"):
            if kid.index < node.index:
                kid.dep = "mark"
        _lift(tree, grammar, node)
        if node.base in ("obl", "nmod", "obj", "dep", "iobj", "amod", "advmod"):
            marks = [kid for kid in tree.children(node.index, "mark") if kid.index < node.index]
            above = tree.nodes[node.head]
            if above.upos in NOMINAL and not tree.children(above.index, "cop"):
                node.dep = "acl"
            else:
                node.dep = "advcl" if marks and not _governed(tree, grammar, above, marks[-1]) else "xcomp"
        if node.base in ("advcl", "xcomp", "ccomp"):
            marks = [kid for kid in tree.children(node.index, "mark") if kid.index < node.index]
            above = tree.nodes[node.head]
            if len(marks) == 1 and (
                _governed(tree, grammar, above, marks[0]) or (node.base == "xcomp" and node.index > above.index)
            ):
                node.dep = "ccomp"
    tree.link()


def _lift(tree: Tree, grammar: Grammar, node: Node) -> None:
    """Give the verb the infinitive that the parser hung on the one who is told: "a dit aux habitants *de partir*"."""
    noun = tree.nodes[node.head]
    verb = tree.nodes[noun.head]
    marks = [kid for kid in tree.children(node.index, "mark", "case") if kid.index < node.index]
    if node.base not in ("acl", "nmod", "obl") or noun.upos not in NOMINAL or verb.upos not in VERBAL or len(marks) != 1:
        return
    own = noun.lemma in grammar.frame_nouns or grammar.has("content_nouns", noun.lemma)
    addressed = noun.base in ("obj", "iobj") or (noun.base == "obl" and grammar.has("dative_verbs", verb.lemma))
    if addressed and not own and _governed(tree, grammar, verb, marks[0]):
        tree.move(node.index, verb.index, "ccomp")
        tree.link()


def _infinitive_helper(tree: Tree, node: Node) -> bool:
    return any(kid.form == "infinitive" for kid in tree.children(node.index, "aux", "cop"))


def _governed(tree: Tree, grammar: Grammar, above: Node, mark: Node) -> bool:
    """Whether a verb, with its noun where both are one predicate, asks for an infinitive with that mark."""
    noun = tree.child(above.index, "compound:prt")
    lemma = above.lemma if noun is None else f"{above.lemma} {noun.lemma}"
    known = lemma in grammar.frames or lemma in grammar.frame_nouns
    key = f"{lemma} {mark.lemma}"
    listed = grammar.has("content_prepositions", key) or grammar.has("prepositional_verbs", key)
    return listed or (known and grammar.has("infinitive_marks", mark.lemma))


def mend_datives(tree: Tree, grammar: Grammar) -> None:
    """Read "à la police" beside a verb that asks, tells, allows or promises as the one who is addressed (``iobj``)."""
    for node in tree.nodes:
        verb = tree.nodes[node.head]
        if node.dep != "obl" or verb.upos not in VERBAL or node.upos not in NOMINAL:
            continue
        marks = [kid.lemma for kid in tree.children(node.index, "case") if kid.index < node.index]
        bound = any(grammar.has("prepositional_verbs", f"{verb.lemma} {mark}") for mark in marks)
        if len(marks) == 1 and grammar.has("dative_marks", marks[0]) and not bound and grammar.has("dative_verbs", verb.lemma):
            node.dep = "iobj"
    tree.link()


def mend_governed(tree: Tree, grammar: Grammar) -> None:
    """Make an object of a phrase whose preposition its verb asks for: "s'emparer de la ville" (``grammar.object_verbs``)."""
    for node in tree.nodes:
        verb = tree.nodes[node.head]
        marks = [kid.lemma for kid in tree.children(node.index, "case") if kid.index < node.index]
        free = node.dep == "obl" and verb.upos in VERBAL and not tree.children(verb.index, "obj", "ccomp")
        if free and len(marks) == 1 and grammar.has("object_verbs", f"{verb.lemma} {marks[0]}"):
            node.dep = "obj"


def mend_relatives(tree: Tree, grammar: Grammar) -> None:
    """Hang a relative clause on the noun before its pronoun, where the parser hung it on a verb."""
    for node in tree.nodes:
        above = tree.nodes[node.head]
        if node.base != "acl" or above.upos not in VERBAL or node.index < above.index:
            continue
        first = min(tree.subtree(node.index))
        while first < node.index and tree.nodes[first].base == "punct":
            first += 1
        if not grammar.has("relative", tree.nodes[first].lemma):
            continue
        noun = first - 1
        while noun > above.index and tree.nodes[noun].upos not in NOMINAL:
            noun -= 1
        if noun > above.index:
            tree.move(node.index, noun, node.dep)
            tree.link()


def mend_conditions(tree: Tree, grammar: Grammar) -> None:
    """Let the main clause hold "si ...", where the parser let the condition hold it, and part what a joint only adds."""
    for node in list(tree.nodes):
        marks = [kid.lemma for kid in tree.children(node.index, "mark") if kid.index < node.index]
        if marks and grammar.has("condition", marks[0]) and node.base != "conj":
            for later in tree.children(node.index, "advcl", "ccomp", "parataxis", "conj"):
                free = not tree.children(later.index, "mark", "cc") and bool(tree.children(later.index, "nsubj", "expl:subj"))
                main = node.base != "advcl" or bool(later.moods & {"hypothetical", "future"})
                if free and main and later.index > node.index and later.upos in VERBAL:
                    tree.trade(later, node, "advcl")
                    break
        joint = tree.nodes[min(tree.subtree(node.index))]
        joined = node.base == "advcl" and node.index > node.head and joint.base == "cc"
        if joined and not marks and tree.nodes[node.head].upos in VERBAL:
            node.dep = "conj"
            tree.move(joint.index, node.index, "cc")
    tree.link()


def level_forms(tree: Tree, grammar: Grammar) -> None:
    """Join a finite verb to a finite one: "menace *de bloquer* les examens et *reproche*", not to the infinitive between them.

    A verb of speech without a subject of its own, behind the content of another, goes on with that one.
    """
    for node in tree.nodes:
        first = tree.nodes[node.head]
        helpers = tree.children(node.index, "aux", "cop")
        finite = node.form == "finite" or any(kid.form == "finite" for kid in helpers)
        if (
            node.base != "conj"
            or not finite
            or node.upos not in VERBAL
            or tree.children(node.index, "nsubj", "mark", "expl:subj")
        ):
            continue
        outer = tree.nodes[first.head]
        bare = first.form == "infinitive" or any(kid.form == "infinitive" for kid in tree.children(first.index, "aux"))
        told = first.base == "ccomp" and outer.lemma in grammar.frames and node.lemma in grammar.frames and not helpers
        if (bare or (told and bool(tree.children(first.index, "nsubj")))) and first.head != first.index and outer.upos in VERBAL:
            tree.move(node.index, outer.index, "conj")
            tree.link()


def mend_contents(tree: Tree, grammar: Grammar) -> None:
    """Read as content what a noun of speech, or a place beside a verb of speech, seems to have as a relative clause.

    "l'affirmation *selon laquelle* ils ont fui"; "on racontait dans les cafés *que* l'usine fermait".
    """
    for node in tree.nodes:
        if node.base not in ("acl", "ccomp", "advcl") or node.upos not in VERBAL:
            continue
        inside = sorted(index for index in tree.subtree(node.index) if tree.nodes[index].base != "punct")
        lead = " ".join(tree.nodes[index].lemma for index in inside[:2])
        before = next((one for one in reversed(tree.nodes[: inside[0]]) if one.base != "punct"), node)
        if grammar.has("content_relatives", lead) and before.lemma in grammar.frame_nouns:
            tree.move(node.index, before.index, "acl")
            for index in inside[:2]:
                tree.move(index, node.index, "mark")
                tree.nodes[index].lemma = "que"
            tree.link()
            continue
        noun = tree.nodes[node.head]
        pronoun, verb = tree.nodes[inside[0]], tree.nodes[noun.head]
        whole = node.base == "acl" and bool(tree.children(node.index, "nsubj")) and pronoun.base != "obj"
        speaks = verb.upos in VERBAL and verb.lemma in grammar.frames and noun.base == "obl"
        if whole and speaks and grammar.has("content_marks", pronoun.lemma) and not tree.children(verb.index, "ccomp", "obj"):
            tree.move(pronoun.index, node.index, "mark")
            tree.move(node.index, verb.index, "ccomp")
            tree.link()


def mend_questions(tree: Tree, grammar: Grammar) -> None:
    """Read "si" behind a verb that asks, or knows not, as a question, and not as a condition."""
    for node in tree.nodes:
        verb = tree.nodes[node.head]
        marks = [kid.lemma for kid in tree.children(node.index, "mark") if kid.index < node.index]
        asks = grammar.has("asks_if", verb.lemma) and node.index > verb.index
        first = tree.nodes[min(tree.subtree(node.index))]
        if node.base == "advcl" and not marks and asks and grammar.has("question", first.lemma):
            node.dep = "ccomp"
        alone = not tree.children(verb.index, "obj", "ccomp", "xcomp")
        if node.base == "advcl" and marks[:1] and grammar.has("question", marks[0]) and asks and alone:
            node.dep = "ccomp"
    tree.link()


def level_conjuncts(tree: Tree) -> None:
    """Hang every conjunct on the first one."""
    for node in tree.nodes:
        while node.dep == "conj" and tree.nodes[node.head].dep == "conj" and tree.nodes[node.head].head != node.head:
            node.head = tree.nodes[node.head].head
    tree.link()
