"""A brief for the terminal: rich where there is colour, the same marks in plain text in a pipe."""

from __future__ import annotations

import io

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from foreshock.briefs.brief import Brief, Fact, Line, Quote, Section
from foreshock.briefs.locale import Reader
from foreshock.briefs.locale import reader as reader_of
from foreshock.briefs.quotes import safe, segments
from foreshock.briefs.receipts import MARKED, confidence, damage_notes, origin, standing

WIDTH = 100


def render_terminal(brief: Brief, *, width: int | None = None, color: bool = False) -> str:
    """Return the brief as lines of at most ``width`` columns (100 where it is not given), with ANSI codes only if ``color``."""
    out = io.StringIO()
    console = Console(
        file=out, width=width or WIDTH, force_terminal=color, color_system="standard" if color else None,
        highlight=False, markup=False, emoji=False, legacy_windows=False,
    )  # fmt: skip
    reader = reader_of(brief.language)
    _header(console, brief)
    for section in brief.sections:
        _section(console, reader, section)
    console.print(Text(brief.header.notice, style="dim"))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _header(console: Console, brief: Brief) -> None:
    header = brief.header
    console.print(Text(header.title, style="bold"))
    console.print(Text(header.as_of_line))
    console.print(Text(header.notice, style="italic"))
    console.print()
    for fact in header.coverage:
        console.print(_indented(Text(safe(fact.text)), 2))


def _section(console: Console, reader: Reader, section: Section) -> None:
    console.print()
    console.print(Text(section.title, style="bold"))
    console.print(Rule(style="dim", characters="─"))
    if section.note:
        console.print(_indented(Text(section.note, style="dim"), 2))
    group = None
    for line in section.lines:
        if line.group != group:
            group = line.group
            console.print()
            console.print(_indented(Text(group or "", style="underline"), 2))
        if isinstance(line, Fact):
            console.print(_indented(Text.assemble("- ", safe(line.text)), 2))
        else:
            _line(console, reader, line)


def _line(console: Console, reader: Reader, line: Line) -> None:
    console.print(_indented(Text.assemble("• ", (line.text, "bold"), (f"  [{standing(reader, line.status)}]", "dim")), 2))
    for quote in line.quotes:
        console.print(_indented(_quoted(quote), 6))
        about = f"{origin(reader, quote)} · {confidence(reader, quote.confidence)}"
        console.print(_indented(Text(f"— {about}", style="dim"), 6))
        for number, note in enumerate(damage_notes(reader, quote), 1):
            console.print(_indented(Text(f"[{number}] {note}", style="yellow"), 6))


def _quoted(quote: Quote) -> Text:
    """The claim's words between ▸ and ◂, damage between ⟦ and ⟧ with the number of its note; styles only repeat the marks."""
    text = Text("… " if quote.cut else "", style="italic")
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


def _indented(text: Text, by: int) -> Padding:
    return Padding(text, (0, 0, 0, by), expand=False)
