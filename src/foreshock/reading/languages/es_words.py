"""Words that the Spanish parser takes for something else: set phrases, "hay", nouns that are verbs, persons behind "a"."""

from __future__ import annotations

from foreshock.reading.languages.es_lexicon import participle
from foreshock.reading.languages.es_lexicon import verb as infinitive_of
from foreshock.reading.languages.es_tree import Shapes, is_subjunctive
from foreshock.reading.languages.ud_grammar import Grammar
from foreshock.reading.languages.ud_tree import NOMINAL, VERBAL, Node, Tree

LONGEST_PHRASE = 4
# What stands only before a verb.
ADVERBS = frozenset(
    {
        "ya",
        "no",
        "más",
        "menos",
        "también",
        "aún",
        "todavía",
        "aquí",
        "allí",
        "ahí",
        "siempre",
        "nunca",
        "hoy",
        "ayer",
        "muy",
        "tan",
        "tanto",
    }
)
BEHIND_VERBS = frozenset({"a", "al", "que", "con", "de"})
BEFORE_VERBS = frozenset({"se", "le", "les", "me", "nos", "no", "ya"})


def mend_words(tree: Tree, grammar: Grammar, shapes: Shapes) -> None:
    """Put words right before the tree is: verbs read as nouns, "hay" read as an auxiliary, phrases that are one adverb."""
    _set_phrases(tree, grammar)
    _false_helpers(tree, grammar)
    _participles_for_verbs(tree)
    _verbless(tree, grammar, shapes)
    _clauses_for_nouns(tree, shapes)
    _nouns_for_verbs(tree, shapes)
    _conjuncts_for_verbs(tree, grammar, shapes)
    _existential(tree)
    _there_is(tree)
    _conjuncts_of_nouns(tree)
    _joined_subjects(tree, grammar)
    _results(tree)
    _second_roots(tree)


def _set_phrases(tree: Tree, grammar: Grammar) -> None:
    """Make one adverb of "al parecer", "sin embargo", "por lo visto"."""
    phrases = grammar.words.get("set_phrases", frozenset())
    for first in tree.nodes:
        for length in range(LONGEST_PHRASE, 1, -1):
            words = tree.nodes[first.index : first.index + length]
            if len(words) == length and " ".join(word.text.lower() for word in words) in phrases:
                _one_adverb(tree, words)
                break
        low = first.text.lower()
        if (
            first.upos not in VERBAL
            and grammar.moods_of("adverbs", low)
            and any(kid.upos in VERBAL for kid in tree.children(first.index))
        ):
            _one_adverb(tree, [first])


def _one_adverb(tree: Tree, words: list[Node]) -> None:
    inside = {word.index for word in words}
    head = words[-1]
    above = next((word.head for word in words if word.head not in inside), None)
    if above is None:
        # The phrase heads the sentence: the first verb outside it does.
        kids = [kid for word in words for kid in tree.children(word.index) if kid.index not in inside and kid.base != "punct"]
        heir = next((kid for kid in kids if kid.upos in VERBAL), kids[0] if kids else None)
        if heir is None:
            return
        tree.move(heir.index, heir.index, "root")
        above = heir.index
    for word in words:
        for kid in tree.children(word.index):
            if kid.index not in inside and kid.index != above:
                tree.move(kid.index, above, kid.dep)
        tree.move(word.index, head.index, "fixed")
        word.upos, word.form, word.moods = "ADV", "", frozenset()
    tree.move(head.index, above, "advmod")
    head.lemma = " ".join(word.text.lower() for word in words)
    tree.link()


def _nouns_for_verbs(tree: Tree, shapes: Shapes) -> None:
    """Make a verb of "renuncia" in "si la junta no renuncia", "se registra": a clitic or "no" stands before verbs only."""
    for node in tree.nodes[1:]:
        before = tree.nodes[node.index - 1]
        if node.upos in ("NOUN", "ADJ") and _holds_content(tree, node):
            _speaks(shapes, node)
            continue
        if node.upos not in ("NOUN", "ADJ") or node.text[:1].isupper() or before.text.lower() not in BEFORE_VERBS:
            continue
        lemma = infinitive_of(node.text)
        if not lemma or participle(node.text.lower()) or node.text.lower() == lemma or before.text.lower() == "ya":
            continue
        node.upos, node.lemma, node.form = "VERB", lemma, "finite"
        shapes.person[node.index] = "3Plur" if node.text.lower().endswith("n") else "3Sing"
        tree.move(before.index, node.index, "advmod" if before.text.lower() == "no" else "obj")
        marked = bool(tree.children(node.index, "mark"))
        if node.base in ("obl", "nmod", "obj", "amod", "nsubj", "appos") and marked:
            node.dep = "advcl"
        for kid in tree.children(node.index, "det", "amod", "nmod"):
            if kid.base == "det":
                _subject_of_det(tree, kid, node)
        tree.link()


