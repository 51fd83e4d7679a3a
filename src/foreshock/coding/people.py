"""Who is who in one document: persons by their names, roles and pronouns; nobody is filled in whom the text does not name.

A person is found by the parser's entities. Two names are one person where they are the same after folding, where the words of
the shorter are words of just one longer name (a surname, a title with a surname), or where the catalogue knows both as one
person. A pronoun or a role ("the minister", 同氏) stands for a person only where it is sure: the subject of its own sentence,
the one who spoke last, or the only one of the last sentences whom gender and role allow. After Hobbs 1978 and the sieves of
Lee et al. 2013, kept to the steps that are precise.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from foreshock.model import Actor, Span
from foreshock.ontology.fold import fold
from foreshock.reading.languages.base import Parse, Token

PERSON = frozenset({"person", "per"})
# How many sentences back a pronoun or a role reaches.
REACH = 3
WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
ENDED = re.compile(r"[。.!?！？…:：]['\"”’»」』)）]*\s*$")
POSSESSIVE = re.compile(r"['’]s?$")
Gender = str
# What a title weighs against one pronoun; how far a title may stand from its name.
TITLE, BESIDE = 5, 2


@dataclass(slots=True)
class Person:
    """A person of the document: the fullest name, every form, words for the roles held, and what speaks for a gender."""

    name: str
    forms: set[str] = field(default_factory=set)
    roles: set[str] = field(default_factory=set)
    votes: Counter[Gender] = field(default_factory=Counter)

    @property
    def parts(self) -> frozenset[str]:
        """The words of the name, folded."""
        return frozenset(_words(fold(self.name)))

    @property
    def gender(self) -> Gender | None:
        """The gender that titles, roles and pronouns show, or None where they show none or both alike."""
        ranked = self.votes.most_common(2)
        if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
            return None
        return ranked[0][0]


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a person is named: the words, in which sentence, and whether as subject of a predicate."""

    start: int
    end: int
    sentence: int
    subject: bool
    person: Person


