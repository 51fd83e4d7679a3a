"""Words of French that the parser takes for others: inverted pronouns, what negates, nouns read as verbs and the reverse."""

from __future__ import annotations

from collections.abc import Mapping

from foreshock.reading.languages.ud_grammar import Grammar
from foreshock.reading.languages.ud_tree import NOMINAL, VERBAL, Node, Tree

INVERTED = frozenset({"il", "elle", "ils", "elles", "on", "ce", "je", "tu", "nous", "vous"})
# What closes a "ne". "que" restricts, "personne" and "rien" are pronouns here.
CLOSERS = frozenset(
    {"pas", "plus", "jamais", "point", "guère", "nullement", "aucunement", "rien", "personne", "aucun", "nul", "ni", "que"}
)
LEADERS = frozenset({"personne", "rien", "aucun", "nul", "ni", "jamais", "pas"})
NOT_ONLY = frozenset({"seulement", "uniquement", "que", "simplement"})
REACH = 9


def mend_pronouns(tree: Tree) -> None:
    """Make a subject of the pronoun in "a-t-il déclaré", "affirment-ils"; a double of a noun before the verb is none."""
    for node in tree.nodes:
        if not node.index or tree.nodes[node.index - 1].end != node.start - 1:
            continue
        low = node.text.lower()
        before = tree.nodes[node.index - 1]
        if low == "t":
            tree.move(node.index, before.head if before.base in ("aux", "cop") else before.index, "punct")
        elif low in INVERTED:
            carrier = tree.nodes[before.index - 1] if before.text.lower() == "t" and before.index else before
            if carrier.upos not in VERBAL:
                continue
            verb = tree.nodes[carrier.head] if carrier.base in ("aux", "cop") else carrier
            doubled = any(kid.upos in ("NOUN", "PROPN") for kid in tree.children(verb.index, "nsubj"))
            node.upos, node.lemma = "PRON", low
            tree.move(node.index, verb.index, "expl" if doubled else "nsubj")
            tree.link()
    tree.link()


def mend_inserted(tree: Tree, grammar: Grammar) -> None:
    """Make an adverb of "dit-on", "paraît-il", "semble-t-il": two words or three beside what they pass on."""
    for node in list(tree.nodes[:-1]):
        pronoun = tree.nodes[node.index + 1]
        linked = pronoun.text.lower() == "t" and pronoun.index + 1 < len(tree.nodes)
        pronoun = tree.nodes[pronoun.index + 1] if linked else pronoun
        moods = grammar.moods_of("adverbs", f"{node.text.lower()}{'-t-' if linked else '-'}{pronoun.text.lower()}")
        if not moods or pronoun.text.lower() not in INVERTED:
            continue
        held = [kid for kid in tree.children(node.index, "ccomp", "xcomp", "advcl", "parataxis", "conj") if kid.upos in VERBAL]
        verb = held[0] if held else tree.nodes[node.head]
        if verb.index == node.index:
            continue
        if held:
            tree.trade(verb, node, "advmod")
        for kid in tree.children(node.index):
            if kid.index != pronoun.index:
                tree.move(kid.index, verb.index, kid.dep)
        tree.move(node.index, verb.index, "advmod")
        node.upos, node.form, node.moods = "ADV", "", frozenset(moods)
        for word in tree.nodes[node.index + 1 : pronoun.index + 1]:
            word.upos = "PART"
            tree.move(word.index, node.index, "fixed")
        tree.link()


def mend_presents(tree: Tree) -> None:
    """Read as a present, with its subject and object, what is also a participle: "Le ministre *prédit* une vague"."""
    for node in tree.nodes:
        subject, thing = tree.child(node.index, "nsubj"), tree.child(node.index, "obj")
        bare = node.upos == "VERB" and node.form == "participle" and not tree.children(node.index, "aux", "cop")
        if bare and subject and thing and subject.index < node.index < thing.index and node.text.lower().endswith(("it", "t")):
            node.form, node.past, subject.dep = "finite", False, "nsubj"


def raise_from_stop(tree: Tree) -> None:
    """Make the finite verb the root of a sentence that the parser hung on its full stop."""
    root = next((node for node in tree.nodes if node.head == node.index), None)
    if root is None or root.upos != "PUNCT":
        return
    verb = next((node for node in tree.nodes if node.upos == "VERB" and node.form == "finite"), None)
    if verb is None:
        return
    above = tree.nodes[verb.head]
    tree.move(verb.index, verb.index, "root")
    for node in tree.nodes:
        if node.index != verb.index and root.index in (node.head, node.index):
            tree.move(node.index, verb.index, "punct" if node.upos == "PUNCT" else node.dep)
    if above.index < verb.index and above.upos in NOMINAL and not tree.children(above.index, "case"):
        tree.move(above.index, verb.index, "nsubj")
    tree.link()
    for node in tree.children(verb.index, "root"):
        node.dep = "obl" if tree.children(node.index, "case") else "dep"


