"""What the English parser gets wrong, or sees otherwise than clause finding needs it, put right on the universal tree."""

from __future__ import annotations

from foreshock.reading.languages.en_joints import mend_joints, mend_reported
from foreshock.reading.languages.en_speech import raise_speech
from foreshock.reading.languages.ud_grammar import Grammar
from foreshock.reading.languages.ud_moods import chain_key, is_finite, is_inverted
from foreshock.reading.languages.ud_tree import NOMINAL, VERBAL, Node, Tree

PASSES = 3
CIRCUMSTANCE = frozenset({"after", "although", "because", "when", "while", "as", "since", "before"})


def repair(tree: Tree, grammar: Grammar) -> None:
    """Put a tree right in place: subjects read as clauses, chained verbs, verbs of speech that follow or interrupt the words."""
    _helpers(tree)
    mend_joints(tree, grammar)
    _main_verb(tree, grammar)
    _two_subjects(tree, grammar)
    _nouns_for_verbs(tree, grammar)
    _conjuncts_for_verbs(tree, grammar)
    _participles_for_verbs(tree)
    for _ in range(PASSES):
        _run_on(tree, grammar)
    _reduced_subjects(tree)
    _chains(tree, grammar)
    raise_speech(tree, grammar)
    mend_reported(tree, grammar)
    tree.link()


def _helpers(tree: Tree) -> None:
    """Give the predicate what the parser hung on its auxiliary, and read "that" before a subject as a conjunction."""
    for node in tree.nodes:
        if node.dep in ("aux", "aux:pass", "cop"):
            for kid in tree.children(node.index, "nsubj", "advmod", "obl"):
                tree.move(kid.index, node.head, kid.dep)
    tree.link()
    for node in tree.nodes:
        rest = tree.children(node.head, "nsubj") if node.lemma == "that" and node.base == "nsubj" else []
        if any(kid.index > node.index for kid in rest):
            node.dep = "mark"
        elif node.text == "that" and node.base == "det" and node.index and tree.nodes[node.index - 1].base == "cc":
            if tree.nodes[node.head].base == "nsubj" and tree.nodes[tree.nodes[node.head].head].base == "conj":
                tree.move(node.index, tree.nodes[node.head].head, "mark")
        elif node.base == "nsubj" and node.index + 1 < len(tree.nodes) and tree.nodes[node.index + 1].text == ":":
            node.dep = "dislocated" if len(tree.children(node.head, "nsubj")) > 1 else node.dep


def _nouns_for_verbs(tree: Tree, grammar: Grammar) -> None:
    """Make a verb of "denounces" in "the candidate denounces fraud" where the parser saw one long noun phrase."""
    for root in list(tree.nodes):
        if root.dep != "root" or root.upos in VERBAL or tree.children(root.index, "cop", "nsubj"):
            continue
        for verb in tree.children(root.index, "compound"):
            before = tree.nodes[verb.index - 1] if verb.index else None
            inflected = verb.text.lower() not in (verb.lemma, f"{verb.lemma}ing")
            if before is None or not inflected or verb.lemma not in grammar.frames or verb.lemma in grammar.frame_nouns:
                continue
            if before.upos not in NOMINAL:
                continue
            _make_verb(tree, root, verb, before)
            break
        else:
            _reports(tree, grammar, root)


def _reports(tree: Tree, grammar: Grammar, root: Node) -> None:
    """Make a verb of the last word of "The bridge has fallen, state media reports"."""
    before = tree.nodes[root.index - 1] if root.index else root
    said = [kid for kid in tree.children(root.index, "ccomp", "parataxis") if kid.index < root.index]
    if said and root.lemma in grammar.frames and before.head == root.index and before.base == "compound":
        root.upos, root.form = "VERB", "finite"
        for kid in tree.children(root.index, "compound", "det", "amod", "nmod"):
            tree.move(kid.index, before.index, kid.dep)
        tree.move(before.index, root.index, "nsubj")
        tree.link()


