"""A brief for the terminal: rich where there is colour, the same marks in plain text in a pipe."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from foreshock.briefs.brief import Brief, Chart, Fact, Line, Quote, Section
from foreshock.briefs.charts.printing import printed
from foreshock.briefs.locale import Reader, isolated
from foreshock.briefs.locale import reader as reader_of
from foreshock.briefs.quotes import safe, segments
from foreshock.briefs.receipts import MARKED, confidence, damage_notes, marks, origin, standing
from foreshock.briefs.wrapping import wrapped

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

WIDTH = 100


def render_terminal(brief: Brief, *, width: int | None = None, color: bool = False) -> str:
    """Return the brief as lines of at most ``width`` columns (100 where it is not given), with ANSI codes only if ``color``."""
    from rich.console import Console  # noqa: PLC0415 - heavy: only a brief needs it

    out = io.StringIO()
    console = Console(
        file=out, width=width or WIDTH, force_terminal=color, color_system="standard" if color else None,
        highlight=False, markup=False, emoji=False, legacy_windows=False,
    )  # fmt: skip
    reader = reader_of(brief.language)
    _header(console, brief)
    for section in brief.sections:
        _section(console, reader, section, [one for one in brief.charts if one.section == section.id and one.id == "coverage"])
    console.print()
    _say(console, _text(brief.header.notice, style="dim"), 0)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _header(console: Console, brief: Brief) -> None:
    header = brief.header
    _say(console, _text(header.title, style="bold"), 0)
    _say(console, _text(header.as_of_line), 0)
    _say(console, _text(header.notice, style="italic"), 0)
    console.print()
    for fact in header.coverage:
        _say(console, _text(safe(fact.text)), 2)


def _section(console: Console, reader: Reader, section: Section, charts: Sequence[Chart] = ()) -> None:
    console.print()
    _say(console, _text(section.title, style="bold"), 0)
    console.print(_text("─" * console.width, style="dim"))
    if section.note:
        _say(console, _text(section.note, style="dim"), 2)
    for chart in charts:
        _coverage(console, reader, chart)
    group, position = None, None
    for line in section.lines:
        if line.group != group:
            group, position = line.group, None
            console.print()
            _say(console, _text(group or "", style="underline"), 2)
        if isinstance(line, Fact):
            _say(console, _text(safe(line.text)), 2, "- ")
        else:
            if line.position and line.position != position:
                _say(console, _text(line.position, style="italic"), 2, "▪ ")
            position = line.position
            _line(console, reader, line)


def _coverage(console: Console, reader: Reader, chart: Chart) -> None:
    """Print how much was read of each day; the other charts tell what the sections do."""
    console.print()
    _say(console, _text(chart.title, style="underline"), 2)
    for day, rows in groupby(chart.rows, key=lambda row: row.values[0]):
        counts = ", ".join(f"{row.values[1]} {printed(reader, chart.columns[2], row.values[2])}" for row in rows)
        _say(console, _text(reader.headed(reader.date(str(day)) if day else reader.say("undated"), counts)), 2, "- ")


def _line(console: Console, reader: Reader, line: Line) -> None:
    status = "] [".join([standing(reader, line.status, negated=line.quotes[0].negated), *marks(reader, line)])
    _say(console, _text((line.text, "bold"), (f"  [{status}]", "dim")), 2, "• ")
    for quote in line.quotes:
        _say(console, _quoted(quote), 6, language=quote.language)
        about = f"{origin(reader, quote)} · {confidence(reader, quote.confidence)}"
        _say(console, _text(f"— {about}", style="dim"), 6)
        for number, note in enumerate(damage_notes(reader, quote), 1):
            _say(console, _text(f"[{number}] {note}", style="yellow"), 6)


def _quoted(quote: Quote) -> Text:
    """The claim's words between ▸ and ◂, damage between ⟦ and ⟧ with the number of its note; styles only repeat the marks."""
    text = _text("… " if quote.cut else "", style="italic")
    inside = False
    for segment in segments(quote):
        if segment.claimed != inside:
            text.append(MARKED[0] if segment.claimed else MARKED[1])
            inside = segment.claimed
        words = _flat(segment.text)
        if segment.damage:
            text.append(f"⟦{words}⟧[{segment.number}]", style="strike")
        else:
            text.append(words, style="underline" if segment.claimed else "")
    text.append(MARKED[1] if inside else "")
    return text.append(" …" if quote.cut else "")


def _flat(text: str) -> str:
    edges = text[:1].isspace(), text[-1:].isspace()
    return (" " if edges[0] else "") + safe(text) + (" " if edges[1] and text.strip() else "")


def _say(console: Console, text: Text, indent: int, mark: str = "", *, language: str = "") -> None:
    """Print a text wrapped and indented, its first line after ``mark`` and the others below its first letter.

    ``language`` is that of an original; one from right to left is isolated line by line.
    """
    opens, closes = isolated("\0", language).split("\0") if language else ("", "")
    hang = indent + len(mark)
    for n, line in enumerate(wrapped(text, max(console.width - hang, 20))):
        before = " " * indent + mark if n == 0 else " " * hang
        shown = _text(before, opens).append_text(line).append_text(_text(closes))
        console.print(shown, no_wrap=True, overflow="ignore", crop=False)


def _text(*parts: str | tuple[str, str], style: str = "") -> Text:
    """Return a text of parts, each with its own style where it has one; nothing in it is read as markup."""
    from rich.text import Text  # noqa: PLC0415 - heavy: only a brief needs it

    return Text.assemble(*parts, style=style)
