"""Who is a party to a matter: one who acts, one who is acted on, and whoever is of the same government, force or side.

Names are looked up in the catalogue of actors. Who cannot be told from a party counts as one: that a source is independent has to
be shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from foreshock.incidents.side_names import Named, read_name
from foreshock.knowledge import load_table
from foreshock.model import Actor, Claim, Holder, Report
from foreshock.ontology.actor_catalogue import ActorCatalogue, load_catalogue
from foreshock.ontology.fold import fold


@cache
def table() -> Mapping[str, Any]:
    """Return the table of sides (parties.yaml)."""
    found: Mapping[str, Any] = load_table(__package__, "parties.yaml")
    return found


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody, as far as the catalogue tells.

    Attributes:
        name: the canonical name of a known actor, the plain English word of a group ("protesters"), else the folded words.
        country: ISO 3166 alpha-3, None where not known.
        sector: PLOVER sector, None where not known.
        known: whether the name is one of its own, in the catalogue.
    """

    name: str
    country: str | None = None
    sector: str | None = None
    known: bool = False


@dataclass
class Parties:
    """Tells who is who by a catalogue of actors; what was looked up is remembered."""

    catalogue: ActorCatalogue
    _seen: dict[tuple[str, str, str | None], Named] = field(default_factory=dict)

    def of_actor(self, actor: Actor, *, language: str, when: str | None = None) -> Party | None:
        """Return who an actor is; None where neither its fields nor the catalogue know anything of it."""
        found = self._named(actor.name, language, when)
        if found.name is None and actor.raw != actor.name:
            found = self._named(actor.raw, language, when)
        sector = actor.sector or found.sector
        if sector is None and found.name is None:
            return None
        country = actor.country or found.country
        return Party(found.name or fold(actor.name), country, sector, found.known)

    def of_holder(self, holder: Holder, *, language: str, when: str | None = None) -> Party | None:
        """Return who a holder is; None where the words name nobody. A medium of a state is that state's government."""
        if is_nobody(holder.name):
            return None
        if _speaks_for_state(f"{holder.name} {holder.raw}"):
            return Party("state media", self._named(holder.name, language, when).country, "GOV")
        found = self._named(holder.name, language, when)
        if found.name is None and holder.raw:
            found = self._named(holder.raw, language, when)
        return Party(found.name or fold(holder.name), found.country, found.sector, found.known)

    def _named(self, name: str, language: str, when: str | None) -> Named:
        key = (name, language, when[:10] if when else None)
        if key not in self._seen:
            self._seen[key] = read_name(name, self.catalogue, language=language, when=key[2])
        return self._seen[key]


@cache
def shipped() -> Parties:
    """Return the parties by the catalogue of the package."""
    return Parties(load_catalogue())


def is_nobody(name: str) -> bool:
    """Whether words name nobody: pronouns, "a statement"."""
    return not name.strip() or fold(name) in _nobody()


@cache
def _nobody() -> frozenset[str]:
    return frozenset(fold(word) for word in table()["nobody"])


@cache
def _state_media() -> tuple[str, ...]:
    return tuple(word.casefold() for words in table()["state_media"].values() for word in words)


def _speaks_for_state(name: str) -> bool:
    text = name.casefold()
    return any(word in text for word in _state_media())


def same_side(one: Party, other: Party) -> bool:
    """Whether two are of one side; where a country that would tell them apart is not known, they are.

    The interior ministry and the police of one country are; two named armed groups are not; "protesters" and "residents" are not.
    """
    if one.name == other.name:
        return _may_be_one(one.country, other.country)
    sides = table()
    if one.sector in sides["state"] and other.sector in sides["state"]:
        return _may_be_one(one.country, other.country)
    if one.sector in sides["armed"] and other.sector == one.sector:
        return not (one.known and other.known) and _may_be_one(one.country, other.country)
    if one.sector in sides["bloc"] and other.sector == one.sector:
        return _may_be_one(one.country, other.country)
    return False


def _may_be_one(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other


def home_of(reports: Iterable[Report]) -> str | None:
    """Return the country that most of the claims are placed in, the first told where two are equal; None where none is."""
    told = [r.claim.place.country for r in reports if r.claim.place and r.claim.place.country]
    return max(dict.fromkeys(told), key=told.count) if told else None


def parties_of(reports: Sequence[Report], *, parties: Parties | None = None) -> tuple[Party, ...]:
    """Return the parties to the matter that reports tell of: who acts and who is acted on, each once, in order of telling.

    A body of a state of which no country is said is counted to the country that the matter is placed in. Where nobody is told who
    did what states do (arrests, curfews, shots), that state is a party.
    """
    who, home = parties or shipped(), home_of(reports)
    found: dict[Party, None] = {}
    for report in reports:
        for actor in (report.claim.actor, report.claim.recipient):
            party = who.of_actor(actor, language=report.claim.language, when=report.published) if actor else None
            if party and party.sector:
                found[at_home(party, home)] = None
    if _doer_untold(reports, who):
        found[Party("government", home, "GOV")] = None
    return tuple(found)


def _doer_untold(reports: Sequence[Report], who: Parties) -> bool:
    """Whether the reports tell of what states do, and none of them which armed body or state did it."""
    if not any(one.claim.kind in table()["implied"] for one in reports):
        return False
    actors = ((one.claim.actor, one) for one in reports if one.claim.actor)
    doers = (who.of_actor(actor, language=one.claim.language, when=one.published) for actor, one in actors if actor)
    able = {*table()["state"], *table()["armed"]}
    return not any(doer and doer.sector in able for doer in doers)


def at_home(party: Party, home: str | None) -> Party:
    """Return the party with the matter's country, where it is a body of a state and none is said."""
    return replace(party, country=home) if party.country is None and party.sector in table()["state"] else party


def holder_of(claim: Claim) -> Holder:
    """Return the innermost holder: who gives the content its standing."""
    return claim.holders[-1]


def is_party(holder: Holder, reports: Sequence[Report], *, language: str = "en", parties: Parties | None = None) -> bool:
    """Whether a holder is a party to the matter that reports tell of.

    A document or outlet is one only where a state speaks through it. A speaker who is not named ("he", "a statement") is one.
    """
    who = parties or shipped()
    return any_side(holder, parties_of(reports, parties=who), home_of(reports), who, language=language)


def any_side(
    holder: Holder, sides: Iterable[Party], home: str | None, who: Parties, *, language: str, when: str | None = None
) -> bool:
    """Whether a holder is of one of the sides; see :func:`is_party`."""
    found = who.of_holder(holder, language=language, when=when)
    if found is None:
        return True
    if holder.role != "speaker" and found.name != "state media":
        return False
    found = at_home(found, home)
    return any(same_side(found, side) for side in sides)
