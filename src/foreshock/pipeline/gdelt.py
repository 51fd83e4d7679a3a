"""Compare: the events that GDELT coded from a page, beside the claims that the ledger holds of the same page.

Neither is the truth. An event and a claim are of one act where the crosswalk gives the claim the event's CAMEO root; of several
such pairs those whose actors and places agree are taken first, each event and each claim once.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from foreshock.errors import SourceError
from foreshock.ledger import Ledger, Query
from foreshock.model import Actor, Claim
from foreshock.ontology.codebook import Codebook
from foreshock.ontology.crosswalk import Codes, Crosswalk, load_crosswalk
from foreshock.ontology.fips import iso_of_cameo, iso_of_fips
from foreshock.pipeline.showing import shown_claims
from foreshock.sources.archives.gdelt import GdeltEvent, event_of_row, kind_of, page_of_row, rows
from foreshock.sources.record import address_id

__all__ = ["Compared", "GdeltEvent", "Listed", "compare_gdelt", "gdelt_events"]

MOST_AT_ONCE = 10_000  # documents asked for in one query
MOST_BYTES = 2_000_000_000  # of one list
# What agreement beside the root is worth when an event could be paired with several claims.
WEIGHTS = {"actor": 4, "recipient": 2, "place": 1}


@dataclass(frozen=True, slots=True)
class Compared:
    """An event of GDELT, a claim of ours, or the two that are of one act.

    Attributes:
        url: the page.
        root: CAMEO root of two digits.
        verdict: "both", "theirs" or "ours".
        event: theirs, None where there is none.
        claim_id, text: our claim and its words, None where there is none.
        ours: its CAMEO codes of actor and recipient, country of the place (ISO 3166 alpha-3) and first day; "" where not known.
        agrees, differs: which of actor, recipient and place are of the same country in both, and which are not; what one of the
            two does not know is in neither.
    """

    url: str
    root: str
    verdict: Literal["both", "theirs", "ours"]
    event: GdeltEvent | None
    claim_id: str | None
    text: str | None
    ours: tuple[str, str, str, str] | None
    agrees: tuple[str, ...] = ()
    differs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """Events by the address of their page, and how many rows gave none, by reason."""

    events: dict[str, list[GdeltEvent]]
    rows: int
    skipped: dict[str, int]


def gdelt_events(paths: Iterable[Path]) -> Listed:
    """Read lists of GDELT: events, each under its own address and under those where the mentions say that it was told.

    Args:
        paths: .export.CSV and .mentions.CSV, plain or .zip, and .jsonl as ``foreshock gdelt list --format jsonl`` prints it.

    Raises:
        SourceError: a file is no such list, or cannot be read.
    """
    events: dict[str, GdeltEvent] = {}
    told: dict[str, dict[str, None]] = defaultdict(dict)
    skipped: dict[str, int] = defaultdict(int)
    count = 0
    for path in paths:
        for one in _kept(path) if path.suffix.lower() == ".jsonl" else _published(path):
            count += 1
            if isinstance(one, str):
                skipped[one] += 1
                continue
            number, url, event = one
            told[number][url] = None
            if event is not None:
                events[number] = event
    found: dict[str, list[GdeltEvent]] = defaultdict(list)
    for number, event in events.items():
        for url in told[number]:
            if url:
                found[url].append(replace(event, url=url))
            elif len(told[number]) == 1:
                skipped["no web address"] += 1
    return Listed(dict(found), count, dict(skipped))


# The number of an event, an address where it is told, and the event where the row gives it; or why the row gives nothing.
_Told = tuple[str, str, GdeltEvent | None] | str


def _published(path: Path) -> Iterator[_Told]:
    kind = kind_of(path.name)
    if kind not in ("export", "mentions"):
        remedy = "name .export.CSV or .mentions.CSV files, their .zip, or .jsonl as foreshock gdelt list prints it"
        raise SourceError(f"{path}: no list of events or mentions by its name", remedy=remedy)
    for row in rows(path, kind, limit=MOST_BYTES):
        if isinstance(row, SourceError):
            raise row
        if row.columns is None:
            yield "broken row"
        elif kind == "mentions":
            url = page_of_row(row.columns, kind)
            yield (row.columns[0], url, None) if url else "no web address"
        else:
            event = event_of_row(row.columns)
            yield (event.id, event.url, event) if event else "no CAMEO code"


def _kept(path: Path) -> Iterator[_Told]:
    try:
        with path.open("rb") as stream:
            for line in stream:
                try:
                    event = GdeltEvent(**json.loads(line))
                except (ValueError, TypeError, RecursionError):
                    yield "broken row"
                    continue
                whole = all(
                    isinstance(value, str) for value in (event.id, event.root, event.url, event.actor_country, event.fips)
                )
                yield (event.id, event.url, event) if whole else "broken row"
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror or error}", remedy="check the file's permissions") from error


def compare_gdelt(
    ledger: Ledger, events: dict[str, list[GdeltEvent]], codebook: Codebook, *, now: datetime
) -> Iterator[Compared]:
    """Yield the comparison of each page that both have, in order of addresses; a page that the ledger does not hold is left out.

    A page that it holds without a claim is compared: all its events are theirs alone. A claim without a CAMEO root is left out
    (docs/crosswalk.md says which have none). Private persons stand by their role.

    Raises:
        LedgerError: the ledger cannot be read.
    """
    crosswalk = load_crosswalk(codebook)
    urls = sorted(events)
    for at in range(0, len(urls), MOST_AT_ONCE):
        ids = {address_id(url): url for url in urls[at : at + MOST_AT_ONCE]}
        held = {one.id for one in ledger.latest_documents(ids=list(ids))}
        for document, url in ids.items():
            if document in held:
                with closing(shown_claims(ledger, Query(document=document), now=now)) as claims:
                    yield from _page(url, events[url], list(claims), crosswalk)


def _page(url: str, events: Sequence[GdeltEvent], claims: Sequence[Claim], crosswalk: Crosswalk) -> Iterator[Compared]:
    coded = [(claim, root) for claim in claims if (root := _codes(claim, crosswalk).cameo)]
    pairs = sorted(
        (-sum(WEIGHTS[one] for one in _same(event, claim)[0]), number, place)
        for number, event in enumerate(events)
        for place, (claim, root) in enumerate(coded)
        if event.root == root
    )
    taken: dict[int, int] = {}
    for _, number, place in pairs:
        if number not in taken and place not in taken.values():
            taken[number] = place
    for number, event in enumerate(events):
        if number in taken:
            claim, root = coded[taken[number]]
            agrees, differs = _same(event, claim)
            yield Compared(url, root, "both", event, claim.id, claim.text, _ours(claim, crosswalk), agrees, differs)
        else:
            yield Compared(url, event.root, "theirs", event, None, None, None)
    for place, (claim, root) in enumerate(coded):
        if place not in taken.values():
            yield Compared(url, root, "ours", None, claim.id, claim.text, _ours(claim, crosswalk))


def _codes(claim: Claim, crosswalk: Crosswalk) -> Codes:
    doer = claim.actor.sector if claim.actor else None
    return crosswalk.codes(claim.kind, claim.mode, claim.status, negated=claim.negated, doer=doer)


def _same(event: GdeltEvent, claim: Claim) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what agrees and what differs; what one of the two does not know is in neither."""
    both = {
        "actor": (iso_of_cameo(event.actor_country), claim.actor.country if claim.actor else None),
        "recipient": (iso_of_cameo(event.recipient_country), claim.recipient.country if claim.recipient else None),
        "place": (iso_of_fips(event.fips), claim.place.country if claim.place else None),
    }
    known = {name: theirs == ours for name, (theirs, ours) in both.items() if theirs and ours}
    return tuple(name for name, same in known.items() if same), tuple(name for name, same in known.items() if not same)


def _ours(claim: Claim, crosswalk: Crosswalk) -> tuple[str, str, str, str]:
    def code(actor: Actor | None) -> str:
        return (crosswalk.actor_code(actor.country, actor.sector) or "") if actor else ""

    day = claim.when.start if claim.when else None
    return code(claim.actor), code(claim.recipient), (claim.place.country or "") if claim.place else "", day or ""
