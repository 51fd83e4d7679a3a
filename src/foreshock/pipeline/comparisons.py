"""What holders compare a crisis with: claims of likeness become countries with years, and past crises called by name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from foreshock.incidents.conditions.told import homes_of
from foreshock.model import Claim, Report
from foreshock.ontology.actor_catalogue import ActorCatalogue
from foreshock.ontology.fold import fold
from foreshock.ontology.gazetteer import Gazetteer
from foreshock.scenarios.precedents.record import Comparison, PastCrisis, Stance

YEAR = re.compile(r"(?<!\d)(?:19[5-9]\d|20[0-4]\d)(?!\d)")
UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
WORD = re.compile(r"\w+")
LONGEST = 4  # words in the name of a state
# How many characters may stand between a year and its country, and on which side it is looked for first: 2008年のグルジア, but
# "Georgia in 2008".
SPACED_REACH = ((False, 8), (True, 25), (False, 25))
UNSPACED_REACH = ((True, 4), (False, 6), (True, 12))


@dataclass(frozen=True, slots=True)
class _Mention:
    start: int
    end: int
    country: str


def comparisons(
    reports: Iterable[Report],
    *,
    country: str,
    crises: Sequence[PastCrisis],
    catalogue: ActorCatalogue,
    gazetteer: Gazetteer,
    acting: Iterable[str] = (),
) -> list[Comparison]:
    """Return what the reports on a country compare its crisis with, in order of their arrival and of the text.

    Args:
        reports: of a situation; claims of kind LIKEN in documents about the country count.
        country: ISO 3166 alpha-3.
        crises: past ones, whose names in texts (``called``) are known.
        catalogue, gazetteer: by which names of states are known.
        acting: foreign states that act in the crisis: named without a year they are taken for what they do in it, not for a
            precedent.
    """
    known = list(reports)
    homes = homes_of(known)
    found = []
    for report in sorted(known, key=lambda one: (one.arrival, one.claim.start, one.claim.id)):
        claim = report.claim
        if claim.kind != "LIKEN" or homes.get(claim.document_id) != country:
            continue
        doers = {*acting, claim.actor.country if claim.actor else None}
        pairs = compared_with(claim, catalogue=catalogue, gazetteer=gazetteer)
        pairs = [(other, year) for other, year in pairs if year is not None or other not in doers | {country}]
        text = claim.text.casefold()
        called = [one.id for one in crises if any(name.casefold() in text for name in one.called)]
        found.append(Comparison(_holder(report), _stance(claim), tuple(pairs), tuple(called), (claim.id,)))
    return found


def compared_with(claim: Claim, *, catalogue: ActorCatalogue, gazetteer: Gazetteer) -> list[tuple[str, int | None]]:
    """Return the countries that a claim names, each with the year that stands beside it, in order of the text."""
    text = fold(claim.text)
    mentions = _mentions(text, claim.language, catalogue, gazetteer)
    years: dict[int, list[int]] = {}
    reach = UNSPACED_REACH if UNSPACED.search(text) else SPACED_REACH
    for match in YEAR.finditer(text):
        at = next((at for after, most in reach if (at := _beside(mentions, match, after=after, most=most)) is not None), None)
        if at is not None:
            years.setdefault(at, []).append(int(match.group()))
    pairs = [(one.country, year) for at, one in enumerate(mentions) for year in years.get(at, [None])]
    dated = {country for country, year in pairs if year is not None}
    return list(dict.fromkeys(pair for pair in pairs if pair[1] is not None or pair[0] not in dated))


def _beside(mentions: Sequence[_Mention], year: re.Match[str], *, after: bool, most: int) -> int | None:
    """Return the position of the nearest country behind or before a year, within reach."""
    gaps = [
        (one.start - year.end() if after else year.start() - one.end, at)
        for at, one in enumerate(mentions)
    ]  # fmt: skip
    return min(((gap, at) for gap, at in gaps if 0 <= gap <= most), default=(0, None))[1]


def _mentions(text: str, language: str, catalogue: ActorCatalogue, gazetteer: Gazetteer) -> list[_Mention]:
    return _unspaced(text, catalogue) if UNSPACED.search(text) else _spaced(text, language, catalogue, gazetteer)


def _unspaced(text: str, catalogue: ActorCatalogue) -> list[_Mention]:
    """Return the states of a text without spaces, the longest name at each place."""
    found: list[_Mention] = []
    names = sorted((name for name in catalogue.states if len(name) > 1 and name in text), key=lambda name: (-len(name), name))
    for name in names:
        country, seat = catalogue.states[name]
        for match in re.finditer(re.escape(name), text):
            if not seat and all(match.end() <= one.start or match.start() >= one.end for one in found):
                found.append(_Mention(match.start(), match.end(), country))
    return sorted(found, key=lambda one: one.start)


def _spaced(text: str, language: str, catalogue: ActorCatalogue, gazetteer: Gazetteer) -> list[_Mention]:
    """Return the states of a text with spaces, the longest name first; a case ending is known by the gazetteer."""
    words = list(WORD.finditer(text))
    found: list[_Mention] = []
    at = 0
    while at < len(words):
        for count in range(min(LONGEST, len(words) - at), 0, -1):
            start, end = words[at].start(), words[at + count - 1].end()
            country = _state(text[start:end], language, catalogue, gazetteer, alone=count == 1)
            if country is not None:
                found.append(_Mention(start, end, country))
                at += count
                break
        else:
            at += 1
    return found


def _state(name: str, language: str, catalogue: ActorCatalogue, gazetteer: Gazetteer, *, alone: bool) -> str | None:
    known = catalogue.states.get(name)
    if known is not None:
        return None if known[1] else known[0]
    if not alone or name.isdigit() or len(name) < 4:
        return None
    entries = gazetteer.find(name, language=language)
    return entries[0].country if entries and entries[0].feature == "country" else None


def _holder(report: Report) -> str:
    """Return the chain of who holds it, the outermost first; the document itself where nobody is named."""
    return " > ".join(dict.fromkeys(one.name for one in report.claim.holders if one.role != "document")) or report.source


def _stance(claim: Claim) -> Stance:
    """Return whether the holder finds them alike; a denial that they are is that they are not."""
    turned = claim.negated != (claim.status in ("denied", "retracted"))
    if claim.mode is None:
        return "unlike" if turned else "compared"
    return "like" if (claim.mode == "like") != turned else "unlike"
