"""What the compiler asks of charts: each row stands on something known, and says no more than that bears."""

from __future__ import annotations

from collections.abc import Iterator

from foreshock.briefs.alike import CONFIRMED
from foreshock.briefs.brief import Chart, ChartRow
from foreshock.briefs.charts.printing import Value
from foreshock.briefs.charts.timeline import LABELS
from foreshock.briefs.inspection import Inspected
from foreshock.briefs.locale import reader as reader_of
from foreshock.briefs.notes import is_note
from foreshock.model import Claim, Incident

Failure = tuple[str, str]


def groundless_rows(seen: Inspected) -> Iterator[Failure]:
    """Each row of a chart stands on known claims, documents or estimates; its text is one of the fixed notes."""
    reader = reader_of(seen.brief.language)
    for chart in seen.brief.charts:
        if not is_note(reader, chart.text):
            yield chart.text, "the text of a chart may only be one of the fixed sentences of this build"
        for row in chart.rows:
            lost = [one for one in row.claim_ids if one not in seen.claims]
            lost += [one for one in row.document_ids if one not in seen.readings]
            lost += [one for one in row.estimate_ids if one not in seen.estimates]
            if lost or not (row.claim_ids or row.document_ids or row.estimate_ids):
                yield said(chart, row), f"the row stands on what is not known: {lost}" if lost else "the row stands on nothing"


def rows_called_confirmed(seen: Inspected) -> Iterator[Failure]:
    """Only incidents of credibility 1 stand as confirmed in a chart."""
    graded = {claim: one.credibility for one in seen.records.values() if isinstance(one, Incident) for claim in one.claim_ids}
    word = seen.say(LABELS["confirmed"])
    for chart in seen.brief.charts:
        for row in chart.rows if chart.id == "timeline" else ():
            if word in row.values and any(graded.get(one) != CONFIRMED for one in row.claim_ids):
                yield said(chart, row), f"“{word}” needs two independent origins that say so"


def rows_of_lost_numbers(seen: Inspected) -> Iterator[Failure]:
    """Each number of a figure in a chart is a read figure of the row's claims."""
    for chart in seen.brief.charts:
        at = [n for n, one in enumerate(chart.columns) if one.sort == "number"] if chart.id == "tallies" else []
        for row in chart.rows if at else ():
            read = _read(seen.claims[one] for one in row.claim_ids if one in seen.claims)
            for value in (row.values[n] for n in at):
                if value is not None and value not in read:
                    yield said(chart, row), f"the number “{value:g}” is no read figure of its claims"


def said(chart: Chart, row: ChartRow) -> str:
    """Return a row as a sentence that names it."""
    return f"{chart.title}: {', '.join(str(value) for value in row.values if value is not None)}"


def _read(claims: Iterator[Claim]) -> set[Value]:
    figures = [figure for claim in claims for figure in claim.figures if figure.state == "read"]
    return {value for one in figures for value in (one.low, one.best, one.high)}
