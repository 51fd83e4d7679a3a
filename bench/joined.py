"""Joined: do dispatches of a crisis become the origins, incidents, disputes, conditions and tallies that a reader would make?

Source: worlds of our own (tests/gold/joined): invented dispatches in several languages with tables of what joining them must
give, written by hand before the rules. PATH is one of these folders. ``toamasina-2033`` is held: only its totals are looked at.
Dispatches are read, coded, kept on their days and joined in a ledger as any are; errors of every step count against us.
``--limit`` takes the first N dispatches, and what the others tell counts as missed.

Metric: ``joined`` is the mean of the five ``score``. Origins: F1 over pairs of dispatches that are one report (``statements``:
share of pairs of dispatches citing one holder's one statement whose claims have one origin). Incidents: harmonic mean of
``together``, the share of pairs of phrases of one event that share an incident (a phrase that we have no claim for shares none),
and ``apart``, of the pairs that must not, where both have claims, that don't; ``kinds`` is the share of events whose incident,
that of most phrases, has a right kind. Disputes: F1 of those that must be found (two of their positions told in two positions of
ours) and of those shown; fair ones count neither way, all others are wrong; ``false_none`` are the pairs, of ``none``, that must
be none and are shown. Conditions: share of right values over all fields, ages and non-conditions; a condition that is not found
has none right. Tallies: share of the points found with value and holder, of those taken back that are gone, and of the latest
number of each holder at a day. ``added`` are tallies that span a number that nobody said and must be 0, ``elsewhere`` numbers of
another crisis among those of this one.
Counts of things are in no tally, and none is asked for.

Matching rule: a claim stands for a phrase when its span overlaps it in its dispatch; a condition is met by the claims of its
first or confirming phrase, of several by that of its type; holders are the same where the table of holders knows them as one, or
one name is in the other.

Best of others: no system known makes all of these.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.joined_numbers import conditions, tallies
from bench.joined_parts import disputes, incidents, origins
from bench.joined_world import join_world

PARTS = {"origins": origins, "incidents": incidents, "disputes": disputes, "conditions": conditions, "tallies": tallies}


def run(data: Path, *, coder: str, limit: int | None) -> dict[str, Any]:
    """Return the mean of the parts and each part.

    Raises:
        FileNotFoundError: PATH lacks a table, or its dispatches are nowhere.
    """
    return measured(data, coder=coder, limit=limit)[0]


def measured(data: Path, *, coder: str = "auto", limit: int | None = None) -> tuple[dict[str, Any], list[str]]:
    """Return the figures and, for worlds that may be looked at, what was not right, a line each."""
    with TemporaryDirectory(prefix="joined-") as name:
        world = join_world(data, Path(name), coder=coder, limit=limit)
        with world.ledger:
            parts = {part: measure(world) for part, measure in PARTS.items()}
        mean = sum(one["score"] for one in parts.values()) / len(parts)
        lost = {"phrases_not_read": len(world.lost), "coder": coder}
        return {"joined": round(mean, 3), **parts, **lost}, world.misses
