"""Which section a claim belongs to, which claims say the same thing, and what a figure is a count of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from foreshock.briefs.locale import Reader
from foreshock.briefs.names import holder_name, place_name, time_of
from foreshock.briefs.quotes import safe
from foreshock.briefs.tables import standing_of
from foreshock.dates import day_of, last_day
from foreshock.model import Claim, Figure, Reading

JUDGED_KINDS = {"ASSESS", "LIKEN"}
JUDGED_STATUSES = {"assessed", "forecast"}
REFUSED_STATUSES = {"denied", "retracted"}
KEY_FIGURES = (
    "killed", "injured", "missing", "displaced", "detained", "deployed", "strength", "participants", "votes", "waves", "money",
)  # fmt: skip


def section_of(claim: Claim) -> str:
    """Return the section a claim is told in, where it is neither contested nor of a condition; the first that fits."""
    if claim.status in REFUSED_STATUSES:
        return "denied"
    return "assessments" if claim.kind in JUDGED_KINDS or claim.status in JUDGED_STATUSES else "reported"


def merged(reader: Reader, claims: Iterable[Claim]) -> list[list[Claim]]:
    """Group claims that put the same content in the mouth of the same innermost holder, in order of their first.

    This is for reading only: it says nothing of independent origins.
    """
    groups: dict[tuple[object, ...], list[Claim]] = {}
    for claim in claims:
        groups.setdefault(_sameness(reader, claim), []).append(claim)
    return list(groups.values())


def _sameness(reader: Reader, claim: Claim) -> tuple[object, ...]:
    figures = tuple((one.what, one.of, one.low, one.best, one.high, one.bound, one.state) for one in claim.figures)
    names = (claim.actor.name if claim.actor else None, claim.recipient.name if claim.recipient else None)
    place = place_name(reader, claim.place, claim.language) if claim.place else None
    when = time_of(reader, claim.when) if claim.when else None
    own_words = claim.text if claim.language == reader.language or not any((*names, claim.figures)) else None
    told = (claim.kind, claim.mode, standing_of(claim), claim.certainty, claim.phase, bool(claim.damage))
    return (holder_name(reader, claim.holders[-1], claim), *told, *names, place, when, figures, own_words)


def made_on(claim: Claim, readings: Mapping[str, Reading]) -> date | None:
    """Return the last day on which the claim can have been made: that of its document, or None where it bears no date."""
    published = readings[claim.document_id].document.published
    return last_day(published) if published else None


def about(claim: Claim, readings: Mapping[str, Reading], figure: Figure | None = None) -> date | None:
    """Return the day a claim (or its figure) is about: as the figure says, else as coded, else the day it was made."""
    return (
        day_of(figure.as_of if figure else None)
        or day_of((claim.when.end or claim.when.start) if claim.when else None)
        or made_on(claim, readings)
    )


def latest_first(claims: Sequence[Claim], readings: Mapping[str, Reading]) -> list[Claim]:
    """Return claims by the day they are about, latest first, undated last; then in order of their text."""

    def key(claim: Claim) -> tuple[int, str, int]:
        day = about(claim, readings)
        return (-day.toordinal() if day else 0, claim.document_id, claim.start)

    return sorted(claims, key=key)


def figure_matter(claim: Claim, figure: Figure) -> tuple[str, str | None, str | None, str | None]:
    """Return what a figure is a count of: what, of whom, which scope, new or cumulative. Only such may be set side by side."""
    scope = figure.scope or (claim.place.name if claim.place else None)
    return figure.what, figure.of, scope, figure.counting


def scope_of(reader: Reader, claim: Claim, figure: Figure) -> str | None:
    """Return the place that a figure covers, as the reader sees it; None where none is told."""
    if figure.scope:
        return safe(figure.scope)
    return place_name(reader, claim.place, claim.language) if claim.place else None
