"""A page that is made to be slow costs no more than its length: what is four times as long takes about four times as long."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from foreshock.reading import segment
from foreshock.reading.read import read
from tests.ledger.records import document

NOW = datetime(2022, 1, 8, tzinfo=UTC)
BUDGET = 6.0  # seconds of processor for 60,000 characters; the square of their number would be minutes
SHAPES = ["«", "'", '" ', "(", ". ", "a.", "1,", "12 killed, ", "a\u0301", "XNUMX ", "「", "Ã©"]


@pytest.mark.parametrize("shape", SHAPES)
def test_a_page_of_one_shape_is_read_in_time(shape):
    text = ("Police said on Monday. " + shape * 60_000)[:60_000]
    began = time.process_time()
    made = read(document("a", text, language="en"), now=NOW, language="en")
    assert time.process_time() - began < BUDGET
    assert all(made.document.text[one.start : one.end] == one.text for one in made.sentences)


def test_a_long_paragraph_is_cut_as_a_short_one_is():
    some = "The police said on Monday that Mr. Alimov was held. “Nobody was hurt,” he said. It was calm by 5 p.m. on Friday. "
    cuts = list(segment.split(some * 300, language="en"))
    assert len(some) * 300 > 4 * segment.WINDOW
    each = list(segment.split(some.rstrip(), language="en"))
    assert [end - start for start, end in cuts] == [end - start for start, end in each] * 300
