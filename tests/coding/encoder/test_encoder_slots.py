"""Times of claims in the words that were pointed to: told by the standing of the claim and by what the text has named before."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from foreshock.coding.encoder.slots import Slots
from foreshock.model import Custody, Document, When, record_id
from foreshock.reading.read import read

DAY = "2034-03-15"  # a Wednesday
NOW = datetime(2034, 3, 16, tzinfo=UTC)


def when(text: str, words: str, status: str) -> When | None:
    custody = Custody(record_id(text), 1, "2034-03-15T00:00:00Z", "x")
    document = Document(
        record_id("x", text),
        custody.sha256,
        "x",
        None,
        "und",
        None,
        text,
        None,
        None,
        "2034-03-15T00:00:00Z",
        "text/plain",
        custody,
    )
    reading = read(document, now=NOW, published=DAY, language="en")
    start = text.index(words)
    number = next(k for k, one in enumerate(reading.sentences) if one.start <= start < one.end)
    return Slots(reading).when((start, start + len(words)), number, status=status)


@pytest.mark.parametrize(
    ("text", "words", "status", "start"),
    [
        ("The union shut the port on Monday.", "on Monday", "asserted", "2034-03-13"),
        ("The union plans to shut the port on Monday.", "on Monday", "planned", "2034-03-20"),
        ("A court on Tuesday ordered the arrest of two editors.", "on Tuesday", "ordered", "2034-03-14"),
        ("The prefect ordered shops to close on Thursday.", "on Thursday", "ordered", "2034-03-16"),
        ("Hauliers threatened to block the bridge from Monday.", "from Monday", "threatened", "2034-03-20"),
        ("The mayor banned rallies for ten days.", "for ten days", "ordered", "2034-03-15"),
        ("They marched on Monday. The road was open by evening.", "by evening", "asserted", "2034-03-13"),
        ("Gunmen left the town overnight.", "overnight", "asserted", "2034-03-14"),
        ("Shots at the market, 1820, say traders.", "1820", "asserted", "2034-03-15T18:20"),
        ("Police held nine men after Tuesday's march.", "Tuesday's", "asserted", "2034-03-14"),
        ("The committee yesterday resolved to summon him.", "yesterday", "planned", "2034-03-14"),
    ],
)
def test_words_are_told_by_the_standing_of_their_claim(text: str, words: str, status: str, start: str) -> None:
    told = when(text, words, status)
    assert told is not None
    assert told.start == start
