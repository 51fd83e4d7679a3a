"""Episodes: the claims of one document about one event, and the marks by which two documents' episodes know each other.

An article on a shooting makes ten claims about it and a few about other things. Claims of one family of kinds go together unless
they disagree about day, place, standing or, where the mode tells events apart, mode and persons. What a claim does not say
disagrees with nothing, and is not filled in: the document's date only says in which days an undated event is likely to lie.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any

from foreshock.dates import first_day, last_day
from foreshock.incidents.names import party_marks, persons
from foreshock.incidents.terms import NAMED, segments_of, terms_of
from foreshock.knowledge import load_table
from foreshock.model import Actor, Claim, Coding, Place, When, record_id
from foreshock.ontology.fold import fold
from foreshock.ontology.geodesy import distance_km

_END = re.compile(r"[.!?。！？…]+[\"”»’)\]]*\s|\n")
_FINE = frozenset({"site", "city", "admin2"})


@dataclass(frozen=True, slots=True)
class Episode:
    """What one document tells of one event.

    Attributes:
        id: hash of the document and the first claim.
        family: the family of kinds; ``prospective`` where all of it is ordered, planned, feared.
        claim_ids: in text order; the first is the one that may found an incident.
        lead: share of the document's weight of event claims, earlier ones weighing more; the largest tells what it is about.
        days: explicit days of the event as ordinals, most said first. ``window`` is the first and last day that it can lie on.
        explicit: whether the window rests on days that the text gives rather than on the document's date.
        places: (folded name, country, lat, lon, precision) of the event, most said first.
        marks: whom it was done to, who acts, figures, modes and ages of persons, as typed terms ("r:...", "a:...",
            "f:killed:164", "m:COERCE:arrest", "y:14"), persons told with their age ("n:..."), with the sounds of names
            ("k:..."; :mod:`foreshock.incidents.names`).
        counts: how often each term of the text tells of it; ``names`` are those written as names.
    """

    id: str
    document_id: str
    language: str
    family: str
    prospective: bool
    claim_ids: tuple[str, ...]
    lead: float
    days: tuple[int, ...]
    window: tuple[int, int] | None
    explicit: bool
    places: tuple[tuple[str, str | None, float | None, float | None, str | None], ...]
    marks: tuple[str, ...]
    counts: Mapping[str, float] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    spelled: Mapping[str, str] = field(default_factory=dict)


@dataclass
class _Group:
    """Claims of one document that may tell one event."""

    family: str
    claims: list[tuple[int, Claim]] = field(default_factory=list)
    counted: bool = False
    named: bool = False
    prospective: set[bool] = field(default_factory=set)
    modes: set[str] = field(default_factory=set)
    windows: list[tuple[date, date]] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    parties: dict[str, set[str]] = field(default_factory=lambda: {"actor": set(), "recipient": set()})


@cache
def table() -> Mapping[str, Any]:
    """Return the table of families and limits (episodes.yaml)."""
    found: Mapping[str, Any] = load_table(__package__, "episodes.yaml")
    return found


@cache
def _families() -> Mapping[str, str]:
    return {kind: name for name, kinds in table()["families"].items() for kind in kinds}


def family_of(claim: Claim) -> str:
    """Return the family of a claim's kind; a mode that is an event of its own is a family of its own."""
    if claim.mode in table()["apart"].get(claim.kind, ()):
        return f"{claim.kind}/{claim.mode}"
    return _families().get(claim.kind, claim.kind)


def episodes_of(coding: Coding, *, furniture: Collection[str] = frozenset()) -> list[Episode]:
    """Return the episodes of a document, in the order of their first claims.

    ``furniture`` are keys of segments that many documents have alike (:func:`foreshock.incidents.terms.segments_of`); their words
    tell of nothing, unless a claim of an event is made there: copies of a report are alike too. Background claims are in no
    episode where the document tells any event; else they are one, since such a text is about something too.
    """
    claims = sorted(enumerate(coding.claims), key=lambda one: (one[1].start, one[1].end, one[1].id))
    told = [one for one in claims if family_of(one[1]) != "background"]
    groups: list[_Group] = []
    published = coding.document.published
    for position, (_, claim) in enumerate(told or claims):
        group = _group_for(claim, groups, published)
        _add(group, position, claim)
    total = sum(_weight(*one) for group in groups for one in group.claims)
    text = _news(coding.document.text, [claim for _, claim in told], furniture)
    whole = terms_of(text) if groups else None
    made = []
    for group in groups:
        lead = sum(_weight(*one) for one in group.claims) / total
        made.append(_episode(group, coding, text, lead=lead, whole=whole))
    return made


def _news(text: str, told: Sequence[Claim], furniture: Collection[str]) -> str:
    """Return the text with its furniture blanked, so that offsets stay."""
    if not furniture:
        return text
    for key, start, end in segments_of(text):
        if key in furniture and not any(claim.start < end and claim.end > start for claim in told):
            text = text[:start] + " " * (end - start) + text[end:]
    return text