def _conjuncts_for_verbs(tree: Tree, grammar: Grammar) -> None:
    """Make a verb of "demands" in "denounces fraud and demands that ...", where the parser saw a noun."""
    for node in tree.nodes[:-1]:
        mark, first = tree.nodes[node.index + 1], tree.nodes[node.head]
        inflected = node.text.lower() != node.lemma and node.lemma in grammar.frames
        if node.base != "conj" or node.upos != "NOUN" or not inflected or mark.lemma != "that" or mark.base != "mark":
            continue
        if tree.nodes[node.index - 1].base != "cc" or first.lemma in grammar.frame_nouns:
            continue
        main = next((n for n in (first, *tree.ancestors(first.index)) if n.upos in VERBAL), None)
        if main is not None and mark.head != main.index:
            node.upos, node.form = "VERB", "finite"
            tree.move(node.index, main.index, "conj")
            tree.move(mark.head, node.index, "ccomp")
            tree.link()


def _participles_for_verbs(tree: Tree) -> None:
    """Make a verb of "banned" in "ordered schools to close and banned gatherings", read as an adjective of its object."""
    for word in list(tree.nodes):
        thing = tree.nodes[word.head]
        before = tree.nodes[word.index - 1] if word.index else None
        if word.base != "amod" or word.form != "participle" or before is None or tree.children(thing.index, "det"):
            continue
        above = tree.nodes[thing.head]
        if thing.base == "conj" and before.base == "cc" and above.upos in VERBAL:
            joined = next(
                (n for n in (above, *tree.ancestors(above.index)) if n.upos in VERBAL and tree.child(n.index, "nsubj")), above
            )
            _as_verb(tree, word, thing, joined, "conj")
        elif before.text == "," and not any(node.form == "finite" for node in tree.nodes):
            root = next(node for node in tree.nodes if node.head == node.index)
            if root.upos not in VERBAL and root.index < word.index:
                _as_verb(tree, word, thing, word, "root")
                tree.move(root.index, word.index, "nsubj")
                for kid in tree.children(root.index, "advcl", "acl", "obl", "advmod", "punct"):
                    tree.move(kid.index, word.index, kid.dep)
        tree.link()


def _as_verb(tree: Tree, word: Node, thing: Node, head: Node, dep: str) -> None:
    word.form, word.past = "finite", True
    tree.move(word.index, head.index, dep)
    tree.move(thing.index, word.index, "obj")
    tree.link()


def _two_subjects(tree: Tree, grammar: Grammar) -> None:
    """Keep one subject: a name after a noun explains it ("the capital Khartoum"); a first with a participle is what is said."""
    for node in list(tree.nodes):
        subjects = [kid for kid in tree.children(node.index, "nsubj") if kid.index < node.index]
        if len(subjects) != 2:
            continue
        first, second = subjects
        participle = next((kid for kid in tree.children(first.index, "acl") if kid.form == "participle"), None)
        if (
            min(tree.subtree(second.index)) == second.index
            and tree.nodes[second.index - 1].upos in NOMINAL
            and participle is None
        ):
            tree.move(second.index, second.index - 1, "appos")
        elif participle is not None and node.lemma in grammar.frames:
            tree.move(participle.index, node.index, "ccomp")
            tree.move(first.index, participle.index, "nsubj:pass")
        else:
            first.dep = "dislocated"
        tree.link()


def _main_verb(tree: Tree, grammar: Grammar) -> None:
    """Raise "was denied" in "A report that troops crossed the river was denied", read as a relative clause without a subject."""
    root = next((node for node in tree.nodes if node.head == node.index), None)
    if root is None or root.upos in VERBAL or tree.children(root.index, "cop", "nsubj"):
        return
    for verb in tree.nodes:
        if verb.base != "acl" or verb.upos not in VERBAL or not is_finite(tree, verb.index):
            continue
        own, inner = tree.child(verb.index, "nsubj"), None
        if own is not None:
            before = min(tree.subtree(own.index)) - 1
            inner = next(
                (n for n in tree.children(root.index, "acl") if n.index == before and not tree.child(n.index, "obj")), None
            )
            if inner is None:
                continue
            tree.move(own.index, inner.index, "obj")
            tree.link()
        if any(grammar.has("relative", tree.nodes[index].lemma) for index in tree.subtree(verb.index)):
            continue
        tree.move(verb.index, verb.index, "root")
        tree.move(root.index, verb.index, "nsubj:pass" if tree.child(verb.index, "aux:pass") else "nsubj")
        tree.link()
        return


