"""Records to rows of the tables of columns.yaml; each row leads to its sentences by claim id, document id, span and words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from foreshock.model import Claim, Condition, Dispute, Document, Estimate, Grade, Incident, Place, Report, When, to_json
from foreshock.ontology.crosswalk import Crosswalk
from foreshock.ontology.event_types import EventTypes

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Tables:
    """What is exported. Documents and claims are gone through once, so they may be iterators over a large ledger.

    ``claims`` are those of ``documents``; ``estimates`` come with the moment at which each was kept.
    """

    documents: Iterable[Document] = ()
    claims: Iterable[Report] = ()
    incidents: Sequence[Incident] = ()
    conditions: Sequence[Condition] = ()
    disputes: Sequence[Dispute] = ()
    grades: Sequence[Grade] = ()
    estimates: Iterable[tuple[str, Estimate]] = ()


def document_row(document: Document) -> Row:
    """Return the row of a document."""
    return {
        "document_id": document.id,
        "version": document.version,
        "source": document.source,
        "url": document.url,
        "language": document.language,
        "title": document.title,
        "published": document.published,
        "published_by": document.published_by,
        "fetched_at": document.fetched_at,
        "sha256": document.custody.sha256,
        "size": document.custody.size,
        "media_type": document.media_type,
        "licence": document.licence,
        "translated": list(document.translated),
    }


def claim_row(report: Report, crosswalk: Crosswalk, types: EventTypes, *, incident: str | None) -> Row:
    """Return the row of a claim, with what other codebooks call it."""
    claim = report.claim
    actor, recipient, inner = claim.actor, claim.recipient, claim.holders[-1]
    codes = crosswalk.codes(
        claim.kind, claim.mode, claim.status, negated=claim.negated, doer=actor.sector if actor else None
    )  # fmt: skip
    like = types.of(claim)
    return {
        "claim_id": claim.id,
        "document_id": claim.document_id,
        "version": claim.version,
        "source": report.source,
        "published": report.published,
        "known_at": report.known_at,
        "incident_id": incident,
        "language": claim.language,
        "start": claim.start,
        "end": claim.end,
        "text": claim.text,
        "kind": claim.kind,
        "mode": claim.mode,
        "status": claim.status,
        "negated": claim.negated,
        "certainty": claim.certainty,
        "phase": claim.phase,
        "basis": claim.basis,
        "holder": inner.name,
        "holder_role": inner.role,
        "holders": [{"name": h.name, "role": h.role, "status": h.status, "raw": h.raw} for h in claim.holders],
        "actor": actor.name if actor else None,
        "actor_country": actor.country if actor else None,
        "actor_sector": actor.sector if actor else None,
        "actor_cameo": crosswalk.actor_code(actor.country, actor.sector) if actor else None,
        "recipient": recipient.name if recipient else None,
        "recipient_country": recipient.country if recipient else None,
        "recipient_sector": recipient.sector if recipient else None,
        "recipient_cameo": crosswalk.actor_code(recipient.country, recipient.sector) if recipient else None,
        **_where(claim.place),
        **_when(claim.when),
        "damage": sorted({one.kind for one in claim.damage}),
        "confidence": claim.confidence,
        "coder": claim.coder,
        "plover": codes.plover,
        "cameo_root": codes.cameo,
        "acled_like_type": like.label if like else None,
    }


def figure_rows(claim: Claim) -> Iterator[Row]:
    """Yield the rows of a claim's numbers."""
    for number, one in enumerate(claim.figures):
        values = to_json(one)
        yield {
            "figure_id": f"{claim.id}-{number}",
            "claim_id": claim.id,
            "document_id": claim.document_id,
            **{key: values[key] for key in ("what", "of", "unit", "low", "best", "high", "bound", "counting", "scope", "as_of")},
            "state": one.state,
            "candidates": list(one.candidates),
            "raw": one.raw,
            "start": one.start,
            "end": one.end,
        }


