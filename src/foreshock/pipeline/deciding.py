"""Decide: what a person says of a subject becomes a judgement, the same by whichever door it comes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from foreshock.dates import utc_stamp
from foreshock.errors import LedgerError
from foreshock.ledger import Ledger
from foreshock.model import Judgement, Subject, Verdict, record_id
from foreshock.pipeline.joining import judge

LONGEST = 2_000  # characters of a reason or a name


def decide(
    ledger: Ledger,
    *,
    by: str,
    subject: Subject,
    verdict: Verdict,
    subjects: Sequence[str],
    why: str,
    now: datetime,
    changes: Sequence[tuple[str, str]] = (),
) -> tuple[Judgement, bool]:
    """Keep what somebody decided; return it, and False where the very same is kept already.

    Args:
        ledger: open for writing.
        by, why, now: who, on what grounds, when.
        subject: what it is about; of "withdraw" that of the judgement that is taken back, whatever is given.
        verdict, subjects, changes: see :class:`Judgement`.

    Raises:
        ForeshockError: it says nothing, too much, or what cannot be, or is on what the ledger does not hold; nothing was kept.
    """
    at, given, told = utc_stamp(now), tuple(subjects), why.strip()
    for one in (told, *given):
        if len(one) > LONGEST:
            raise LedgerError(f"{one[:40]!r} … has {len(one):,} characters", remedy=f"say it in {LONGEST:,} at most")
    known = ledger.judgements()
    if verdict == "withdraw":
        subject = next((one.subject for one in known if one.id in given), subject)
    parts = ("judgement", subject, verdict, *given, by, at, told, *changes)
    ids = {one.id for one in known}
    taken = {name for one in known if one.verdict == "withdraw" for name in one.subjects}
    name, again = record_id(*parts), 1
    # What was taken back within the second in which it was said may be said again.
    while name in ids and name in taken:
        again += 1
        name = record_id(*parts, again)
    made = Judgement(name, subject, verdict, given, by, at, told, tuple(changes))
    return made, judge(ledger, made)
