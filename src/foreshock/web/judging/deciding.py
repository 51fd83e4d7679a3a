"""What a form says becomes a judgement: signed by who looks, at the desk's moment, kept through the checks of the pipeline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from foreshock import pipeline
from foreshock.dates import utc_stamp
from foreshock.model import Judgement, Subject, Verdict, record_id
from foreshock.web.desk import Desk

LONGEST = 2_000  # characters of a reason or a name


def decide(
    desk: Desk,
    *,
    by: str,
    subject: str,
    verdict: str,
    subjects: Sequence[str],
    why: str,
    changes: Sequence[tuple[str, str]] = (),
) -> Judgement:
    """Keep what somebody decided and return it; the very same said twice is kept once, unless it was taken back meanwhile.

    Raises:
        LedgerError: it says nothing, or what cannot be, or is about what the ledger does not hold; nothing was kept.
    """
    at, given = utc_stamp(desk.now()), tuple(one[:LONGEST] for one in subjects)
    known = desk.ledger.judgements()
    if verdict == "withdraw":
        subject = next((one.subject for one in known if one.id in given), subject)
    told = why.strip()[:LONGEST]
    # What is refused is refused by the pipeline; here only the shape is made.
    made = Judgement("-", cast("Subject", subject), cast("Verdict", verdict), given, by, at, told, tuple(changes))
    ids = {one.id for one in known}
    taken = {name for one in known if one.verdict == "withdraw" for name in one.subjects}
    parts = ("judgement", subject, verdict, *given, by, at, told, *changes)
    name, again = record_id(*parts), 1
    while name in ids and name in taken:
        again += 1
        name = record_id(*parts, again)
    made = replace(made, id=name)
    pipeline.judge(desk.ledger, made)
    return made
