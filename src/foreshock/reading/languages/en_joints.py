"""Where clauses of English meet and the parser joins the wrong words: dates beside a second subject, clauses read as content,
nouns read as verbs."""

from __future__ import annotations

from foreshock.reading.languages.ud_grammar import Grammar
from foreshock.reading.languages.ud_tree import NOMINAL, VERBAL, Node, Tree

TIMES = frozenset({"DATE", "TIME"})
MARKS = frozenset({"since", "after", "before", "until", "till"})


def mend_joints(tree: Tree, grammar: Grammar) -> None:
    """Part what the parser joined and join what it parted, in place; links are kept."""
    for part in (_nouns_with_articles, _counted_nouns, _front_dates, _second_subjects, _listed_subjects):
        part(tree)
        tree.link()
    for mend in (_relatives_as_case, _headline_verbs):
        mend(tree, grammar)
        tree.link()
    for node in list(tree.nodes):
        _wanted(tree, grammar, node)
        _side_by_side(tree, grammar, node)
        _words_of_its_own(tree, grammar, node)
        _before_colon(tree, node)
        if node.form == "participle" and grammar.has("unaccusative", node.lemma) and not tree.children(node.index, "aux", "cop"):
            node.form = ""
    tree.link()


def mend_reported(tree: Tree, grammar: Grammar) -> None:
    """Give what is reported what follows a verb of speech in the conditional: "all left, he said, and there would be no dead"."""
    for node in list(tree.nodes):
        verb = tree.nodes[node.head]
        if node.base != "conj" or node.upos not in VERBAL or verb.lemma not in grammar.frames:
            continue
        said = tree.child(verb.index, "ccomp")
        if said is None:
            continue
        after = said.index < verb.index < node.index and bool(tree.children(node.index, "nsubj", "expl"))
        told = any("hypothetical" in grammar.moods_of("auxiliaries", kid.lemma) for kid in tree.children(node.index, "aux"))
        if after and told and not tree.children(node.index, "advcl"):
            tree.move(node.index, said.index, "conj")
            tree.link()


def _nouns_with_articles(tree: Tree) -> None:
    """Make a noun of "barracks" in "in which barracks he is held": no verb has an article of its own."""
    for node in tree.nodes:
        article = tree.child(node.index, "det")
        verbal = tree.children(node.index, "nsubj", "obj", "aux", "cop", "ccomp", "xcomp")
        if node.upos != "VERB" or node.form == "gerund" or article is None or article.index != node.index - 1 or verbal:
            continue
        marks = tree.children(node.index, "mark")
        if node.base in ("advcl", "acl") and marks:
            node.upos, node.form, node.dep = "NOUN", "", "obl"
            for mark in marks:
                mark.dep = "case"


def _counted_nouns(tree: Tree) -> None:
    """Make a noun of "tenge" in "doubled to 120 tenge a litre": no infinitive has a number before it."""
    for node in tree.nodes:
        number = tree.child(node.index, "nummod")
        if (
            node.form != "infinitive"
            or number is None
            or number.index != node.index - 1
            or tree.children(node.index, "nsubj", "aux")
        ):
            continue
        before = tree.nodes[number.index - 1] if number.index else node
        if before.upos == "ADP":
            tree.move(before.index, node.index, "case")
        node.upos, node.form, node.dep = "NOUN", "", "obl"
        for kid in tree.children(node.index, "obj"):
            kid.dep = "nmod"


def _front_dates(tree: Tree) -> None:
    """Part "In 2011 police fired": a date after a preposition without a noun of its own is no part of the subject."""
    for subject in tree.nodes:
        bare = subject.base == "obl" and subject.index < subject.head and not tree.children(subject.head, "nsubj")
        if (subject.base != "nsubj" and not bare) or subject.entity in TIMES:
            continue
        kids = [kid for kid in tree.children(subject.index, "compound", "nummod", "nmod") if kid.index < subject.index]
        days = [kid for kid in kids if all(tree.nodes[index].entity in TIMES for index in tree.subtree(kid.index))]
        first = min(tree.subtree(days[0].index)) if days else 0
        lead = tree.nodes[first - 1]
        above = subject.index if bare else subject.head
        if first and lead.upos == "ADP" and lead.base in ("advmod", "case") and lead.head == above:
            day = days[-1]
            for kid in days[:-1]:
                tree.move(kid.index, day.index, "compound")
            tree.move(day.index, subject.head, "obl")
            tree.move(lead.index, day.index, "case")
            subject.dep = "nsubj" if bare else subject.dep