def _holds_content(tree: Tree, node: Node) -> bool:
    """Whether a noun or adjective has a subject of its own and, behind "que", a clause: "El ministro *estima* que ..."."""
    said = [
        kid for kid in tree.children(node.index, "ccomp") if any(one.lemma == "que" for one in tree.children(kid.index, "mark"))
    ]
    subject = tree.child(node.index, "nsubj")
    return bool(said) and subject is not None and not tree.children(node.index, "cop", "det", "case")


def _speaks(shapes: Shapes, node: Node) -> None:
    lemma = infinitive_of(node.text)
    if lemma and node.text.lower() != lemma:
        node.upos, node.lemma, node.form = "VERB", lemma, "finite"
        shapes.person[node.index] = "3Plur" if node.text.lower().endswith("n") else "3Sing"


def _false_helpers(tree: Tree, grammar: Grammar) -> None:
    """Raise a verb of speech read as an auxiliary: "RECONOCIÓ haber comprado las armas"."""
    for node in list(tree.nodes):
        inner = tree.nodes[node.head]
        if node.base != "aux" or node.lemma not in grammar.frames or node.form != "finite" or inner.index < node.index:
            continue
        if grammar.moods_of("auxiliaries", node.lemma) or grammar.has("gerund_chain", node.lemma):
            continue
        kids = [kid for kid in tree.children(inner.index) if kid.index < node.index or kid.base == "punct"]
        tree.trade(node, inner, "xcomp")
        node.upos = "VERB"
        inner.form = "infinitive" if any(kid.form == "infinitive" for kid in tree.children(inner.index, "aux")) else inner.form
        for kid in kids:
            if kid.index != node.index:
                tree.move(kid.index, node.index, kid.dep)
        tree.link()


def _verbless(tree: Tree, grammar: Grammar, shapes: Shapes) -> None:
    """Find the verb of a sentence that seems to have none: "La federación de estudiantes AMENAZA con tomar los liceos"."""
    root = next((node for node in tree.nodes if node.head == node.index), None)
    if root is None or root.upos not in NOMINAL or tree.children(root.index, "cop", "nsubj"):
        return
    for node in tree.nodes[root.index + 1 : -1]:
        if node.form == "finite" and node.base not in ("acl", "advcl"):
            return
        before, after = tree.nodes[node.index - 1], tree.nodes[node.index + 1]
        low = node.text.lower()
        if node.upos not in ("NOUN", "ADJ") or node.text != low or before.upos not in ("NOUN", "PROPN", "ADJ"):
            continue
        lemma = infinitive_of(low) if after.text.lower() in BEHIND_VERBS or after.upos == "DET" else ""
        stray = [kid for kid in tree.children(node.index, "case") if kid.index < before.index]
        if lemma not in grammar.frames or participle(low) or len(stray) < len(tree.children(node.index, "det", "case")):
            continue
        for kid in stray:
            tree.move(kid.index, before.index, "case")
            tree.move(before.index, root.index, "nmod")
        kids = [kid for kid in tree.children(root.index) if kid.index > node.index]
        node.upos, node.lemma, node.form = "VERB", lemma, "finite"
        shapes.person[node.index] = "3Plur" if low.endswith("n") else "3Sing"
        tree.move(node.index, node.index, "root")
        tree.move(root.index, node.index, "nsubj")
        for kid in kids:
            tree.move(kid.index, node.index, kid.dep)
        tree.link()
        return


def _participles_for_verbs(tree: Tree) -> None:
    """Make a verb of "puestos" in "habían sido puestos", read as a noun: it has an auxiliary."""
    for node in tree.nodes:
        low = node.text.lower()
        helped = any(kid.lemma in ("ser", "haber") for kid in tree.children(node.index, "aux", "cop") if kid.index < node.index)
        if node.upos not in ("NOUN", "ADJ") or not helped or not participle(low) or tree.children(node.index, "det"):
            continue
        beside = tree.nodes[node.index - 1].lemma
        if beside not in ("ser", "haber") or (beside == "haber" and not low.endswith("o")):
            continue
        node.upos, node.lemma, node.form, node.past = "VERB", participle(low), "participle", True
        for kid in tree.children(node.index, "nmod"):
            kid.dep = "obl"


