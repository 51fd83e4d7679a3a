"""The origins of claims: who is the first-hand source, which documents tell it first-hand, which only carry it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from foreshock.incidents.origins.graph import credits_of, document_groups, is_document, joins
from foreshock.incidents.origins.holders import Held, chain
from foreshock.incidents.origins.names import agencies, catalogue, one_script, outlet_key, outlet_name, same_outlet, same_person
from foreshock.incidents.origins.policy import policy
from foreshock.incidents.origins.reasons import OURS
from foreshock.model import Claim, Link, Origin, Report, record_id

Key = tuple[str, str]


def origins_of(reports: Sequence[Report], links: Sequence[Link]) -> tuple[Origin, ...]:
    """Return the independent first-hand sources of claims, in the order in which they were founded.

    Args:
        reports: the claims of one incident, or of any set.
        links: of their documents, and of those that are one report with them (:func:`links_of`).

    Claims whose innermost named holder is one person or body have that holder for their origin, whichever outlets tell them. What
    a document tells by itself, or by people whom it does not name, has its outlet for its origin, or the outlet whose report it
    carries or credits. A claim in output of our own has none. An origin's id is made of its founding claim, the one that was kept
    first, so it stays when later ones come.
    """
    ours = {link.carrier for link in links if link.source == OURS}
    told = [report for report in reports if report.claim.document_id not in ours]
    sources = _Sources(told, links)
    held = _settled({report.claim.id: key for report, key in _held(told)})
    grouped: dict[Key, list[tuple[Report, Held | None]]] = defaultdict(list)
    for report in told:
        holder = held.get(report.claim.id)
        grouped[sources.key(report, holder)].append((report, holder))
    origins = [_origin(rows, sources) for rows in grouped.values()]
    order = {report.claim.id: (report.arrival, report.claim.id) for report in told}
    return tuple(sorted(origins, key=lambda origin: min(order[one] for one in origin.claim_ids)))


def origin_of(origins: Iterable[Origin]) -> dict[str, str]:
    """Return claim id -> the id of its origin."""
    return {claim: origin.id for origin in origins for claim in origin.claim_ids}


def _held(reports: Sequence[Report]) -> list[tuple[Report, Held]]:
    """Return the reports that somebody named holds; words that point back take the holder named last before them."""
    found: list[tuple[Report, Held]] = []
    last: dict[str, Held] = {}
    for report in sorted(reports, key=lambda one: (one.claim.document_id, one.claim.start, one.claim.id)):
        claim = report.claim
        held = chain(claim.holders, claim.language)
        if held.sort == "pointing":
            before = last.get(claim.document_id)
            if before is None:
                continue
            held = before
        if held.sort in ("body", "person", "outlet"):
            found.append((report, held))
            last[claim.document_id] = held
    return found


def _settled(held: Mapping[str, Held]) -> dict[str, Held]:
    """Bring together what is one holder in this set: a body without a country, a person by last name or in another script.

    Only where there is one country, or one fuller name, that it can be.
    """
    countries: dict[str, set[str]] = defaultdict(set)
    persons: dict[str, Held] = {}
    for one in held.values():
        if one.sort == "body" and one.country:
            countries[one.key].add(one.country)
        if one.sort == "person":
            persons.setdefault(one.key, one)
    fuller = {key: _fuller(one, persons) for key, one in persons.items()}
    settled = {}
    for claim, one in held.items():
        if one.sort == "body" and one.country is None and len(countries[one.key]) == 1:
            settled[claim] = replace(one, country=next(iter(countries[one.key])))
        else:
            settled[claim] = fuller[one.key] if one.sort == "person" else one
    return settled


def _fuller(one: Held, persons: Mapping[str, Held]) -> Held:
    """Return the person under the longest name that can be the same; itself where several persons can."""
    last = one.key.split(" ")[-1]
    found = [other for key, other in persons.items() if _may_be(one, last, other)]
    longest = max(found, key=lambda other: (other.key.isascii(), len(other.key), other.key))
    return longest if len({other.key for other in found if " " in other.key}) <= 1 else one


def _may_be(one: Held, last: str, other: Held) -> bool:
    if one.key == other.key or (last == other.key.split(" ")[-1] and (" " not in one.key or " " not in other.key)):
        return True
    return not one_script(one.key, other.key) and same_person(one.name, other.name)


class _Sources:
    """Whose report each document is: its group's, by the links."""

    def __init__(self, reports: Sequence[Report], links: Sequence[Link]) -> None:
        self.groups = document_groups(links)
        self.published = {one.claim.document_id: (one.published or "9999", one.arrival) for one in reports}
        self.outlets = {one.claim.document_id: one.source for one in reports}
        self.credits = credits_of(links)
        self.carried: dict[str, list[tuple[int, Link]]] = defaultdict(list)
        for number, link in enumerate(links):
            self.carried[link.carrier].append((number, link))
        self._named: dict[str, tuple[Key, str]] = {}
        self._cited: dict[tuple[str, str], Key] = {}
        self.members: dict[str, list[str]] = defaultdict(list)
        for document in sorted({*self.groups, *self.outlets}):
            self.members[self.root(document)].append(document)

    def root(self, document: str) -> str:
        """Return the document that another one carries, or itself."""
        return self.groups.get(document, document)

    def key(self, report: Report, holder: Held | None) -> Key:
        """Return the key of the origin of a claim: its holder, or the outlet of the report that its document is."""
        own = self.named(report.claim.document_id)[0]
        if holder is None:
            return own
        if holder.sort == "outlet":
            return self._outlet_cited(self.root(report.claim.document_id), holder.name)
        return (holder.sort, f"{holder.key}|{holder.country or ''}")

    def _outlet_cited(self, root: str, name: str) -> Key:
        """Return the key of an outlet that a copy cites: the one whose copy it is, under its name in another script."""
        if (root, name) not in self._cited:
            group = (self.outlets[one] for one in self.members[root] if one in self.outlets)
            same = next((one for one in group if same_outlet(one, name)), None)
            self._cited[root, name] = ("outlet", outlet_key(same or name))
        return self._cited[root, name]

    def named(self, document: str) -> tuple[Key, str]:
        """Return the key and the name of the outlet whose report a document is, made once for all that are one report."""
        root = self.root(document)
        if root not in self._named:
            self._named[root] = self._name(root)
        return self._named[root]

    def _name(self, root: str) -> tuple[Key, str]:
        group = self.members[root]
        first = root if root in self.outlets else min(set(group) & set(self.outlets), key=lambda one: self.published[one])
        credited = [name for one in group for name in self.credited(one)]
        known = set(agencies().values())
        if root in self.outlets and not self.credited(root):
            # What credits another outlet credits the root, under a name that we may not match; only an agency stands behind both.
            credited = [name for name in credited if name in known]
        if not credited or any(same_outlet(self.outlets[first], name) for name in credited):
            return self._outlet(first)
        counted = Counter(credited)
        name = max(sorted(counted), key=lambda one: (one in known, counted[one]))
        return ("outlet", outlet_key(name)), name

    def credited(self, document: str) -> list[str]:
        """Return whom a document credits for all of it."""
        return [link.source for link in self.credits.get(document, ()) if link.score >= policy().whole_report]

    def _outlet(self, document: str) -> tuple[Key, str]:
        name = outlet_name(self.outlets[document])
        if not name or name in policy().aggregators:
            return ("document", self.root(document)), name or document
        return ("outlet", outlet_key(name)), name

    def tells(self, document: str, among: set[str]) -> bool:
        """Whether a document tells first-hand: it carries none of the others and credits nobody for the whole report."""
        carries = any(joins(link) and link.source in among for _, link in self.carried.get(document, ()))
        return not carries and not self.credited(document)


