"""The graph of links: kept in a store, read as of a moment, and parted into groups of documents that are one report."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from foreshock.incidents.origins.names import outlet_key
from foreshock.incidents.origins.policy import policy
from foreshock.incidents.store import Store
from foreshock.model import Entry, Link, record_id

LINKS = "link"
_DOCUMENT = re.compile(r"[0-9a-f]{20}")


def is_document(end: str) -> bool:
    """Tell whether an end of a link is the id of a document and not a name."""
    return bool(_DOCUMENT.fullmatch(end))


def link_entry(link: Link, arrival: int, known_at: str) -> Entry:
    """Return the entry of a link: one for each pair of ends, so that a better reason or the other direction supersedes."""
    ends = sorted((link.carrier, link.source)) if is_document(link.source) else [link.carrier, f"name:{outlet_key(link.source)}"]
    value = {name: getattr(link, name) for name in ("carrier", "source", "reason", "score", "why")}
    keys = (link.carrier, link.source) if is_document(link.source) else (link.carrier, ends[1])
    return Entry(record_id("link", *ends), arrival, known_at, value, keys)


def link_of(entry: Entry) -> Link | None:
    """Return the link that :func:`link_entry` wrote; None where it was withdrawn."""
    value = entry.value
    if value.get("gone"):
        return None
    return Link(value["carrier"], value["source"], value["reason"], float(value["score"]), value["why"])


def all_links(store: Store, *, as_of: str | None = None) -> list[Link]:
    """Return every link that is known, in order of arrival."""
    return [link for link in map(link_of, store.entries(LINKS, as_of=as_of)) if link is not None]


def links_of(store: Store, document_ids: Iterable[str], *, as_of: str | None = None) -> list[Link]:
    """Return the links of documents and of those that are one report with them, however far, as known by ``as_of``."""
    found: dict[str, Link] = {}
    seen: set[str] = set()
    front = sorted(set(document_ids))
    while front:
        seen.update(front)
        ids = sorted(entry.id for entry in store.under(LINKS, front))
        new = {key: link for key, entry in store.get(LINKS, ids, as_of=as_of).items() if (link := link_of(entry)) is not None}
        found |= new
        ends = {end for link in new.values() if joins(link) for end in (link.carrier, link.source)}
        front = sorted(end for end in ends - seen if is_document(end))
    return [found[key] for key in sorted(found)]


def joins(link: Link) -> bool:
    """Tell whether a link makes two documents one report (policy.yaml, ``one_report``)."""
    least = policy().one_report.get(link.reason)
    return least is not None and link.score >= least and is_document(link.source)


def document_groups(links: Sequence[Link]) -> dict[str, str]:
    """Return document -> the root document of its group, for every document that is one report with another.

    The root is the document that the others carry: the one that carries none itself; of several the one that most carry, then
    the first by id.
    """
    parent: dict[str, str] = {}

    def top(one: str) -> str:
        while parent.setdefault(one, one) != one:
            parent[one] = one = parent[parent[one]]
        return one

    joined = [link for link in links if joins(link)]
    for link in joined:
        parent[top(link.carrier)] = top(link.source)
    carries, carried = Counter(link.carrier for link in joined), Counter(link.source for link in joined)
    members: dict[str, list[str]] = defaultdict(list)
    for one in parent:
        members[top(one)].append(one)
    roots = {name: min(group, key=lambda one: (carries[one], -carried[one], one)) for name, group in members.items()}
    return {one: roots[name] for name, group in members.items() for one in group}


def credits_of(links: Iterable[Link]) -> Mapping[str, list[Link]]:
    """Return document -> its links to names, the strongest first."""
    found: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        if not is_document(link.source):
            found[link.carrier].append(link)
    return {one: sorted(group, key=lambda link: (-link.score, link.source)) for one, group in found.items()}
