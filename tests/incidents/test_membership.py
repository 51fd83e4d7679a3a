"""Reading incidents: what was joined and merged, then what persons judged same or different; withdrawn, it leaves no trace."""

from foreshock.incidents.assignment import assign
from foreshock.incidents.membership import Membership, incidents_of, joined_of, memberships
from foreshock.incidents.store import MemoryStore
from foreshock.model import Judgement, Report
from tests.incidents.test_cluster import arrest, blast


def judgement(verdict, *subjects, name="j1", at="2031-05-01T09:00:00Z"):
    return Judgement(name, "claim", verdict, tuple(subjects), "A. Nalyst", at, "read both")


def read(codings, *judgements, store=None, as_of=None):
    store = store or MemoryStore()
    assign(codings, store)
    reports = [
        Report(claim, one.document.source, one.document.published, one.known_at, one.arrival)
        for one in codings
        for claim in one.claims
    ]
    assignments = store.get("assignment", [report.claim.id for report in reports], as_of=as_of)
    incidents = {entry.id: entry for entry in store.entries("incident", as_of=as_of)}
    return memberships(reports, assignments, incidents, judgements=judgements)


def claims(*codings):
    return tuple(claim.id for one in codings for claim in one.claims)


A, B, C = blast("a", arrival=1), blast("b", arrival=2), blast("c", arrival=3)
HELD = arrest("h", "Oskar Lindqvane", arrival=4)


def test_claims_joined_are_one_incident_under_the_founding_claim():
    assert read([A, B, HELD]) == [
        Membership(A.claims[0].id, claims(A, B)), Membership(HELD.claims[0].id, claims(HELD)),
    ]  # fmt: skip


def test_a_claim_that_was_not_joined_yet_is_an_incident_of_its_own():
    found = read([A, B], as_of="2031-01-02T12:00:00Z")
    assert found[0] == Membership(A.claims[0].id, claims(A))
    assert [one.claim_ids for one in found[1:]] == [(claim,) for claim in claims(B)]


def test_different_parts_an_incident_and_what_came_to_each_side_stays_with_it():
    found = read([A, B, C], judgement("different", A.claims[0].id, B.claims[0].id))
    assert found[0].id == A.claims[0].id
    assert set(claims(A)) <= set(found[0].claim_ids)
    assert set(claims(B)) <= set(found[1].claim_ids)
    assert found[1].split_from == A.claims[0].id
    assert found[1].id == B.claims[0].id


def test_different_of_two_claims_of_one_document_parts_the_later_alone():
    found = read([A, B], judgement("different", *claims(A)))
    assert sorted(len(one.claim_ids) for one in found) == [1, 3]


def test_same_merges_two_incidents_into_the_one_founded_first():
    found = read([A, HELD], judgement("same", HELD.claims[0].id, A.claims[0].id))
    assert found == [Membership(A.claims[0].id, claims(A, HELD), merged=(HELD.claims[0].id,))]


def test_unsure_and_withdrawn_judgements_leave_no_trace():
    pair = (A.claims[0].id, B.claims[0].id)
    plain = read([A, B])
    parted = judgement("different", *pair)
    assert read([A, B], judgement("unsure", *pair)) == plain
    assert read([A, B], parted, judgement("unsure", *pair, name="j2", at="2031-05-02T09:00:00Z")) == plain
    assert read([A, B], parted, judgement("withdraw", "j1", name="j2", at="2031-05-02T09:00:00Z")) == plain
    assert len(read([A, B], parted)) == 2


def test_the_latest_judgement_on_a_pair_holds():
    pair = (A.claims[0].id, B.claims[0].id)
    again = judgement("same", *pair, name="j2", at="2031-05-02T09:00:00Z")
    assert len(read([A, B], judgement("different", *pair), again)) == 1


def test_what_a_person_parted_is_not_merged_by_a_later_arrival(monkeypatch):
    from foreshock.incidents.cluster import table

    monkeypatch.setitem(table(), "join", 99.0)
    store = MemoryStore()
    assign([A, B], store)
    monkeypatch.setitem(table(), "join", -0.5)
    assign([C], store, judgements=[judgement("different", A.claims[0].id, B.claims[0].id)])
    assert all(not entry.value.get("merged_into") for entry in store.entries("incident"))


def test_reasons_lead_to_the_claim_that_each_was_joined_to():
    store = MemoryStore()
    assign([A, B], store)
    assignments = {entry.id: entry for entry in store.entries("assignment")}
    joined = joined_of(claims(A, B), assignments)
    assert [one.claim_id for one in joined] == list(claims(B))
    assert all(one.to == A.claims[0].id and one.why and 0 < one.score <= 1 for one in joined)


def test_the_mapping_has_every_claim_once():
    store = MemoryStore()
    assign([A, B, HELD], store)
    reports = [Report(claim, "s", None, "2031-01-01T00:00:00Z", 1) for one in (A, B, HELD) for claim in one.claims]
    assignments = {entry.id: entry for entry in store.entries("assignment")}
    found = incidents_of(reports, assignments, {entry.id: entry for entry in store.entries("incident")})
    assert sorted(claim for some in found.values() for claim in some) == sorted(claims(A, B, HELD))
