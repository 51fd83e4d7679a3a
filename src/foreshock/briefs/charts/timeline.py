"""The timeline: how many incidents of each sort were told for each day, and how each stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from foreshock.briefs.alike import CONFIRMED, affirms
from foreshock.briefs.brief import Chart, ChartRow, Column
from foreshock.briefs.charts.axes import days, sized, tips, window
from foreshock.briefs.charts.palette import Palette
from foreshock.briefs.charts.printing import label, records
from foreshock.briefs.context import Context
from foreshock.briefs.notes import note
from foreshock.briefs.tables import table
from foreshock.dates import first_day, last_day
from foreshock.model import Claim, Incident, When

# How an incident stands, and the shape that says so; colours follow in the same order.
STANDINGS = {"confirmed": "circle", "told": "square", "contested": "diamond", "not_done": "triangle-up", "denied": "cross"}
LABELS = {
    "confirmed": "confirmed", "told": "told as done", "contested": "contested",
    "not_done": "only ordered, planned, threatened or feared", "denied": "denied",
}  # fmt: skip
UNDRAWN = ("Background", "Other reports")
AT_ONCE = timedelta(days=1)  # an incident that took longer has no day to stand at
LONGEST = 45  # days that are drawn; the table has all


def timeline(context: Context) -> Chart | None:
    """Return the incidents by day, topic and standing; None where none is dated."""
    say, topics = context.reader.say, _topics()
    known = {claim.id: claim for claim in context.claims}
    found: dict[tuple[str | None, str, str], list[Incident]] = defaultdict(list)
    for one in context.records.incidents:
        topic = topics.get(one.kind)
        claims = [known[claim_id] for claim_id in one.claim_ids if claim_id in known]
        if topic is not None and claims:
            found[_day(one.when), topic, standing(one, claims, context.records.contested)].append(one)
    if not any(day for day, _, _ in found):
        return None
    order = list(dict.fromkeys(topics.values()))
    ranked = sorted(found.items(), key=lambda row: (row[0][0] or "9999", order.index(row[0][1]), list(LABELS).index(row[0][2])))
    rows = tuple(
        ChartRow(
            (day, say(topic), say(LABELS[stands]), float(len(some))),
            claim_ids=tuple(claim for one in some for claim in one.claim_ids if claim in known),
        )
        for (day, topic, stands), some in ranked
    )
    columns = (Column("day", say("Day"), "day"), Column("topic", say("Topic")), Column("standing", say("Standing")),
               Column("incidents", say("Incidents"), "number"))  # fmt: skip
    drawn = {row.values[1] for row in rows if row.values[0]}
    return Chart(
        "timeline", "reported", say("Incidents by day"), note(context.reader, "timeline"), columns, rows,
        {"topic": tuple(name for one in order if (name := say(one)) in drawn), "standing": tuple(map(say, LABELS.values()))},
    )  # fmt: skip


def standing(incident: Incident, claims: list[Claim], contested: frozenset[str]) -> str:
    """Return how an incident stands by its claims: a key of :data:`LABELS`."""
    if any(claim.id in contested for claim in claims):
        return "contested"
    if any(map(affirms, claims)):
        return "confirmed" if incident.credibility == CONFIRMED else "told"
    said = {claim.status in ("denied", "retracted") or claim.negated or claim.phase == "foiled" for claim in claims}
    if said == {True}:
        return "denied"
    return "told" if any(claim.status == "alleged" for claim in claims) else "not_done"


def draw(chart: Chart, palette: Palette, language: str, width: float | str) -> Any:
    """Return the specification of a timeline."""
    import altair as alt  # noqa: PLC0415 - heavy: only a chart needs it

    shown = window(records(chart), longest=LONGEST)
    stands = [one for one in chart.order["standing"] if any(row["standing"] == one for row in shown)]
    place = {one: n for n, one in enumerate(chart.order["standing"])}
    topics = [one for one in chart.order["topic"] if any(row["topic"] == one for row in shown)]
    scale: dict[str, Any] = {"domain": stands}
    legend = alt.Legend(title=None, columns=0)
    base = alt.Chart(alt.InlineData(values=shown), height=max(48 * len(topics), 90)).encode(
        x=days(label(chart, "day"), language),
        y=alt.Y("topic:N", sort=topics, title=None, axis=alt.Axis(grid=True, domain=False, ticks=False)),
        yOffset=alt.YOffset("standing:N", sort=stands),
    )
    marks = base.mark_point(filled=True, opacity=1).encode(
        size=alt.Size("incidents:Q", title=label(chart, "incidents"), legend=None,
                      scale=alt.Scale(domainMin=0, rangeMin=30, rangeMax=260)),
        shape=alt.Shape("standing:N", sort=stands, legend=legend,
                        scale=alt.Scale(**scale, range=[list(STANDINGS.values())[place[one]] for one in stands])),
        color=alt.Color("standing:N", sort=stands, legend=legend,
                        scale=alt.Scale(**scale, range=[palette.standings[place[one]] for one in stands])),
        tooltip=tips(chart),
    )  # fmt: skip
    several = base.transform_filter("datum.incidents > 1").mark_text(dx=13, align="left", fontSize=11, color=palette.ink)
    return sized(marks + several.encode(text="incidents:Q"), width)


def _topics() -> Mapping[str, str]:
    return {kind: name for name, kinds in table("topics.yaml").items() if name not in UNDRAWN for kind in kinds}


def _day(when: When | None) -> str | None:
    """Return the day of an incident; None where it has none, or took longer than from one day into the next."""
    start, end = (when.start, when.end) if when else (None, None)
    given = start or end
    if given is None or len(given) < len("2022-01-07"):
        return None
    first, last = first_day(given), last_day(end or given)
    return _iso(first) if last - first <= AT_ONCE else None


def _iso(day: date) -> str:
    return day.isoformat()
