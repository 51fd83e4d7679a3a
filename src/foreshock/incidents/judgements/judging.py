"""Whether a judgement can be kept: what is refused is refused before it is in the ledger, where nothing is ever taken out."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import get_args

from foreshock.errors import LedgerError
from foreshock.incidents.judgements.amending import values_of
from foreshock.model import Credibility, Judgement, Reliability
from foreshock.ontology.codebook import load_codebook

# What can be decided of what, and of how many.
ALLOWED: Mapping[str, Mapping[str, int]] = {
    "claim": {"confirm": 1, "reject": 1, "amend": 1, "same": 2, "different": 2, "unsure": 2, "withdraw": 1},
    "incident": {"same": 2, "different": 2, "unsure": 2, "override": 1, "withdraw": 1},
    "dispute": {"settle": 1, "reopen": 1, "withdraw": 1},
    "source": {"override": 1, "withdraw": 1},
    "person": {"release": 1, "withhold": 1, "withdraw": 1},
    "site": {"release": 1, "withhold": 1, "withdraw": 1},
}
_GRADES = {
    ("source", "override"): ("reliability", tuple(get_args(Reliability))),
    ("incident", "override"): ("credibility", tuple(str(one) for one in get_args(Credibility))),
}
_STAMP = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")


def check(judgement: Judgement) -> None:
    """Refuse a judgement that says nothing, says it of nothing, or says what cannot be.

    Raises:
        LedgerError: no name, reason or moment; a verdict that the subject cannot have; too few or many subjects; a change that
            is missing, unknown or of a wrong value.
    """
    _check_signed(judgement)
    _check_subjects(judgement)
    named = _GRADES.get((judgement.subject, judgement.verdict))
    if judgement.verdict == "amend":
        _check_amendment(judgement)
    elif named:
        _check_grade(judgement, *named)
    elif judgement.verdict == "settle":
        _only(judgement, "position")
    elif judgement.changes:
        raise LedgerError(
            f"{judgement.verdict!r} changes no field, but {judgement.changes[0][0]!r} is given", remedy="leave the change out"
        )


def _check_signed(judgement: Judgement) -> None:
    for name in ("by", "why"):
        if not getattr(judgement, name).strip():
            raise LedgerError(f"a judgement without {name!r}", remedy="say who decides, and why")
    if not _STAMP.fullmatch(judgement.at):
        raise LedgerError(f"{judgement.at!r} is no moment", remedy="write it in UTC as YYYY-MM-DDTHH:MM:SSZ")


def _check_subjects(judgement: Judgement) -> None:
    allowed = ALLOWED.get(judgement.subject, {})
    if judgement.verdict not in allowed:
        raise LedgerError(
            f"{judgement.verdict!r} cannot be said of a {judgement.subject}",
            remedy=f"say one of {', '.join(allowed)}" if allowed else f"judge one of {', '.join(ALLOWED)}",
        )
    wanted, given = allowed[judgement.verdict], [one for one in judgement.subjects if one.strip()]
    if len(given) != wanted or len(set(given)) != len(judgement.subjects):
        raise LedgerError(
            f"{judgement.verdict!r} of a {judgement.subject} is of {wanted}, not of {list(judgement.subjects)}",
            remedy="name each subject once, by its id or name",
        )


def _check_amendment(judgement: Judgement) -> None:
    if not judgement.changes:
        raise LedgerError("an amendment that changes nothing", remedy='give a field and its value as JSON, as status "denied"')
    values = values_of(judgement.changes)
    if len(values) != len(judgement.changes):
        raise LedgerError("an amendment gives one field twice", remedy="give each field once")
    mode, kind = values.get("mode"), values.get("kind")
    if mode is not None:
        entries = [entry for entry in load_codebook() if kind in (None, entry.kind)]
        known = sorted({name for entry in entries for name in entry.modes})
        if mode not in known:
            raise LedgerError(f"mode: {mode!r} is no mode of {kind or 'any kind'}", remedy=f"choose one of {', '.join(known)}")


def _check_grade(judgement: Judgement, field: str, values: tuple[str, ...]) -> None:
    value = _only(judgement, field)
    if value not in values:
        raise LedgerError(f"{field}: {value!r} is no grade", remedy=f"choose one of {', '.join(values)}")


def _only(judgement: Judgement, field: str) -> str:
    """Return the value of the one change that a verdict needs; JSON text of a string may come with or without its quotes."""
    if [name for name, _ in judgement.changes] != [field]:
        found = ", ".join(name for name, _ in judgement.changes) or "nothing"
        raise LedgerError(f"{judgement.verdict!r} changes {field}, not {found}", remedy=f"give the one change {field}")
    return plain(judgement.changes[0][1])


def plain(value: str) -> str:
    """Return a change's value without the quotes of JSON; one that is not JSON stays as it is.

    >>> plain('"B"'), plain("2"), plain("B")
    ('B', '2', 'B')
    """
    try:
        found = json.loads(value)
    except ValueError:
        return value
    return found if isinstance(found, str) else value
