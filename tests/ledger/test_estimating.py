"""Estimates and outcomes: kept once, never changed, read as they were known; on both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from foreshock.dates import utc_stamp
from foreshock.errors import LedgerError
from foreshock.ledger import Ledger
from foreshock.model import Outcome
from tests.ledger.records import CODER, DAY, OUTCOME, claim, estimate, reading

LATER = DAY + timedelta(days=40)


def test_an_estimate_is_kept_once_whatever_comes_under_its_id(ledger):
    assert ledger.keep_estimates([estimate(), estimate(2), estimate()], known_at=DAY) == 2
    assert ledger.keep_estimates([estimate(probability=0.9), estimate(3)], known_at=LATER) == 1
    assert ledger.estimates() == [estimate(), estimate(2), estimate(3)]
    assert ledger.keep_estimates([], known_at=LATER) == 0
    assert list(ledger.verify()) == []


def test_estimates_are_read_as_known_and_by_question(ledger):
    unmeasured = estimate(2, scenario="invasion", probability=None, prior=None, unmeasured="no history")
    ledger.keep_estimates([estimate(), unmeasured], known_at=DAY)
    ledger.keep_estimates([estimate(3, country="KGZ", probability=1)], known_at=LATER)
    assert ledger.estimates(as_of="2022-01-07") == []
    assert ledger.estimates(as_of="2022-01-08") == [estimate(), unmeasured]
    assert ledger.estimates(scenario="invasion") == [unmeasured]
    assert [one.country for one in ledger.estimates(country="KGZ")] == ["KGZ"]
    assert ledger.estimates(scenario="invasion", country="KGZ") == []
    assert [known for known, _ in ledger.estimates_since()] == [
        "2022-01-08T09:00:00Z", "2022-01-08T09:00:00Z", "2022-02-17T09:00:00Z",
    ]  # fmt: skip
    assert list(ledger.verify()) == []


def test_many_estimates_are_kept_in_their_order(ledger):
    many = [estimate(number, as_of=f"2022-01-{number % 28 + 1:02}") for number in range(1200)]
    assert ledger.keep_estimates(many, known_at=DAY) == 1200
    assert ledger.estimates() == many


def test_a_clock_that_was_set_back_is_not_followed(ledger):
    ledger.keep_estimates([estimate()], known_at=LATER)
    ledger.keep_estimates([estimate(2)], known_at=utc_stamp(DAY))
    assert [known for known, _ in ledger.estimates_since()] == [utc_stamp(LATER)] * 2
    assert ledger.estimates(as_of="2022-01-31") == []


def test_outcomes_are_kept_once_and_read_as_known(ledger):
    other = Outcome("coup-attempt", "KAZ", "2022-03", None, "a set", 'a "reason"\n\0 自衛隊')
    assert ledger.keep_outcome(OUTCOME, known_at=DAY)
    assert not ledger.keep_outcome(OUTCOME, known_at=LATER)
    assert ledger.keep_outcome(other, known_at=LATER)
    assert ledger.outcomes() == [OUTCOME, other]
    assert ledger.outcomes(as_of="2022-01-31") == [OUTCOME]
    assert ledger.outcomes(country="KGZ") == []
    assert ledger.outcomes_since() == [("2022-01-08T09:00:00Z", OUTCOME), ("2022-02-17T09:00:00Z", other)]
    assert list(ledger.verify()) == []


@pytest.mark.parametrize(
    ("occurred", "until"),
    [(None, None), ("2022-01-01", "2022-02-01"), ("never", None), (None, "2022-02"), (None, "soon"), ("2022-02-30", None)],
)
def test_an_outcome_that_says_nothing_certain_is_refused(ledger, occurred, until):
    with pytest.raises(LedgerError) as error:
        ledger.keep_outcome(replace(OUTCOME, occurred=occurred, checked_until=until), known_at=DAY)
    assert "give" in error.value.remedy
    assert ledger.outcomes() == []


def test_an_outcome_kept_in_error_is_withdrawn_and_stays_for_earlier(ledger):
    wrong = Outcome("coup-attempt", "KAZ", "2022-01-20", None, "ana")
    gone = Outcome("coup-attempt", "KAZ", None, None, "ana", "it was in another country", wrong.id)
    with pytest.raises(LedgerError, match="to withdraw"):
        ledger.keep_outcome(gone, known_at=DAY)
    ledger.keep_outcomes([wrong, OUTCOME], known_at=DAY)
    assert ledger.keep_outcome(gone, known_at=LATER)
    assert not ledger.keep_outcome(gone, known_at=LATER)
    assert ledger.outcomes() == [OUTCOME]
    assert ledger.outcomes(as_of="2022-01-31") == [wrong, OUTCOME]
    assert not ledger.keep_outcome(wrong, known_at=LATER)
    assert list(ledger.verify()) == []


def test_nothing_is_kept_where_the_ledger_is_only_read(address):
    Ledger(address).close()
    with Ledger(address, create=False) as ledger:
        with pytest.raises(LedgerError):
            ledger.keep_estimates([estimate()], known_at=DAY)
        with pytest.raises(LedgerError):
            ledger.keep_outcome(OUTCOME, known_at=DAY)


def test_the_redaction_of_a_claim_leaves_none_of_its_words_in_an_estimate(ledger):
    one = reading("a", "Calm in the house of the witness.")
    told = claim(one)
    ledger.add(one, [told], coder=CODER, now=DAY)
    made = estimate(evidence=(replace(estimate().evidence[0], claim_ids=(told.id,)),))
    ledger.keep_estimates([made], known_at=DAY)
    ledger.redact(by="ana", why="at risk", now=LATER, key=b"sixteen or more bytes", claim_id=told.id)
    assert ledger.estimates() == [made]  # it leads to the claim by its id, and had no word of it
    assert {one.state for one in ledger.verify()} == {"redacted"}
