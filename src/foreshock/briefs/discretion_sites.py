"""Sites too exact to be shown at once: shelters, hospitals, schools, convoys, troops, protests (discretion.yaml)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from functools import cache
from typing import Any

from foreshock.briefs.tables import table
from foreshock.dates import last_day
from foreshock.model import Claim, Document, Place
from foreshock.ontology.word_groups import UNSPACED, WordGroups

# Precisions at which a place may be a site of somebody at risk; a district is coarse enough.
_PLACED = frozenset({"site", "city"})
District = Callable[[float, float], str | None]


@dataclass(frozen=True, slots=True)
class Sorts:
    """The sorts of sites: their words, and the kinds of claims that are of them."""

    words: WordGroups
    kinds: Mapping[str, frozenset[str]]
    exact: Mapping[str, frozenset[str]]
    near: Mapping[str, frozenset[str]]

    def of(self, claim: Claim) -> list[str]:
        """Return the sorts of a claim: by its kind, its words, or the words of its place."""
        names = {claim.kind, f"{claim.kind}/{claim.mode}"}
        place = f"{claim.place.raw} {claim.place.name}" if claim.place else ""
        told = self.words.masked(f"{claim.text} . {place}", claim.language)
        return [
            sort
            for sort in self.exact
            if names & self.kinds[sort] or self.words.found(sort, told, claim.language)
        ]  # fmt: skip


@cache
def sorts() -> Sorts:
    """Return the sorts of discretion.yaml."""
    rows: Mapping[str, Mapping[str, Any]] = table("discretion.yaml")["sorts"]
    return Sorts(
        WordGroups.build({name: row["words"] for name, row in rows.items()}, {}),
        {name: frozenset(row.get("kinds", ())) for name, row in rows.items()},
        {name: frozenset(row["exact"]) for name, row in rows.items()},
        {name: frozenset(row["near"]) for name, row in rows.items()},
    )


def is_exact(claim: Claim) -> bool:
    """Tell whether the place of a claim is a site that is withheld: its precision is one at which one of its sorts is exact."""
    precision = claim.place.precision if claim.place else None
    return precision in _PLACED and any(precision in sorts().exact[sort] for sort in sorts().of(claim))


def is_near(claim: Claim) -> bool:
    """Tell whether only the point of a claim's place is moved."""
    precision = claim.place.precision if claim.place else None
    return precision in _PLACED and any(precision in sorts().near[sort] for sort in sorts().of(claim))


def coarse(place: Place, label: str | None, district: District | None = None) -> Place:
    """Return a place at district level: its point in the middle of its cell of the grid; with ``label``, without its name.

    The cell of 43.238 N 76.945 E at half a degree is 43.0-43.5, 76.5-77.0; its middle is 43.25 N 76.75 E. Every site of a cell
    has that point, so the point does not give back the site.
    """
    size = float(table("discretion.yaml")["grid_degrees"])
    known = place.lat is not None and place.lon is not None
    lat, lon = (None if value is None or not known else _middle(value, size) for value in (place.lat, place.lon))
    name, raw = place.name, place.raw
    if label is not None:
        found = district(place.lat, place.lon) if district and place.lat is not None and place.lon is not None else None
        name, raw = found or label, "█" * len(place.raw)
    origin, destination = (one and coarse(one, label, district) for one in (place.origin, place.destination))
    return replace(place, name=name, raw=raw, lat=lat, lon=lon, precision="admin2", origin=origin, destination=destination)


def _middle(value: float, size: float) -> float:
    return round((value // size) * size + size / 2, 6)


def forms_of(claim: Claim) -> Iterator[str]:
    """Yield the names of a claim's withheld site as the text has them; a bare common word ("the hospital") is no name."""
    place = claim.place
    for one in (place, place.origin if place else None, place.destination if place else None):
        if one is not None and (one is place or one.precision in ("site", "city")):
            for form in {one.raw, one.name}:
                if _is_name(form, claim.language):
                    yield form


def _is_name(form: str, language: str) -> bool:
    if not form.strip():
        return False
    if any(map(str.isdigit, form)):
        return True
    if form.lower() != form.upper():
        return any(word[:1].isupper() for word in form.split())
    # A script without capitals: more than the word for the sort alone.
    words = [word for row in table("discretion.yaml")["sorts"].values() for word in row["words"].get(language, ())]
    return form not in words


def named_sites(document: Document) -> Iterator[str]:
    """Yield the sites of sensitive sorts that a text names: "Hospital No. 7", "School 12", 第三病院."""
    shape = _named_shape(document.language)
    if shape is None:
        return
    openers = frozenset(table("discretion.yaml")["openers"])
    for hit in shape.finditer(document.text):
        first, _, rest = hit[0].partition(" ")
        form = rest if first in openers and rest else hit[0]
        # What stands around the word for the sort must be a name or a number: "the hospital" is none.
        around = hit[0] if "kind" not in shape.groupindex else hit[0].replace(hit["kind"], "", 1)
        named = [word for word in around.split() if word not in openers and (word[:1].isupper() or any(map(str.isdigit, word)))]
        if named or document.language in UNSPACED:
            yield form


@cache
def _named_shape(language: str) -> re.Pattern[str] | None:
    rules = table("discretion.yaml")
    words = [word for sort in rules["named"] for word in rules["sorts"][sort]["words"].get(language, ())]
    if not words:
        return None
    if language in UNSPACED:
        joined = "|".join(map(re.escape, words))
        numbered = rf"第?[一二三四五六七八九十百\d]{{1,4}}(?:号|番)?(?:{joined})"
        return re.compile(rf"{numbered}|[一-龯ァ-ヶー]{{2,8}}(?:{joined})(?![一-龯])")
    joined = "|".join(re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"\s") for word in words)
    number = "|".join(map(re.escape, rules["number"]))
    upper = "".join(chr(code) for code in range(0x41, 0x590) if chr(code).isupper())
    capital = rf"[{upper}][\w'’-]*"
    kind = f"(?P<kind>(?i:{joined}))"
    return re.compile(rf"(?<!\w)(?:{capital}\s){{0,4}}{kind}(?:\s?(?:{number})?\s?\d+|(?:\s{capital}){{1,3}})?(?!\w)")


def told_at(claim: Claim, document: Document | None, known_at: str) -> datetime:
    """Return the moment from which the delay of a site counts: the end of the latest day of its event or telling.

    What has no day counts from when it became known; a day that is still to come (a curfew's end) does not count.
    """
    known = datetime.fromisoformat(known_at)
    known = known if known.tzinfo else known.replace(tzinfo=UTC)
    published = document.published if document else None
    days = [one for one in (published, claim.when.start if claim.when else None) if one]
    ends = [datetime.combine(last_day(one), time.min, UTC) + timedelta(days=1) for one in days]
    past = [end for end in ends if end <= known + timedelta(days=1)]
    return max(past) if past else known