def incident_row(incident: Incident) -> Row:
    """Return the row of an incident."""
    return {
        "incident_id": incident.id,
        "kind": incident.kind,
        "mode": incident.mode,
        **_where(incident.place),
        **_when(incident.when),
        "claims": len(incident.claim_ids),
        "origins": len(incident.origins),
        "origin_names": [one.name for one in incident.origins],
        "credibility": incident.credibility,
        "why": incident.why,
        "attributed_to": [
            {"actor": one.actor.name, "holders": list(one.holders), "claim_ids": list(one.claim_ids)}
            for one in incident.attributed_to
        ],
        "tallies": [
            {
                **{key: getattr(one, key) for key in ("what", "of", "unit", "counting", "scope", "low", "best", "high")},
                "claim_ids": [point.claim_id for point in one.points],
            }
            for one in incident.tallies
        ],
        "claim_ids": list(incident.claim_ids),
        "merged": list(incident.merged),
        "split_from": incident.split_from,
    }


def condition_row(condition: Condition) -> Row:
    """Return the row of a condition."""
    return {
        "condition_id": condition.id,
        "type": condition.type,
        "kind": condition.kind,
        "mode": condition.mode,
        "declared_by": condition.declared_by.name if condition.declared_by else None,
        "party": condition.party.name if condition.party else None,
        "held_by": list(condition.held_by),
        **_where(condition.place),
        **{key: getattr(condition, key) for key in ("since", "until", "state", "freshness", "last_confirmed", "age_days")},
        "claim_ids": list(condition.claim_ids),
        "steps": [to_json(one) for one in condition.steps],
    }


def dispute_row(dispute: Dispute) -> Row:
    """Return the row of a dispute."""
    names = ("question", "matter", "incident_id", "state", "settled_by", "note")
    return {"dispute_id": dispute.id, **{name: getattr(dispute, name) for name in names}}


def position_rows(dispute: Dispute) -> Iterator[Row]:
    """Yield the rows of the sides of a dispute."""
    for number, one in enumerate(dispute.positions):
        yield {
            "position_id": f"{dispute.id}-{number}",
            "dispute_id": dispute.id,
            "label": one.label,
            "holders": list(one.holders),
            "origins": len(one.origins),
            "claim_ids": list(one.claim_ids),
            "quotes": [
                {
                    **{key: getattr(quote, key) for key in ("claim_id", "document_id", "holder", "language")},
                    "start": quote.span[0],
                    "end": quote.span[1],
                    "text": quote.text,
                }
                for quote in one.quotes
            ],
        }


def grade_row(grade: Grade) -> Row:
    """Return the row of a source."""
    values: Mapping[str, Any] = to_json(grade)
    return dict(values)


def estimate_row(known_at: str, estimate: Estimate) -> Row:
    """Return the row of an estimate."""
    one, prior = estimate, estimate.prior
    names = ("scenario", "subject", "country", "as_of", "horizon", "state", "tier", "probability", "low", "high")
    return {
        "estimate_id": one.id,
        "known_at": known_at,
        **{name: getattr(one, name) for name in names},
        "prior": prior.probability if prior else None,
        "prior_low": prior.low if prior else None,
        "prior_high": prior.high if prior else None,
        "base_rate": prior.base_rate if prior else None,
        "evidence_model": one.evidence_model,
        "weight": one.weight,
        "unmeasured": one.unmeasured,
        "blind": [{name: getattr(it, name) for name in ("cause", "since", "until", "whole", "source")} for it in one.blind],
        "notes": list(one.notes),
        "arrival": one.arrival,
        "method": one.method,
    }


def evidence_rows(estimate: Estimate) -> Iterator[Row]:
    """Yield the rows of an estimate's indicators."""
    for number, one in enumerate(estimate.evidence):
        yield {
            "evidence_id": f"{estimate.id}-{number}",
            "estimate_id": estimate.id,
            **{name: getattr(one, name) for name in ("scenario", "indicator", "state", "nats", "low", "high", "why")},
            "incident_ids": list(one.happenings),
            "claim_ids": list(one.claim_ids),
        }


def _where(place: Place | None) -> Row:
    if place is None:
        return dict.fromkeys(("place", "place_country", "latitude", "longitude", "place_precision"))
    # Nothing happened at the middle of a country.
    pinned = place.precision not in (None, "country")
    return {
        "place": place.name,
        "place_country": place.country,
        "latitude": place.lat if pinned else None,
        "longitude": place.lon if pinned else None,
        "place_precision": place.precision,
    }


def _when(when: When | None) -> Row:
    if when is None:
        return dict.fromkeys(("when_start", "when_end", "when_precision"))
    return {"when_start": when.start, "when_end": when.end, "when_precision": when.precision}
