"""The law of what joining remembers: a random history is put into a store and into a plain list, and both are asked the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from foreshock.model import Entry

SPACES = ("episode", "link")
IDS = ("a", "b", "c", "ü", "Ω")
KEYS = ("k:1", "k:2", "鍵", "k'%_")
MOMENTS = ("2022-01-01T00:00:00Z", "2022-01-02T00:00:00Z", "2022-01-03T00:00:00Z")

entries = st.builds(
    Entry,
    id=st.sampled_from(IDS),
    arrival=st.integers(1, 4),
    known_at=st.sampled_from(MOMENTS),
    value=st.dictionaries(
        st.sampled_from(("x", "ÿ")),
        st.one_of(st.none(), st.booleans(), st.integers(-(2**40), 2**40), st.floats(-1e9, 1e9), st.text(max_size=3),
                  st.lists(st.integers(0, 9), max_size=2)),
        max_size=2,
    ),
    keys=st.lists(st.sampled_from(KEYS), max_size=3, unique=True).map(tuple),
)  # fmt: skip
puts = st.tuples(st.just("put"), st.sampled_from(SPACES), st.lists(entries, max_size=5))
counts = st.tuples(
    st.just("count"), st.sampled_from(SPACES), st.dictionaries(st.sampled_from(KEYS), st.integers(-2, 5), max_size=3)
)
histories = st.lists(st.one_of(puts, counts), max_size=8)


def check(store: Any, history: Sequence[tuple[str, str, Any]]) -> None:
    """Play a history into an empty store and compare all that can be asked of it with what the history says."""
    kept: dict[tuple[str, str, int], Entry] = {}
    counters: dict[tuple[str, str], int] = {}
    for what, space, given in history:
        store.found(space, KEYS[:2], limit=2), store.ranked(space, KEYS[1:], each=2, limit=9)  # it may keep what is asked
        if what == "put":
            store.put(space, iter(given))
            for one in given:
                kept.setdefault((space, one.id, one.arrival), one)
        else:
            store.count(space, given)
            for key, n in given.items():
                counters[space, key] = counters.get((space, key), 0) + n
    for space in SPACES:
        versions = sorted((one for (where, _, _), one in kept.items() if where == space), key=lambda one: one.arrival)
        for as_of in (None, *MOMENTS):
            known = {one.id: one for one in versions if as_of is None or one.known_at <= as_of}
            assert store.get(space, [*IDS, "nobody"], as_of=as_of) == known
            first = {one.id: one.arrival for one in reversed(versions)}
            assert list(store.entries(space, as_of=as_of)) == [
                known[one] for one in sorted(first, key=lambda i: (first[i], i)) if one in known
            ]
        latest = sorted({one.id: one for one in versions}.values(), key=lambda one: (-one.arrival, one.id))
        for keys in ([], ["k:1"], ["k:1", "鍵", "k:1"], ["k'%_", "no"]):
            found = [one for one in latest if set(keys) & set(one.keys)]
            assert store.under(space, keys) == found
            assert store.under(space, keys, limit=2) == found[:2]
            assert store.found(space, keys, limit=2) == [one.ref for one in found[:2]]
        for narrow in (False, True):
            check_ranked(store, space, [one for (where, _, _), one in kept.items() if where == space], narrow=narrow)
        asked = [*KEYS, "never"]
        assert store.counts(space, asked) == {key: counters[space, key] for key in asked if (space, key) in counters}


def check_ranked(store: Any, space: str, versions: Sequence[Entry], *, narrow: bool) -> None:
    """Compare entries by how many keys they share with what the versions say; only of a key with many some are not read."""
    asked = ["k:1", "k:2", "no", "k:1"]
    wanted, sizes = set(asked), {key: sum(key in one.keys for one in versions) for key in asked}
    ordered = sorted(versions, key=lambda one: one.arrival)
    latest = {one.id: one for one in ordered}
    told = {one.id: one.arrival for one in ordered if wanted & set(one.keys)}  # when it was last found under one of them
    found = []
    for one in (latest[name] for name, arrival in told.items() if latest[name].arrival == arrival):
        shared = sorted(wanted & set(one.keys))
        found.append((round(sum(1 / sizes[key] for key in shared), 9) if narrow else len(shared), one))
    best = [one for _, one in sorted(found, key=lambda pair: (-pair[0], -pair[1].arrival, pair[1].id))]
    ranked = store.ranked(space, asked, each=99, limit=99, narrow=narrow)
    assert (list(ranked.refs), ranked.cut, ranked.full) == ([one.ref for one in best], 0, 0)
    ranked = store.ranked(space, asked, each=99, limit=1, narrow=narrow)
    assert list(ranked.refs) == [one.ref for one in best[:1]]
    few = store.ranked(space, asked, each=1, limit=99, narrow=narrow)
    assert few.full == sum(size > 1 for size in sizes.values())
    assert set(few.refs) <= {one.ref for one in best}
