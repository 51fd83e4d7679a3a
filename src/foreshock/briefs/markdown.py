"""A brief in Markdown: the same lines, quotes and notes; nothing in a text can open markup, a link or HTML."""

from __future__ import annotations

import re

from foreshock.briefs.brief import Brief, Chart, Fact, Line, Quote, Section
from foreshock.briefs.charts.printing import printed
from foreshock.briefs.locale import Reader, isolated
from foreshock.briefs.locale import reader as reader_of
from foreshock.briefs.quotes import safe, segments
from foreshock.briefs.receipts import confidence, damage_notes, kind, marks, origin, standing

SAID = ("tallies",)  # charts of which the section has every row as a line
_MARKUP = re.compile(r"([\\`*_\[\]|~#])")
_LINKS = re.compile(r"(?i)(?<=http)(s?):(?=//)|(?<=www)\.|@")
_BLOCK = re.compile(r"^(\s*)([-+]|\d{1,9}[.)])(?=\s|$)")


def escape(text: str) -> str:
    """Return a text that Markdown shows as it stands, on one line."""
    flat = safe(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    flat = _MARKUP.sub(r"\\\1", flat)
    flat = _LINKS.sub(lambda found: found[0].replace(":", "&#58;").replace(".", "&#46;").replace("@", "&#64;"), flat)
    return _inline(flat)


def _inline(text: str) -> str:
    """Keep a line from opening a list."""
    return _BLOCK.sub(lambda found: f"{found[1]}{found[2][:-1]}\\{found[2][-1]}", text)


def render_markdown(brief: Brief) -> str:
    """Return the brief as CommonMark with tables and ``<b>``, ``<del>`` for the marks in quotes."""
    reader = reader_of(brief.language)
    header = brief.header
    parts = [f"# {escape(header.title)}", "", f"**{escape(header.as_of_line)}**  ", f"*{escape(header.notice)}*", ""]
    parts += [f"- {escape(fact.text)}" for fact in header.coverage]
    for section in brief.sections:
        parts += ["", f"## {escape(section.title)}", "", *([escape(section.note), ""] if section.note else [])]
        charts = [one for one in brief.charts if one.section == section.id and one.id not in SAID]
        parts += [row for chart in charts for row in _chart(reader, chart)]
        parts += _body(reader, section)
    return "\n".join([*parts, "", "---", "", f"*{escape(header.notice)} {escape(header.as_of_line)}*", ""])


def _chart(reader: Reader, chart: Chart) -> list[str]:
    """Return the table behind a chart."""
    rows = [[printed(reader, *pair) for pair in zip(chart.columns, row.values, strict=True)] for row in chart.rows]
    heads = [_cells([one.label for one in chart.columns]), _cells(["---"] * len(chart.columns), raw=True)]
    return [f"### {escape(chart.title)}", "", *heads, *map(_cells, rows), ""]


def _body(reader: Reader, section: Section) -> list[str]:
    parts: list[str] = []
    group, columns, position = None, None, None
    for line in section.lines:
        if line.group != group:
            group, columns, position = line.group, None, None
            parts += ["", f"### {escape(group or '')}", ""]
        if isinstance(line, Line):
            if line.position and line.position != position:
                parts += [f"*{escape(line.position)}*", ""]
            position = line.position
            parts += _line(reader, line)
        elif not line.cells:
            parts.append(f"- {escape(line.text)}")
        else:
            parts += _row(line, first=columns is None)
            columns = len(line.cells)
    return parts


def _row(fact: Fact, *, first: bool) -> list[str]:
    head = [_cells([label for label, _ in fact.cells]), _cells(["---"] * len(fact.cells), raw=True)] if first else []
    return [*head, _cells([value for _, value in fact.cells])]


def _cells(values: list[str], *, raw: bool = False) -> str:
    return "| " + " | ".join(value if raw else escape(value) for value in values) + " |"


def _line(reader: Reader, line: Line) -> list[str]:
    said = " · ".join([standing(reader, line.status), *marks(reader, line)])
    parts = [f"- **{escape(line.text)}** \\[{escape(said)}\\]", ""]
    for quote in line.quotes:
        about = f"{origin(reader, quote)} · {kind(reader, quote)} · {confidence(reader, quote.confidence)} · {quote.coder}"
        parts += [f"  > {_quoted(quote)}", "  >", f"  > — {escape(about)}"]
        for number, note in enumerate(damage_notes(reader, quote), 1):
            parts += ["  >", f"  > \\[{number}\\] {escape(note)}"]
        parts.append("")
    return parts


def _quoted(quote: Quote) -> str:
    """Runs of the claim in <b>, damage in <del> with the number of its note."""
    pieces = ["… "] if quote.cut else []
    for segment in segments(quote):
        words = escape(f"x{segment.text}x")[1:-1] if segment.text.strip() else " "
        if segment.damage:
            words = f"<del>{words}</del>\\[{segment.number}\\]"
        pieces.append(f"<b>{words}</b>" if segment.claimed else words)
    told = "".join([*pieces, " …" if quote.cut else ""]).replace("</b><b>", "")
    return isolated(_inline(told), quote.language)