def _origin(rows: Sequence[tuple[Report, Held | None]], sources: _Sources) -> Origin:
    ordered = sorted(rows, key=lambda row: (row[0].arrival, row[0].claim.id))
    founding, holder = ordered[0]
    documents = list(dict.fromkeys(report.claim.document_id for report, _ in ordered))
    among = set(documents)
    tellers = [one for one in documents if sources.tells(one, among)]
    ties = sorted((pair for one in among for pair in sources.carried.get(one, ())), key=lambda pair: pair[0])
    inner = [link for _, link in ties if link.source in among or not is_document(link.source)]
    kept = [link for link in inner if joins(link) or link.score >= policy().whole_report]
    if holder is not None:
        by_document: dict[str, list[Claim]] = defaultdict(list)
        for report, _ in ordered:
            by_document[report.claim.document_id].append(report.claim)
        kept += [_holder_link(document, by_document[document], holder) for document in documents]
        name = _shown(holder)
    else:
        name = sources.named(founding.claim.document_id)[1]
    return Origin(
        id=record_id("origin", founding.claim.id),
        name=name,
        documents=tuple(tellers),
        carriers=tuple(one for one in documents if one not in tellers),
        claim_ids=tuple(report.claim.id for report, _ in ordered),
        links=tuple(kept),
    )


def _holder_link(document: str, claims: Sequence[Claim], holder: Held) -> Link:
    raw = next((one.raw for claim in claims for one in reversed(claim.holders[1:])), holder.name)
    count = f"{len(claims)} claim{'' if len(claims) == 1 else 's'}"
    return Link(document, _shown(holder), "holder", 1.0, f"{count} given to ‘{raw}’, that is {_shown(holder)}")


def _shown(holder: Held) -> str:
    country = catalogue().names.get(holder.country) if holder.country else None
    return f"{holder.name} of {country}" if country and holder.sort == "body" else holder.name
