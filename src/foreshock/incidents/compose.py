"""An incident as it is read: what its claims say together, and what each says apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from foreshock.dates import first_day, last_day
from foreshock.incidents.attributed import attributed_to
from foreshock.incidents.credibility import affirms, credibility_of
from foreshock.incidents.judgements.judged import apply
from foreshock.incidents.origins.chains import origin_of as by_claim
from foreshock.incidents.origins.chains import origins_of as origins_by_links
from foreshock.incidents.parties import Parties
from foreshock.incidents.placing import agreed_place
from foreshock.incidents.tallies import tallies_of as tallies_by_origin
from foreshock.model import Incident, Joined, Judgement, Kind, Link, Origin, Report, Tally, When

OriginsOf = Callable[[Sequence[Report], Sequence[Link]], tuple[Origin, ...]]
TalliesOf = Callable[[Sequence[Report], Mapping[str, str]], tuple[Tally, ...]]
PRECISE = ("part_of_day", "day", "range", "month", "season", "year")  # the finest first


def compose_incident(
    incident_id: str,
    reports: Sequence[Report],
    *,
    links: Sequence[Link] = (),
    joined: Sequence[Joined] = (),
    merged: Sequence[str] = (),
    split_from: str | None = None,
    judgements: Sequence[Judgement] = (),
    origins_of: OriginsOf = origins_by_links,
    tallies_of: TalliesOf = tallies_by_origin,
    parties: Parties | None = None,
) -> Incident | None:
    """Return the incident that reports tell of; None where a person rejected every claim of it.

    Args:
        incident_id: id of the founding claim; it stays when the incident grows.
        reports: its claims. Rejected ones take no part, amended ones as they were amended.
        links: of their documents, by which copies are known.
        joined: why each claim belongs to it; merged: ids of incidents that are part of it; split_from: that it was parted from.
        judgements: what persons decided.
        origins_of, tallies_of: how origins and tallies are made.

    Kind and mode are those of most claims that say it happened, of all where none does; the first told of equals. Place and time
    are told ones: of rivals no mean is made.
    """
    effective = sorted(apply(reports, judgements).effective, key=lambda one: (one.arrival, one.claim.start, one.claim.id))
    if not effective:
        return None
    origins = origins_of(effective, links)
    of_claim = by_claim(origins)
    told = [one for one in effective if affirms(one.claim)] or effective
    kind, mode = _kind(told)
    credibility, why = credibility_of(effective, origins, judgements=judgements, parties=parties, incident_id=incident_id)
    ids = {one.claim.id for one in effective}
    return Incident(
        id=incident_id,
        claim_ids=tuple(one.claim.id for one in effective),
        kind=kind,
        mode=mode,
        place=agreed_place([one.claim.place for one in told if one.claim.place]),
        when=agreed_when([one.claim.when for one in told if one.claim.when]),
        origins=origins,
        tallies=tallies_of(effective, of_claim),
        attributed_to=attributed_to(effective, of_claim, parties=parties),
        credibility=credibility,
        why=why,
        joined=tuple(one for one in joined if one.claim_id in ids),
        merged=tuple(merged),
        split_from=split_from,
    )


def _kind(told: Sequence[Report]) -> tuple[Kind, str | None]:
    """Return the kind of most claims, and of these the mode that most name."""
    kind: Kind = Counter(one.claim.kind for one in told).most_common(1)[0][0]
    modes = Counter(one.claim.mode for one in told if one.claim.kind == kind and one.claim.mode)
    return kind, modes.most_common(1)[0][0] if modes else None


def agreed_when(told: Sequence[When]) -> When | None:
    """Return the most precise time that more than half of the told ones can mean; None where none has a day, month or year.

    "January" and "5 January" agree, and the day is told; "5 January" and "6 January" do not. It is one of the told times, in its
    words: of rivals no mean is made, and where none has more than half there is none.

    >>> agreed_when([When("2022-01", "2022-01", "month", "January"), When("2022-01-05", "2022-01-05", "day", "5 January")]).raw
    '5 January'
    """
    dated = [(one, span) for one in told if (span := _span(one))]
    spans = Counter(span for _, span in dated)  # many reports tell few times
    held = {one: sum(n for other, n in spans.items() if _meet(one, other)) for one in spans}
    agreed = [pair for pair in dated if held[pair[1]] * 2 > len(dated)]
    if not agreed:
        return None
    times = Counter((one.start, one.end) for one, _ in agreed)

    def best(pair: tuple[When, tuple[date, date]]) -> tuple[int, int, int]:
        one, span = pair
        return -_days(span), times[one.start, one.end], -PRECISE.index(one.precision)

    return max(agreed, key=best)[0]


def _span(when: When) -> tuple[date, date] | None:
    """Return the days that a time can mean; an open end reaches to the end of days."""
    if when.start is None and when.end is None:
        return None
    return first_day(when.start) if when.start else date.min, last_day(when.end) if when.end else date.max


def _days(span: tuple[date, date]) -> int:
    return (span[1] - span[0]).days


def _meet(one: tuple[date, date], other: tuple[date, date]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]