def _clauses_for_nouns(tree: Tree, shapes: Shapes) -> None:
    """Make a verb of a noun that has a subject or stands right behind "que": "la junta AMENAZA con un paro", "que CIERRE"."""
    for node in tree.nodes[1:]:
        held = [kid for kid in tree.children(node.index, "cop", "det", "case", "aux") if kid.text.lower() != "que"]
        if node.upos != "NOUN" or node.text[:1].isupper() or held:
            continue
        before = tree.nodes[node.index - 1]
        subject = next((kid for kid in tree.children(node.index, "nsubj") if kid.index < node.index), None)
        marked = before.text.lower() == "que" and before.head == node.index and before.base in ("mark", "nsubj", "obj", "case")
        follows = subject is not None and max(tree.subtree(subject.index)) == node.index - 1
        lemma = infinitive_of(node.text) if marked or follows else ""
        if not lemma or participle(node.text.lower()) or lemma == node.text.lower():
            continue
        node.upos, node.lemma, node.form = "VERB", lemma, "finite"
        shapes.person[node.index] = "3Plur" if node.text.lower().endswith("n") else "3Sing"
        if marked and is_subjunctive(node.text.lower(), lemma, guess=False):
            shapes.subjunctive.add(node.index)
        if marked and before.base == "case":
            before.dep = "mark"
        above = tree.nodes[node.head]
        if node.base == "conj" and above.upos not in VERBAL:
            main = next((one for one in tree.ancestors(above.index) if one.upos in VERBAL), None)
            if main is not None:
                tree.move(node.index, main.index, "conj")
                tree.link()
        for kid in tree.children(node.index, "nmod", "amod"):
            kid.dep = "obl" if tree.children(kid.index, "case") else "obj"


def _conjuncts_for_verbs(tree: Tree, grammar: Grammar, shapes: Shapes) -> None:
    """Make a verb of "culpa" in "amenaza con un paro y culpa al Tesoro": a bare noun with a verb's object."""
    for node in tree.nodes[1:-1]:
        before, after = tree.nodes[node.index - 1], tree.nodes[node.index + 1]
        if node.upos not in ("NOUN", "ADJ") or before.lemma not in ("y", "e", "pero") or node.text[:1].isupper():
            continue
        lemma = infinitive_of(node.text)
        if lemma not in grammar.frames or participle(node.text.lower()) or after.text.lower() not in BEHIND_VERBS:
            continue
        main = next((one for one in tree.ancestors(node.index) if one.form == "finite" and one.index < node.index), None)
        if main is None or tree.children(node.index, "det", "amod", "nummod"):
            continue
        node.upos, node.lemma, node.form = "VERB", lemma, "finite"
        shapes.person[node.index] = "3Plur" if node.text.lower().endswith("n") else "3Sing"
        tree.move(node.index, main.index, "conj")
        tree.move(before.index, node.index, "cc")
        for kid in tree.children(node.index, "nmod"):
            kid.dep = "obl"
        tree.link()


def _subject_of_det(tree: Tree, article: Node, verb: Node) -> None:
    """Give the article before the noun between it and the verb back to that noun: "la junta no renuncia"."""
    between = [one for one in tree.nodes[article.index + 1 : verb.index] if one.upos in NOMINAL]
    if between:
        tree.move(article.index, between[0].index, "det")
        tree.move(between[0].index, verb.index, "nsubj")


def _existential(tree: Tree) -> None:
    """Make the verb of "hay", "hubo", "habrá" before a noun, which the parser may take for its auxiliary."""
    for node in tree.nodes:
        noun = tree.nodes[node.head]
        helper = node.base in ("aux", "cop") and node.lemma == "haber" and noun.index != node.index
        low = noun.text.lower()
        if not helper or (participle(low) and low.endswith("o")) or noun.lemma in ("ser", "estar") or noun.index < node.index:
            continue
        if noun.form == "infinitive" or tree.nodes[node.index + 1].lemma in ("ser", "estar"):
            continue
        noun.upos, noun.form = noun.upos if noun.upos not in VERBAL else "NOUN", ""
        root = noun.head == noun.index
        kids = [
            kid for kid in tree.children(noun.index) if kid.index < node.index or kid.base in ("punct", "advcl", "mark", "obl")
        ]
        nominal = noun.base in ("obl", "obj", "nsubj", "nmod", "advmod", "dep", "dislocated", "appos")
        tree.move(node.index, node.index if root else noun.head, "ccomp" if nominal else noun.dep)
        tree.move(noun.index, node.index, "obj")
        node.upos = "VERB"
        for kid in kids:
            if kid.index != node.index and kid.base not in ("case", "det", "amod", "nummod"):
                tree.move(kid.index, node.index, kid.dep)
        tree.link()