def mend_nouns(tree: Tree) -> None:
    """Make a noun of "l'opposant", "les rebelles", read as a form of a verb: no verb has an article. "où" is no argument."""
    for node in tree.nodes:
        if node.lemma == "où" and node.base in ("nsubj", "obj", "iobj", "obl"):
            node.dep = "advmod"
        if node.lemma == "combien" and node.dep == "advmod" and not tree.children(node.head, "nsubj", "nsubj:pass"):
            node.dep = "nsubj" if tree.children(node.index, "obl", "nmod") else node.dep
        article = tree.child(node.index, "det")
        verbal = tree.children(node.index, "nsubj", "aux", "cop", "ccomp", "xcomp", "mark")
        if node.upos != "VERB" or article is None or article.index != node.index - 1 or verbal:
            continue
        low = node.text.lower()
        node.upos, node.form, node.past, node.moods = "NOUN", "", False, frozenset()
        node.lemma = low[:-1] if low.endswith("s") else low
        if node.base in ("acl", "advcl", "ccomp", "xcomp"):
            node.dep = "obl" if tree.children(node.index, "case") else "obj"


def mend_if(tree: Tree) -> None:
    """Read "s'" before "il" as "si"."""
    for node in tree.nodes[:-1]:
        after = tree.nodes[node.index + 1]
        if node.text.lower().startswith("s'") and len(node.text) == 2 and after.text.lower() in ("il", "ils"):
            node.lemma, node.upos = "si", "SCONJ"
            tree.move(node.index, tree.nodes[after.head].index if after.head != node.index else node.head, "mark")
    tree.link()


def mend_verbs(tree: Tree, homographs: Mapping[str, str]) -> None:
    """Make a verb of "dément" in "L'armée dément que" and of "ferme" in "que l'hôpital ne ferme", read as nouns or adjectives."""
    for node in tree.nodes:
        low = node.text.lower()
        refused = next((kid for kid in tree.children(node.index, "advmod") if kid.lemma == "ne" and kid.index < node.index), None)
        if node.upos in ("ADJ", "NOUN") and refused is not None and not tree.children(node.index, "cop"):
            node.upos, node.form = "VERB", "finite"
            node.lemma = homographs.get(low, f"{node.lemma}r" if node.lemma.endswith("e") else node.lemma)
        verb = homographs.get(low)
        if verb is None or node.upos not in ("ADJ", "NOUN", "PROPN", "ADV") or tree.children(node.index, "det", "case", "cop"):
            continue
        following = _behind(tree, node)
        opens = (
            following.lemma in ("que", "de", "à", "le", "un", "son", "leur", "avoir", "être") or following.form == "infinitive"
        )
        root = next((one for one in tree.nodes if one.head == one.index), node)
        nominal = root.upos in NOMINAL | {"ADJ"} and not tree.children(root.index, "cop", "nsubj")
        if following.form == "infinitive" and node.head < node.index:
            subject = tree.nodes[node.head]
            if subject.upos in NOMINAL and not tree.children(node.index, "case"):
                # "dément avoir tiré": the participle is what the infinitive helps.
                inner = tree.nodes[following.head] if following.base in ("aux", "cop") else following
                _govern(tree, node, subject, inner, verb)
                continue
        if node.index and _names_main(tree, node, root) and opens:
            _make_transitive(tree, node, root, verb)
            continue
        if node.index and _stands_under(tree, node, root):
            _make_main(tree, node, root, verb)
            continue
        if not opens or not nominal or node.index == 0 or (root.index > node.index):
            continue
        node.upos, node.form, node.lemma = "VERB", "finite", verb
        if root.index != node.index:
            kids = [kid for kid in tree.children(root.index) if kid.index > node.index]
            tree.move(node.index, node.index, "root")
            tree.move(root.index, node.index, "nsubj")
            for kid in kids:
                bare = kid.base in ("nmod", "appos") and tree.children(kid.index, "det") and not tree.children(kid.index, "case")
                content = kid.base in ("acl", "ccomp") and kid.upos in VERBAL
                tree.move(kid.index, node.index, "ccomp" if content else "obj" if bare else kid.dep)
        elif node.index and tree.nodes[node.index - 1].head == node.index and tree.nodes[node.index - 1].upos in NOMINAL:
            tree.nodes[node.index - 1].dep = "nsubj"
        tree.link()


