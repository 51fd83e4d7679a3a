"""Place, time and figures of a piece, from what was found in its sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from foreshock.coding.places import PlaceMention
from foreshock.coding.shallow.events import Event
from foreshock.coding.times import TimeMention
from foreshock.model import Figure, FigureWhat, Place, When

Extent = tuple[int, int]
YEAR = re.compile(r"1[0-9]{3}|20[0-9]{2}")
FINER = {"site": 4, "city": 3, "admin2": 2, "admin1": 1, "region": 1, "country": 0}
# What people counted beside these are, where nothing else says it.
COUNTED: dict[str, FigureWhat] = {
    "HARM/killed": "killed", "HARM/injured": "injured", "HARM/missing": "missing", "HARM/displaced": "displaced",
    "COERCE/arrest": "detained", "MOBILIZE/troops": "deployed", "PROTEST/demo": "participants", "ASSAULT": "killed",
}  # fmt: skip


def place_in(
    places: Sequence[PlaceMention], piece: Extent, *, alone: bool, apart: Sequence[Extent], located: frozenset[int]
) -> Place | None:
    """Return where: the finest place of the piece, one that is said to be where first; else of the sentence.

    The rest of the sentence is asked only where the piece is its only event.

    Args:
        places: those of the sentence; ``apart``: extents that name who speaks or acts, no place of an event.
        located: starts of those with a preposition or an ending of place.
        piece: its half-open extent in the document; ``alone``: no other piece of the sentence tells an event.
    """
    free = [one for one in places if not any(low <= one.start and one.end <= high for low, high in apart)]
    inside = [one for one in free if piece[0] <= one.start and one.end <= piece[1]]
    chosen = inside or (free if alone else [])
    best = max(chosen, key=lambda one: (one.start in located, FINER.get(one.feature, 1), -one.start), default=None)
    return best.place if best else None


def time_in(
    times: Sequence[TimeMention],
    piece: Extent,
    *,
    alone: bool,
    apart: Sequence[Extent],
    ahead: bool,
    published: str | None,
    tokens: Sequence[tuple[int, str]],
) -> When | None:
    """Return when: the first time named in the piece, else in the sentence where the piece is its only event.

    Args:
        times: those of the sentence; ``piece``, ``alone``, ``apart`` as in :func:`place_in`.
        ahead: it is still to come, so a bare weekday is the next one after ``published``, not the last before it.
        tokens: (offset, word) of the sentence; a year before the publication dates what has no other date, so that nothing old
            is told as new.
    """
    free = [one for one in times if not any(low <= one.start and one.end <= high for low, high in apart)]
    inside = [one for one in free if piece[0] <= one.start and one.end <= piece[1]]
    chosen = inside or (free if alone else [])
    if not chosen:
        return _past_year(tokens, piece, published)
    return chosen[0].to_come if ahead and published else chosen[0].when


def _past_year(tokens: Sequence[tuple[int, str]], piece: Extent, published: str | None) -> When | None:
    for start, word in tokens:
        if piece[0] <= start < piece[1] and YEAR.fullmatch(word) and published and word < published[:4]:
            return When(word, word, "year", word)
    return None


def figures_in(
    figures: Sequence[Figure], piece: Extent, event: Event, cues: frozenset[str], *, bare: frozenset[int]
) -> tuple[Figure, ...]:
    """Return the figures of a piece; people counted beside a word of harm or arrest are what that word says.

    Args:
        cues: "KIND/mode" of every cue of the piece: "six were killed in a strike" counts the killed, though it is a strike.
        bare: offsets of numbers that count people without a word for them.
    """
    inside = [one for one in figures if piece[0] <= one.start and one.end <= piece[1]]
    names = [f"{event.kind}/{event.mode}", *sorted(cues)]
    what = next((COUNTED[name] for name in sorted(names, key=lambda name: not name.startswith("HARM")) if name in COUNTED), None)
    if what is None:
        return tuple(inside)
    return tuple(
        replace(one, what=what)
        if one.what == "other" and (one.unit == "person" or (one.unit is None and one.start in bare))
        else one
        for one in inside
    )
