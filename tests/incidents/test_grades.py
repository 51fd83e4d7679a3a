"""The reliability of sources from their record: only first-hand words count, and a thin record is no grade."""

import math

import pytest

from foreshock.incidents.compose import compose_incident
from foreshock.incidents.grades.beta import beta_cdf, beta_quantile
from foreshock.incidents.grades.source import grades_of, posterior, table
from foreshock.incidents.judgements.judging import check
from foreshock.model import Dispute, Judgement, Link, Position
from tests.incidents.records import Press, actor, city

GUNMEN = actor("gunmen", None, "UAF")

# (x, a, b, I_x(a, b)): the closed forms x^a for b = 1, 1-(1-x)^b for a = 1, binomial sums for whole numbers, the arcsine law.
KNOWN = [
    (0.3, 1, 1, 0.3),
    (0.5, 2, 3, 0.6875),
    (0.8, 6, 1, 0.8**6),
    (0.1, 1, 9, 1 - 0.9**9),
    (0.25, 0.5, 0.5, 2 / math.pi * math.asin(0.5)),
    (0.4, 3, 4, sum(math.comb(6, k) * 0.4**k * 0.6 ** (6 - k) for k in range(3, 7))),
    (0.9, 200, 20, sum(math.comb(219, k) * 0.9**k * 0.1 ** (219 - k) for k in range(200, 220))),
]


@pytest.mark.parametrize(("x", "a", "b", "wanted"), KNOWN)
def test_the_incomplete_beta_function_has_its_known_values(x, a, b, wanted):
    assert beta_cdf(x, a, b) == pytest.approx(wanted, abs=1e-10)
    assert beta_quantile(wanted, a, b) == pytest.approx(x, abs=1e-9)


def test_the_ends_are_certain():
    assert (beta_cdf(0, 2, 3), beta_cdf(1, 2, 3)) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("up", "down", "letter"), [(30, 1, "A"), (8, 1, "B"), (5, 0, "B"), (4, 3, "C"), (3, 6, "D"), (0, 9, "E")]
)
def test_letters_follow_the_record(up, down, letter):
    found = posterior(up, down)
    assert found.low < found.mean < found.high
    assert next(r["letter"] for r in table()["letters"] if found.mean >= r["mean"] and found.low >= r["low"]) == letter


class Town:
    """Incidents of a town, each told by some papers."""

    def __init__(self):
        self.press, self.reports, self.incidents = Press(), [], []

    def incident(self, *tellings, links=(), judgements=()):
        rows = []
        for number, (source, more) in enumerate(tellings):
            day = f"2022-03-{len(self.incidents) + 1:02}"
            plain = {"actor": GUNMEN, "place": city("Port Vila"), "published": day, "source": source, **more}
            rows.append(
                self.press.report(f"Gunmen fired at shop {len(self.incidents)} ({number})", "ASSAULT", "firearms", **plain)
            )
        self.reports += rows
        found = compose_incident(rows[0].claim.id, rows, links=[links(rows)] if links else (), judgements=judgements)
        self.incidents.append(found)
        return rows

    def grade(self, source, **more):
        return {one.source: one for one in grades_of(self.incidents, self.reports, **more)}[source]


@pytest.fixture
def town():
    return Town()


def test_what_another_bears_out_counts_for_both(town):
    for _ in range(6):
        town.incident(("Lagoon Post", {}), ("Reef Herald", {}))
    found = town.grade("Lagoon Post")
    assert (found.confirmed, found.denied, found.walked_back, found.claims) == (6, 0, 0, 6)
    assert (found.reliability, found.thin, found.mean) == ("B", False, round(7 / 8, 4))
    assert found.why == (
        "usually reliable: of 6 incidents told first-hand, 6 borne out by others, 0 refuted, 0 taken back, 0 not judged yet"
    )


def test_a_thin_record_is_no_grade(town):
    town.incident(("Lagoon Post", {}), ("Reef Herald", {}))
    town.incident(("Lagoon Post", {}))
    found = town.grade("Lagoon Post")
    assert (found.reliability, found.thin, found.confirmed) == ("F", True, 1)
    assert found.why.endswith("1 not judged yet")


