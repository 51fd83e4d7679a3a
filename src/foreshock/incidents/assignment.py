"""Claims are joined into incidents as they arrive: the incident of a claim, with the score and the reasons.

Spaces of the store (docs/incidents.md): "episode", "assignment" (by claim), "incident", "joined" (by document: what was joined
last), and the counters "terms". Everything is decided from what arrived before, one document at a time, so batches of any size
give the same; nothing is changed, a merge or split is a later entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from foreshock.incidents.blocking import kept_under
from foreshock.incidents.cluster import INCIDENTS, Comparisons, Fit, alike, candidates, fits, members, table
from foreshock.incidents.constraints import Constraints
from foreshock.incidents.episodes import episodes_of
from foreshock.incidents.profiles import EPISODES, Profile, Profiles, Rarities, count_document, profile_of
from foreshock.incidents.store import Store
from foreshock.incidents.terms import segments_of, terms_of
from foreshock.model import Coding, Entry, Judgement

ASSIGNMENTS, JOINED = "assignment", "joined"
FURNITURE = 3  # earlier documents that have a segment alike: from here on it is the page's


@dataclass
class Draft:
    """The entries that one document causes, put together at its end, so that what is written twice is written once."""

    store: Store
    arrival: int
    known_at: str
    entries: dict[str, dict[str, Entry]] = field(
        default_factory=lambda: {EPISODES: {}, ASSIGNMENTS: {}, INCIDENTS: {}, JOINED: {}}
    )

    def put(self, space: str, one: str, value: Mapping[str, Any], *keys: str) -> None:
        """Add or replace an entry of this draft."""
        self.entries[space][one] = Entry(one, self.arrival, self.known_at, dict(value), tuple(keys))

    def incident(self, one: str) -> dict[str, Any]:
        """Return the value of an incident as it stands now."""
        found = self.entries[INCIDENTS].get(one) or self.store.get(INCIDENTS, [one])[one]
        return dict(found.value)

    def incidents_of(self, claims: Sequence[str]) -> dict[str, str]:
        """Return the incidents that claims are part of now."""
        entries = self.store.get(ASSIGNMENTS, claims)
        return {claim: self.root(str(entry.value["incident"])) for claim, entry in entries.items()}

    def root(self, incident: str) -> str:
        """Return the incident that one is part of, merges of this draft included."""
        while into := self.incident(incident).get("merged_into"):
            incident = str(into)
        return incident

    def commit(self) -> list[Entry]:
        """Put all entries; returns the assignments."""
        for space, entries in self.entries.items():
            if entries:
                self.store.put(space, entries.values())
        return list(self.entries[ASSIGNMENTS].values())


def assign(
    codings: Sequence[Coding], store: Store, *, judgements: Sequence[Judgement] = (), profiles: Profiles | None = None
) -> list[Entry]:
    """Join the claims of codings into incidents, in order of arrival, and return their assignments.

    Args:
        codings: those not joined yet; one that was joined before is passed over.
        store: what is remembered of the ones before.
        judgements: what persons decided so far; two claims judged "different" are never brought into one incident.
        profiles: those at hand from earlier calls with this store.

    Returns:
        Entries of the space "assignment": id of the claim, key the incident; the value has ``incident``, ``episode``, ``first``
        (the first claim of the episode), ``to`` (that of the episode that it was joined to, None where it founded the incident),
        ``score`` (a probability) and ``why``.
    """
    constraints = Constraints.of(judgements)
    profiles = Profiles() if profiles is None else profiles
    made: list[Entry] = []
    for coding in sorted(codings, key=lambda one: one.arrival):
        last = store.get(JOINED, [coding.document.id]).get(coding.document.id)
        if last is None or last.arrival < coding.arrival:
            made += _assign(coding, store, constraints, profiles)
    return made


def _assign(coding: Coding, store: Store, constraints: Constraints, profiles: Profiles) -> list[Entry]:
    language, text = coding.document.language, coding.document.text
    draft = Draft(store, coding.arrival, coding.known_at)
    rarities = Rarities(store, language)
    segments = {f"s:{key}" for key, _, _ in segments_of(text)}
    rarities.load(segments)
    furniture = {key[2:] for key in segments if rarities.seen(key) >= FURNITURE}
    episodes = episodes_of(coding, furniture=furniture)
    told = {mark for one in episodes for mark in (*one.marks, *one.counts)}
    terms = {*terms_of(text).counts, *segments, *told}
    rarities.load(terms)
    compared = Comparisons(rarities, profiles)
    cut = full = 0
    for episode in episodes:
        profile = profile_of(episode, rarities, published=coding.document.published, arrival=coding.arrival)
        found = candidates(profile, rarities, store, profiles)
        cut, full = cut + found.cut, full + found.full
        _join(profile, found.profiles, draft, compared, constraints)
    made = {"episodes": len(episodes), "comparisons": compared.made}
    draft.put(JOINED, coding.document.id, {**made, "cut": cut, "full": full} if cut or full else made)
    done = draft.commit()
    count_document(store, language, terms)
    return done


def _join(profile: Profile, others: Sequence[Profile], draft: Draft, compared: Comparisons, constraints: Constraints) -> None:
    store, rarities = draft.store, compared.rarities
    found = fits(profile, others, compared, store)
    now = {fit.incident: draft.root(fit.incident) for fit in found}
    found = [replace(fit, incident=now[fit.incident]) for fit in found]
    if not found:
        incident = profile.claim_ids[0]
        draft.put(
            INCIDENTS, incident, {"episode": profile.id, "family": profile.family, "arrival": profile.arrival, "merged": []}
        )
        record(draft, replace(profile, incident=incident), kept_under(profile, rarities), None)
        return
    first = found[0]
    incident = first.incident
    for fit in found[1:]:
        incident = _merged(incident, fit, draft, compared, constraints)
    record(draft, replace(profile, incident=incident), kept_under(profile, rarities), first)


def record(draft: Draft, profile: Profile, keys: Iterable[str], fit: Fit | None) -> None:
    """Put an episode and the assignments of its claims."""
    draft.put(EPISODES, profile.id, profile.value(), *keys, f"i:{profile.incident}")
    for claim in profile.claim_ids:
        draft.put(
            ASSIGNMENTS,
            claim,
            {
                "incident": profile.incident,
                "episode": profile.id,
                "first": profile.claim_ids[0],
                "to": fit.to.claim_ids[0] if fit else None,
                "score": round(fit.match.probability, 4) if fit else 1.0,
                "why": list(fit.match.why) if fit else ["the first to tell of it"],
            },
            str(profile.incident),
        )


def _merged(incident: str, fit: Fit, draft: Draft, compared: Comparisons, constraints: Constraints) -> str:
    """Return the incident after merging that of the fit into it, where the arrival shows both to be one; else itself."""
    if fit.incident == incident or fit.score < table()["merge"]:
        return incident
    store = draft.store
    ours, theirs = (members(one, store, compared.profiles) for one in (incident, fit.incident))
    if constraints.part(incident, fit.incident, draft.incidents_of) or alike(ours, theirs, compared) < table()["across"]:
        return incident
    why = f"an arriving report belongs to both, and their own are alike ({'; '.join(fit.match.why[:2])})"
    return merge(draft, incident, fit.incident, why)


def merge(draft: Draft, one: str, other: str, why: str) -> str:
    """Merge two incidents: the one founded first stays, the other is recorded as part of it."""
    values = {incident: draft.incident(incident) for incident in (one, other)}
    stays, goes = sorted(values, key=lambda incident: (values[incident]["arrival"], incident))
    merged = [*values[stays]["merged"], goes, *values[goes]["merged"]]
    draft.put(INCIDENTS, stays, {**values[stays], "merged": merged})
    draft.put(INCIDENTS, goes, {**values[goes], "merged_into": stays, "why": why})
    return stays
