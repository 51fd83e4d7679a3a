"""Balance: who does what in the corpus. No country, sector or side may stand for one kind of act, or always do the wrong.

Counted are claims with an actor whose country or sector is annotated, whatever their standing: what is denied or only alleged of
somebody teaches a reader to expect it of him all the same.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.records import AnnotatedClaim, MiniDocument, Party
from foreshock.model.values import Kind

HOSTILE: frozenset[Kind] = frozenset(["ASSAULT", "COERCE", "THREATEN", "SANCTION", "MOBILIZE"])
FRIENDLY: frozenset[Kind] = frozenset(["AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"])
# Fewer claims than these say nothing of a country or a sector.
ENOUGH_COUNTRY = 25
ENOUGH_SECTOR = 40
# The most that one kind may be of the claims set in a country, and the most that hostile acts may be of an actor's.
MOST_KIND = 0.35
MOST_HOSTILE = 0.75
# Armed bodies and courts are told for what they do by force or by law; they must still be told for other acts too.
BY_TRADE = frozenset(["MIL", "COP", "REB", "UAF", "CRM", "SPY", "JUD"])
MOST_BY_TRADE = 0.85


@dataclass(frozen=True, slots=True)
class Share:
    """How many claims somebody is the actor of, or that are set in a country, and what of them is hostile and friendly."""

    name: str
    claims: int
    hostile: float
    friendly: float
    top_kind: str
    top_share: float


def by_sector(documents: Iterable[MiniDocument]) -> list[Share]:
    """Return the shares of each sector as actor, those with most claims first."""
    return _shares((str(party.sector), claim.kind) for party, claim in _acted(documents) if party.sector)


def by_state(documents: Iterable[MiniDocument]) -> list[Share]:
    """Return the shares of each country's government, army and police as actors."""
    return _shares(
        (str(party.country), claim.kind)
        for party, claim in _acted(documents)
        if party.country and party.sector in ("GOV", "MIL", "COP", "SPY")
    )


def by_country(documents: Iterable[MiniDocument]) -> list[Share]:
    """Return the shares of the claims set in each country."""
    return _shares((document.country, claim.kind) for document in documents for claim in document.claims)


def lopsided(documents: list[MiniDocument]) -> list[str]:
    """Return, in a sentence each, every country that means one kind and every actor who does almost nothing but wrong."""
    found = [
        f"{one.top_share:.0%} of the {one.claims} claims set in {one.name} are {one.top_kind}; at most {MOST_KIND:.0%} may be"
        for one in by_country(documents)
        if one.claims >= ENOUGH_COUNTRY and one.top_share > MOST_KIND
    ]
    for shares, enough in ((by_sector(documents), ENOUGH_SECTOR), (by_state(documents), ENOUGH_COUNTRY)):
        for one in shares:
            most = MOST_BY_TRADE if one.name in BY_TRADE else MOST_HOSTILE
            if one.claims >= enough and one.hostile > most:
                found.append(f"{one.hostile:.0%} of the {one.claims} acts of {one.name} are hostile; at most {most:.0%} may be")
    return found


def _acted(documents: Iterable[MiniDocument]) -> Iterator[tuple[Party, AnnotatedClaim]]:
    for document in documents:
        for claim in document.claims:
            if (party := claim.parties.get("a")) is not None:
                yield party, claim


def _shares(pairs: Iterable[tuple[str, Kind]]) -> list[Share]:
    kinds: dict[str, Counter[Kind]] = defaultdict(Counter)
    for name, kind in pairs:
        kinds[name][kind] += 1
    made = []
    for name, counts in kinds.items():
        total = counts.total()
        top, number = counts.most_common(1)[0]
        hostile, friendly = (sum(counts[kind] for kind in some) / total for some in (HOSTILE, FRIENDLY))
        made.append(Share(name, total, hostile, friendly, top, number / total))
    return sorted(made, key=lambda one: (-one.claims, one.name))
