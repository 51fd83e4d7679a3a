"""The codebook of an export in Markdown, made from the same table of columns as the schema."""

from __future__ import annotations

from foreshock.briefs.exports.columns import Column, Layout, layouts
from foreshock.briefs.exports.notice import Notice

_READING = """## How to read it

- An empty cell is "not known"; nothing is filled in. A number that was lost or is doubtful has no `best`.
- Dates are ISO 8601 prefixes: `2022-01` is a month, not its first day.
- Lists are JSON: `["a","b"]`.
- In CSV a text that begins with `= + - @`, a tab, a line end or an apostrophe has an apostrophe before it, so that no spreadsheet
  runs it. Take one apostrophe off the front of a text to have it back. Parquet and the other formats hold texts as they are.
- `█` stands for each letter of a name or site that is withheld, so that `start` and `end` still hold; `[victim]`, `[detainee]`,
  `[witness]`, `[minor]`, `[suspect]`, `[relative]`, `[person]` stand for a private person where no offset counts.
- A point is the middle of what `place_precision` says. Sites that are withheld have the middle of a half-degree cell.
- `plover` and `cameo_root` are those codebooks' roots; `acled_like_type` names are ours and no ACLED data.
"""


def codebook(notice: Notice) -> str:
    """Return the codebook: the notice, how to read the tables, and every column with type, constraints and gloss."""
    parts = [f"# {_flat(notice.title)}", notice.sentence, _READING.strip()]
    parts += [_table(layout) for layout in layouts().values()]
    return "\n\n".join(parts) + "\n"


def _table(layout: Layout) -> str:
    rows = [f"## {layout.name}", "", layout.gloss, "", "| Column | Type | Meaning |", "|---|---|---|"]
    rows += [f"| `{one.name}` | {_type(one, layout)} | {_flat(_meaning(one))} |" for one in layout.columns]
    return "\n".join(rows)


def _type(column: Column, layout: Layout) -> str:
    notes = ["key"] if column.name == layout.key else []
    notes += ["always there"] if column.constraints.get("required") else []
    return ", ".join([column.type, *notes])


def _meaning(column: Column) -> str:
    told = column.gloss
    if "enum" in column.constraints:
        told += " One of: " + ", ".join(f"`{one}`" for one in column.constraints["enum"]) + "."
    return told + (f" Refers to `{column.refers[0]}.{column.refers[1]}`." if column.refers else "")


def _flat(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")