class People:
    """The persons of a document, and whom a phrase stands for."""

    def __init__(
        self, parses: Sequence[Parse], table: Mapping[str, Any], text: str, *, spaces: bool, resolve: Callable[[str], Actor]
    ) -> None:
        """Read the names of a document; ``resolve`` tells which actor of the catalogue a name is."""
        self.text = text
        self.spaces = spaces
        self.resolve = resolve
        words: Mapping[str, Any] = table.get("attribution") or {}
        self.role_words = {str(one).lower() for one in words.get("roles") or ()}
        self.pronouns: Mapping[str, Any] = table.get("pronouns") or {}
        self.persons: list[Person] = []
        self.mentions: list[Mention] = []
        self._genders = {
            str(word).lower(): gender for gender, listed in (words.get("genders") or {}).items() for word in listed or ()
        }
        self._definite = {str(one).lower() for one in words.get("definite") or ()}
        self._by_form: dict[str, Person] = {}
        names = [(start, end, parse) for parse in parses for start, end in self._names(parse)]
        # The fullest first, so that surnames find whom they shorten.
        for start, end, parse in sorted(
            names, key=lambda one: (_is_heading(one[2]), -len(_words(text[one[0] : one[1]])), one[0])
        ):
            person = self._person(text[start:end], new=not _is_heading(parse))
            if person is None:
                continue
            self._describe(person, start, end, parse)
            self.mentions.append(Mention(start, end, parse.sentence.index, _is_subject(parse, start), person))
        self.mentions.sort(key=lambda one: one.start)
        self._starts = [one.start for one in self.mentions]
        for parse in parses:
            self._vote(parse)

    def named(self, span: Span) -> Person | None:
        """Return the person whom a phrase names: the last one in it that no comma parts from its first words."""
        low, high = bisect_left(self._starts, span[0]), bisect_left(self._starts, span[1])
        inside = self.mentions[low:high]
        if not inside:
            return self._by_surname(self.text[span[0] : span[1]])
        first = inside[0]
        if any(one.person is not first.person and not self._parted(first, one) for one in inside[1:]):
            return None
        before = self.text[span[0] : first.start]
        # "the widow of Ode", "Ode's lawyer": the person named is not who the phrase is about.
        after = self.text[first.end : span[1]]
        if POSSESSIVE.match(after) or re.match(r"['’]s?\b", after):
            return None
        if self.spaces and len(_words(before)) > 4 and "," not in before:
            return None
        return first.person

    def _by_surname(self, words: str) -> Person | None:
        """Return the one person of whose name a short phrase is a part, where the parser did not see a name."""
        parts = set(_words(fold(words)))
        if not parts or len(parts) > 2 or not words[:1].isupper() or words.lower() in self.role_words:
            return None
        found = [one for one in self.persons if parts < one.parts]
        return found[0] if len(found) == 1 else None

    def _parted(self, one: Mention, other: Mention) -> bool:
        """Whether more than a comma or "and" stands between two names, which then do not share a predicate."""
        return len(WORD.findall(self.text[one.end : other.start])) > 1 if self.spaces else other.start - one.end > 2

    def is_pronoun(self, words: str) -> bool:
        """Whether a phrase is a pronoun for one person."""
        return words.lower() in (self.pronouns.get("person") or ())

    def stands_for(self, span: Span, sentence: int, last: Person | None, *, said: Sequence[Span] = ()) -> Person | None:
        """Return the person for whom a pronoun or a role stands, or None where that is not sure.

        Args:
            span: the pronoun or the role, as the text has it.
            sentence: the index of its sentence.
            last: who spoke last before it, if a person.
            said: what it says; who is named in there is not the one who says it.
        """
        words = self.text[span[0] : span[1]].lower()
        if self.is_pronoun(words):
            gender = self._genders.get(words)
            return self._nearest(span[0], sentence, last, lambda one: one.gender in (None, gender) or gender is None, said)
        role = self._role(words)
        if role is None:
            return None
        holders = [one for one in self.persons if role in one.roles]
        return holders[0] if len(holders) == 1 else None

    def _nearest(
        self, offset: int, sentence: int, last: Person | None, fits: Callable[[Person], bool], said: Sequence[Span]
    ) -> Person | None:
        """Return the subject of the same sentence, else who spoke last, else the only person or subject of the last sentences."""
        at = bisect_left(self._starts, offset)
        recent: list[Mention] = []
        while at > 0 and sentence - self.mentions[at - 1].sentence <= REACH:
            at -= 1
            one = self.mentions[at]
            if fits(one.person) and not any(start <= one.start < end for start, end in said):
                recent.append(one)
        here = _persons(one for one in recent if one.subject and one.sentence == sentence)
        if here and not (last is not None and any(one is last for one in here)):
            return here[0] if len(here) == 1 else None
        candidates = _persons(recent)
        if last is not None and fits(last) and (not candidates or any(one is last for one in candidates)):
            return last
        if len(candidates) == 1:
            return candidates[0]
        subjects = _persons(one for one in recent if one.subject and one.sentence >= sentence - 1)
        return subjects[0] if len(subjects) == 1 else None

    def _role(self, words: str) -> str | None:
        """Return the role word that a short definite phrase ends or begins in: "the foreign minister", "la ministre"."""
        if not self.spaces:
            found = [role for role in self.role_words if words.endswith(role) and len(words) <= len(role) + 2]
            return max(found, key=len) if found else None
        parts = _words(words)
        if not 1 <= len(parts) <= 4 or not ({parts[0]} & self._articles() or len(parts) == 1):
            return None
        return next((part for part in reversed(parts) if part in self.role_words), None)

    def _articles(self) -> set[str]:
        return self._definite

    def _names(self, parse: Parse) -> list[Span]:
        spans: list[Span] = []
        previous: Token | None = None
        for token in parse.tokens:
            if token.entity.lower() in PERSON and any(map(str.isalpha, token.text)):
                if (
                    previous is not None
                    and previous.index == token.index - 1
                    and not (self.spaces and "\n" in self.text[previous.end : token.start])
                ):
                    spans[-1] = (spans[-1][0], token.end)
                elif not (token.text.lower() in ("'s", "’s") and spans):
                    spans.append((token.start, token.end))
                previous = token if token.text.lower() not in ("'s", "’s") else None
            elif previous is not None and token.text in ("・", "=", "＝") and token.index == previous.index + 1:
                spans[-1] = (spans[-1][0], token.end)
                previous = token
        found = []
        for start, last in spans:
            cut = POSSESSIVE.search(self.text[start:last])
            end = last - len(cut[0]) if cut else last
            if end > start and self.text[start:end].lower() not in self.role_words:
                found.append((start, end))
        return found

    def _person(self, name: str, *, new: bool) -> Person | None:
        form = fold(name)
        known = self._by_form.get(form)
        if known is not None:
            return known
        parts = set(_words(form))
        longer = [one for one in self.persons if parts and parts < set(_words(fold(one.name)))]
        if not self.spaces:
            longer = [one for one in self.persons if form != fold(one.name) and form in fold(one.name)]
        actor = self.resolve(name).name
        if len(longer) != 1 and actor != name:
            longer = [one for one in self.persons if actor in one.forms]
        if len(longer) == 1:
            person = longer[0]
        elif not new:
            return None
        else:
            person = Person(name)
            self.persons.append(person)
        person.forms |= {name, actor}
        self._by_form[form] = person
        return person

    def _describe(self, person: Person, start: int, end: int, parse: Parse) -> None:
        """Take a person's roles and gender from the words that are joined to the name: a title before it, an apposition to it."""
        inside = {token.index for token in parse.tokens if start <= token.start < end}
        titles = [
            token
            for token in parse.tokens
            if token.index not in inside and (token.head in inside or token.index == min(inside) - 1)
        ]
        for token in titles:
            beside = token.end <= start and start - token.end <= BESIDE
            if beside or token.dep.split(":")[0] in ("appos", "flat", "compound", "nmod"):
                self._learn(person, token.lemma.lower().rstrip("."), role=beside or token.dep == "appos")
        for index in inside:
            head = parse.tokens[parse.tokens[index].head]
            if parse.tokens[index].dep in ("appos", "flat", "flat:name", "compound") and head.index not in inside:
                self._learn(person, head.lemma.lower(), role=True)
        if not self.spaces:
            after = self.text[end : end + 8]
            for role in self.role_words:
                if after.startswith(role):
                    person.roles.add(role)

    def _learn(self, person: Person, word: str, *, role: bool) -> None:
        if role and word in self.role_words:
            person.roles.add(word)
        gender = self._genders.get(word)
        if gender:
            person.votes[gender] += TITLE

    def _vote(self, parse: Parse) -> None:
        """Count "Ode said he ..." as a sign of Ode's gender where the sentence names nobody else before the pronoun."""
        low = bisect_left(self._starts, parse.sentence.start)
        high = bisect_left(self._starts, parse.sentence.end)
        persons = {id(one.person): one.person for one in self.mentions[low:high]}
        if len(persons) != 1:
            return
        (person,) = persons.values()
        first = self.mentions[low].start
        for token in parse.tokens:
            if token.start > first and token.upos == "PRON":
                gender = self._genders.get(token.text.lower())
                if gender:
                    person.votes[gender] += 1


def _persons(mentions: Iterable[Mention]) -> list[Person]:
    return list({id(one.person): one.person for one in mentions}.values())


def _words(text: str) -> list[str]:
    return WORD.findall(text)


def _is_heading(parse: Parse) -> bool:
    """Whether a sentence is a heading, whose capitals make names of verbs: the first paragraph, without a full stop."""
    return parse.sentence.paragraph == 0 and not ENDED.search(parse.sentence.text)


def _is_subject(parse: Parse, offset: int) -> bool:
    return any(
        one.role in ("subject", "agent") and one.start <= offset < one.end for clause in parse.clauses for one in clause.arguments
    )