def _second_subjects(tree: Tree) -> None:
    """Part "cut on Monday and telephone lines failed", where "Monday and telephone" is read as one phrase."""
    for noun in list(tree.nodes):
        day = next((k for k in tree.children(noun.index, "nmod", "compound") if k.index < noun.index and k.entity in TIMES), None)
        joint = tree.child(day.index, "cc") if day is not None else None
        if day is None or joint is None or noun.entity in TIMES or not day.index < joint.index < noun.index:
            continue
        lead = tree.nodes[day.index - 1] if day.index else day
        verb = _verb_of(tree, noun, lead)
        if verb is None or verb.head == verb.index:
            continue
        main = tree.nodes[verb.head]
        for kid in tree.children(day.index, "conj"):
            tree.move(kid.index, noun.index, "nummod" if kid.upos == "NUM" else "compound")
        for kid in tree.children(noun.index, "case"):
            tree.move(kid.index, day.index, "case")
        tree.move(lead.index, day.index, "case")
        tree.move(joint.index, verb.index, "cc")
        tree.move(day.index, main.index, "obl")
        tree.move(noun.index, verb.index, "nsubj:pass" if tree.children(verb.index, "aux:pass") else "nsubj")
        tree.move(verb.index, main.index, "conj")
        tree.link()


def _listed_subjects(tree: Tree) -> None:
    """Part "stopped on Friday and boats left", where "Friday and boats" is read as the subject of the second verb."""
    for day in list(tree.nodes):
        lead = tree.nodes[day.index - 1] if day.index else day
        joint, noun = tree.child(day.index, "cc"), tree.child(day.index, "conj")
        loose = lead.upos == "ADP" and lead.head not in (day.index, day.head)
        if day.base != "nsubj" or day.entity not in TIMES or joint is None or noun is None or noun.entity in TIMES or not loose:
            continue
        verb, main = tree.nodes[day.head], tree.nodes[lead.head]
        if main.upos not in VERBAL or main.index > day.index:
            continue
        tree.move(noun.index, verb.index, day.dep)
        tree.move(joint.index, verb.index, "cc")
        if verb.index not in {one.index for one in tree.ancestors(main.index)}:
            tree.move(verb.index, main.index, "conj")
        tree.move(day.index, main.index, "obl")
        tree.move(lead.index, day.index, "case")
        tree.link()


def _verb_of(tree: Tree, noun: Node, lead: Node) -> Node | None:
    """Return the verb whose subject the noun after the date is: its own, or the next finite one that has none."""
    above = tree.nodes[noun.head]
    if noun.base == "nsubj":
        return above if lead.head == above.index and lead.lemma in MARKS else None
    if noun.base != "obl" or lead.head != noun.index:
        return None
    later = (kid for kid in tree.children(above.index, "advcl", "conj", "ccomp", "parataxis") if kid.index > noun.index)
    found = next(later, None)
    free = found is not None and found.form == "finite" and not tree.children(found.index, "nsubj", "mark", "cc")
    return found if free else None


def _relatives_as_case(tree: Tree, grammar: Grammar) -> None:
    """Make a relative clause of "whom it calls bandits", where the parser took the verb for a preposition of "whom"."""
    for verb in tree.nodes:
        pronoun = tree.nodes[verb.head]
        noun = tree.nodes[pronoun.head]
        if verb.base != "case" or verb.form != "finite" or not grammar.has("relative", pronoun.lemma) or noun.upos not in NOMINAL:
            continue
        for kid in tree.children(pronoun.index):
            tree.move(kid.index, verb.index, "xcomp" if kid.base == "obj" else kid.dep)
        tree.move(verb.index, noun.index, "acl:relcl")
        tree.move(pronoun.index, verb.index, "obj")


