"""A dispute as a matrix: positions in columns, who holds them in rows, their words in the cells, shared origins in brackets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from foreshock.briefs.contested import told_dispute
from foreshock.briefs.locale import Reader
from foreshock.briefs.quotes import safe
from foreshock.briefs.receipts import standing
from foreshock.model import Claim, Dispute, Report
from foreshock.web import wording
from foreshock.web.picture import Picture


@dataclass(frozen=True, slots=True)
class Words:
    """What a holder says of a position, in the original; ``carried`` is how many more documents print it."""

    claim_id: str
    document_id: str
    source: str
    published: str | None
    language: str
    text: str
    status: str
    standing: str
    carried: int


@dataclass(frozen=True, slots=True)
class Holder:
    """A row: who, and for each position in order the words that take it."""

    name: str
    cells: tuple[tuple[Words, ...], ...]


@dataclass(frozen=True, slots=True)
class Bracket:
    """Rows that go back to one origin and so count once; of one row it is no bracket. ``names`` are those of the origins."""

    names: tuple[str, ...]
    holders: tuple[Holder, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A position: its name as a brief says it, the label that settles it, and how many origins and holders stand behind it."""

    name: str
    label: str
    origins: int
    holders: int
    settled: bool


@dataclass(frozen=True, slots=True)
class Matrix:
    """A dispute ready to be shown."""

    id: str
    incident_id: str | None
    question: str
    matter: str
    state: str
    columns: tuple[Column, ...]
    brackets: tuple[Bracket, ...]
    settled_by: str
    settled_at: str
    note: str


def matrices(reader: Reader, picture: Picture) -> tuple[Matrix, ...]:
    """Return the disputes of a picture: open ones first, those with the most origins first."""
    found = picture.shown.disputes
    ordered = sorted(found, key=lambda one: (one.state == "settled", -sum(len(side.origins) for side in one.positions)))
    names = {origin.id: origin.name for one in picture.shown.incidents for origin in one.origins}
    return tuple(_matrix(reader, picture, one, names) for one in ordered)


def question_of(reader: Reader, one: Dispute, reports: Mapping[str, Report]) -> str:
    """Return the question of a dispute as a brief asks it."""
    return told_dispute(reader, one, _claims(one, reports))[0]


def _claims(one: Dispute, reports: Mapping[str, Report]) -> dict[str, Claim]:
    return {claim: reports[claim].claim for side in one.positions for claim in side.claim_ids}


def _matrix(reader: Reader, picture: Picture, one: Dispute, names: Mapping[str, str]) -> Matrix:
    shown = picture.shown
    question, labels = told_dispute(reader, one, _claims(one, shown.reports))
    judgement = next((it for it in shown.found.judgements if it.id == one.settled_by), None)
    chosen = str(dict(judgement.changes).get("position", "")).strip('"') if judgement else ""
    return Matrix(
        id=one.id,
        incident_id=one.incident_id,
        question=question,
        matter=reader.say(wording.MATTERS[one.matter]),
        state=one.state,
        columns=tuple(
            Column(name, side.label, len(side.origins), len(side.holders), bool(chosen) and side.label == chosen)
            for name, side in zip(labels, one.positions, strict=True)
        ),
        brackets=_brackets(reader, one, picture, names),
        settled_by=judgement.by if judgement else "",
        settled_at=judgement.at[:10] if judgement else "",
        note=safe(one.note or ""),
    )


def _brackets(reader: Reader, one: Dispute, picture: Picture, names: Mapping[str, str]) -> tuple[Bracket, ...]:
    """Return the holders, those joined that share an origin: by one common to two of them, or along a row of such."""
    of_claim = picture.shown.found.origins
    cells: dict[str, list[list[Words]]] = {}
    origins: dict[str, list[str]] = {}
    for at, side in enumerate(one.positions):
        for quote in side.quotes:
            row = cells.setdefault(quote.holder, [[] for _ in one.positions])
            _add(row[at], reader, picture.shown.reports[quote.claim_id])
            if (origin := of_claim.get(quote.claim_id)) and origin not in origins.setdefault(quote.holder, []):
                origins[quote.holder].append(origin)
    groups: list[list[str]] = []
    for holder in cells:
        mine = set(origins.get(holder, ()))
        near = [group for group in groups if any(mine & set(origins.get(other, ())) for other in group)]
        groups = [group for group in groups if group not in near] + [[*(it for group in near for it in group), holder]]
    return tuple(
        Bracket(
            tuple(dict.fromkeys(safe(names.get(it, holder)) for holder in group for it in origins.get(holder, ()))),
            tuple(Holder(safe(holder), tuple(tuple(some) for some in cells[holder])) for holder in group),
        )
        for group in sorted(groups, key=lambda group: -len(group))
    )


def _add(cell: list[Words], reader: Reader, report: Report) -> None:
    """Add the words of a report to a cell; the same words in another document only count as carried."""
    claim = report.claim
    for n, known in enumerate(cell):
        if known.text == safe(claim.text):
            cell[n] = replace(known, carried=known.carried + 1)
            return
    cell.append(
        Words(
            claim_id=claim.id,
            document_id=claim.document_id,
            source=safe(report.source),
            published=report.published,
            language=claim.language,
            text=safe(claim.text),
            status=claim.status,
            standing=standing(reader, claim.status, negated=claim.negated),
            carried=0,
        )
    )