def _behind(tree: Tree, node: Node) -> Node:
    """Return the word behind another, adverbs aside: "contrôle *toujours* le port"."""
    later = (one for one in tree.nodes[node.index + 1 :] if one.upos != "ADV")
    return next(later, node)


def _govern(tree: Tree, node: Node, subject: Node, inner: Node, verb: str) -> None:
    """Make a homograph govern an infinitive that was taken for the main verb: "L'armée *compte* tirer"."""
    node.upos, node.form, node.lemma = "VERB", "finite", verb
    above = inner if subject.head == inner.index else subject
    top = above.head == above.index
    tree.move(node.index, node.index if top else above.head, above.dep)
    tree.move(subject.index, node.index, "nsubj")
    tree.move(inner.index, node.index, "xcomp")
    for kid in tree.children(subject.index):
        if kid.index > node.index or kid.base == "cc":
            tree.move(kid.index, node.index, "obl" if kid.base == "nmod" else kid.dep)
    tree.link()


def _names_main(tree: Tree, node: Node, root: Node) -> bool:
    """Whether a noun behind a homograph, with an article, was taken for what is said of its subject."""
    subject = tree.nodes[node.head]
    return (
        root.index > node.index > subject.index
        and root.upos in NOMINAL
        and subject.upos in NOMINAL
        and (subject.head, subject.base) == (root.index, "nsubj")
        and bool(tree.children(root.index, "det"))
        and not tree.children(root.index, "cop", "aux")
    )


def _make_transitive(tree: Tree, node: Node, root: Node, verb: str) -> None:
    """Make a homograph the main verb and the noun behind it its object: "Le procureur *dément* l'arrestation"."""
    subject = tree.nodes[node.head]
    node.upos, node.form, node.lemma = "VERB", "finite", verb
    for kid in tree.children(root.index, "punct", "obl", "advmod", "parataxis", "conj"):
        tree.move(kid.index, node.index, kid.dep)
    tree.move(node.index, node.index, "root")
    tree.move(subject.index, node.index, "nsubj")
    tree.move(root.index, node.index, "obj")
    tree.link()


def _stands_under(tree: Tree, node: Node, root: Node) -> bool:
    """Whether what was taken for the main verb stands behind a conjunction of content: "dément *que* la police ait tiré"."""
    marks = [kid for kid in tree.children(root.index, "mark") if node.index < kid.index < root.index]
    subject = tree.nodes[node.head]
    between = tree.nodes[node.index + 1 : marks[0].index] if marks else []
    return (
        bool(marks)
        and root.upos in VERBAL
        and marks[0].lemma in ("que", "de", "à")
        and subject.index < node.index
        and subject.upos in NOMINAL
        and subject.head == root.index
        and not any(one.text in (",", ";", ":") or one.form == "finite" for one in between)
    )


def _make_main(tree: Tree, node: Node, root: Node, verb: str) -> None:
    """Make a homograph the main verb, with the subject and the content that the parser gave to the verb behind it."""
    mark = next(kid for kid in tree.children(root.index, "mark") if node.index < kid.index < root.index)
    subject = tree.nodes[node.head]
    node.upos, node.form, node.lemma = "VERB", "finite", verb
    for kid in tree.children(root.index):
        if kid.index < mark.index and kid.index != node.index:
            tree.move(kid.index, node.index, "advmod" if kid.upos == "ADV" else kid.dep)
    tree.move(node.index, node.index, "root")
    tree.move(subject.index, node.index, "nsubj")
    tree.move(root.index, node.index, "ccomp" if mark.lemma == "que" else "xcomp")
    for kid in tree.children(subject.index):
        if kid.index > node.index:
            tree.move(kid.index, node.index, "obl" if kid.base == "nmod" else kid.dep)
    tree.link()


def raise_main_verb(tree: Tree) -> None:
    """Raise "a été extradé" in "Le cerveau présumé a été extradé", where the participle before it was taken for the main verb."""
    for node in list(tree.nodes):
        bare = (
            node.form == "participle" and not tree.children(node.index, "aux", "cop") and node.base not in ("acl", "amod", "aux")
        )
        subject = tree.child(node.index, "nsubj")
        if not bare or subject is None or subject.index > node.index:
            continue
        for later in tree.children(node.index, "advcl", "conj", "ccomp", "parataxis", "acl"):
            finite = later.form == "finite" or any(kid.form == "finite" for kid in tree.children(later.index, "aux", "cop"))
            free = not tree.children(later.index, "nsubj", "mark", "cc", "expl:subj")
            if finite and free and later.index > node.index and later.upos in VERBAL:
                tree.trade(later, node, "acl")
                tree.move(node.index, subject.index, "acl")
                tree.move(subject.index, later.index, "nsubj:pass" if tree.children(later.index, "aux:pass") else "nsubj")
                for kid in tree.children(node.index, "punct", "conj"):
                    if kid.index > later.index:
                        tree.move(kid.index, later.index, kid.dep)
                tree.link()
                break


