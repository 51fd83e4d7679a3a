"""Which section a claim belongs to, which claims say the same thing, and when a claim was last made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from foreshock.briefs.brief import Age
from foreshock.briefs.locale import Reader
from foreshock.briefs.names import holder_name, place_name, time_of
from foreshock.briefs.tables import standing_of, table
from foreshock.dates import day_of, last_day
from foreshock.model import Claim, Figure, Reading

JUDGED_KINDS = {"ASSESS", "LIKEN"}
JUDGED_STATUSES = {"assessed", "forecast"}
REFUSED_STATUSES = {"denied", "retracted"}


def is_condition(claim: Claim) -> bool:
    """Say whether a claim holds that something is in force."""
    rule = table("conditions.yaml")
    if claim.negated or claim.phase in rule["over"]:
        return False
    return claim.status in rule["statuses"] or (claim.status == "asserted" and claim.mode in rule["modes"].get(claim.kind, ()))


def section_of(claim: Claim) -> str:
    """Return the section a claim is told in, where it is not contested; the first that fits."""
    if claim.status in REFUSED_STATUSES:
        return "denied"
    if claim.kind in JUDGED_KINDS or claim.status in JUDGED_STATUSES:
        return "assessments"
    return "conditions" if is_condition(claim) else "reported"


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


def age_of(claims: Sequence[Claim], readings: Mapping[str, Reading], today: date) -> tuple[date | None, Age]:
    """Return the day of the last claim of a condition and what that makes of it on ``today``.

    A stated end before today makes it past; a last claim over seven days old makes it ageing; without a dated claim its age is
    not known. Only what is at most seven days old is recent.
    """
    days = [day for day in (made_on(claim, readings) for claim in claims) if day]
    last = max(days, default=None)
    ends = [last_day(claim.when.end) for claim in claims if claim.when and claim.when.end and claim.when.precision == "range"]
    if ends and max(ends) < today:
        return last, "past"
    if last is None:
        return None, "unknown"
    return last, "ageing" if (today - last).days > table("conditions.yaml")["ageing_days"] else "recent"
