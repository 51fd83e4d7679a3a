"""What a person decided: append-only, with who, when and why; it takes part in every later reading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Subject = Literal["claim", "incident", "dispute", "source", "person", "site"]
Verdict = Literal[
    "confirm", "reject", "amend",  # a claim
    "same", "different", "unsure",  # two claims: whether they tell of one incident
    "settle", "reopen",  # a dispute
    "override", "withdraw",  # a grade; "withdraw" takes back the judgement named in ``subjects``
    "release", "withhold",  # a private person's name, or an exact site, for exports and pages
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Judgement:
    """A decision on a claim, two claims, a dispute, a grade, a name or a site.

    ``subjects`` are ids (of claims, of a dispute, of a judgement) or the name of a source, person or site. ``changes`` are pairs
    of a field and its new value as JSON text: for "amend" fields of the claim, for "settle" ("position", its label), for
    "override" ("reliability", "B") or ("credibility", "2"). A later judgement on the same subjects supersedes an earlier one.
    """

    id: str
    subject: Subject
    verdict: Verdict
    subjects: tuple[str, ...]
    by: str
    at: str
    why: str
    changes: tuple[tuple[str, str], ...] = ()
