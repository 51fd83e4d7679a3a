"""What a language gives the coder: tokens, clauses and its table of cues, behind one protocol.

A :class:`Clause` is the meeting point of grammar and coding. The language finds where a predicate, its arguments, its
polarity and its moods are; coding decides what they mean. All offsets count code points of ``Document.text``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from foreshock.model import Depth, Sentence

Role = Literal["subject", "object", "indirect", "agent", "oblique"]
Relation = Literal[
    "root",         # no other clause holds it
    "coordinate",   # joined to its parent by "and", a semicolon, a て/し/り chain: a statement of its own
    "content",      # the complement of its parent: "X denies THAT ...", 「...」と述べた, ...ことを要求, "asked them TO leave"
    "question",     # an embedded question: "not known WHETHER ...", ...かどうか
    "relative",     # modifies a noun: "the officers WHO TOOK POWER", 拘束された全員
    "condition",    # "if ...", "unless ...", ...なければ
    "adverbial",    # time, cause, manner, concession: "AFTER three of its staff were killed", ...が、 ...ため
    "purpose",      # "in order to ...", ...ために
    "parenthesis",  # an inserted remark: -according to X-, (ガス価格の急激な上昇)
]  # fmt: skip
Mood = Literal[
    "future",       # will, is expected to, だろう about what is to come
    "possible",     # may, might, could, かもしれない, ことがある
    "probable",     # seems, appears, must have, ようだ, らしい, でしょう, とみられる
    "hypothetical", # would, would have; the conditional of what is not the case
    "hearsay",      # reportedly, is said to, という, とされる, そうだ(伝聞)
    "wish",         # hope, want to, たい, てほしい, ことが重要だ
    "obligation",   # must, should, べき, なければならない
    "intention",    # is to, plans to, つもりだ, 方針だ
    "imperative",   # leave now!, しろ, してください
    "attempt",      # tried to, ようとした
    "begun",        # began to, 始めた
    "ongoing",      # continues to, remains, ている of a state in force, 引き続き, 続いている
    "ended",        # stopped, no longer, やめた
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a sentence in Universal Dependencies terms; ``head`` is an index into its tokens, its own at a root."""

    index: int
    start: int
    end: int
    text: str
    lemma: str
    upos: str
    dep: str
    head: int
    entity: str = ""


@dataclass(frozen=True, slots=True)
class Argument:
    """A phrase that depends on a predicate: its span without the marker, its head word and its marker.

    ``marker`` is the adposition or particle that says the role: "in", "by", "against"; は, が, を, に, で, から, による.
    A subject or object without one has "".
    """

    role: Role
    marker: str
    start: int
    end: int
    text: str
    head: int


@dataclass(frozen=True, slots=True)
class Clause:
    """A predicate with what depends on it.

    Attributes:
        index: position in ``Parse.clauses``.
        start, end: the clause's span: from its first to its last word, without leading conjunctions, brackets, quotation marks
            and final punctuation. It includes its own condition, relative and purpose clauses, and not the words of a clause
            that embeds it. The span of a clause that embeds content includes that content.
        lemma: the predicate's dictionary form, lower case, with its particle where it has one ("carry out", "rule out"); for
            Japanese the verbal noun (拘束) or the dictionary form (つながる); for a nominal predicate the noun or adjective.
        predicate: token indices of the predicate word (verb, or noun/adjective of a nominal predicate), not its auxiliaries.
        tokens: token indices that belong to this clause and to no clause embedded in it.
        arguments: in order of the text; a relative clause's antecedent is its subject or object, as the grammar says; a passive's
            surface subject has role "object" and its doer "agent"; conjoined predicates share a subject that only the first has.
        relation, parent: how it hangs on which other clause (index), None for a root.
        moods: what the words around the predicate say of its reality, certainty and phase.
    """

    index: int
    start: int
    end: int
    lemma: str
    predicate: tuple[int, ...]
    tokens: tuple[int, ...]
    arguments: tuple[Argument, ...]
    negated: bool
    passive: bool
    moods: frozenset[Mood]
    relation: Relation
    parent: int | None


@dataclass(frozen=True, slots=True)
class Parse:
    """A sentence with its tokens and clauses, clauses in order of their first word."""

    sentence: Sentence
    tokens: tuple[Token, ...]
    clauses: tuple[Clause, ...]


class Language(Protocol):
    """One language. ``table`` is its YAML of cues, numbers and dates (docs/add-a-language.md lists the keys)."""

    @property
    def code(self) -> str:
        """ISO 639-1 code, or ``und`` for the reader of every other language."""

    @property
    def depth(self) -> Depth:
        """How deep a text of this language is read."""

    @property
    def table(self) -> Mapping[str, Any]:
        """The language's knowledge as data."""

    def split(self, text: str) -> Iterable[tuple[int, int]]:
        """Yield half-open spans of sentences in one paragraph, in order, without the white space between them."""

    def parse(self, sentences: Sequence[Sentence]) -> list[Parse]:
        """Return one parse a sentence, in the same order; a surface language returns tokens without clauses."""
