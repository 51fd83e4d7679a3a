"""Names in Spanish text by rule: persons behind their offices, bodies by their nouns, places behind their prepositions.

No free Spanish corpus of names may be trained on; the words that decide stand in ``entities`` of the table. A run of capitalised
words, joined by "de" and articles, is one name; what stands around it says what it is.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from foreshock.reading.languages.ud_grammar import Grammar
from foreshock.reading.languages.ud_tree import Node, Tree

JOINTS = frozenset({"de", "del", "la", "las", "los", "el", "y", "e", "von", "van", "al", "bin", "ben"})
MONTHS_OPEN = frozenset({"el", "la", "los", "las", "un", "una", "en", "según", "por", "para", "tras", "su", "este", "esta"})
LONGEST = 9


@dataclass(frozen=True, slots=True)
class Names:
    """The words that tell names apart; see ``entities`` of the table."""

    titles: frozenset[str]
    bodies: frozenset[str]
    place_marks: frozenset[str]
    place_nouns: frozenset[str]
    no_names: frozenset[str]
    first_names: frozenset[str]
    places: frozenset[str]

    @classmethod
    def from_table(cls, table: Mapping[str, Any]) -> Names:
        """Return the names' words of a language's table; countries come from CLDR."""
        return _names(_Key(table))


class _Key:
    """A table as the key of a cache: one object is one key."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.table = table

    def __hash__(self) -> int:
        return id(self.table)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other.table is self.table


@functools.lru_cache(maxsize=4)
def _names(key: _Key) -> Names:
    from babel import Locale  # noqa: PLC0415 - reads files

    given = key.table.get("entities", {})
    lists = {name: frozenset(str(word).lower() for word in given.get(name, ())) for name in given}
    countries = {str(name).lower() for code, name in Locale("es").territories.items() if len(code) == 2 or code.isdigit()}
    return Names(
        titles=lists["titles"],
        bodies=lists["bodies"],
        place_marks=lists["place_marks"],
        place_nouns=lists["place_nouns"],
        no_names=lists["no_names"],
        first_names=lists["first_names"],
        places=frozenset(countries | lists["places"]),
    )


def name_entities(tree: Tree, names: Names, grammar: Grammar) -> None:
    """Fill ``entity`` of the words of every name: PERSON, ORG, GPE or nothing where nothing tells."""
    for run in _runs(tree, names):
        label = _label(tree, run, names, grammar)
        for node in run if label else ():
            node.entity = label
            if node.upos in ("NOUN", "ADJ", "VERB", "X") and label != "ORG" and node.text[0].isupper():
                node.upos, node.form, node.moods = "PROPN", "", frozenset()


def _runs(tree: Tree, names: Names) -> Iterable[list[Node]]:
    """Yield runs of capitalised words with the joints between them; a common word that opens the sentence begins none."""
    at, nodes = 0, tree.nodes
    while at < len(nodes):
        if not _capital(nodes[at], names):
            at += 1
            continue
        last = at
        while last + 1 < len(nodes) and last - at < LONGEST:
            step = 1
            while last + step < len(nodes) and step <= 3 and nodes[last + step].text in JOINTS:
                step += 1
            if last + step >= len(nodes) or not _capital(nodes[last + step], names):
                break
            joint = nodes[last + 1].text if step > 1 else ""
            if joint in ("y", "e", "el", "al") or (joint and nodes[at].text.lower() not in names.bodies):
                break
            last += step
        yield nodes[at : last + 1]
        at = last + 1


def _capital(node: Node, names: Names) -> bool:
    if not node.text[:1].isupper() or not node.text[:1].isalpha():
        return False
    opens = node.index == 0 or node.upos == "PUNCT"
    low = node.text.lower()
    if low in names.no_names:
        return False
    return not opens or node.upos == "PROPN" or low in names.bodies or low in names.places or low in names.first_names


def _label(tree: Tree, run: list[Node], names: Names, grammar: Grammar) -> str:
    first, last = run[0], run[-1]
    text = " ".join(node.text for node in run).lower()
    before = tree.nodes[first.index - 1] if first.index else None
    second = tree.nodes[first.index - 2] if first.index > 1 else None
    if text in names.places:
        return "GPE"
    if first.text.lower() in names.bodies or first.lemma in names.bodies:
        return "ORG"
    words = [node for node in run if node.text[0].isupper()]
    if len(words) == 1 and first.text.isupper() and len(first.text) > 1:
        return "ORG"
    if first.lemma in names.titles or first.text.lower() in names.titles:
        return "PERSON" if len(words) > 1 else ""
    if before is not None and (before.lemma in names.titles or before.text.lower() in names.titles):
        return "PERSON"
    if before is not None and before.text == "," and second is not None and 2 <= len(words) <= 4 and _office(tree, second, names):
        return "PERSON"
    if first.text.lower() in names.first_names and 2 <= len(words) <= 4:
        return "PERSON"
    if before is not None and _place(tree, before, names):
        return "GPE"
    if 2 <= len(words) <= 4 and _speaks_beside(tree, first, last, grammar):
        return "PERSON"
    return ""


def _office(tree: Tree, node: Node, names: Names) -> bool:
    """Whether an office stands before a comma: "el ministro de Defensa, Juan Roca"."""
    for place in range(node.index, max(-1, node.index - 7), -1):
        word = tree.nodes[place]
        if word.lemma in names.titles:
            return True
        if word.text in (",", ".", ";") or word.form == "finite":
            return False
    return False


def _place(tree: Tree, before: Node, names: Names) -> bool:
    """Whether the words before a name make it a place: "en Oruro", "hacia la ciudad de Oruro", "el norte de Oruro"."""
    low = before.text.lower()
    if low in names.place_marks:
        return True
    if low in ("de", "del") and before.index:
        return tree.nodes[before.index - 1].lemma in names.place_nouns
    return before.lemma in names.place_nouns


def _speaks_beside(tree: Tree, first: Node, last: Node, grammar: Grammar) -> bool:
    """Whether a verb of speech stands right beside a name: "dijo Ana Roca", "Ana Roca negó"."""
    nodes = tree.nodes
    before = nodes[first.index - 1] if first.index else None
    after = nodes[last.index + 1] if last.index + 1 < len(nodes) else None
    if after is not None and after.base == "aux" and after.index + 1 < len(nodes):
        after = nodes[after.index + 1]
    return any(
        one is not None and one.lemma in grammar.frames and one.form in ("finite", "participle") for one in (before, after)
    )
