"""Disputes: claims on one matter that cannot both hold, side by side until a person settles it.

A dispute has a question, positions, and for each its holders, words and origins. Nobody is believed more than another here: which
position is the better founded is for grades and for the person who settles it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from foreshock.dates import last_day
from foreshock.incidents.disputes.matters import Statement, family
from foreshock.incidents.disputes.pairs import Conflict, conflicts, statements_of, walked_back
from foreshock.incidents.disputes.positions import definition_of, label_of, question_of
from foreshock.incidents.disputes.standing import rejections
from foreshock.incidents.disputes.words import table
from foreshock.incidents.tallies import origin_key
from foreshock.model import Dispute, DisputeMatter, Judgement, Position, PositionQuote, Report, record_id


@dataclass(frozen=True, slots=True)
class WalkedBack:
    """A holder who later said otherwise than before: the two claims, on what, and why they exclude each other."""

    holder: str
    earlier: str
    later: str
    matter: DisputeMatter
    why: str


@dataclass
class _Draft:
    """A dispute that is being put together: its claims by position."""

    matter: DisputeMatter
    incident_id: str
    definition: str
    conflict: Conflict
    positions: dict[str, dict[str, Statement]] = field(default_factory=dict)


def disputes_of(
    incidents: Iterable[tuple[str, Sequence[Report]]], origin_of: Mapping[str, str], judgements: Sequence[Judgement] = ()
) -> list[Dispute]:
    """Return the disputes within incidents, and those between a denial that names no day or place and what it denies.

    Args:
        incidents: ids with their claims, as told by documents; of a crisis all its incidents.
        origin_of: claim id, or document id, -> the origin that it goes back to; a claim in neither stands for its source.
        judgements: of any subject; those that settle or reopen a dispute count, the latest of each, unless it was withdrawn.

    In the order of the incidents, then as found. The id is made of the incident, the matter and what is asked, so it stays as
    positions are added.
    """
    drafts: dict[str, _Draft] = {}
    alike: dict[str, list[Statement]] = {}
    answered: set[str] = set()
    told: list[tuple[str, list[Statement]]] = []
    for incident_id, reports in incidents:
        statements, same = statements_of(reports)
        alike |= same
        told.append((incident_id, statements))
        for conflict in conflicts(statements):
            if not walked_back(conflict.one, conflict.other):
                _add(drafts, incident_id, conflict)
                answered |= {conflict.one.claim.id, conflict.other.claim.id}
    for incident_id, conflict in _elsewhere(told, answered):
        _add(drafts, incident_id, conflict)
    settled = _settled(judgements)
    return [_dispute(key, draft, alike, origin_of, settled.get(key)) for key, draft in drafts.items()]


def walked_back_of(reports: Sequence[Report]) -> list[WalkedBack]:
    """Return where holders of an incident later said otherwise than before, in order of the later claim."""
    statements, _ = statements_of(reports)
    found = []
    for conflict in conflicts(statements):
        if walked_back(conflict.one, conflict.other):
            earlier, later = sorted((conflict.one, conflict.other), key=lambda one: one.report.published or "")
            found.append(WalkedBack(later.holder, earlier.claim.id, later.claim.id, conflict.matter, conflict.why))
    return found


def _add(drafts: dict[str, _Draft], incident_id: str, conflict: Conflict) -> None:
    definition = definition_of(conflict)
    key = record_id("dispute", incident_id, conflict.matter, definition)
    draft = drafts.setdefault(key, _Draft(conflict.matter, incident_id, definition, conflict))
    for statement in (conflict.one, conflict.other):
        draft.positions.setdefault(label_of(statement, conflict), {})[statement.claim.id] = statement


def _elsewhere(told: Sequence[tuple[str, list[Statement]]], answered: set[str]) -> Iterable[tuple[str, Conflict]]:
    """Yield what a denial without day or place denies in other incidents: an act of its kind and parties, of these days."""
    held: dict[tuple[str, str | None], list[tuple[str, Statement]]] = {}
    for incident_id, statements in told:
        for one in statements:
            if one.polarity == "held":
                held.setdefault((family(one.claim), one.claim.mode), []).append((incident_id, one))
    for incident_id, statements in told:
        for one in statements:
            claim = one.claim
            bare = (
                claim.status == "denied"
                and claim.when is None
                and claim.place is None
                and claim.kind not in table()["background"]
            )
            if not bare or claim.id in answered:
                continue
            for its_incident, other in held.get((family(claim), claim.mode), ()):
                if its_incident != incident_id and _parties_fit(one, other) and (why := next(rejections(one, other), None)):
                    yield its_incident, Conflict("standing", one, other, why)


def _parties_fit(one: Statement, other: Statement) -> bool:
    pairs = [(one.claim.actor, other.claim.actor), (one.claim.recipient, other.claim.recipient)]
    both = [(mine, yours) for mine, yours in pairs if mine and yours]
    days = [report.published for report in (one.report, other.report)]
    near = None in days or abs(_ordinal(days[0] or "") - _ordinal(days[1] or "")) <= table()["answer_days"]
    return near and bool(both) and all(mine.name == yours.name for mine, yours in both)


def _ordinal(published: str) -> int:
    return last_day(published).toordinal()


def _settled(judgements: Sequence[Judgement]) -> dict[str, Judgement]:
    """Return the judgement that settles each dispute: the latest on it, if that does not reopen it."""
    withdrawn = {subject for one in judgements if one.verdict == "withdraw" for subject in one.subjects}
    latest: dict[str, Judgement] = {}
    for one in sorted(judgements, key=lambda one: (one.at, one.id)):
        if one.subject == "dispute" and one.verdict in ("settle", "reopen") and one.id not in withdrawn:
            latest.update(dict.fromkeys(one.subjects, one))
    return {key: one for key, one in latest.items() if one.verdict == "settle"}


def _dispute(
    key: str, draft: _Draft, alike: Mapping[str, list[Statement]], origin_of: Mapping[str, str], judged: Judgement | None
) -> Dispute:
    positions = tuple(_position(label, held.values(), alike, origin_of) for label, held in draft.positions.items())
    return Dispute(
        id=key,
        question=question_of(draft.conflict),
        matter=draft.matter,
        incident_id=draft.incident_id,
        positions=positions,
        state="settled" if judged else "open",
        settled_by=judged.id if judged else None,
        note=judged.why if judged else None,
    )


def _position(
    label: str, heads: Iterable[Statement], alike: Mapping[str, list[Statement]], origin_of: Mapping[str, str]
) -> Position:
    statements = [one for head in heads for one in alike.get(head.claim.id, [head])]
    return Position(
        label=label,
        holders=tuple(dict.fromkeys(one.holder for one in statements)),
        claim_ids=tuple(dict.fromkeys(one.claim.id for one in statements)),
        quotes=tuple(_quote(one) for one in statements),
        origins=tuple(dict.fromkeys(origin_key(one.report, origin_of) for one in statements)),
    )


def _quote(one: Statement) -> PositionQuote:
    claim = one.claim
    return PositionQuote(claim.id, claim.document_id, one.holder, claim.language, (claim.start, claim.end), claim.text)