def test_many_claims_on_one_incident_are_borne_out_once(town):
    one = {"document": "d-one"}
    town.incident(("Lagoon Post", one), ("Lagoon Post", {**one, "start": 60}), ("Reef Herald", {}))
    assert (town.grade("Lagoon Post").confirmed, town.grade("Lagoon Post").claims) == (1, 2)


def test_a_copy_neither_earns_nor_loses(town):
    def copy(rows):
        return Link(rows[1].claim.document_id, rows[0].claim.document_id, "copy", 0.98, "the texts are 0.98 alike")

    town.incident(("Lagoon Post", {}), ("Coral Daily", {}), ("Reef Herald", {}), links=copy)
    assert (town.grade("Coral Daily").confirmed, town.grade("Coral Daily").claims) == (0, 0)
    assert (town.grade("Lagoon Post").confirmed, town.grade("Reef Herald").confirmed) == (1, 1)


def test_what_a_paper_quotes_is_the_speakers(town):
    town.incident(("Lagoon Post", {"by": "interior ministry"}), ("Reef Herald", {}))
    assert town.grade("Lagoon Post").claims == 0
    speakers = {one.source: one for one in grades_of(town.incidents, town.reports, speakers=True)}
    assert (speakers["interior ministry"].confirmed, speakers["interior ministry"].claims) == (1, 1)


def test_a_party_bears_out_nobody(town):
    town.incident(
        ("Lagoon Post", {}), ("Reef Herald", {"by": "gunmen", "actor": actor("police", None, "COP"), "recipient": GUNMEN})
    )
    assert town.grade("Lagoon Post").confirmed == 0


def test_what_one_that_is_no_party_denies_is_refuted_and_a_partys_denial_is_nothing(town):
    town.incident(("Lagoon Post", {}), ("Reef Herald", {"by": "rights groups", "status": "denied"}))
    town.incident(("Lagoon Post", {}), ("Reef Herald", {"by": "gunmen", "status": "denied"}))
    assert (town.grade("Lagoon Post").denied, town.grade("Lagoon Post").confirmed) == (1, 0)


def test_what_a_source_takes_back_is_walked_back_even_if_others_told_it(town):
    town.incident(("Lagoon Post", {}), ("Lagoon Post", {"status": "retracted", "published": "2022-03-09"}), ("Reef Herald", {}))
    assert (town.grade("Lagoon Post").walked_back, town.grade("Lagoon Post").confirmed) == (1, 0)


def test_a_settled_dispute_counts_against_the_position_that_lost(town):
    rows = town.incident(("Lagoon Post", {}), ("Reef Herald", {}))
    sides = [
        Position(label, (row.source,), (row.claim.id,), (), ()) for label, row in zip(("gunmen", "police"), rows, strict=True)
    ]
    settle = Judgement("j1", "dispute", "settle", ("x1",), "A.", "2022-03-09T08:00:00Z", "seen", (("position", '"police"'),))
    check(settle)
    dispute = Dispute("x1", "who fired?", "actor", rows[0].claim.id, tuple(sides), "settled", "j1", "seen")
    more = {"disputes": [dispute], "judgements": [settle]}
    assert (town.grade("Lagoon Post", **more).denied, town.grade("Reef Herald", **more).denied) == (1, 0)


def test_a_rejected_claim_is_no_part_of_the_record(town):
    rows = town.incident(("Lagoon Post", {}), ("Reef Herald", {}))
    reject = Judgement("j1", "claim", "reject", (rows[0].claim.id,), "A.", "2022-03-09T08:00:00Z", "badly coded")
    assert "Lagoon Post" not in {one.source for one in grades_of(town.incidents, town.reports, judgements=[reject])}


def test_a_person_may_override_and_the_record_stays_beside_it(town):
    town.incident(("Lagoon Post", {}), ("Reef Herald", {}))
    note = Judgement(
        "j1", "source", "override", ("Lagoon Post",), "A.", "2022-03-09T08:00:00Z", "known to me", (("reliability", '"C"'),)
    )
    found = town.grade("Lagoon Post", judgements=[note])
    assert (found.reliability, found.overridden_by, found.confirmed, found.thin) == ("C", "j1", 1, True)
    assert found.why.startswith("set by A. on 2022-03-09: known to me (its record alone: F,")
