"""Blocks: the keys under which an episode is kept, and those under which it looks for others to be compared with.

Two ways lead to a candidate, so that one may fail: rare terms (a name that few documents have), and day, place and kind. Rare
terms are keys only while few documents have them, so their blocks are bounded; a block of a day, place and kind may be large in
a crisis, and then only its latest episodes are looked at.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from foreshock.incidents.profiles import Profile, Rarities

RARE = 30  # documents: a term that more have is no key
MOST = 4 * RARE  # episodes read under one rare term: a document may have several, and edits come again
KEPT, ASKED = 24, 48  # rarest terms that an episode is kept under, and asks for
SPAN = 3  # days of a bucket
BUCKETS = 5  # of a window, the latest
CELL = 0.5  # degrees of latitude and longitude
SMALL = 10  # a smaller number of persons is no key


def kept_under(profile: Profile, rarities: Rarities) -> tuple[str, ...]:
    """Return the keys that an episode is kept under."""
    return (*_rare(profile, rarities, KEPT), *(key for one in _blocks(profile) for key in one))


def asks_rare(profile: Profile, rarities: Rarities) -> tuple[str, ...]:
    """Return the keys of rare terms that an episode asks for; each has few episodes."""
    return _rare(profile, rarities, ASKED)


def asks_block(profile: Profile) -> tuple[str, ...]:
    """Return the keys of day, place and kind that an episode asks for; they may have many episodes."""
    return tuple(key for one in _blocks(profile) for key in one)


def _rare(profile: Profile, rarities: Rarities, limit: int) -> tuple[str, ...]:
    terms = [term for term in (*profile.weights, *profile.fuller) if rarities.seen(term) < RARE]
    terms.sort(key=lambda term: (-rarities.of(term, name=term in profile.names), term))
    return tuple(f"t:{term}" for term in terms[:limit])


def _blocks(profile: Profile) -> Iterator[tuple[str, ...]]:
    """Yield keys of bucket, place and kind; of figures and parties with kind and bucket, which hold in every language."""
    sorts = {f"{profile.family}:{mark[2:]}" for mark in profile.marks if mark.startswith("m:")} or {profile.family}
    sorts = {profile.family} if profile.family == "violence" else sorts
    buckets = _buckets(profile)
    yield tuple(f"d:{sort}:{place}:{bucket}" for sort in sorted(sorts) for place in _where(profile) for bucket in buckets)
    yield tuple(f"{mark}:{profile.family}:{bucket}" for mark in _telling(profile) for bucket in buckets)


def _telling(profile: Profile) -> list[str]:
    """Return the marks that may find another report: parties by name, large numbers."""
    return [
        mark
        for mark in profile.marks
        if mark[:2] in ("a:", "r:") or (mark.startswith("f:") and float(mark.rpartition(":")[2]) >= SMALL)
    ][:6]


def _buckets(profile: Profile) -> list[int]:
    if profile.window is None:
        return []
    first, last = profile.window[0] // SPAN, (profile.window[1] + 1) // SPAN
    return list(range(max(first, last - BUCKETS + 1), last + 1))


def _where(profile: Profile) -> list[str]:
    """Return where it was, for blocks: towns by name and by cell, else countries, else anywhere."""
    fine = [place for place in profile.places if place[4] in ("site", "city", "admin2")]
    found = [place[0] for place in fine]
    found += [f"{math.floor(p[2] / CELL)},{math.floor(p[3] / CELL)}" for p in fine if p[2] is not None and p[3] is not None]
    found += sorted({place[1] for place in profile.places if place[1]})
    return list(dict.fromkeys(found)) or ["?"]
