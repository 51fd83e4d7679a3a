"""The time a page says it was published, from its metadata only: nothing is guessed from its text, address or the clock."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from foreshock import dates
from foreshock.reading.extract.markup import Markup

# In order of trust. Times of change, of crawling and of the site's start are not times of publication.
METAS = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "parsely-pub-date",
    "dc.date.issued", "dcterms.issued", "dc.date.published", "dcterms.created", "dc.date", "dcterms.date",
    "citation_publication_date", "citation_date",
    "sailthru.date", "publishdate", "publish-date", "publish_date", "pubdate", "publication_date", "date",
)  # fmt: skip
MAX_DEPTH = 8


def published(markup: Markup) -> str | None:
    """Return the page's time of publication as an ISO prefix, in the page's own zone, or None where no metadata gives it.

    JSON-LD goes first, then the metas of the table, then ``<time pubdate>``. A value that is no ISO date (a day in the
    middle of an ambiguous "05/01/2022") is passed over.
    """
    candidates = (*_linked(markup), *(value for name in METAS for value in markup.metas.get(name, ())), *markup.times)
    return next((found for one in candidates if (found := _iso(one))), None)


def _iso(value: str) -> str | None:
    value = value.strip()
    if len(value) > 10 and value[4:5] == "/" and value[7:8] == "/":
        value = value.replace("/", "-")
    if len(value) > 10 and value[10] == " ":
        value = f"{value[:10]}T{value[11:].strip()}"
    return dates.parse(value) or (dates.parse(value[:16]) if value[10:11] == "T" else None)


def _linked(markup: Markup) -> Iterator[str]:
    for block in markup.linked_data:
        try:
            value = json.loads(block)
        except (ValueError, RecursionError):
            continue
        yield from _walk(value, 0)


def _walk(value: Any, depth: int) -> Iterator[str]:
    if depth > MAX_DEPTH:
        return
    if isinstance(value, dict):
        if isinstance(value.get("datePublished"), str):
            yield value["datePublished"]
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _walk(value.get(key), depth + 1)
    elif isinstance(value, list):
        for one in value:
            yield from _walk(one, depth + 1)
