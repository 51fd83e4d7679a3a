"""Arguments of Spanish verbs: datives and their clitics, persons behind "a", subjects behind the verb, bare times."""

from __future__ import annotations

from foreshock.reading.languages.ud_grammar import Grammar
from foreshock.reading.languages.ud_tree import NOMINAL, VERBAL, Node, Tree

DATIVES = frozenset({"le", "les"})
WORDS = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ"})


def mend_clitics(tree: Tree, grammar: Grammar) -> None:
    """Read "le pidió a la junta que": the clitic only doubles the phrase; alone it is the one who is addressed."""
    for node in tree.nodes:
        verb = tree.nodes[node.head]
        if verb.upos not in VERBAL or node.head == node.index:
            continue
        if node.lemma in DATIVES and node.upos == "PRON" and node.base in ("obj", "obl", "iobj", "expl", "nsubj", "dep"):
            node.dep = "iobj"
        said = bool(tree.children(verb.index, "ccomp", "xcomp")) or len(tree.children(verb.index, "obj")) > 1
        marks = [kid.lemma for kid in tree.children(node.index, "case") if kid.index < node.index]
        if node.base == "obj" and marks == ["a"] and grammar.has("dative_verbs", verb.lemma) and said:
            node.dep = "iobj"
    for verb in tree.nodes:
        addressed = tree.children(verb.index, "iobj")
        clitics = [kid for kid in addressed if kid.lemma in DATIVES]
        named = [kid for kid in tree.children(verb.index, "iobj", "obl", "obj") if kid.upos in WORDS and kid not in clitics]
        doubled = [
            kid for kid in named if [m.lemma for m in tree.children(kid.index, "case")] == ["a"] and kid.index > verb.index
        ]
        if clitics and doubled:
            doubled[0].dep, clitics[0].dep = "iobj", "expl"


def mend_places(tree: Tree, grammar: Grammar) -> None:
    """A place is nobody who is addressed: "fueron enviados a la provincia"."""
    for node in tree.nodes:
        said = tree.children(node.head, "ccomp", "xcomp")
        place = (node.entity == "GPE" and not said) or grammar.has("manners", node.lemma)
        if node.base == "iobj" and node.upos in NOMINAL and place:
            node.dep = "obl"


def mend_late_subjects(tree: Tree, grammar: Grammar) -> None:
    """Make a subject of a bare noun behind a verb that takes no object, or that has one already: "murieron tres personas"."""
    for verb in tree.nodes:
        if verb.upos not in VERBAL or verb.base in ("aux", "cop") or tree.children(verb.index, "nsubj", "csubj"):
            continue
        things = [
            kid
            for kid in tree.children(verb.index, "obj", "obl")
            if kid.index > verb.index
            and kid.upos in ("NOUN", "PROPN", "NUM")
            and not tree.children(kid.index, "case")
            and not grammar.has("times", kid.lemma)
        ]
        content = [kid for kid in tree.children(verb.index, "ccomp") if things and kid.index > things[-1].index]
        doubled = any(kid.lemma in ("lo", "la", "los", "las") for kid in tree.children(verb.index, "obj"))
        speaks = verb.lemma in grammar.frames and bool(content) and grammar.frames[verb.lemma] in ("asserted", "denied")
        taken = verb.form == "finite" and (grammar.has("intransitive", verb.lemma) or doubled or speaks)
        passive = bool(tree.children(verb.index, "aux:pass"))
        if things and (taken or passive):
            things[0].dep = "nsubj:pass" if passive else "nsubj"


def mend_times(tree: Tree, grammar: Grammar) -> None:
    """Give the verb a bare day that the parser took for a part of the noun before it, or for its subject: "murió el lunes"."""
    for node in tree.nodes:
        day = grammar.has("days", node.lemma)
        late = node.dep == "nsubj" and node.index > node.head and bool(tree.children(node.index, "det"))
        span = (node.dep == "obj" or late) and grammar.has("times", node.lemma)
        if not (day or span) or tree.children(node.index, "case") or node.entity:
            continue
        if node.base in ("nsubj", "obj", "appos", "flat", "nmod", "dep"):
            verb = next((one for one in tree.ancestors(node.index) if one.upos in VERBAL), None)
            if verb is not None and not (node.base == "nmod" and tree.children(node.index, "case")):
                tree.move(node.index, verb.index, "obl")
    tree.link()