def _headline_verbs(tree: Tree, grammar: Grammar) -> None:
    """Make the verb of "rejects" in the headline "Opposition rejects result", read as a plural before a bare verb."""
    if not tree.nodes or tree.nodes[-1].base == "punct":
        return
    for verb in tree.nodes:
        below = tree.nodes[verb.head]
        before = tree.nodes[verb.index - 1] if verb.index else verb
        inflected = (
            verb.text.lower() == f"{verb.lemma}s" and verb.lemma in grammar.frames and verb.lemma not in grammar.frame_nouns
        )
        if verb.base != "nsubj" or verb.upos not in ("NOUN", "PROPN") or not inflected or below.index != verb.index + 1:
            continue
        if before.head != verb.index or before.upos not in NOMINAL or below.text.lower() != below.lemma:
            continue
        tree.move(verb.index, verb.index if below.head == below.index else below.head, below.dep)
        verb.upos, verb.form = "VERB", "finite"
        below.upos, below.form = "NOUN", ""
        for kid in tree.children(below.index):
            if kid.index != verb.index:
                tree.move(kid.index, verb.index, kid.dep)
        for kid in tree.children(verb.index):
            if kid.index < before.index:
                tree.move(kid.index, before.index, kid.dep)
        tree.move(before.index, verb.index, "nsubj")
        tree.move(below.index, verb.index, "obj")


def _wanted(tree: Tree, grammar: Grammar, node: Node) -> None:
    """Read "called for him to be freed" as what is called for."""
    verb = tree.nodes[node.head].lemma
    if node.base != "advcl" or node.head > node.index or not {verb, f"{verb} for"} & grammar.frames.keys():
        return
    marks = [kid.lemma for kid in tree.children(node.index, "mark") if kid.index < node.index]
    if marks == ["for", "to"] and tree.children(node.index, "nsubj") and not tree.children(node.head, "obj", "ccomp", "xcomp"):
        node.dep = "ccomp"


def _side_by_side(tree: Tree, grammar: Grammar, node: Node) -> None:
    """Read "In the north they fled, in the south they stayed" as two statements: "flee" takes no words for its object."""
    first = tree.nodes[node.head]
    subject = tree.child(node.index, "nsubj")
    if node.base != "ccomp" or node.index < first.index or subject is None or tree.children(node.index, "mark"):
        return
    held = first.upos != "VERB" or first.lemma in grammar.frames or not tree.children(first.index, "nsubj")
    commas = [index for index in range(first.index + 1, subject.index) if tree.nodes[index].text == ","]
    if held or not commas or grammar.moods_of("chain", first.lemma):
        return
    tree.move(node.index, first.index, "conj")
    for kid in tree.children(first.index, "obl", "advmod"):
        if commas[-1] < kid.index and max(tree.subtree(kid.index)) + 1 == min(tree.subtree(subject.index)):
            tree.move(kid.index, node.index, kid.dep)
    tree.link()


def _words_of_its_own(tree: Tree, grammar: Grammar, node: Node) -> None:
    """Give "ruled out" to "said" in "said that they had attacked the town and ruled out talks": the perfect ends its clause."""
    inner = tree.nodes[node.head]
    outer = tree.nodes[inner.head]
    particle = tree.child(node.index, "compound:prt")
    said = f"{node.lemma} {particle.lemma}" if particle is not None else node.lemma
    if node.base != "conj" or inner.base != "ccomp" or not node.past or not outer.past or said not in grammar.frames:
        return
    perfect = any(kid.lemma == "have" and kid.past for kid in tree.children(inner.index, "aux"))
    if perfect and outer.lemma in grammar.frames and not tree.children(node.index, "nsubj", "aux", "mark"):
        for joint in tree.children(inner.index, "cc"):
            if inner.index < joint.index < node.index:
                tree.move(joint.index, outer.index, "cc")
        tree.move(node.index, outer.index, "conj")
        tree.link()


def _before_colon(tree: Tree, node: Node) -> None:
    """Part "Minister: army leaves", where the one who speaks is read as a part of the subject."""
    above = tree.nodes[node.head]
    told = tree.child(node.index, "acl", "conj", "parataxis") if node.head == node.index and node.upos in NOMINAL else None
    colon = tree.nodes[node.index + 1].text == ":" if node.index + 1 < len(tree.nodes) else False
    if told is not None and colon and told.upos in VERBAL and tree.children(told.index, "nsubj") and told.index > node.index + 2:
        tree.move(told.index, told.index, "root")
        tree.move(node.index, told.index, "dislocated")
        tree.link()
        return
    stands = node.index + 1 < above.index and tree.nodes[node.index + 1].text == ":"
    if stands and node.upos in NOMINAL and node.base in ("nmod", "compound", "appos") and above.base == "nsubj":
        tree.move(node.index, above.head, "dislocated")
        tree.link()
