"""How precedents are told in a terminal, and as values for JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from textwrap import fill
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from foreshock.pipeline.precedents import Found, Precedent, Profile

WIDE = 120
SHOWN = 8  # reasons in a line


def told(found: Found) -> str:
    """Return what was found for a country, as lines for a reader."""
    lines = _here(found.here)
    of = found.nearest[0].of if found.nearest else 0
    lines.append(f"\nNEAREST of {of} past crises that had ended by then (context: no estimate stands on them)")
    lines += [line for one in found.nearest for line in _one(one)] or ["none"]
    lines.append("\nCOMPARED WITH by those who tell of it (that they compare says nothing of how alike they are)")
    lines += [line for one in found.named.precedents for line in _one(one)] or ["nothing that is on record"]
    if found.named.missing:
        lines.append(f"{len(found.named.missing)} more comparisons name no crisis that is on record.")
    return "\n".join(lines)


def _here(here: Profile) -> list[str]:
    from foreshock.pipeline.precedents import gloss

    lines = [
        f"{here.country} as of {here.as_of}: tier {here.tier or 'not known'}, before it {here.state or 'not known'}; "
        f"{here.happenings} happenings since {here.since}",
        _filled("seen", [gloss(name) for name in here.present]),
        _filled("not there, as it would be told", [gloss(name) for name in sorted(here.absent)]),
    ]
    if here.powers:
        lines.append(_filled("foreign states that act in it", here.powers))
    if here.blind:
        lines.append("For a part of the time the country could not be seen: what is not told may have been.")
    if here.thin:
        lines.append("So little is known of it that the order below says little.")
    return [line for line in lines if line]


def _one(one: Precedent) -> list[str]:
    from foreshock.pipeline.precedents import gloss

    crisis = one.crisis
    end = crisis.end or "still going on"
    lines = [
        f"{one.rank}. {crisis.name} ({crisis.start} to {end}): likeness {one.score:.2f}, {one.summary}; {one.nearness}",
        _filled("   compared by", _comparers(one)),
        _filled("   alike", [it.text for it in one.alike[:SHOWN]], more=len(one.alike) - SHOWN),
        _filled("   differs", [it.text for it in one.differ[:SHOWN]], more=len(one.differ) - SHOWN),
        _filled("   known here, not of it", [gloss(name) for name in one.unknown]),
        f"   set off: {crisis.trigger}",
        _filled("   ended", [f"{it.scenario} {it.day}" for it in one.endings]) or "   ended: nothing had come of it by then",
        # What came afterwards is only told of what had ended by then.
        *([] if _going_on(one) else [f"   afterwards: {crisis.after}"]),
        _filled("   sources", crisis.sources),
        *(f"   {note}" for note in one.notes),
    ]
    return [line for line in lines if line]


def _comparers(one: Precedent) -> list[str]:
    times = Counter((it.holder, it.stance) for it in one.compared)
    return [f"{holder} ({stance}{f', {n} times' if n > 1 else ''})" for (holder, stance), n in times.items()]


def _going_on(one: Precedent) -> bool:
    return len(one.endings) < len(one.crisis.ended) or one.crisis.end is None


def _filled(head: str, parts: Iterable[str], *, more: int = 0) -> str:
    listed = list(parts) + ([f"and {more} more"] if more > 0 else [])
    return fill(f"{head}: {'; '.join(listed)}", WIDE, subsequent_indent="      ") if listed else ""


def values(record: Any) -> Any:
    """Return a record as plain values: sets become sorted lists, days ISO dates."""
    if is_dataclass(record) and not isinstance(record, type):
        return {field.name: values(getattr(record, field.name)) for field in fields(record)}
    if isinstance(record, dict):
        return {str(key): values(value) for key, value in record.items()}
    if isinstance(record, (frozenset, set)):
        return sorted(record)
    if isinstance(record, date):
        return record.isoformat()
    if isinstance(record, Sequence) and not isinstance(record, str):
        return [values(one) for one in record]
    return record
