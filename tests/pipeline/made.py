"""Situations for the tests of weighing: reports in a few words, grouped into incidents by hand, or joined as the ledger joins."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from foreshock.incidents.store import MemoryStore
from foreshock.model import Coding, Entry, Link, Report
from foreshock.pipeline.joining import join_codings
from foreshock.pipeline.situation import Situation, of_store

TODAY = date(2031, 6, 30)
KNOWN = "2031-06-30T00:00:00Z"


def situation(*groups: Sequence[Report], links: Sequence[Link] = (), today: date = TODAY) -> Situation:
    """Return the situation of incidents, each the reports of one."""
    assignments = {
        report.claim.id: Entry(
            report.claim.id, report.arrival, KNOWN,
            {
                "incident": group[0].claim.id, "episode": report.claim.id, "first": group[0].claim.id, "score": 0.9,
                "why": ["made"], "to": group[0].claim.id if report is not group[0] else None,
            },
        )
        for group in groups
        for report in group
    }  # fmt: skip
    founded = {
        group[0].claim.id: Entry(group[0].claim.id, group[0].arrival, KNOWN, {"arrival": group[0].arrival, "merged": []})
        for group in groups
    }
    return Situation(
        told=[report for group in groups for report in group], links=links, assignments=assignments, founded=founded,
        judgements=(), today=today,
    )  # fmt: skip


def joined(codings: Sequence[Coding], *, today: date = TODAY) -> Situation:
    """Return the situation of codings, joined as they arrive."""

    def no_vectors(sentences: Sequence[str]) -> Any:
        raise AssertionError(f"nothing here is a translation: {sentences[:2]}")

    store = MemoryStore()
    join_codings(codings, store, vectors=no_vectors)
    reports = [
        Report(claim, one.document.source, one.document.published, one.known_at, one.arrival)
        for one in codings
        for claim in one.claims
    ]
    return of_store(reports, store, judgements=(), today=today)