def mend_noun_phrases(tree: Tree, grammar: Grammar) -> None:
    """Part and join noun phrases: a second subject beside the first explains it; whom one speaks to is no part of who speaks; a
    clause behind "que" right after an object tells of that object."""
    for verb in tree.nodes:
        if verb.upos not in VERBAL:
            continue
        for kid in tree.children(verb.index, "nsubj") if verb.text.lower().endswith("mos") else ():
            if kid.upos in ("NOUN", "PROPN", "NUM"):
                kid.dep = "obj"
        subjects = tree.children(verb.index, "nsubj")
        if len(subjects) == 2 and max(tree.subtree(subjects[0].index)) + 1 == min(tree.subtree(subjects[1].index)):
            tree.move(subjects[1].index, subjects[0].index, "appos")
            tree.link()
        elif len(subjects) == 2 and subjects[0].index < verb.index < subjects[1].index and not tree.children(verb.index, "obj"):
            subjects[1].dep = "obj"
        for subject in tree.children(verb.index, "nsubj"):
            for kid in tree.children(subject.index, "nmod") if subject.index > verb.index else ():
                marks = [one.lemma for one in tree.children(kid.index, "case") if one.index < kid.index]
                if marks == ["a"] and grammar.has("dative_verbs", verb.lemma):
                    tree.move(kid.index, verb.index, "obl")
                    tree.link()
        for said in tree.children(verb.index, "ccomp"):
            _relative_of_object(tree, grammar, verb, said)


def _relative_of_object(tree: Tree, grammar: Grammar, verb: Node, said: Node) -> None:
    """Hang "que pidió el anonimato" on the noun before it in "citó a un funcionario que pidió el anonimato"."""
    mark = next((kid for kid in tree.children(said.index, "mark") if kid.lemma == "que"), None)
    if mark is None or not mark.index or tree.nodes[mark.index - 1].text in (",", '"', ":"):
        return
    things = [kid for kid in tree.children(verb.index, "obj", "iobj") if max(tree.subtree(kid.index)) + 1 == mark.index]
    hears = grammar.has("dative_verbs", verb.lemma) or grammar.has("told", verb.lemma) or tree.children(verb.index, "expl:pass")
    if not things or hears or things[0].lemma in grammar.frame_nouns or things[0].upos == "PRON":
        return
    tree.move(said.index, things[0].index, "acl:relcl")
    mark.upos = "PRON"
    mark.dep = "obj" if tree.children(said.index, "nsubj") else "nsubj"
    tree.link()


def mend_objects(tree: Tree, grammar: Grammar) -> None:
    """Read "a" before a person as the mark of an object: "mató A DOS CAMPESINOS", where the verb has no other."""
    for node in tree.nodes:
        verb = tree.nodes[node.head]
        if (
            node.dep != "obl"
            or verb.upos not in VERBAL
            or verb.upos == "AUX"
            or node.upos not in NOMINAL
            or node.index < verb.index
        ):
            continue
        marks = [kid.lemma for kid in tree.children(node.index, "case") if kid.index < node.index]
        if marks != ["a"] or tree.children(verb.index, "obj", "aux:pass") or node.entity == "GPE":
            continue
        bound = grammar.has("prepositional_verbs", f"{verb.lemma} a") or grammar.has("no_object", verb.lemma)
        if (
            bound
            or grammar.has("intransitive", verb.lemma)
            or grammar.has("unaccusative", verb.lemma)
            or verb.lemma.endswith("se")
        ):
            continue
        numbered = node.upos == "NUM" or tree.nodes[node.index - 1].text.isdigit()
        if grammar.has("times", node.lemma) or grammar.has("manners", node.lemma) or (numbered and node.upos == "NUM"):
            continue
        content = bool(tree.children(verb.index, "ccomp"))
        node.dep = "iobj" if content and grammar.has("dative_verbs", verb.lemma) else "obj"
    tree.link()
