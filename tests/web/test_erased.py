"""A name that is erased while the desk runs is on none of its pages from then on, nor in what it remembers."""

from __future__ import annotations

from collections import Counter
from typing import Any

from starlette.testclient import TestClient

from foreshock.ledger import Ledger
from foreshock.web import Desk

PAGES = ("/", "/brief", "/incidents", "/disputes", "/conditions", "/tallies", "/sources", "/documents", "/claims",
         "/api/v1/claims", "/api/v1/incidents", "/api/v1/disputes", "/api/v1/documents")  # fmt: skip


def texts(client: TestClient, desk: Desk, name: str, ids: list[str]) -> str:
    said = [client.get(path, follow_redirects=True).text for path in (*PAGES, *(f"/documents/{one}" for one in ids))]
    return "\n".join(said)


def remembered(desk: Desk) -> str:
    """Return all that the desk keeps in its memory as text."""
    kept: list[Any] = [*desk.pages._kept.values(), *desk.readings.values()]
    kept += [one.shown.reports for one in desk.pictures._kept.values()]
    kept += [one for _, one in desk.behind._kept.values()]
    return "\n".join(map(repr, kept))


def test_a_desk_that_runs_shows_an_erased_name_no_more(own_client: TestClient, own_desk: Desk) -> None:
    names = Counter(
        one.name
        for claim in own_desk.ledger.claims()
        for one in claim.holders
        if len(one.name.split()) == 2 and one.name.isascii()
    )
    ids = [one.id for one in own_desk.ledger.latest_documents()]
    name = next(one for one, _ in names.most_common() if texts(own_client, own_desk, one, ids).count(one) > 3)
    assert name in remembered(own_desk)
    path = own_desk.ledger._backend.path
    with Ledger(path) as other:  # another process would
        assert other.redact(name=name, by="ana", why="asked", now=own_desk.now(), key=b"k" * 32).claims
    after = texts(own_client, own_desk, name, ids)
    assert [after[max(0, at - 80) : at + 80] for at in (after.find(name),) if at >= 0] == []
    assert name not in remembered(own_desk)
    assert {one.state for one in own_desk.ledger.verify()} == {"redacted"}
