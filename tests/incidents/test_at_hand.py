"""What is kept at hand is bounded, and is what the store holds."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from foreshock.incidents.ready import Ready
from foreshock.incidents.store import MemoryStore
from foreshock.ledger.window import Under
from foreshock.model import Entry
from foreshock.model.entry import newest, ranking
from foreshock.model.recent import Recent

NOW = "2033-05-09T00:00:00Z"
refs = st.lists(st.tuples(st.integers(-9, -1), st.sampled_from("abcde")), unique=True).map(sorted)


@given(st.integers(1, 12), st.lists(st.tuples(st.booleans(), st.integers(0, 9))))
def test_a_recent_map_never_holds_more_and_never_tells_another_value(most, asked):
    recent, latest = Recent[int, str](most), dict[int, str]()
    for number, (puts, key) in enumerate(asked):
        if puts:
            recent.put(key, f"{key} {number}")
            latest[key] = f"{key} {number}"
            assert recent.peek(key) == latest[key]
        else:
            assert recent.get(key) in (None, latest.get(key))
        assert len(recent) <= max(2, most + 1)
    recent.clear()
    assert len(recent) == 0


def test_what_is_asked_for_stays_and_the_rest_goes():
    recent = Recent[int, str](10)
    for key in range(100):
        recent.put(key, "")
        assert recent.get(0) == ""
    assert (recent.peek(0), recent.peek(50)) == ("", None)


def test_heavy_values_take_more_room():
    recent = Recent[int, str](100, weigh=len)
    for key in range(10):
        recent.put(key, "x" * 30)
    assert len(recent) <= 4


@given(refs, st.lists(refs.filter(bool).map(lambda some: some[0])), st.integers(1, 4))
def test_under_a_key_the_latest_stay_known_whatever_is_added(held, added, each):
    whole = sorted(held)
    under = Under(each, list(Under(each, whole).latest(each)))
    for ref in added:
        if ref not in whole:
            whole = sorted([*whole, ref])
            under.add(ref)
        assert under.latest(each) == Under(each, whole).latest(each)


@given(st.lists(refs, max_size=4), st.integers(1, 4))
def test_the_newest_of_what_was_read_are_the_newest_of_all(whole, each):
    everything, _ = newest(whole, each=None)
    read, more = newest([Under(each, one).latest(each) for one in whole], each=each)
    assert read == everything[: len(read)]
    assert more or read == everything


@given(st.dictionaries(st.sampled_from("klm"), refs), st.booleans())
def test_ranking_counts_of_each_id_its_latest_version_only(under, narrow):
    order = ranking(under, narrow=narrow)
    latest = {
        one: min(ref for some in under.values() for ref in some if ref[1] == one) for some in under.values() for _, one in some
    }
    assert sorted(order) == sorted(latest.values())
    scores = {
        ref: round(sum(1 / len(under[key]) if narrow else 1 for key in sorted(under) if ref in under[key]), 9) for ref in order
    }
    assert order == sorted(order, key=lambda ref: (-scores[ref], ref))


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an entry's value."""

    n: int


def test_an_entry_is_read_once_while_it_is_at_hand_and_its_later_version_anew():
    store, made = MemoryStore(), list[int]()
    ready = Ready("x", Part, lambda part, known_at: (made.append(part.n), (part.n, known_at))[1], most=10)
    store.put("x", [Entry("a", 1, NOW, {"n": 1, "more": "words"}), Entry("b", 1, NOW, {"n": 2})])
    for _ in range(3):
        assert ready.of(store, [(-1, "b"), (-1, "a")]) == [(2, NOW), (1, NOW)]
    store.put("x", [Entry("a", 2, NOW, {"n": 3})])
    assert ready.of(store, [(-2, "a"), (-1, "b")]) == [(3, NOW), (2, NOW)]
    assert made == [2, 1, 3]
    ready.clear()
    assert ready.of(store, [(-1, "b")]) == [(2, NOW)]
    assert made == [2, 1, 3, 2]
