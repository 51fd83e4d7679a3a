"""What the template of the PDF is fed: the brief as plain values, every text on one line and without control characters."""

from __future__ import annotations

from typing import Any

from foreshock.briefs.brief import Brief, Fact, Line, Quote, Section, SectionId
from foreshock.briefs.charts import UNDRAWN, Drawn, charts_can_be_drawn, drawn_charts
from foreshock.briefs.locale import Reader, direction
from foreshock.briefs.locale import reader as reader_of
from foreshock.briefs.numbers import amount
from foreshock.briefs.quotes import safe
from foreshock.briefs.receipts import confidence, damage_notes, marks, origin, rows, standing
from foreshock.briefs.setting import Group, folded, opening, pieces, runs

WIDTH = 560  # of a chart, in its own pixels


class Numbered:
    """Receipts in the order in which they are asked for; a claim has one number wherever it is quoted."""

    def __init__(self) -> None:
        self.quotes: dict[str, Quote] = {}

    def of(self, quote: Quote) -> int:
        """Return the number of a claim's receipt, from 1."""
        self.quotes.setdefault(quote.claim_id, quote)
        return list(self.quotes).index(quote.claim_id) + 1


def pdf_data(brief: Brief) -> dict[str, Any]:
    """Return the brief as the template takes it; charts are drawn where their libraries are installed."""
    reader, receipts = reader_of(brief.language), Numbered()
    drawn = drawn_charts(brief, width=WIDTH, decorative=True)
    header = brief.header
    sections = [_section(reader, one, receipts, drawn) for one in brief.sections]
    return {
        "language": brief.language,
        "direction": direction(brief.language),
        "title": header.title,
        "as_of": header.as_of_line,
        "notice": header.notice,
        "coverage": [safe(one.text) for one in header.coverage],
        "sections": sections,
        "receipts": [_receipt(reader, one) for one in receipts.quotes.values()],
        "lacking": "",
        "undrawn": "" if charts_can_be_drawn() or not brief.charts else reader.say(UNDRAWN),
        "words": {
            "receipts": reader.say("Receipts"),
            "page": reader.say("Page {page} of {pages}", page="⟨", pages="⟩"),
            "gloss": reader.say("What this kind means"),
            "legend": reader.say("How to read the originals:"),
            "claimed": reader.say("words that a line stands on"),
            "damaged": reader.say("damaged words"),
            "numbered": reader.say("with the number of their note"),
            "back": reader.say("Numbers in brackets lead to the receipts at the end."),
            "sections": reader.say("Sections"),
        },
    }


def _section(reader: Reader, section: Section, receipts: Numbered, charts: dict[SectionId, list[Drawn]]) -> dict[str, Any]:
    # Paper has no click: what a long section folds away is counted, and stands in the other forms of the brief.
    shown, rest = opening(section)
    return {
        "id": section.id,
        "title": section.title,
        "note": section.note,
        "charts": [
            {"title": one.title, "text": one.text, "svg": one.svg, "columns": one.columns, "rows": one.rows}
            for one in charts.get(section.id, [])
        ],
        "groups": [_group(reader, one, receipts) for one in shown],
        "rest": reader.say("{more} in the HTML, Markdown and JSON of this brief", more=folded(reader, rest)) if rest else "",
    }


def _group(reader: Reader, group: Group, receipts: Numbered) -> dict[str, Any]:
    title = safe(group.title or "")
    if group.cells:
        facts = [one for one in group.lines if isinstance(one, Fact)]
        return {
            "title": title,
            "columns": [label for label, _ in facts[0].cells],
            "rows": [[safe(value) for _, value in one.cells] for one in facts],
            "lines": [],
        }
    items: list[dict[str, Any]] = []
    position = None
    for one in group.lines:
        if isinstance(one, Fact):
            items.append({"fact": safe(one.text)})
            continue
        if one.position and one.position != position:
            items.append({"side": safe(one.position)})
        position = one.position
        items.append(_line(reader, one, receipts))
    return {"title": title, "columns": [], "rows": [], "lines": items}


def _line(reader: Reader, line: Line, receipts: Numbered) -> dict[str, Any]:
    first = line.quotes[0]
    return {
        "amount": amount(reader, line.figure) if line.figure else "",
        "unread": bool(line.figure and line.figure.state != "read"),
        "pieces": [
            {"text": text, "language": cited.language if cited else "", "direction": direction(cited.language) if cited else ""}
            for text, cited in pieces(line)
        ],
        "tags": [standing(reader, line.status, negated=first.negated), *marks(reader, line)],
        "sure": confidence(reader, line.confidence),
        "quote": _quote(reader, first),
        "origin": origin(reader, first),
        "receipts": [receipts.of(one) for one in line.quotes],
    }


def _quote(reader: Reader, quote: Quote) -> dict[str, Any]:
    return {
        "language": quote.language,
        "direction": direction(quote.language),
        "cut": quote.cut,
        "runs": [
            {"text": _flat(one.text), "claimed": claimed, "damage": one.number} for claimed, some in runs(quote) for one in some
        ],
        "notes": damage_notes(reader, quote),
    }


def _flat(text: str) -> str:
    """Return a piece of a quote on one line, with the blanks at its ends as one."""
    told = safe(text)
    return f"{' ' if text[:1].isspace() else ''}{told}{' ' if told and text[-1:].isspace() else ''}"


def _receipt(reader: Reader, quote: Quote) -> dict[str, Any]:
    return {**_quote(reader, quote), "rows": [[label, safe(value)] for label, value in rows(reader, quote)]}
