"""Who of the persons named in a text holds a public role, and by which role a private one is shown."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from foreshock.coding.actor_words import group_within, lookup
from foreshock.coding.person_names import Named
from foreshock.coding.person_words import WORD, PersonWords, person_table
from foreshock.model import Claim, PersonRole, Reading, Span
from foreshock.ontology import outlets
from foreshock.ontology.actor_catalogue import ActorCatalogue
from foreshock.ontology.fold import bare_forms, fold
from foreshock.ontology.gazetteer import Gazetteer
from foreshock.reading.languages.base import Parse

# Inhabitants from which a bare name that is a town's is taken for the town.
TOWN = 1_000
# How far words that tell an office may stand before and behind a name, in words, and in characters where no spaces part them.
BEFORE, BEHIND, UNSPACED_BEFORE, UNSPACED_BEHIND = 7, 6, 8, 6
# Without a parser nothing shows the verb between an office and another's name: so many words may part the two.
BETWEEN = 3
_NOUNS_IN_CAPITALS = frozenset(["de"])
_STOPS = re.compile(r"[.;:!?。！？；»”\"()（）\n]")


@dataclass(slots=True)
class Someone:
    """A person of the text while it is read: every place that names him."""

    name: str
    named: list[Named] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Judge:
    """Decides who is public, what is no person, and which role a private person has; ``named`` are the spans of all names."""

    reading: Reading
    parses: Sequence[Parse]
    claims: Sequence[Claim]
    words: PersonWords
    catalogue: ActorCatalogue
    gazetteer: Gazetteer | None
    named: Sequence[Span]

    def is_public(self, someone: Someone) -> bool:
        """Tell whether a person is of the catalogue, holds an office, signs the article, or speaks for a calling unharmed."""
        names = {self._text(one.start, one.end) for one in someone.named}
        if any(self._is_known(name) for name in names):
            return True
        if any(self._has_office(one, self.words.offices) or self._signs(one) for one in someone.named):
            return True
        unharmed = self._claimed(someone) in (None, "witness")
        return unharmed and any(self._has_office(one, self.words.experts) for one in someone.named)

    def is_no_person(self, someone: Someone) -> bool:
        """Tell whether a name is that of a place, a state, an outlet or a body."""
        if any(one.sure for one in someone.named):
            return False
        key = fold(someone.name)
        if key in self.catalogue.states or outlets.by_name(someone.name) or someone.name in self.reading.document.source:
            return True
        if self.words.spaced and self.words.place_of(self.words.bodies, someone.name):
            return True
        heard = [one for claim in self.claims for one in claim.holders[1:] if one.role == "outlet"]
        if any(someone.name in one.raw or someone.name in one.name for one in heard):
            return True
        if not any(one.parsed for one in someone.named) and self._is_party(someone.name):
            return True
        if self.gazetteer is None:
            return False
        places = self.gazetteer.find(someone.name, language=self.words.language)
        return bool(places) and places[0].how == "name" and (
            places[0].feature in ("country", "admin1", "site") or places[0].population >= TOWN
        )  # fmt: skip

    def _is_party(self, name: str) -> bool:
        """Tell whether a name that no parser took for a person's is that of a state or has a word for a group in it."""
        language = self.words.language
        if lookup(name, self.catalogue, language) is not None:
            return True
        rest = name
        if language in _NOUNS_IN_CAPITALS:  # a calling and a name look like one name: "Lehrerin Mina Forrach"
            while " " in rest and group_within(rest.partition(" ")[0], self.catalogue, language) is not None:
                rest = rest.partition(" ")[2]
            rest = rest if " " in rest and rest[0].isupper() else name
        return group_within(rest, self.catalogue, language) is not None

    def role(self, someone: Someone) -> PersonRole:
        """Return the role under which a private person is shown."""
        if any(one.age is not None and one.age < int(person_table()["minor_age"]) for one in someone.named):
            return "minor"
        if (called := self._called(someone)) is not None:
            return called
        signs = {role for one in someone.named for role, shape in self.words.signs if shape.search(self._around(one))}
        if "minor" in signs:
            return "minor"
        if any(self._has_kin(one) for one in someone.named):
            return "relative"
        claimed = self._claimed(someone)
        if claimed == "detainee" and "suspect" in signs:
            return "suspect"
        # A witness speaks of what befell others: the words of his sentence tell nothing of him.
        if claimed is not None and claimed != "suspect":
            return claimed
        return next((role for role, _ in self.words.signs if role in signs), claimed or "person")

    def _called(self, someone: Someone) -> PersonRole | None:
        """Return the role that a form of address tells: 容疑者."""
        table: Mapping[str, PersonRole] = person_table()["called"].get(self.words.language, {})
        for one in someone.named:
            before, behind = self._text(one.sentence.start, one.start).rstrip(), self._text(one.end, one.sentence.end)
            for word, role in table.items():
                if behind.startswith(word) or before.endswith(word):
                    return role
        return None

    def _text(self, start: int, end: int) -> str:
        return self.reading.document.text[start:end]

    def _around(self, one: Named) -> str:
        return one.sentence.text.lower()

    def _is_known(self, name: str) -> bool:
        key = fold(name)
        return any(form in self.catalogue.known for form in [key, *bare_forms(key, self.words.language)])

    def _claimed(self, someone: Someone) -> PersonRole | None:
        """Return what the claims tell of a person: whom an act was done to goes before who spoke."""
        names = {self._text(one.start, one.end) for one in someone.named}
        found: set[PersonRole] = set()
        for claim in self.claims:
            if claim.recipient and any(name in claim.recipient.raw for name in names):
                found |= {role for role, kinds in person_table()["claims"].items() if claim.kind in kinds}
            if claim.kind == "HARM" and claim.actor and any(name in claim.actor.raw for name in names):
                found.add("victim")
            if len(claim.holders) > 1 and any(name in claim.holders[-1].raw for name in names):
                found.add("witness")
        order: tuple[PersonRole, ...] = ("victim", "detainee", "suspect", "witness")
        return next((role for role in order if role in found), None)

    def _has_office(self, one: Named, group: frozenset[str]) -> bool:
        if not self.words.spaced:
            before = self._text(max(one.sentence.start, one.start - UNSPACED_BEFORE), one.start)
            behind = self._text(one.end, min(one.sentence.end, one.end + UNSPACED_BEHIND))
            before = re.split("[、。，は]", before)[-1]
            # 保健相, 元首相: an office may have words of its own before the word for it.
            led = any(re.match(rf"[一-龯・]{{0,4}}{re.escape(word)}", behind) for word in group)
            return led or any(before.rstrip("の・").endswith(word) for word in group)
        before = self._before(one)
        if (place := self.words.place_of(group, before)) is not None:
            between = before[place[1] :]
            owned = between.startswith(("'s", "’s", "'", "’"))
            owned = owned or ("," in between and self.words.holds(self.words.kin | self.words.aides, before[: place[0]]))
            if not owned and (self.parses or len(WORD.findall(between)) <= BETWEEN):
                return True
        behind = self._behind(one)
        if self.words.holds(self.words.kin | self.words.aides, behind):
            return False
        return self.words.holds(group, behind) or (
            group is self.words.offices and self.words.holds(self.words.heading, behind)
        )  # fmt: skip

    def _has_kin(self, one: Named) -> bool:
        if not self.words.spaced:
            return any(self._text(max(0, one.start - len(word) - 1), one.start).startswith(word) for word in self.words.kin)
        last = WORD.findall(self._before(one))[-2:]
        return self.words.holds(self.words.kin, self._behind(one)) or self.words.holds(self.words.kin, " ".join(last))

    def _before(self, one: Named) -> str:
        """Return the words before a name that may tell its office: up to a stop, a verb, another name or a comma between."""
        low = max([one.sentence.start, *(end for _, end in self.named if end <= one.start)])
        low = max([low, *(end for _, end in self._verbs(low, one.start))])
        text = self._text(low, one.start)
        stop = list(_STOPS.finditer(text))
        text = text[stop[-1].end() :] if stop else text
        _, comma, tail = text.rstrip().rstrip(",").rpartition(",")
        text = tail + text[len(text.rstrip().rstrip(",")) :] if comma else text
        found = list(WORD.finditer(text))
        ends = [word.end() for word in found if word[0].lower() in self.words.breaks]
        ends += [found[-BEFORE].start()] if len(found) > BEFORE else []
        return text[max([0, *ends]) :]

    def _behind(self, one: Named) -> str:
        """Return the apposition to a name: what stands between a comma or bracket and the next, up to a verb."""
        text = self._text(one.end, one.sentence.end)
        opened = re.match(r"\s*[,(（—–-]\s*(?:\d+[^,]{0,12},\s*)?", text)
        if not opened:
            return ""
        start = one.end + opened.end()
        high = min([one.sentence.end, *(at for at, _ in self._verbs(start, one.sentence.end) if at > start)])
        if re.match(r"(?:who|which|qui|que|quien|который|которая|der|die|che)\b", self._text(start, one.sentence.end)):
            high = one.sentence.end
        inside = re.split(r"[,;:)）.。—–]", self._text(start, high))[0]
        return " ".join(WORD.findall(inside)[:BEHIND])

    def _verbs(self, low: int, high: int) -> list[Span]:
        return [
            (token.start, token.end)
            for parse in self.parses
            if parse.sentence.start < high and low < parse.sentence.end
            for token in parse.tokens
            if token.upos in ("VERB", "AUX") and low <= token.start < high
        ]

    def _signs(self, one: Named) -> bool:
        """Tell whether a name stands as a byline: a line with little else, or beside a word for an author."""
        text = self.reading.document.text
        line_start = text.rfind("\n", 0, one.start) + 1
        line_end = text.find("\n", one.end)
        line = text[line_start : line_end if line_end >= 0 else len(text)].strip()
        before, behind = text[line_start : one.start].strip(), text[one.end : one.end + 4]
        marks = [mark for mark in self.words.bylines if self.words.spaced]
        own = [mark.lower() for mark in marks if mark[0].islower()]
        if before in marks or any(before.endswith(f"({mark}") for mark in marks) or before.lower().endswith(tuple(own)):
            return True
        if not self.words.spaced and any(mark in behind[: len(mark) + 1] or before.endswith(mark) for mark in self.words.bylines):
            return True
        return line != text.strip() and len(line) <= len(self._text(one.start, one.end)) + 25 and line[-1:] not in ".!?。！？"
