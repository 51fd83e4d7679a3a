"""A situation that grows by the day is the one that is made of all at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from foreshock.dates import last_day
from foreshock.incidents.store import MemoryStore
from foreshock.model import Coding, Holder, Report, record_id
from foreshock.pipeline.growing import Growing, by_day
from foreshock.pipeline.happenings import happenings
from foreshock.pipeline.joining import join_codings
from foreshock.pipeline.silence import hiding_types
from foreshock.pipeline.situation import Situation, of_store
from tests.incidents.records import actor, city, count, day, land
from tests.incidents.wire import coding, told

VILA, VANUATU = city("Port Vila"), land("VUT", "Vanuatu")
POLICE, CROWD = actor("police", "VUT", "COP"), actor("protesters", None, "CVL")
GATE = """Police fired on a march of dock workers in Port Vila on Sunday, and four of them were killed, the port's clinic said.

The workers had stopped 19 lorries at the gate of the copra mill at dawn. A clerk of the mill counted 60 shots in ten minutes,
and the road to the airport was shut until noon while the wounded were carried out on doors."""
DENIAL = (
    "The police have not fired at anybody in this town, and whoever says so lies, the commissioner told reporters on the quay."
)
CUT = (
    "The internet was cut in the whole country on Monday evening, and no bank or ferry office could be reached until the morning."
)
BACK = (
    "The internet was restored in the country on Thursday after three days, said the operator of the only cable to the islands."
)
TALKS = (
    "The council of chiefs met the dock workers at the nakamal of Mele, and both sides agreed to meet again in a week from now."
)


def page(number: int, published: str, text: str, *claims: dict[str, Any]) -> Coding:
    name = record_id("page", number)
    held = [{"holders": (Holder(name, "document", name, one.get("status", "asserted")),), **one} for one in claims]
    made = coding(name, text, *held, arrival=number, published=published)
    return replace(made, known_at=f"{last_day(published)}T23:59:59Z")


def fired(**more: Any) -> dict[str, Any]:
    fields = {"actor": POLICE, "recipient": CROWD, "place": VILA, "figures": (count("killed", 4),), **more}
    return told("Police fired on a march", "ASSAULT", "firearms", **fields)


DENIED = (Holder("page", "document", "page", "asserted"), Holder("commissioner", "speaker", "commissioner", "denied"))
PAGES = [
    page(1, "2031-03-02", GATE, fired(when=day("2031-03-02"))),
    page(2, "2031-03-03", CUT, told("The internet was cut in the whole country", "COERCE", "withhold", place=VANUATU)),
    page(3, "2031-03-03", f"From the port\n\n{GATE}", fired(when=day("2031-03-02"))),
    page(
        4,
        "2031-03-04",
        DENIAL,
        told("have not fired at anybody", "ASSAULT", "firearms", actor=POLICE, status="denied", holders=DENIED),
    ),
    page(5, "2031-03-05", TALKS, told("met the dock workers", "CONSULT", place=VILA)),
    page(6, "2031-03-06", BACK, told("The internet was restored in the country", "RETREAT", place=VANUATU)),
    page(7, "2031-03-07", GATE.replace("four", "five").replace("19 lorries", "20 lorries"), fired(figures=(count("killed", 5),))),
]


def no_vectors(sentences: Sequence[str]) -> Any:
    raise AssertionError(f"nothing here is a translation: {sentences[:1]}")


def grown(pages: Sequence[Coding]) -> list[tuple[str, Situation]]:
    growing = Growing(no_vectors)
    found = []
    for on, codings in by_day(pages).items():
        growing.add(codings)
        found.append((on, growing.situation(today=date.fromisoformat(on))))
    return found


def at_once(pages: Sequence[Coding], on: str) -> Situation:
    store = MemoryStore()
    known = [one for one in pages if one.known_at[:10] <= on]
    join_codings(known, store, vectors=no_vectors)
    reports = [
        Report(it, one.document.source, one.document.published, one.known_at, one.arrival) for one in known for it in one.claims
    ]
    return of_store(reports, store, judgements=(), today=date.fromisoformat(on))


def plain(found: Situation) -> tuple[Any, ...]:
    incidents = {one.id: replace(one, joined=(), merged=()) for one in found.incidents}
    disputes = sorted(found.disputes, key=lambda one: one.id)
    conditions = [one for one in found.conditions if one.type in hiding_types()]
    return incidents, disputes, conditions, sorted(map(repr, found.links)), happenings(found), sorted(found.reports)


@pytest.mark.parametrize("number", range(6))
def test_each_day_is_as_if_all_until_then_came_at_once(number):
    on, found = grown(PAGES)[number]
    assert plain(found) == plain(at_once(PAGES, on))


def test_a_day_that_was_is_not_changed_by_what_comes_later():
    early = [plain(found) for _, found in grown(PAGES)][:3]
    assert [plain(found) for _, found in grown(PAGES[:4])] == early
    kept = grown(PAGES)
    assert [plain(found) for _, found in kept][:3] == early


def test_the_copy_counts_once_and_the_cut_is_known():
    _, last = grown(PAGES)[-1]
    assert [one.type for one in last.conditions] == ["blackout"]
    assert "standing" in {one.matter for one in last.disputes}
    shots = [one for one in happenings(last) if one.kind == "ASSAULT" and one.ignored is None]
    assert sum(len(one.sources) for one in shots) <= 2


def test_a_new_version_of_a_page_takes_the_place_of_the_old_one():
    again = replace(page(8, "2031-03-08", TALKS, told("both sides agreed", "AGREE", place=VILA)))
    edited = replace(again, document=replace(again.document, id=PAGES[4].document.id))
    edited = replace(edited, claims=tuple(replace(one, document_id=edited.document.id) for one in edited.claims))
    _, last = grown([*PAGES, edited])[-1]
    kinds = {one.kind for one in happenings(last)}
    assert "AGREE" in kinds
    assert "CONSULT" not in kinds
