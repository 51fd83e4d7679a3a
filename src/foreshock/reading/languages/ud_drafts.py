"""One clause at a time: its arguments, those it shares with the clause above, its polarity, voice and moods."""

from __future__ import annotations

from dataclasses import dataclass, field

from foreshock.reading.languages.base import Argument, Mood, Relation, Role
from foreshock.reading.languages.ud_grammar import Grammar
from foreshock.reading.languages.ud_moods import is_finite, is_negated, is_passive, moods_of
from foreshock.reading.languages.ud_phrases import argument, marker, role_of
from foreshock.reading.languages.ud_relations import leads, relation_of
from foreshock.reading.languages.ud_tree import VERBAL, Node, Tree


@dataclass(frozen=True, slots=True)
class Scene:
    """What every step needs: the tree, the language's words, the heads of clauses, and the text with its offset."""

    tree: Tree
    grammar: Grammar
    heads: frozenset[int]
    text: str
    offset: int

    def phrase(self, index: int, role: Role, mark: str) -> Argument:
        """Return the phrase under a node as an argument."""
        return argument(self.tree, index, role, self.heads, text=self.text, offset=self.offset, mark=mark)


@dataclass(slots=True)
class Draft:
    """A clause while it is being put together; ``surface`` is its grammatical subject, its own or shared."""

    head: int
    relation: Relation
    above: int | None
    passive: bool
    arguments: list[Argument] = field(default_factory=list)
    surface: Argument | None = None
    moods: set[Mood] = field(default_factory=set)
    negated: bool = False


def draft_clause(scene: Scene, head: int, *, above: Draft | None) -> Draft:
    """Return the clause of a predicate; ``above`` is the clause that holds it, drafted before."""
    tree, grammar = scene.tree, scene.grammar
    over = None if above is None else above.head
    relation = relation_of(tree, grammar, head, over)
    draft = Draft(head, relation, over, is_passive(tree, head, parent_passive=above is not None and above.passive))
    _own_arguments(scene, draft)
    if draft.surface is None and above is not None:
        _shared_subject(scene, draft, above)
    parent_negated = above is not None and above.negated
    draft.negated = is_negated(tree, grammar, head, over, relation=relation, parent_negated=parent_negated)
    shared = draft.surface is not None
    draft.moods = moods_of(tree, grammar, head, over, relation=relation, shared=shared, negated=draft.negated)
    return draft


def bound_preposition(scene: Scene, head: int) -> str | None:
    """Return the preposition that makes one verb with a predicate ("call on"), if one of its phrases has it."""
    lemma = scene.tree.nodes[head].lemma
    # "Called the king on Sunday" calls on nobody.
    beside = (kid for kid in scene.tree.children(head, "obl") if kid.entity not in ("DATE", "TIME"))
    marks = [marker(scene.tree, kid.index) for kid in beside]
    marks += [kid.lemma for said in scene.tree.children(head, "ccomp") for kid in scene.tree.children(said.index, "mark")]
    return next((mark for mark in marks if scene.grammar.has("prepositional_verbs", f"{lemma} {mark}")), None)


def _own_arguments(scene: Scene, draft: Draft) -> None:
    tree, head = scene.tree, scene.tree.nodes[draft.head]
    bound = bound_preposition(scene, draft.head)
    modified = head.base == "acl" and draft.relation in ("relative", "parenthesis")
    antecedent = tree.nodes[head.head] if modified else None
    filled = False
    for kid in tree.children(draft.head):
        role = _role(scene, draft, kid, bound)
        if role is None:
            continue
        mark = "as" if kid.base == "xcomp" else "" if role in ("subject", "object") else marker(tree, kid.index)
        target = kid.index
        if antecedent is not None and scene.grammar.has("relative", kid.lemma) and not filled:
            target, filled = antecedent.index, True
        made = scene.phrase(target, role, mark)
        draft.arguments.append(made)
        if kid.base == "nsubj":
            draft.surface = made
    thing = _shared_object(tree, draft.head)
    if thing is not None:
        draft.arguments.append(scene.phrase(thing.index, "object", ""))
    if head.upos not in VERBAL and marker(tree, draft.head) and tree.children(draft.head, "cop"):
        draft.arguments.append(scene.phrase(draft.head, "oblique", marker(tree, draft.head)))
    if antecedent is not None and not filled:
        _antecedent(scene, draft, antecedent)


