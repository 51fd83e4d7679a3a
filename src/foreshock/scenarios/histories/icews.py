"""Happenings of ICEWS: rows of source, relation, target and date, as extracts of its event data print them.

ICEWS (Boschee et al. 2015) names the relation by CAMEO's words; icews_relations.yaml has the codes, and the codebook's way back
leads from a code to our kind and mode, the likeliest where there are several. A row is a happening in each country that its
source or target names or to one of whose people it gives a name; "Police (Australia)" is Australia's police.
"""

from __future__ import annotations

import csv
import gzip
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from pathlib import Path

from foreshock.errors import CatalogueError
from foreshock.knowledge import load_table
from foreshock.model import Happening
from foreshock.ontology.actor_catalogue import ActorCatalogue
from foreshock.ontology.crosswalk_back import Act, WayBack
from foreshock.ontology.fold import fold

COLUMNS = ("source", "relation", "target", "date")
_WITHIN = re.compile(r"(?P<who>.+?) \((?P<whose>[^()]+(?:\([^()]*\))?[^()]*)\)+\s*$")
_UNSPECIFIED = re.compile(r",? not (?:specified|otherwise specified).*$|\s*\((?:such as|legally|non)[^)]*\)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the set; ``date`` is an ISO day."""

    source: str
    relation: str
    target: str
    date: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of the set our tables reach: rows in all, with a country, with a kind, with both; relations not known."""

    rows: int
    with_country: int
    with_kind: int
    with_both: int
    unknown: tuple[str, ...] = ()


def read_icews(path: Path) -> list[Row]:
    """Return the distinct rows of a .csv or .csv.gz file, in its order.

    Raises:
        CatalogueError: a column is missing.
    """
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if missing := set(COLUMNS) - set(reader.fieldnames or ()):
            raise CatalogueError(f"{path.name} lacks {', '.join(sorted(missing))}", remedy=f"give columns {', '.join(COLUMNS)}")
        return list(dict.fromkeys(Row(*(row[name].strip() for name in COLUMNS)) for row in reader))


def cameo_of(relation: str) -> str | None:
    """Return the CAMEO code of an event's name; None where it is not known.

    >>> cameo_of("fight with small arms and light weapons"), cameo_of("Use conventional military force, not specified below")
    ('193', '190')
    """
    return _codes().get(_plain(relation))


@cache
def _codes() -> Mapping[str, str]:
    table = load_table(__package__, "icews_relations.yaml")["relations"]
    return {_plain(name): code for code, names in table.items() for name in names}


def _plain(relation: str) -> str:
    return re.sub(r"\W+", " ", _UNSPECIFIED.sub("", relation)).strip().casefold()


@cache
def _sectors() -> Sequence[tuple[str, re.Pattern[str]]]:
    rows = [pair for row in load_table(__package__, "icews_relations.yaml")["sectors"] for pair in row.items()]
    return [(sector, re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})s?\b")) for sector, words in rows]


@dataclass(frozen=True, slots=True)
class ActorReader:
    """From an actor's name as ICEWS prints it to (country, sector), by the actor tables; names are looked up once."""

    catalogue: ActorCatalogue
    _held: dict[tuple[str, str], tuple[str | None, str | None]] = field(default_factory=dict)

    def read(self, name: str, day: str) -> tuple[str | None, str | None]:
        """Return ISO 3166 alpha-3 country and PLOVER sector on a day, None each where it is not known.

        A state by name alone acts as its government, as in our coding. A name of persons or bodies of two countries has none.
        """
        key = (name, day[:7])
        if key not in self._held:
            self._held[key] = self._read(name, day)
        return self._held[key]

    def _read(self, name: str, day: str) -> tuple[str | None, str | None]:
        found = self._named(name, day)
        if found[0] or found[1]:
            return found
        if match := _WITHIN.fullmatch(name):
            country, body = self._named(match["whose"], day)
            # Somebody in a state is not for that its government; somebody in an armed group is of the group.
            return country, self._sector(match["who"]) or (body if body != "GOV" else None)
        return None, None

    def _named(self, name: str, day: str) -> tuple[str | None, str | None]:
        key = fold(name.split(",", maxsplit=1)[0] if fold(name) not in self.catalogue.states else name)
        if state := self.catalogue.states.get(key):
            return state[0], "GOV"
        known = self.catalogue.known.get(fold(name), ())
        if len({one.country for one in known}) == 1:
            return known[0].country, known[0].sector(day)
        return None, None

    def _sector(self, who: str) -> str | None:
        if word := self.catalogue.words.get("en", {}).get(fold(who)):
            return word.sector
        return next((sector for sector, words in _sectors() if words.search(who.casefold())), None)


def happenings(rows: Iterable[Row], *, catalogue: ActorCatalogue, way_back: WayBack) -> Iterator[Happening]:
    """Yield a happening for each row and each country in it, once for a day, source, relation and target.

    Rows without a country, and those whose relation has no kind of ours (most statements), give none.
    """
    reader, acts = ActorReader(catalogue), _Acts(way_back)
    for row in dict.fromkeys(rows):
        act = acts[row.relation]
        if act is None:
            continue
        actor, recipient = reader.read(row.source, row.date), reader.read(row.target, row.date)
        for country in dict.fromkeys((actor[0], recipient[0])):
            if country is not None:
                digest = blake2b("\x1f".join([country, row.date, row.source, row.relation, row.target]).encode(), digest_size=16)
                yield Happening(digest.hexdigest(), country, row.date, row.date, act.kind, act.mode, actor, recipient)


def act_of(relation: str, way_back: WayBack) -> Act | None:
    """Return the likeliest of our acts for an event's name; None where it has none."""
    code = cameo_of(relation)
    if code is None:
        return None
    # What the way back lacks is what its root says without more: to investigate corruption is to investigate.
    acts = way_back.from_cameo(code) or way_back.from_cameo(f"{code[:2]}0")
    return acts[0] if acts else None


class _Acts(dict[str, Act | None]):
    """Acts by name of the event, looked up once."""

    def __init__(self, way_back: WayBack) -> None:
        self._way_back = way_back

    def __missing__(self, relation: str) -> Act | None:
        self[relation] = act_of(relation, self._way_back)
        return self[relation]


def coverage(rows: Iterable[Row], *, catalogue: ActorCatalogue, way_back: WayBack) -> Coverage:
    """Return how many rows have a country, a kind, and both."""
    reader, acts, counts = ActorReader(catalogue), _Acts(way_back), [0, 0, 0, 0]
    unknown: dict[str, None] = {}
    for row in rows:
        named = any(reader.read(name, row.date)[0] for name in (row.source, row.target))
        kind = acts[row.relation] is not None
        for at, true in enumerate((True, named, kind, named and kind)):
            counts[at] += true
        if not kind and cameo_of(row.relation) is None:
            unknown[row.relation] = None
    return Coverage(counts[0], counts[1], counts[2], counts[3], tuple(unknown))