def _make_verb(tree: Tree, root: Node, verb: Node, subject: Node) -> None:
    verb.upos, verb.form = "VERB", "finite"
    kids = [
        kid for kid in (*tree.children(root.index), *tree.children(verb.index)) if kid.index not in (verb.index, subject.index)
    ]
    tree.move(verb.index, verb.index, "root")
    tree.move(root.index, verb.index, "obj")
    tree.move(subject.index, verb.index, "nsubj")
    for kid in kids:
        if kid.index < subject.index:
            tree.move(kid.index, subject.index, kid.dep)
        elif kid.base in ("conj", "cc", "punct", "advcl", "obl"):
            tree.move(kid.index, verb.index, kid.dep)
    tree.link()


def _run_on(tree: Tree, grammar: Grammar) -> None:
    """Part "X; Y said that Z" and "X, Y", where the parser may take X for words that Y holds."""
    for node in list(tree.nodes):
        if node.base not in ("ccomp", "parataxis", "advcl") or node.head <= node.index or tree.children(node.index, "mark"):
            continue
        later = tree.nodes[node.head]
        inside = range(node.index + 1, later.index)
        stops = (tree.nodes[index] for index in inside if tree.nodes[index].text in (";", ":"))
        stopped = any(stop.head in (node.index, later.index) for stop in stops)
        if any(kid.lemma in CIRCUMSTANCE for kid in tree.children(later.index, "mark") if kid.index > node.index):
            tree.trade(node, later, "advcl")
            continue
        if is_inverted(tree, later.index):
            tree.trade(node, later, "advcl")
            continue
        thing = tree.child(later.index, "obj")
        holds = later.lemma in grammar.frames and (thing is None or grammar.has("told", later.lemma))
        if not stopped and (holds or node.base != "ccomp" or not tree.children(node.index, "nsubj")):
            continue
        if not stopped and node.form not in ("finite", "") and not tree.children(node.index, "aux", "cop", "nsubj"):
            continue
        tree.trade(node, later, "conj")


def _reduced_subjects(tree: Tree) -> None:
    """Hang "killed" on "people" in "three people killed in the raid were civilians", which the parser may read as a clause."""
    for node in tree.nodes:
        if node.base != "csubj" or node.form != "participle" or tree.children(node.index, "aux"):
            continue
        subject = tree.child(node.index, "nsubj")
        if subject is not None and subject.index < node.index:
            tree.move(subject.index, node.head, "nsubj:pass" if tree.child(node.head, "aux:pass") else "nsubj")
            tree.move(node.index, subject.index, "acl")
            tree.link()


def _chains(tree: Tree, grammar: Grammar) -> None:
    for node in tree.nodes:
        key = chain_key(tree, node)
        if node.base in ("aux", "cop") or not (grammar.has("chain", key) or grammar.moods_of("chain", key)):
            continue
        for inner in tree.children(node.index, "xcomp", "ccomp"):
            infinitive = inner.index > node.index and bool([m for m in tree.children(inner.index, "mark") if m.lemma == "to"])
            gerund = inner.form == "gerund" and grammar.has("gerund_chain", key) and not tree.children(inner.index, "nsubj")
            if (infinitive or gerund) and not tree.children(inner.index, "nsubj", "nsubj:pass"):
                _merge(tree, node, inner)
                break


def _merge(tree: Tree, outer: Node, inner: Node) -> None:
    """Let the inner verb take the outer one's place; the outer verb keeps its auxiliaries and negation."""
    kept = [kid for kid in tree.children(outer.index) if kid.index != inner.index and kid.base not in ("aux", "cop", "compound")]
    root = outer.head == outer.index
    tree.move(inner.index, inner.index if root else outer.head, outer.dep)
    tree.move(outer.index, inner.index, "aux:chain")
    passive = bool(tree.children(inner.index, "aux:pass"))
    for kid in tree.children(inner.index, "mark"):
        tree.move(kid.index, outer.index, "mark")
    for kid in kept:
        if kid.lemma in ("not", "never", "no") and kid.base == "advmod":
            continue
        dep = kid.dep
        if kid.base == "nsubj":
            dep = "nsubj:pass" if passive else "nsubj"
        tree.move(kid.index, inner.index, dep)
    if inner.form == "infinitive":
        inner.form = outer.form if not tree.children(outer.index, "cop", "aux:pass") else "finite"
        inner.past = outer.past or any(kid.past for kid in tree.children(outer.index, "aux", "cop"))
    tree.link()
