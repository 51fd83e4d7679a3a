"""Judgements and crises: only added to, and read as they stood at a moment."""

from __future__ import annotations

from datetime import timedelta

import pytest

from foreshock.ledger import Ledger
from foreshock.model import Crisis
from tests.ledger.records import DAY, judgement

NORTH = Crisis("north", ("KAZ",), "2022-01", None, ("curfew", "Алматы"))


def test_judgements_are_kept_once_in_their_order(ledger):
    one, two = (
        judgement(1),
        judgement(2, at="2022-01-09T10:00:00Z", subject="incident", verdict="same", subjects=("c1", "c2"), changes=()),
    )
    assert ledger.judge(two)
    assert ledger.judge(one)
    assert not ledger.judge(one)
    assert ledger.judgements() == [two, one]
    assert ledger.judgements(as_of="2022-01-08") == [one]
    assert ledger.judgements(as_of="2022-01-08T09:59") == []
    assert list(ledger.verify()) == []


def test_a_judgement_with_every_character_is_read_back(ledger):
    one = judgement(why='a "quote"\n\0 and \\ 自衛隊 😀 \u2028')
    ledger.judge(one)
    assert ledger.judgements() == [one]


def test_a_crisis_is_named_changed_dropped_and_named_again(ledger):
    days = [DAY + timedelta(days=number) for number in range(5)]
    changed = Crisis("north", ("KAZ", "KGZ"))
    assert ledger.keep_crisis(NORTH, days[0])
    assert not ledger.keep_crisis(NORTH, days[1])
    assert ledger.keep_crisis(Crisis("east"), days[1])
    assert ledger.keep_crisis(changed, days[2])
    assert ledger.drop_crisis("north", days[3])
    assert not ledger.drop_crisis("north", days[3])
    assert not ledger.drop_crisis("nobody", days[3])
    assert ledger.crises() == [Crisis("east")]
    assert ledger.crises(as_of="2022-01-08") == [NORTH]
    assert ledger.crises(as_of="2022-01-10") == [Crisis("east"), changed]
    assert ledger.keep_crisis(NORTH, days[4])
    assert ledger.crises() == [Crisis("east"), NORTH]


def test_only_a_ledger_that_may_be_written_is_judged(address):
    Ledger(address).close()
    with Ledger(address, create=False) as ledger, pytest.raises(Exception, match="read") as error:
        ledger.judge(judgement())
    assert "may write" in error.value.remedy
