"""The question of a dispute, what it is about, and the names of its positions."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from foreshock.incidents.disputes.figures import rival_pair
from foreshock.incidents.disputes.matters import Statement, family
from foreshock.incidents.disputes.pairs import Conflict
from foreshock.incidents.disputes.parties import dayparts_of, doer_of, opposite_states, side_of_hold, sites_of
from foreshock.incidents.disputes.words import has
from foreshock.incidents.disputes.words import table as matters
from foreshock.incidents.intervals import counted, said
from foreshock.incidents.tallies import scope_of
from foreshock.knowledge import load_table
from foreshock.model import Claim, Figure
from foreshock.ontology.fold import fold


@cache
def table() -> Mapping[str, Any]:
    """Return the wording of disputes (disputes.yaml)."""
    found: Mapping[str, Any] = load_table(__package__, "disputes.yaml")
    return found


def definition_of(conflict: Conflict) -> str:
    """Return what is asked, as a part of the dispute's id: an incident may have several disputes on one matter."""
    first = _held(conflict).claim
    if conflict.matter == "figure":
        figures = rival_pair(conflict.one, conflict.other)
        if figures:
            figure = figures[0]
            return f"{counted(conflict.one.claim, figure)} {fold(scope_of(conflict.one.claim, figure) or '')}"
    if conflict.matter == "standing":
        return f"{family(first)} {first.mode}" if first.kind not in matters()["background"] else first.id
    return "hold" if _is_hold(conflict) else family(first)


def label_of(one: Statement, conflict: Conflict) -> str:
    """Return the position that a claim takes in a conflict."""
    names = table()["positions"]
    if conflict.matter == "figure":
        figures = rival_pair(conflict.one, conflict.other)
        if not figures:
            return one.claim.text
        return figure_label(figures[0] if one is conflict.one else figures[1], negated=one.claim.negated)
    if conflict.matter == "standing":
        if states := opposite_states(conflict.one, conflict.other):
            return states[0 if one is conflict.one else 1]
        return str(names["rejected" if one.polarity == "rejected" else "held"])
    if conflict.matter == "actor":
        doer = doer_of(one)
        return (side_of_hold(one) if _is_hold(conflict) else doer and doer.name) or one.holder
    if conflict.matter == "time":
        return _time_label(one, conflict)
    return one.claim.place.name if one.claim.place else ", ".join(sorted(sites_of(one)))


def _time_label(one: Statement, conflict: Conflict) -> str:
    """Return the day that a claim gives, or the part of it where both give one day or none."""
    days = {(side.claim.when.start or "")[:10] if side.claim.when else "" for side in (conflict.one, conflict.other)}
    parts = dayparts_of(one)
    if (len(days) == 1 or "" in days) and parts:
        return str(list(matters()["dayparts"])[min(parts)])
    return ((one.claim.when.start or "") if one.claim.when else "")[:10]


def figure_label(figure: Figure, *, negated: bool = False) -> str:
    """Return a figure in words: "12", "at least 40", "150 to 200", "dozens"; negated "over 25" is "at most 25"."""
    numbers = " to ".join(f"{number:g}" for number in sorted(set(said(figure))))
    said_bound = figure.bound or ""
    bound = (table()["turned"].get(said_bound, said_bound) if negated else said_bound).replace("_", " ")
    return " ".join(part for part in (bound if bound != "range" else "", numbers) if part)


def question_of(conflict: Conflict) -> str:
    """Return the question in neutral English words (disputes.yaml)."""
    claim = _held(conflict).claim
    questions: Mapping[str, str] = table()["questions"]
    where = f" at {claim.place.name}" if claim.place else ""
    day = f" on {claim.when.start}" if claim.when and claim.when.start and claim.when.start == claim.when.end else ""
    if conflict.matter == "figure" and (figures := rival_pair(conflict.one, conflict.other)):
        return _count_question(conflict.one.claim, figures[0], where)
    if conflict.matter == "standing" and claim.kind in matters()["background"]:
        rejecting = next((one for one in (conflict.one, conflict.other) if one.polarity == "rejected"), conflict.one)
        return questions["saying"].format(holder=rejecting.holder, quote=claim.text)
    key = "hold" if _is_hold(conflict) and claim.place else conflict.matter
    return questions[key].format(act=act_of(claim), where=where, when=day, place=claim.place.name if claim.place else "")


def act_of(claim: Claim) -> str:
    """Return a kind as a phrase: "a shooting"."""
    acts: Mapping[str, str] = table()["acts"]
    return acts.get(f"{claim.kind}/{claim.mode}") or acts[claim.kind]


def _count_question(claim: Claim, figure: Figure, where: str) -> str:
    whom = str(figure.of or table()["people"])
    scope = f" in {found}" if (found := figure.scope) else where
    return str(table()["questions"]["figure"]).format(
        count=table()["counts"][counted(claim, figure)].format(of=whom), scope=scope
    )


def _held(conflict: Conflict) -> Statement:
    """Return the claim that holds what the other rejects; of two that hold, the one told first."""
    held = [one for one in (conflict.one, conflict.other) if one.polarity == "held"]
    return min(held or [conflict.one], key=lambda one: (one.report.published or "", one.report.arrival, one.claim.id))


def _is_hold(conflict: Conflict) -> bool:
    return conflict.matter == "actor" and all(
        one.claim.kind == "CONTROL" or has(one.claim.text, one.claim.language, "hold") for one in (conflict.one, conflict.other)
    )
