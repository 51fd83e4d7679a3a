"""How credible an incident is: Admiralty 1 to 6 (NATO STANAG 2511), from independent origins.

Confirmed needs two origins of which one is no party to the matter, or an admission against interest. A denial by an interested
party lowers nobody's grade. The policy is a table (credibility.yaml); a person may override the grade, with a note.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from foreshock.incidents.judgements.judged import apply, override_of
from foreshock.incidents.parties import Parties, Party, any_side, at_home, holder_of, home_of, parties_of, same_side, shipped
from foreshock.knowledge import load_table
from foreshock.model import Claim, Credibility, Holder, Judgement, Origin, Report

SHOWN = 3  # names in a reason


@cache
def table() -> Mapping[str, Any]:
    """Return the policy (credibility.yaml)."""
    found: Mapping[str, Any] = load_table(__package__, "credibility.yaml")
    return found


@dataclass(frozen=True, slots=True)
class Facts:
    """What the policy asks for, each as the names behind it: origins, sides, holders or persons."""

    judged: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    independent: tuple[str, ...] = ()
    admissions: tuple[str, ...] = ()
    direct: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    refutations: tuple[str, ...] = ()
    retracted: tuple[str, ...] = ()


@dataclass
class Matter:
    """The reports of one incident with its parties, and what each report is to it."""

    reports: Sequence[Report]
    who: Parties
    sides: tuple[Party, ...] = ()
    home: str | None = None

    @classmethod
    def of(cls, reports: Sequence[Report], who: Parties) -> Matter:
        """Return the matter that reports tell of."""
        return cls(reports, who, parties_of(reports, parties=who), home_of(reports))

    def is_party(self, report: Report) -> bool:
        """Whether who gives a claim its standing is a party; one who blames another is."""
        claim = report.claim
        if claim.status in table()["interested"]:
            return True
        return any_side(holder_of(claim), self.sides, self.home, self.who, language=claim.language, when=report.published)

    def names_party(self, name: str) -> bool:
        """Whether a name is known to be that of a body on a side of the matter: origins are named in English."""
        found = self.who.of_holder(Holder(name, "speaker", "", "asserted"), language="en")
        return bool(found and found.sector and any(same_side(at_home(found, self.home), one) for one in self.sides))

    def side(self, report: Report) -> str | None:
        """Return the side that a holder is of, as the first party on it is named; None where that is not known."""
        claim = report.claim
        found = self.who.of_holder(holder_of(claim), language=claim.language, when=report.published)
        if found is None:
            return None
        found = at_home(found, self.home)
        return next((one.name for one in self.sides if same_side(found, one)), None)

    def admits(self, report: Report) -> bool:
        """Whether a side says against its interest that it did it, or lost by it."""
        return any(self._fits(report, row) for row in table()["admissions"])

    def _fits(self, report: Report, row: Mapping[str, Any]) -> bool:
        claim = report.claim
        if claim.kind not in row["kinds"] or ("modes" in row and claim.mode not in row["modes"]):
            return False
        if "figures" in row and not any(one.what in row["figures"] and one.best != 0 for one in claim.figures):
            return False
        own, other = (claim.actor, claim.recipient) if row["who"] == "actor" else (claim.recipient, claim.actor)
        if own is None or ("of" in row and (other is None or other.sector not in row["of"])):
            return False
        who = self.who.of_actor(own, language=claim.language, when=report.published)
        holder = self.who.of_holder(holder_of(claim), language=claim.language, when=report.published)
        if who is None or holder is None or holder_of(claim).role != "speaker":
            return False
        if "sectors" in row and who.sector not in row["sectors"]:
            return False
        return same_side(at_home(holder, self.home), at_home(who, self.home))


def facts_of(
    reports: Sequence[Report], origins: Sequence[Origin], *, judgements: Sequence[Judgement] = (), parties: Parties | None = None
) -> Facts:
    """Return what is known for and against an incident, each with its names.

    An origin counts once, however many documents carry it. One that took its word back in its last claim counts no more.
    """
    judged = apply(reports, judgements)
    matter = Matter.of(judged.effective, parties or shipped())
    claims = {one.claim.id: one for one in judged.effective}
    found: dict[str, dict[str, None]] = {name: {} for name in Facts.__dataclass_fields__}
    for origin in origins:
        told = sorted((claims[one] for one in origin.claim_ids if one in claims), key=_order)
        _weigh(origin.name, told, matter, found)
    if found["independent"]:
        found["sides"] = {}
    for claim_id, judgement in judged.confirmed.items():
        if claim_id in claims and affirms(claims[claim_id].claim):
            found["judged"][f"{judgement.by} on {judgement.at[:10]}"] = None
    return Facts(**{name: tuple(names) for name, names in found.items()})


def _order(report: Report) -> tuple[str, int, int]:
    return (report.published or "", report.arrival, report.claim.start)


def _weigh(name: str, told: Sequence[Report], matter: Matter, found: Mapping[str, dict[str, None]]) -> None:
    """Add one origin to the facts."""
    affirming = [one for one in told if affirms(one.claim)]
    if any(one.claim.status in table()["retracted"] for one in told):
        found["retracted"][name] = None
        affirming = []
    if affirming:
        found["origins"][name] = None
    apart = [] if matter.names_party(name) else [one for one in affirming if not matter.is_party(one)]
    if apart:
        found["independent"][name] = None
        if any(one.claim.basis in table()["direct"] for one in apart):
            found["direct"][name] = None
    outside = {one.claim.id for one in apart}
    for one in affirming:
        if matter.admits(one):
            found["admissions"][holder_of(one.claim).name] = None
        elif one.claim.id not in outside and (side := matter.side(one)):
            found["sides"][side] = None
    if not (affirming or matter.names_party(name)) and any(denies(one.claim) and not matter.is_party(one) for one in told):
        found["refutations"][name] = None


def affirms(claim: Claim) -> bool:
    """Whether the holder says that it happened: not that it was ordered, wished, rumoured or attempted in vain."""
    return claim.status in table()["affirmed"] and not claim.negated and claim.phase != "foiled"


def denies(claim: Claim) -> bool:
    """Whether the holder says that it did not happen."""
    return (claim.status in table()["denied"]) or (claim.negated and claim.status in table()["affirmed"])


def credibility_of(
    reports: Sequence[Report], origins: Sequence[Origin], *, judgements: Sequence[Judgement] = (), parties: Parties | None = None,
    incident_id: str | None = None,
) -> tuple[Credibility, str]:  # fmt: skip
    """Return the credibility of an incident, and why in one sentence.

    Args:
        reports: the claims of the incident; origins: the origins of those claims.
        judgements: what persons decided; one that overrides the credibility of ``incident_id`` is the last word.
        parties: who is who; by the package's catalogue where not given.

    Worked example: a paper and the interior ministry, each an origin, say that gunmen shot at the police; the paper is no party:
    1, "confirmed by two origins of which one is no party to it: told by Lagoon Post; also interior ministry".
    """
    set_by = override_of(judgements, "incident", incident_id, "credibility") if incident_id else None
    if set_by is not None:
        value, judgement = set_by
        return cast(Credibility, int(value)), f"set by {judgement.by} on {judgement.at[:10]}: {judgement.why}"
    facts = facts_of(reports, origins, judgements=judgements, parties=parties)
    row = next(row for row in table()["grades"] if _meets(facts, row))
    return row["grade"], f"{row['why']}{_names(facts)}"


def confirmed(
    reports: Sequence[Report], origins: Sequence[Origin], *, judgements: Sequence[Judgement] = (), parties: Parties | None = None
) -> bool:
    """Whether an incident is confirmed: two origins of which one is no party to it, an admission, or a person's word."""
    return credibility_of(reports, origins, judgements=judgements, parties=parties)[0] == 1


def _meets(facts: Facts, row: Mapping[str, Any]) -> bool:
    least, most = row.get("needs") or {}, row.get("at_most") or {}
    return all(len(getattr(facts, name)) >= n for name, n in least.items()) and all(
        len(getattr(facts, name)) <= n for name, n in most.items()
    )


def _names(facts: Facts) -> str:
    """Return who is behind the grade: those who are no party first."""
    parts = [
        ("", facts.judged),
        ("admitted by ", facts.admissions),
        ("told by ", facts.independent),
        ("also " if facts.independent else "told by the party ", tuple(o for o in facts.origins if o not in facts.independent)),
        ("denied by ", facts.refutations),
        ("taken back by ", facts.retracted),
    ]
    said = [f"{words}{_listed(names)}" for words, names in parts if names]
    return f": {'; '.join(said)}" if said else ""


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more