def _weight(position: int, claim: Claim) -> float:
    """Return how much a claim tells what its document is about: the first ones most, the dead more than words about them."""
    salience: Mapping[str, float] = table()["salience"]
    unreal = float(table()["unreal"]) if _is_prospective(claim) else 1.0
    return unreal * salience.get(family_of(claim), 1.0) / (2 + position)


def _group_for(claim: Claim, groups: list[_Group], published: str | None) -> _Group:
    """Return the group that the claim goes with: one that agrees in day or place, else the latest that may, else a new one."""
    family = family_of(claim)
    fit = [one for one in groups if one.family == family and _may(claim, one, published)]
    agreeing = [one for one in fit if _agrees(claim, one)]
    if fit:
        return (agreeing or fit)[-1]
    groups.append(_Group(family))
    return groups[-1]


def _may(claim: Claim, group: _Group, published: str | None) -> bool:
    if group.family == "background":
        return True
    many = group.family in table()["many_modes"]
    if _is_prospective(claim) not in group.prospective and claim.status not in ("denied", "retracted"):
        return False
    if not many and claim.mode and group.modes and claim.mode not in group.modes:
        return False
    window = _window(claim.when)
    if window and published and (first_day(published) - window[1]).days > table()["past_days"] and not group.windows:
        return False  # the group is undated, so of these days; the claim looks back
    if window and group.windows and not any(_meet(window, one) for one in group.windows):
        return False
    if not window and group.windows and published and _all_past(group.windows, published):
        return False
    if claim.place and group.places and not any(_compatible(claim.place, one) for one in group.places):
        return False
    return many or not _rivals(claim, group)


def _all_past(windows: Iterable[tuple[date, date]], published: str) -> bool:
    return all((first_day(published) - end).days > table()["past_days"] for _, end in windows)


def _rivals(claim: Claim, group: _Group) -> bool:
    """Whether the claim is done to somebody else: who did it never parts two reports, whom it was done to may.

    A number of people and one who has a name are two matters: 8,000 were detained, and so was the former minister.
    """
    if (_counts(claim) and group.named) or (_names(claim) and group.counted):
        return True
    named = _party(claim.recipient)
    return bool(named and group.parties["recipient"] and named not in group.parties["recipient"])


def _counts(claim: Claim) -> bool:
    """Whether the claim gives a number of people, be it lost, that is not one."""
    return any(one.what in table()["counted"] and one.best != 1 for one in claim.figures)


def _names(claim: Claim) -> bool:
    return claim.recipient is not None and NAMED.search(claim.recipient.name) is not None


def _agrees(claim: Claim, group: _Group) -> bool:
    window = _window(claim.when)
    same_day = window is not None and any(_meet(window, one, slack=0) for one in group.windows)
    return same_day or (claim.place is not None and any(_same(claim.place, one) for one in group.places))


def _add(group: _Group, position: int, claim: Claim) -> None:
    group.claims.append((position, claim))
    group.counted = group.counted or _counts(claim)
    group.named = group.named or _names(claim)
    group.prospective.add(_is_prospective(claim))
    if claim.mode:
        group.modes.add(claim.mode)
    window = _window(claim.when)
    if window:
        group.windows.append(window)
    if claim.place:
        group.places.append(claim.place)
    for slot in ("actor", "recipient"):
        if named := _party(getattr(claim, slot)):
            group.parties[slot].add(named)


def _is_prospective(claim: Claim) -> bool:
    return claim.status in table()["prospective"]


def _party(actor: Actor | None) -> str | None:
    return fold(actor.name) if actor and actor.name else None


def _window(when: When | None) -> tuple[date, date] | None:
    """Return the days that a time can mean; an open end is the other one, and a time without a day of any sort is none."""
    if when is None or not (when.start or when.end):
        return None
    start, end = when.start or when.end or "", when.end or when.start or ""
    return first_day(start), last_day(end)


def _meet(one: tuple[date, date], other: tuple[date, date], *, slack: int = 1) -> bool:
    return (one[0] - other[1]).days <= slack and (other[0] - one[1]).days <= slack


def _compatible(one: Place, other: Place) -> bool:
    if one.country and other.country and one.country != other.country:
        return False
    if one.precision in _FINE and other.precision in _FINE:
        return _same(one, other) or _far(one, other) is not True
    return True


def _same(one: Place, other: Place) -> bool:
    if one.precision not in _FINE or other.precision not in _FINE:
        return fold(one.name) == fold(other.name)
    return fold(one.name) == fold(other.name) or _far(one, other) is False


def _far(one: Place, other: Place) -> bool | None:
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    return distance_km((one.lat, one.lon), (other.lat, other.lon)) > float(table()["near_km"])


