"""Claims join incidents: what belongs together comes together, whatever the order and the size of batches."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foreshock.incidents.assignment import assign
from foreshock.incidents.cluster import resolve, table
from foreshock.incidents.store import MemoryStore
from tests.incidents.wire import actor, city, coding, count, day, moved, told

TOWNS = ("Harbourton", "Millbrook", "Quarrington", "Eastmere")


WORDINGS = (
    "Blast in {town} kills {dead}. An explosion tore through the fish market shortly after nine. Captain {extra} led the rescue.",
    "{dead} dead in {town}. Windows broke as far as the bridge. An explosion destroyed stalls, said {extra} of the brigade.",
)


def blast(name, town="Harbourton", *, arrival, when="2031-03-04", dead=7, published="2031-03-05", by=None, extra="Tolland"):
    """Return a report of an explosion; even and odd arrivals tell it in other words."""
    text = WORDINGS[arrival % 2].format(town=town, dead=dead, extra=extra)
    return coding(
        name, text,
        told((f"{dead} dead", f"kills {dead}")[f"kills {dead}" in text], "HARM", "killed", figures=(count("killed", dead),),
             place=city(town)),
        told("An explosion", "ASSAULT", "explosives", when=day(when), actor=actor(by) if by else None),
        arrival=arrival, published=published,
    )  # fmt: skip


def arrest(name, whom, *, arrival, published="2031-03-06", language="en"):
    text = f"Police in Harbourton arrested {whom} on Wednesday. {whom} is held for sedition."
    return coding(
        name, text,
        told(f"arrested {whom}", "COERCE", "arrest", recipient=actor(whom), place=city("Harbourton"), when=day("2031-03-05")),
        arrival=arrival, published=published, language=language,
    )  # fmt: skip


def clusters(codings, store=None, **more):
    """Return the documents of each incident, and the store."""
    store = store or MemoryStore()
    assign(codings, store, **more)
    entries = {entry.id: entry for entry in store.entries("assignment")}
    now = resolve({entry.value["incident"] for entry in entries.values()}, store)
    found = {}
    for one in codings:
        for claim in one.claims:
            if claim.id in entries:
                found.setdefault(now[entries[claim.id].value["incident"]], set()).add(one.document.id)
    return sorted(map(sorted, found.values())), store


def test_two_reports_of_one_event_are_one_incident_with_the_id_of_the_first_claim():
    first, second = blast("a", arrival=1), blast("b", arrival=2)
    store = MemoryStore()
    entries = {entry.id: entry for entry in assign([first, second], store)}
    assert {entry.value["incident"] for entry in entries.values()} == {first.claims[0].id}
    assert entries[second.claims[0].id].value["to"] == first.claims[0].id
    assert any("rare" in why for why in entries[second.claims[0].id].value["why"])
    assert 0.5 < entries[second.claims[0].id].value["score"] <= 1


@pytest.mark.parametrize(
    "other",
    [
        blast("b", "Millbrook", arrival=2, extra="Verrano"),  # another town
        blast("b", arrival=2, when="2029-03-01", published="2029-03-02", extra="Verrano", dead=3),  # another year
        arrest("b", "Oskar Lindqvane", arrival=2),  # another kind
    ],
    ids=["town", "year", "kind"],
)
def test_what_disagrees_in_place_time_or_kind_stays_apart(other):
    assert clusters([blast("a", arrival=1), other])[0] == [["a"], ["b"]]


def test_a_rival_attribution_does_not_keep_two_reports_apart():
    one, other = blast("a", arrival=1, by="the army"), blast("b", arrival=2, by="the rebels")
    assert clusters([one, other])[0] == [["a", "b"]]


def test_arrests_of_two_persons_on_one_day_are_two_incidents_and_of_one_person_one():
    codings = [
        arrest("a", "Oskar Lindqvane", arrival=1),
        arrest("b", "Mirela Dostanu", arrival=2),
        arrest("c", "Oskar Lindqvane", arrival=3),
    ]
    assert clusters(codings)[0] == [["a", "c"], ["b"]]


def test_a_report_in_another_language_joins_by_day_place_and_number():
    text = "Explosion au marché de Harbourton : sept morts."
    claim = told(
        "sept morts", "HARM", "killed", figures=(count("killed", 7),), place=city("Harbourton"), when=day("2031-03-04")
    )  # fmt: skip
    french = coding("f", text, claim, arrival=2, language="fr")
    assert clusters([blast("a", arrival=1), french])[0] == [["a", "f"]]


def test_a_late_arrival_joins_the_incident_that_it_tells_of():
    early = [blast("a", arrival=1), blast("b", "Millbrook", arrival=2, extra="Verrano")]
    late = blast("c", arrival=30, published="2031-04-20")
    assert clusters([*early, late])[0] == [["a", "c"], ["b"]]


def test_one_document_on_two_events_has_two_episodes():
    text = "Blast in Harbourton kills 7. In Millbrook two years ago a flood killed 40."
    both = coding(
        "a", text,
        told("kills 7", "HARM", "killed", figures=(count("killed", 7),), place=city("Harbourton"), when=day("2031-03-04")),
        told("a flood killed 40", "HARM", "killed", figures=(count("killed", 40),), place=city("Millbrook"), when=day("2029")),
        arrival=1,
    )  # fmt: skip
    store = MemoryStore()
    assert len({entry.value["incident"] for entry in assign([both], store)}) == 2


def test_an_order_is_no_incident_with_the_act_that_it_orders():
    text = "The president ordered the army to shoot. Soldiers shot 3 men in Harbourton."
    both = coding(
        "a", text,
        told("ordered the army to shoot", "ASSAULT", "firearms", status="ordered"),
        told("Soldiers shot 3 men", "ASSAULT", "firearms", figures=(count("killed", 3),), place=city("Harbourton")),
        arrival=1,
    )  # fmt: skip
    assert len({entry.value["incident"] for entry in assign([both], MemoryStore())}) == 2


def test_background_claims_found_no_incident_where_an_event_is_told():
    one = coding(
        "a", "Harbourton has 9,000 people. A blast killed 7.",
        told("Harbourton has 9,000 people", "STATE"), told("A blast killed 7", "HARM", "killed"), arrival=1,
    )  # fmt: skip
    entries = assign([one], MemoryStore())
    assert [entry.id for entry in entries] == [one.claims[1].id]


def test_a_newer_version_of_a_document_stays_in_its_incident():
    first = blast("a", arrival=1)
    again = moved(blast("a", arrival=1, dead=9), 2)
    store = MemoryStore()
    assign([first, again], store)
    entry = store.get("assignment", [again.claims[0].id])[again.claims[0].id]
    assert entry.value["incident"] == first.claims[0].id


def test_joining_again_adds_nothing():
    codings = [blast("a", arrival=1), blast("b", arrival=2)]
    store = MemoryStore()
    assign(codings, store)
    before = list(store.entries("episode"))
    assert assign(codings, store) == []
    assert list(store.entries("episode")) == before


def test_an_arrival_that_belongs_to_two_incidents_merges_them_into_the_older(monkeypatch):
    monkeypatch.setitem(table(), "join", 99.0)
    one, other = blast("a", arrival=1), blast("b", arrival=2)
    store = MemoryStore()
    assign([one, other], store)
    assert len(list(store.entries("incident"))) == 2
    monkeypatch.setitem(table(), "join", -0.5)
    assign([blast("c", arrival=3)], store)
    younger = store.get("incident", [other.claims[0].id])[other.claims[0].id]
    older = store.get("incident", [one.claims[0].id])[one.claims[0].id]
    assert younger.value["merged_into"] == one.claims[0].id
    assert older.value["merged"] == [other.claims[0].id]
    assert "belongs to both" in younger.value["why"]


def world(size):
    """Return codings on a few events, some told twice, in a steady order."""
    return [
        blast(f"d{n}", TOWNS[n % 4], arrival=n + 1, dead=3 + n % 4, extra=f"Name{'xyz'[n % 3]}{'klm'[n // 4 % 3]}")
        for n in range(size)
    ]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(1, 4), min_size=1, max_size=12))
def test_batches_of_any_size_give_the_same_as_one_by_one(sizes):
    codings = world(sum(sizes))
    single, batched = MemoryStore(), MemoryStore()
    for one in codings:
        assign([one], single)
    at = 0
    for size in sizes:
        assign(codings[at : at + size], batched)
        at += size
    assert list(single.entries("assignment")) == list(batched.entries("assignment"))
    assert list(single.entries("incident")) == list(batched.entries("incident"))


@pytest.mark.parametrize("known", [1, 4, 7])
def test_as_of_a_moment_equals_a_fresh_run_on_what_was_known(known):
    codings = world(10)
    whole, prefix = MemoryStore(), MemoryStore()
    assign(codings, whole)
    assign(codings[:known], prefix)
    as_of = codings[known - 1].known_at
    for space in ("assignment", "incident", "episode"):
        assert list(whole.entries(space, as_of=as_of)) == list(prefix.entries(space))


def test_comparisons_do_not_grow_with_the_store():
    store = MemoryStore()
    assign([replace(one, arrival=n + 1) for n, one in enumerate(world(240))], store)
    made = [entry.value["comparisons"] for entry in store.entries("joined")]
    members, incidents = table()["members"], table()["incidents"]
    assert max(made) <= table()["rare_blocks"] + table()["day_blocks"] + incidents * members + (incidents - 1) * members**2
    assert max(made[-40:]) <= 1.5 * max(made[80:120])  # six times the store, the same work
