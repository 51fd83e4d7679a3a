"""A calendar (RFC 5545) of the stated ends and deadlines of conditions."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from foreshock.briefs.exports.notice import Notice
from foreshock.briefs.exports.rows import Row
from foreshock.briefs.exports.sink import Parts, library
from foreshock.briefs.quotes import safe
from foreshock.dates import day_of


class Calendar:
    """Writes deadlines.ics: one all-day event for each condition whose end is known to the day."""

    def __init__(self, parts: Parts) -> None:
        """Remember where it goes; a calendar is small and written at the end."""
        self._lib = library("icalendar", "ical")
        self._path = parts.path("deadlines.ics")
        self._rows: list[Row] = []

    def add(self, table: str, row: Row) -> None:
        """Take a condition with a day on which it ends; a month or year alone is no deadline."""
        if table == "conditions" and day_of(row["until"]) is not None:
            self._rows.append(row)

    def finish(self, notice: Notice) -> None:
        """Write the calendar with the notice as its description."""
        calendar = self._lib.Calendar()
        calendar.add("prodid", "-//Foreshock//Deadlines//EN")
        calendar.add("version", "2.0")
        calendar["X-WR-CALNAME"] = self._lib.vText(safe(notice.title))
        calendar["X-WR-CALDESC"] = self._lib.vText(notice.sentence)
        calendar.add("comment", notice.sentence)
        for row in self._rows:
            calendar.add_component(self._event(row, notice))
        self._path.write_bytes(calendar.to_ical())

    def _event(self, row: Row, notice: Notice) -> Any:
        event = self._lib.Event()
        day = day_of(row["until"])
        event.add("uid", f"{row['condition_id']}@foreshock")
        event.add("dtstamp", datetime.fromisoformat(notice.made_at))
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1) if day else day)
        where = f" ({safe(row['place'])})" if row["place"] else ""
        event.add("summary", f"Stated end: {safe(row['type'])}{where}")
        if row["place"]:
            event.add("location", safe(row["place"]))
        event.add("description", "\n".join(_lines(row, notice)))
        event.add("categories", [safe(row["type"]), row["state"]])
        event.add("transp", "TRANSPARENT")
        return event


def _lines(row: Row, notice: Notice) -> list[str]:
    told = [f"Declared by {safe(row['declared_by'])}." if row["declared_by"] else "Who declared it is not known."]
    told += [f"Held to be in force by {safe(', '.join(row['held_by']))}."] if row["held_by"] else []
    told += [f"Last confirmed {row['last_confirmed']} ({row['freshness']})."] if row["last_confirmed"] else []
    return [*told, f"Claims: {', '.join(row['claim_ids'])}", notice.sentence]