def _episode(group: _Group, coding: Coding, text: str, *, lead: float, whole: Any) -> Episode:
    claims = [claim for _, claim in group.claims]
    counts, names, spelled = _terms(text, claims, whole, lead=lead)
    about = (
        [one for one in coding.claims if family_of(one) == "background" or one in claims] if lead >= table()["share"] else claims
    )
    days, window, explicit = _days(group.windows, _exact(about, coding.document.published), coding.document.published)
    return Episode(
        id=record_id("episode", coding.document.id, claims[0].id),
        document_id=coding.document.id,
        language=coding.document.language,
        family=group.family,
        prospective=group.prospective == {True},
        claim_ids=tuple(claim.id for claim in claims),
        lead=round(lead, 4),
        days=days,
        window=window,
        explicit=explicit,
        places=_places(group.places) or _lands(claims) or _lands(coding.claims),
        marks=_marks(claims, about, text),
        counts=counts,
        names=names,
        spelled=spelled,
    )


def _terms(
    text: str, claims: Sequence[Claim], whole: Any, *, lead: float
) -> tuple[dict[str, float], frozenset[str], dict[str, str]]:
    """Return the terms that tell of the claims: those of their sentences, and the rest of the text as far as it is about them."""
    near = terms_of(" ".join(text[start:end] for start, end in _sentences(text, claims)))
    if lead >= table()["share"]:
        head = terms_of(text[: text.find("\n") + 1])  # a headline says what the text is about
        counts = {term: n + table()["headline"] * head.counts.get(term, 0) for term, n in whole.counts.items()}
        return counts, whole.names, dict(whole.spelled)
    return dict(near.counts), near.names & whole.names, dict(near.spelled)


def _sentences(text: str, claims: Iterable[Claim]) -> list[tuple[int, int]]:
    """Return the spans from the sentence's or line's start to its end around each claim, in order, each once."""
    spans = set()
    for claim in claims:
        start = max((match.end() for match in _END.finditer(text, max(0, claim.start - 400), claim.start)), default=0)
        found = _END.search(text, max(claim.start, claim.end - 1), claim.end + 400)
        spans.add((max(start, claim.start - 400), found.end() if found else min(len(text), claim.end + 400)))
    return sorted(spans)


def _exact(claims: Iterable[Claim], published: str | None) -> Counter[int]:
    """Return the days that claims give, each with how often; days after the document's date or long before it are left out."""
    found: Counter[int] = Counter()
    for claim in claims:
        window = _window(claim.when)
        if window and (window[1] - window[0]).days <= 1:
            gap = (last_day(published) - window[0]).days if published else 0
            if 0 <= gap <= table()["memory_days"]:
                found[window[0].toordinal()] += 1
    return found


def _days(
    windows: Sequence[tuple[date, date]], exact: Counter[int], published: str | None
) -> tuple[tuple[int, ...], tuple[int, int] | None, bool]:
    days = tuple(day for day, _ in sorted(exact.items(), key=lambda one: (-one[1], one[0]))[: table()["days"]])
    if windows:
        return days, (min(w[0] for w in windows).toordinal(), max(w[1] for w in windows).toordinal()), True
    if published is None:
        return days, None, False
    until = last_day(published)
    since = first_day(published) - timedelta(days=int(table()["lookback_days"]))
    return days, (since.toordinal(), until.toordinal()), False


def _places(places: Sequence[Place]) -> tuple[tuple[str, str | None, float | None, float | None, str | None], ...]:
    found = Counter((fold(one.name), one.country, one.lat, one.lon, one.precision) for one in places if one.name)
    return tuple(place for place, _ in found.most_common(4))


def _lands(claims: Sequence[Claim]) -> tuple[tuple[str, str | None, float | None, float | None, str | None], ...]:
    """Return the countries of those who act and are acted on: where nothing is said, it was likely there."""
    said = (one for claim in claims for one in (claim.actor, claim.recipient, claim.place))
    found = Counter(one.country for one in said if one and one.country)
    return tuple((country.casefold(), country, None, None, None) for country, _ in found.most_common(2))


def _marks(claims: Sequence[Claim], about: Sequence[Claim], text: str) -> tuple[str, ...]:
    counted = frozenset(table()["counted"])
    found: dict[str, None] = {}
    for claim in claims:
        for sort, party in (("r", claim.recipient), ("a", claim.actor)):
            if party is not None:
                found.update(dict.fromkeys(party_marks(party, sort)))
        if claim.mode:
            found[f"m:{claim.kind}:{claim.mode}"] = None
        for figure in claim.figures:
            if figure.what in counted and figure.best is not None and figure.best >= 1:
                found[f"f:{figure.what}:{figure.best:g}"] = None
    ages = [one for claim in about for one in claim.figures if one.what == "age" and one.best is not None]
    found.update((f"y:{one.best:g}", None) for one in ages)
    found.update((f"n:{name}", None) for name in persons(text, ages))
    return tuple(found)
