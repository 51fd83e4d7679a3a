"""What persons decided, as programs are told it."""

from __future__ import annotations

from typing import Any

from foreshock.model import Judgement, to_json
from foreshock.web.answers.answer import Answer, answer
from foreshock.web.answers.cursor import pack, page_of, question_of, unpack
from foreshock.web.desk import Desk


def judgements(desk: Desk, *, subject: str | None = None, as_of: str | None = None, limit: int, cursor: str | None) -> Answer:
    """Return a page of judgements, the latest first; those on ``subject``, an id or a name, where it is given."""
    question = question_of("judgements", {"subject": subject, "as_of": as_of})
    rows = sorted(kept(desk, subject=subject, as_of=as_of), key=_key)
    shown, last = page_of(rows, _key, unpack(cursor, question, ("", "")), limit, descending=True)
    ids = [one for row in shown if row.subject == "claim" and row.verdict != "withdraw" for one in row.subjects]
    return answer(desk, [told(one) for one in shown], ids, as_of=as_of, cursor=pack(question, last) if last else None)


def kept(desk: Desk, *, subject: str | None = None, as_of: str | None = None) -> list[Judgement]:
    """Return the judgements that were kept; whom a name is released or withheld of is not told."""
    found = desk.ledger.judgements(as_of)
    return [one for one in found if one.subject != "person" and (subject is None or subject in one.subjects)]


def told(one: Judgement) -> dict[str, Any]:
    """Return a judgement as plain values; ``claim_ids`` are its subjects where they are claims."""
    ids = list(one.subjects) if one.subject == "claim" and one.verdict != "withdraw" else []
    return {**to_json(one), "claim_ids": ids}


def _key(one: Judgement) -> tuple[str, str]:
    return one.at, one.id