def _conjuncts_of_nouns(tree: Tree) -> None:
    """Join a clause behind "y que" to the verb before it, not to a noun: "que el peso pierda un quinto y QUE CIERRE la bolsa"."""
    for node in tree.nodes:
        above = tree.nodes[node.head]
        marked = any(kid.lemma == "que" and kid.index < node.index for kid in tree.children(node.index, "mark"))
        said = tree.child(above.index, "ccomp") if marked and node.base == "conj" and above.upos in VERBAL else None
        if said is not None and said.index < node.index and tree.children(said.index, "mark"):
            tree.move(node.index, said.index, "conj")
            tree.link()
        elif node.base == "conj" and node.upos in VERBAL and marked and above.upos not in VERBAL:
            main = next((one for one in tree.ancestors(above.index) if one.upos in VERBAL), None)
            if main is not None and not tree.children(above.index, "cop"):
                tree.move(node.index, main.index, "conj")
                tree.link()


def _there_is(tree: Tree) -> None:
    """Make an object of the word behind "hubo", "hay" that the parser took for an adverb: "hubo FRAUDE"."""
    for verb in tree.nodes[:-1]:
        after = tree.nodes[verb.index + 1]
        there = (
            verb.lemma == "haber"
            and verb.upos in VERBAL
            and verb.base != "aux"
            and not [kid for kid in tree.children(verb.index, "obj", "nsubj") if kid is not after]
        )
        wide = after.base in ("advmod", "xcomp", "obl", "amod", "obj") and after.upos in ("ADV", "ADJ", "VERB", "NOUN")
        adverb = after.text.lower() in ADVERBS or after.text.lower().endswith("mente")
        if there and wide and not adverb and not tree.children(after.index, "case") and after.head == verb.index:
            after.upos, after.form, after.dep = "NOUN", "", "obj"


def _joined_subjects(tree: Tree, grammar: Grammar) -> None:
    """Part "murieron 17 personas y decenas resultaron heridas", where both nouns are read as one subject."""
    for noun in list(tree.nodes):
        joint = next((kid for kid in tree.children(noun.index, "cc") if kid.index < noun.index), None)
        after = next((n for n in tree.nodes[max(tree.subtree(noun.index)) + 1 :][:1]), None)
        if noun.base != "conj" or noun.upos not in ("NOUN", "PROPN") or joint is None or after is None:
            continue
        verb = tree.nodes[after.head] if after.base in ("aux", "cop", "expl") else after
        first = tree.nodes[noun.head]
        if (
            after.upos not in VERBAL
            or verb.form == "infinitive"
            or not any(one.form == "finite" for one in (verb, after))
            or first.index > verb.index
        ):
            continue
        above = tree.nodes[first.head]
        if above.upos not in VERBAL or above.index > first.index or tree.children(verb.index, "mark"):
            continue
        for kid in tree.children(verb.index, "nsubj"):
            kid.dep = "xcomp" if grammar.has("copulas", verb.lemma) else "obj"
        tree.move(noun.index, verb.index, "nsubj")
        tree.move(joint.index, verb.index, "cc")
        if verb.index not in {above.index, *(one.index for one in tree.ancestors(above.index))}:
            tree.move(verb.index, above.index, "conj")
        tree.link()


def _results(tree: Tree) -> None:
    """Make a predicate of the participle behind "resultar", "quedar": "decenas resultaron HERIDAS"."""
    for node in tree.nodes[1:]:
        before = tree.nodes[node.index - 1]
        links = before.upos in VERBAL and before.lemma in (
            "resultar",
            "quedar",
            "salir",
            "caer",
            "permanecer",
            "seguir",
            "continuar",
            "estar",
            "mantener",
        )
        if not links or node.head != before.index or node.base not in ("obj", "nsubj", "obl", "advcl", "amod"):
            continue
        if participle(node.text.lower()) and not tree.children(node.index, "det", "case"):
            node.upos, node.dep, node.form = "VERB", "xcomp", "participle"
            node.lemma = participle(node.text.lower())


def _second_roots(tree: Tree) -> None:
    """Keep one root: a second one is a statement beside the first."""
    roots = [node for node in tree.nodes if node.head == node.index]
    main = next((node for node in roots if node.upos in VERBAL), roots[0] if roots else None)
    for node in roots:
        if main is not None and node is not main:
            tree.move(node.index, main.index, "punct" if node.upos == "PUNCT" else "parataxis")
    tree.link()
