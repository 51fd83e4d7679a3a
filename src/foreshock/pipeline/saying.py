"""What is an event although nobody says that the act was done: what is done by saying it, and what is asked for or threatened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from foreshock.incidents.credibility import affirms
from foreshock.incidents.parties import Parties
from foreshock.knowledge import load_table
from foreshock.model import Claim, Report
from foreshock.ontology.codebook import load_codebook
from foreshock.ontology.crosswalk import Crosswalk, load_crosswalk

Side = tuple[str | None, str | None]


@cache
def table() -> Mapping[str, Any]:
    """Return the policy (happenings.yaml)."""
    found: Mapping[str, Any] = load_table(__package__, "happenings.yaml")
    return found


@cache
def _crosswalk() -> Crosswalk:
    return load_crosswalk(load_codebook())


def done(claim: Claim) -> bool:
    """Say whether by a claim something was done: its holder says so, or the act is done by saying it."""
    performed = table()["performed"]
    by_saying = claim.status in performed.get(claim.kind, ()) or claim.status in performed.get(f"{claim.kind}/{claim.mode}", ())
    return affirms(claim) or (by_saying and not claim.negated)


def said_act(reports: Sequence[Report]) -> tuple[str, str | None, list[Report]] | None:
    """Return the asking or the threat that reports of an act tell: its kind, its mode, and those that tell it; None without one.

    "The crowd demanded that he resign" is REQUEST/change: the act was not done, the demand was made.
    """
    told = [one for one in reports if one.claim.status in table()["said"] and (one.claim.kind, None) in _crosswalk().roots]
    codes = {one.claim.id: _crosswalk().codes(one.claim.kind, one.claim.mode, one.claim.status) for one in told}
    acts = Counter((codes[one.claim.id].plover, codes[one.claim.id].plover_mode) for one in told)
    for (kind, mode), _ in acts.most_common():
        if kind is not None:
            return kind, mode, [one for one in told if codes[one.claim.id].plover == kind]
    return None


def sayer(report: Report, parties: Parties) -> Side:
    """Return country and sector of who asks or threatens: the innermost holder who speaks, else who acts in the claim."""
    claim = report.claim
    holder = claim.holders[-1] if claim.holders else None
    if holder and holder.role == "speaker":
        found = parties.of_holder(holder, language=claim.language, when=report.published)
        if found and (found.country or found.sector):
            return found.country, found.sector
    return (claim.actor.country, claim.actor.sector) if claim.actor else (None, None)


def standings(reports: Sequence[Report]) -> str:
    """Return in words what is said of an incident that nobody says happened: the standings, the most told first."""
    said = Counter(_words(one.claim) for one in reports)
    return f"only {' and '.join(sorted(said, key=lambda word: (-said[word], word))[:2])}"


def _words(claim: Claim) -> str:
    if claim.status in ("asserted", "alleged"):
        return "said not to be so" if claim.negated else "foiled" if claim.phase == "foiled" else "taken back"
    words: Mapping[str, str] = table()["words"]
    return "taken back" if claim.status == "retracted" else words.get(claim.status, claim.status)
