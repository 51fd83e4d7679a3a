"""From logits to triggers and spans, on logits written by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from foreshock.coding.encoder.decode import LONGEST, pointed, softmax, tagged, triggers

HIGH, LOW = 6.0, -6.0


def tags(*labels: str) -> np.ndarray:
    """Return logits of out, begin, inside for pieces written as "O", "B", "I"."""
    out = np.full((len(labels), 3), LOW, np.float32)
    for number, label in enumerate(labels):
        out[number, "OBI".index(label)] = HIGH
    return out


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ("OOBIOO", [(2, 3)]),
        ("OBBO", [(1, 1), (2, 2)]),
        ("OBIBIO", [(1, 2), (3, 4)]),
        ("OIIO", [(1, 2)]),  # a run that nothing begins is a trigger all the same
        ("BOOB", []),  # the first and the last piece are the frame's
        ("OOOO", []),
    ],
)
def test_runs_of_tags_are_triggers(labels: str, expected: list[tuple[int, int]]) -> None:
    found = triggers(tags(*labels), least=0.5)
    assert [(one.first, one.last) for one in found] == expected
    assert all(one.probability > 0.99 for one in found)


def test_a_lower_threshold_finds_no_fewer_pieces() -> None:
    logits = np.random.default_rng(7).normal(0, 2, (60, 3)).astype(np.float32)
    covered = [
        {piece for one in triggers(logits, least=least) for piece in range(one.first, one.last + 1)} for least in (0.2, 0.5, 0.8)
    ]
    assert covered[0] >= covered[1] >= covered[2]
    assert covered[0] > covered[2]


def test_a_pointer_gives_the_likeliest_span_and_its_probability() -> None:
    starts, ends = np.zeros(8, np.float32), np.zeros(8, np.float32)
    starts[2], ends[4] = HIGH, HIGH
    found, none = pointed(starts, ends)
    assert found is not None
    assert (found.first, found.last) == (2, 4)
    assert found.probability > 0.9
    assert none < 0.01


def test_a_pointer_to_the_first_piece_is_none() -> None:
    starts, ends = np.zeros(8, np.float32), np.zeros(8, np.float32)
    starts[0], ends[0] = HIGH, HIGH
    found, none = pointed(starts, ends)
    assert found is None
    assert none > 0.9


@given(st.integers(2, 40), st.data())
def test_no_pointer_runs_backwards_or_over_the_frame(size: int, data: st.DataObject) -> None:
    numbers = arrays(np.float32, size, elements=st.floats(-8, 8, width=32))
    found, none = pointed(data.draw(numbers), data.draw(numbers))
    assert 0 <= none <= 1.0001
    if found is not None:
        assert 0 < found.first <= found.last < size - 1
        assert found.last - found.first < LONGEST


def test_tags_of_a_role_may_be_several() -> None:
    assert [(one.first, one.last) for one in tagged(tags("O", "B", "O", "B", "I", "O"))] == [(1, 1), (3, 4)]


def test_softmax_sums_to_one_for_large_logits() -> None:
    told = softmax(np.array([[1000.0, 999.0, -1000.0]], np.float32))
    assert told.sum() == pytest.approx(1)
    assert told[0, 0] == pytest.approx(0.731, abs=1e-3)
