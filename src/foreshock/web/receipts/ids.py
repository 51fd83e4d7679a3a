"""The ids of things that have none of their own in the records."""

from __future__ import annotations

from foreshock.model import Tally, record_id


def tally_id(tally: Tally) -> str:
    """Return the id of a tally of a scope: the hash of what it counts, of whom, where, new or cumulative."""
    return record_id("tally", tally.what, tally.of, tally.unit, tally.counting, tally.scope)
