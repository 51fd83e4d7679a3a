"""The working form of one sentence's dependency tree: mutable while a language repairs it, frozen into tokens afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from foreshock.reading.languages.base import Mood, Token

Form = Literal["", "finite", "infinitive", "gerund", "participle"]
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM", "X"})
VERBAL = frozenset({"VERB", "AUX"})


@dataclass(slots=True)
class Node:
    """A word while its tree is being put right; ``form``, ``past`` and ``moods`` are what clause finding needs of its morphology.

    ``moods`` is what the form of a verb says by itself, where a language has a future or a conditional of its own;
    ``passive`` is its voice where the form tells it, None where the words around it do.
    """

    index: int
    start: int
    end: int
    text: str
    lemma: str
    upos: str
    dep: str
    head: int
    form: Form = ""
    past: bool = False
    entity: str = ""
    moods: frozenset[Mood] = frozenset()
    passive: bool | None = None

    @property
    def base(self) -> str:
        """The universal part of the relation: ``nsubj`` of ``nsubj:pass``."""
        return self.dep.partition(":")[0] if ":" in self.dep else self.dep


@dataclass(slots=True)
class Tree:
    """The nodes of one sentence in order, with what hangs on each; call :meth:`link` after changing heads."""

    nodes: list[Node]
    kids: list[list[int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.link()

    def link(self) -> None:
        """Rebuild the lists of children from the heads."""
        self.kids = [[] for _ in self.nodes]
        for node in self.nodes:
            if node.head != node.index:
                self.kids[node.head].append(node.index)

    def children(self, index: int, *deps: str) -> list[Node]:
        """Return the children of a node in order, those of the given relations (exact or universal part) if any is named."""
        kids, nodes = self.kids[index], self.nodes
        if not kids or not deps:
            return [nodes[kid] for kid in kids]
        return [nodes[kid] for kid in kids if (dep := nodes[kid].dep) in deps or (":" in dep and nodes[kid].base in deps)]

    def child(self, index: int, *deps: str) -> Node | None:
        """Return the first child of one of the relations, if there is one."""
        for kid in self.kids[index]:
            node = self.nodes[kid]
            if not deps or node.dep in deps or (":" in node.dep and node.base in deps):
                return node
        return None

    def subtree(self, index: int, *, without: frozenset[int] = frozenset()) -> set[int]:
        """Return the indices under a node, itself included, leaving out the branches whose top is in ``without``."""
        found: set[int] = set()
        queue = [index]
        while queue:
            top = queue.pop()
            if top in found or (top in without and top != index):
                continue
            found.add(top)
            queue.extend(self.kids[top])
        return found

    def ancestors(self, index: int) -> Iterator[Node]:
        """Yield the heads above a node, nearest first."""
        seen = {index}
        while self.nodes[index].head not in seen:
            index = self.nodes[index].head
            seen.add(index)
            yield self.nodes[index]

    def move(self, index: int, head: int, dep: str) -> None:
        """Hang a node on another head; a node that hangs on itself is a root."""
        self.nodes[index].head = head
        self.nodes[index].dep = dep

    def trade(self, lower: Node, upper: Node, dep: str) -> None:
        """Let a node take the place of the one above it, and hang that one on it."""
        root = upper.head == upper.index
        self.move(lower.index, lower.index if root else upper.head, upper.dep)
        self.move(upper.index, lower.index, dep)
        self.link()

    def tokens(self) -> tuple[Token, ...]:
        """Return the frozen tokens."""
        return tuple(Token(n.index, n.start, n.end, n.text, n.lemma, n.upos, n.dep, n.head, n.entity) for n in self.nodes)