def _role(scene: Scene, draft: Draft, kid: Node, bound: str | None) -> Role | None:
    """Return the role of a dependent in its clause, or None for one that is no argument of it."""
    if kid.index in scene.heads:
        return None
    role = role_of(kid)
    nominal = scene.tree.nodes[draft.head].upos not in VERBAL
    if kid.base == "xcomp" or (nominal and kid.base == "nmod" and kid.dep != "nmod:poss"):
        return "oblique"
    if role == "subject" and draft.passive:
        return "object"
    if role == "object" and kid.upos == "ADV":
        return "oblique"
    joined = kid.dep == "obl" and bound is not None and marker(scene.tree, kid.index) == bound
    return "object" if joined and scene.tree.child(draft.head, "obj") is None else role


def _shared_object(tree: Tree, head: int) -> Node | None:
    """Return the object of the second verb for the first in "seized and burned the town hall"."""
    if tree.nodes[head].upos != "VERB" or tree.children(head, "obj", "ccomp", "xcomp", "obl", "aux:pass"):
        return None
    second = next((kid for kid in tree.children(head, "conj") if kid.index == head + 2 and kid.upos == "VERB"), None)
    return None if second is None else tree.child(second.index, "obj")


def _antecedent(scene: Scene, draft: Draft, noun: Node) -> None:
    """Fill the gap of a relative clause without a pronoun of its own: subject if it has none, else object."""
    tree = scene.tree
    inside = (tree.nodes[index] for index in tree.subtree(draft.head))
    if any(scene.grammar.has("relative", node.lemma) and node.base in ("advmod", "det", "nmod") for node in inside):
        return
    if draft.surface is None:
        draft.surface = scene.phrase(noun.index, "object" if draft.passive else "subject", "")
        draft.arguments.append(draft.surface)
    elif not any(one.role == "object" for one in draft.arguments) and not _relative_adverb(scene, draft.head):
        draft.arguments.append(scene.phrase(noun.index, "object", ""))


def _relative_adverb(scene: Scene, head: int) -> bool:
    return any(scene.grammar.has("question", kid.lemma) for kid in scene.tree.children(head, "advmod", "mark"))


def _shared_subject(scene: Scene, draft: Draft, parent: Draft) -> None:
    """Give a clause without a subject the one that its grammar shares: of its conjunct, or of the clause that controls it."""
    tree, node = scene.tree, scene.tree.nodes[draft.head]
    bare = node.base == "ccomp" and node.form == "infinitive" and not tree.children(draft.head, "mark")
    held = is_finite(tree, draft.head) and draft.relation not in ("coordinate", "relative")
    if bare or held or tree.child(draft.head, "csubj", "expl") or "imperative" in parent.moods:
        return
    giver = _controller(scene, draft, parent)
    raised = giver is not None and draft.relation == "content" and scene.grammar.has("expletives", giver.text.lower())
    if giver is None or raised:
        return
    role: Role = "object" if draft.passive else "subject"
    draft.surface = Argument(role, "", giver.start, giver.end, giver.text, giver.head)
    draft.arguments.append(draft.surface)


def _controller(scene: Scene, draft: Draft, parent: Draft) -> Argument | None:
    """Return the argument of the clause above that an infinitive, gerund, participle or conjunct has for its subject."""
    grammar, node = scene.grammar, scene.tree.nodes[draft.head]
    above = scene.tree.nodes[parent.head].lemma
    first = leads(scene.tree, draft.head).partition(" ")[0]
    things = [one for one in parent.arguments if one.role in ("object", "indirect") and one is not parent.surface]
    if node.form == "gerund" and grammar.frames.get(above) == "perceived":
        return None
    if node.base == "acl":
        governed = grammar.has("content_prepositions", f"{above} {first}")
        return next((one for one in parent.arguments if one.head == node.head), None) if governed else None
    if node.form == "" and node.upos in VERBAL:
        return parent.surface
    if first == "for" and node.form == "gerund":
        return things[0] if things else parent.surface
    if not things and not parent.passive and grammar.frames.get(above) in ("advised", "ordered", "permitted"):
        return None if draft.relation == "content" and node.base != "conj" else parent.surface
    if draft.relation == "content" and node.base != "conj" and not grammar.has("subject_control", above):
        return things[0] if things else parent.surface
    return parent.surface
