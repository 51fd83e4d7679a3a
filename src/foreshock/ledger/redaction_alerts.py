"""What alerts say in the words of claims that were redacted, and what watches remember under hashes of a name."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from foreshock.ledger.forms import blocks
from foreshock.ledger.tables import table
from foreshock.model import Alert, Watch

if TYPE_CHECKING:
    from sqlalchemy import Connection


def forgotten_alerts(connection: Connection, claim_ids: Collection[str], documents: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield id and record of alerts, without their sentences that stand on claims or documents, and without their titles.

    Sentences quote claims; which words of a sentence are quoted is not kept, so the whole of it goes.
    """
    from sqlalchemy import select

    kept = table("alerts")
    for row in connection.execute(select(kept.c.id, kept.c.record)).all():
        one = msgspec.json.decode(row.record, type=Alert)
        lines = tuple(
            replace(line, text=blocks(line.text))
            if set(line.claim_ids) & set(claim_ids) or set(line.document_ids) & set(documents)
            else line
            for line in one.lines
        )
        if lines == one.lines:
            continue
        made = replace(one, title=blocks(one.title), place=blocks(one.place) if one.place else None, lines=lines)
        if made != one:
            yield row.id, msgspec.json.encode(made).decode()


def forget_marks(connection: Connection) -> None:
    """Forget what watches saw that are defined otherwise now: a name was erased in them, and their marks are under its hashes.

    Such a watch takes note of what is there at its next look, as a new one does.
    """
    from sqlalchemy import select

    watches, states, marks = table("watches"), table("watch_states"), table("watch_marks")
    latest = {
        row.id: row.record for row in connection.execute(select(watches.c.id, watches.c.record).order_by(watches.c.arrival))
    }
    for row in connection.execute(select(states.c.watch_id, states.c.definition)).all():
        record = latest.get(row.watch_id)
        if record is None or msgspec.json.decode(record, type=Watch).definition != row.definition:
            connection.execute(marks.delete().where(marks.c.watch_id == row.watch_id))
            connection.execute(states.update().where(states.c.watch_id == row.watch_id).values(definition=""))
