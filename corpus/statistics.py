"""The statistics of the card: tables in Markdown, written into corpus/STATISTICS.md, and plots beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from corpus.balance import by_country, by_sector, by_state
from corpus.records import LANGUAGES, REGISTERS, TOPICS, MiniDocument
from corpus.split import part_of
from corpus.spread import BARE, LEAST, SENTENCES, Cell, cells, count, countries, wanted

HEAD = """# Statistics

Written by `python -m corpus statistics`; a test compares. Cells tell how many claims there are, but for registers (sentences) and
topics (documents). In the last table stands what a cell asks for at the least, in the large languages (en ja ru fr es) and the
others.
"""
SHOWN = (
    "kind",
    "status",
    "structure",
    "form",
    "bound",
    "counted",
    "of",
    "time",
    "precision",
    "place",
    "phase",
    "certainty",
    "basis",
)


def report(documents: Sequence[MiniDocument]) -> str:
    """Return the statistics as Markdown."""
    parts = [HEAD, "## Size", _table(["", *_size_names()], _sizes(documents))]
    counts = {code: count(one for one in documents if one.language == code) for code in LANGUAGES}
    names = wanted()
    for table in (*SHOWN, "mode", "sector"):
        rows = [[name, *[counts[code][table, name] for code in LANGUAGES]] for name in names[table]]
        parts += [f"## {table.capitalize()}", _table([table, *LANGUAGES], [*rows])]
    rows = [[name, *[counts[code]["register", name] for code in LANGUAGES]] for name in REGISTERS]
    parts += ["## Register (sentences)", _table(["register", *LANGUAGES], rows)]
    rows = [[name, *[counts[code]["topic", name] for code in LANGUAGES]] for name in TOPICS]
    parts += ["## Topic of texts without a claim, or beside claims (documents)", _table(["topic", *LANGUAGES], rows)]
    told = countries(documents)
    total = sum(told.values())
    rows = [[code, number, f"{number / total:.1%}"] for code, number in told.most_common()]
    parts += [f"## Countries ({len(told)})", _table(["country", "sentences", "share"], rows)]
    for title, shares in (
        ("Actors by sector", by_sector(documents)),
        ("Governments, armies, police as actors, by country", by_state(documents)),
        ("Claims by the country of the crisis", by_country(documents)),
    ):
        shown = [one for one in shares if one.claims >= 10]
        rows = [
            [one.name, one.claims, f"{one.hostile:.0%}", f"{one.friendly:.0%}", f"{one.top_kind} {one.top_share:.0%}"]
            for one in shown
        ]
        parts += [f"## Balance: {title}", _table(["", "claims", "hostile", "friendly", "most"], rows)]
    rows = [[name, *numbers] for name, numbers in LEAST.items()]
    rows += [
        ["sentences", *(SENTENCES[large] for large in (True, False))],
        ["of them without a claim", f"{BARE:.0%}", f"{BARE:.0%}"],
    ]
    parts += ["## What a cell asks for at the least", _table(["table", "large languages", "others"], rows)]
    return "\n\n".join(parts) + "\n"


def _size_names() -> list[str]:
    return ["documents", "sentences", "without a claim", "claims", "claims in the test sixth", "pair groups", "characters"]


def _sizes(documents: Sequence[MiniDocument]) -> list[list[Any]]:
    rows: list[list[Any]] = []
    for code in (*LANGUAGES, "all"):
        mine = [one for one in documents if code in (one.language, "all")]
        groups = Counter((one.language, one.group) for one in mine if one.group)
        rows.append([
            code,
            len(mine),
            sum(len(one.sentences) for one in mine),
            sum(len(one.bare()) for one in mine),
            sum(len(one.claims) for one in mine),
            sum(len(one.claims) for one in mine if part_of(one) == "test"),
            sum(number > 1 for number in groups.values()),
            sum(len(one.text) for one in mine),
        ])  # fmt: skip
    return rows


def _table(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    lines += [f"| {' | '.join(str(value) for value in row)} |" for row in rows]
    return "\n".join(lines)


def lacking(documents: Sequence[MiniDocument]) -> list[tuple[str, Cell]]:
    """Return every cell that is not full, with its language."""
    return [(code, cell) for code in LANGUAGES for cell in cells(code, documents) if not cell.full]


def plots(documents: Sequence[MiniDocument], folder: Path) -> list[Path]:
    """Write two plots as SVG: claims by kind and status, and sentences by language and register; return the files."""
    import altair  # noqa: PLC0415  (heavy import)

    pairs = Counter((claim.kind, claim.status) for document in documents for claim in document.claims)
    grid = [{"kind": kind, "status": status, "claims": number} for (kind, status), number in sorted(pairs.items())]
    sizes = Counter((document.language, document.register) for document in documents for _ in document.sentences)
    bars = [{"language": code, "register": name, "sentences": number} for (code, name), number in sorted(sizes.items())]
    names = wanted()
    data = [altair.InlineData(values=rows) for rows in (grid, bars)]
    charts = {
        "kinds-by-status.svg": altair.Chart(data[0]).mark_rect().encode(
            x=altair.X("status:N", sort=names["status"]),
            y=altair.Y("kind:N", sort=names["kind"]),
            color=altair.Color("claims:Q", scale=altair.Scale(type="log", scheme="blues")),
        ),
        "sentences-by-language.svg": altair.Chart(data[1]).mark_bar().encode(
            x=altair.X("sentences:Q"),
            y=altair.Y("language:N", sort=list(LANGUAGES)),
            color=altair.Color("register:N", sort=list(REGISTERS), scale=altair.Scale(scheme="tableau10")),
        ),
    }  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    for name, chart in charts.items():
        chart.save(str(folder / name))
    return [folder / name for name in charts]