def raise_verb_behind_noun(tree: Tree, grammar: Grammar) -> None:
    """Raise "agite" in "Une rumeur, selon laquelle ils ont fui, agite la ville", where its subject was taken for the head."""
    for root in [node for node in tree.nodes if node.head == node.index]:
        if root.upos not in NOMINAL or tree.children(root.index, "cop", "nsubj", "parataxis"):
            continue
        for verb in tree.nodes[root.index + 1 :]:
            finite = verb.form == "finite" or any(kid.form == "finite" for kid in tree.children(verb.index, "aux"))
            if verb.upos != "VERB" or verb.base in ("aux", "cop", "conj") or not finite or root not in tree.ancestors(verb.index):
                continue
            if tree.children(verb.index, "nsubj", "mark", "cc", "expl:subj") or "imperative" in verb.moods:
                continue
            if any(grammar.has("relative", tree.nodes[index].lemma) for index in sorted(tree.subtree(verb.index))[:2]):
                continue
            tree.move(verb.index, verb.index, "root")
            tree.move(root.index, verb.index, "nsubj:pass" if tree.children(verb.index, "aux:pass") else "nsubj")
            for kid in tree.children(root.index, "punct", "obl", "advmod", "conj"):
                if kid.index > verb.index:
                    tree.move(kid.index, verb.index, kid.dep)
            tree.link()
            break


def mend_even_if(tree: Tree) -> None:
    """Part "même si", which concedes, from "si", which sets a condition."""
    for node in tree.nodes[1:]:
        if node.lemma == "si" and node.base == "mark" and tree.nodes[node.index - 1].text.lower() == "même":
            node.lemma = "même si"


def mark_negation(tree: Tree, grammar: Grammar) -> None:
    """Say on each "ne" whether it negates ("ne pas", "ne plus") or not ("ne" alone, "ne ... que"); its partner says no more."""
    for node in tree.nodes:
        if node.lemma != "ne" or node.upos != "ADV":
            continue
        verb = tree.nodes[node.head]
        closer = _closer(tree, node)
        if _led(tree, node):
            node.lemma = "ne pas"
        elif closer is not None:
            following = tree.nodes[closer.index + 1].lemma if closer.index + 1 < len(tree.nodes) else ""
            # "Ne croit pas que la trêve tienne" denies; "pas que des soldats" does not.
            opens = following == "que" and tree.nodes[closer.index + 1].base == "mark"
            only = closer.lemma == "que" or (closer.lemma in ("pas", "plus") and following in NOT_ONLY and not opens)
            ended = closer.lemma == "plus" and not only
            node.lemma = "ne que" if only else "ne plus" if ended else "ne pas"
            node.moods = frozenset({"ended"}) if ended else frozenset()
            if closer.upos == "ADV" or closer.lemma in ("personne", "rien", "aucun", "nul"):
                closer.lemma = "ne …"
        elif grammar.has("bare_negation", verb.lemma) and not _avoids(tree, verb):
            node.lemma = "ne pas"


def _closer(tree: Tree, node: Node) -> Node | None:
    """Return the word that closes a "ne": the first of its kind behind it, before the clause ends."""
    for word in tree.nodes[node.index + 1 : node.index + 1 + REACH]:
        if word.text in (",", ";", ":") or (word.lemma == "ne" and word.upos == "ADV"):
            return None
        counted = word.lemma == "personne" and bool(tree.children(word.index, "det", "nummod"))
        conjunction = word.lemma == "que" and word.base == "mark" and tree.nodes[word.head].upos in VERBAL
        if word.lemma in CLOSERS and not counted and not conjunction:
            return word
    return None


def _led(tree: Tree, node: Node) -> bool:
    """Whether the subject before a "ne" is negative: "personne ne", "aucun soldat ne", "ni l'un ni l'autre ne"."""
    for kid in tree.children(node.head, "nsubj", "obl", "advmod"):
        if kid.index > node.index:
            continue
        for index in tree.subtree(kid.index):
            word = tree.nodes[index]
            plain = word.lemma != "personne" or not tree.children(index, "det", "nummod")
            if word.lemma in LEADERS and plain:
                return True
    return False


def _avoids(tree: Tree, verb: Node) -> bool:
    return any(kid.lemma in ("que", "avant", "de") for kid in tree.children(verb.index, "mark"))
