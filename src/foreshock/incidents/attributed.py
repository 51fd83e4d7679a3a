"""Who is said to have done it, by whom. Rival attributions stand side by side; nobody is merged away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from foreshock.incidents.credibility import table
from foreshock.incidents.parties import Parties, Party, holder_of, is_nobody, shipped
from foreshock.model import Actor, Attributed, Claim, Report
from foreshock.ontology.fold import fold

# Standings in which the actor is he who orders, asks or permits, not he who does it.
ISSUED = frozenset({"ordered", "permitted", "advised", "requested"})


@dataclass
class _Draft:
    """One actor as he is being gathered."""

    actor: Actor
    holders: dict[str, None] = field(default_factory=dict)
    claim_ids: list[str] = field(default_factory=list)
    origins: dict[str, None] = field(default_factory=dict)


def attributed_to(
    reports: Sequence[Report], origin_of: Mapping[str, str], *, parties: Parties | None = None
) -> tuple[Attributed, ...]:
    """Return every actor to whom the matter is put down, with the holders who say so; most origins first, then as first told.

    Args:
        reports: the claims of an incident.
        origin_of: claim id -> the origin that it goes back to; a claim without one counts under its document.
        parties: who is who; an actor of the catalogue is one, whatever the language or alias.

    A claim that denies it attributes nothing. Of an order or a request the actor is he who gives it: he is told only where nobody
    says that it was done. An actor of whom nothing is known keeps the words of the text; words
    that are no name and no group of people ("smoke", "they") are left out.
    """
    who = parties or shipped()
    done = [one for one in reports if _attributes(one.claim)] or [one for one in reports if one.claim.status in ISSUED]
    found: dict[tuple[str, str | None], _Draft] = {}
    for report in sorted(done, key=lambda one: (one.arrival, one.claim.start, one.claim.id)):
        actor = report.claim.actor
        if actor is None or is_nobody(actor.name):
            continue
        party = who.of_actor(actor, language=report.claim.language, when=report.published)
        if party is None and actor.name[:1].islower():
            continue  # a thing or a pronoun that was read as one: "smoke", "of them"
        draft = found.setdefault(_key(actor, party), _Draft(_named(actor, party)))
        draft.holders[_holder(report, who)] = None
        draft.claim_ids.append(report.claim.id)
        draft.origins[origin_of.get(report.claim.id, report.claim.document_id)] = None
    ranked = sorted(found.values(), key=lambda one: -len(one.origins))
    return tuple(Attributed(one.actor, tuple(one.holders), tuple(one.claim_ids), tuple(one.origins)) for one in ranked)


def _attributes(claim: Claim) -> bool:
    words = table()
    refused = {*words["denied"], *words["retracted"]}
    return claim.status not in refused and claim.status not in ISSUED and not claim.negated


def _key(actor: Actor, party: Party | None) -> tuple[str, str | None]:
    """Return under what an actor is one: the name in the catalogue, the word for the group with its country, else the words."""
    return (party.name, None if party.known else party.country) if party else (fold(actor.name), actor.country)


def _named(actor: Actor, party: Party | None) -> Actor:
    """Return an actor of the catalogue under its canonical name, another one as the text has it."""
    return Actor(party.name, actor.raw, party.country, party.sector) if party and party.known else actor


def _holder(report: Report, who: Parties) -> str:
    holder = holder_of(report.claim)
    if holder.role == "document":
        return report.source
    found = who.of_holder(holder, language=report.claim.language, when=report.published)
    return found.name if found and found.known else holder.name
