"""Who a phrase names: canonical English name, country and PLOVER sector, from the catalogue; what is unknown stays None.

A phrase is taken apart where its grammar is plain enough without a parser. English: what stands before "of", "in", "from" is the
head, and a possessor lends it a country. Japanese: the head stands last, after the last の, and a state's name or its short form
(米, 露) before an office lends it a country.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from foreshock.coding.actor_words import (
    LONGEST,
    OFFICES,
    WORD,
    Reading,
    body_within,
    country_of_town,
    country_within,
    group_within,
    is_office,
    lookup,
    of_place,
    place_of_name,
    russian_state,
    spaced_korean,
)
from foreshock.coding.actors_unspaced import read_unspaced
from foreshock.coding.singulars import singular
from foreshock.model import Actor
from foreshock.ontology.actor_catalogue import ActorCatalogue, GroupWord, KnownActor
from foreshock.ontology.fold import bare_forms, fold
from foreshock.ontology.gazetteer import Gazetteer

NAME_LIMIT = 60
_CUT = {
    "en": re.compile(r",? (?:who|whom|whose|which|where)\b.*$| that .*$", re.DOTALL),
    "fr": re.compile(r",? (?:qui|que|dont|où)\b.*$", re.DOTALL),
    "es": re.compile(r",? (?:que|quien|quienes|cuyo|cuya)\b.*$", re.DOTALL),
    "ru": re.compile(r", котор.*$", re.DOTALL),
}
_DETERMINER = re.compile(
    r"^(?:(?:the|a|an|some|all|many|several|most|both|other|these|those|its|his|her|their|our"
    r"|le|la|les|un|une|des|el|los|las|una)\s+|l['’])+",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"^(?:(?:at least|about|around|more than|fewer than|over|nearly|up to|some|almost|several|a few|a)\s+)*"
    r"(?:(?:[\d.,]+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty)"
    r"(?:\s+(?:dozen|hundred|thousand|million))*|(?:dozen|hundred|thousand|million)s?(?:\s+of\s+(?:thousand|million)s)?)\s+(?:of\s+)?",
    re.IGNORECASE,
)
_HEAD_END = re.compile(
    r"\s+(?:of|in|from|for|at|on|to|across|with|against|near|de|du|des|del|en|dans|в|из|на|по)\s+|, ", re.IGNORECASE
)
# Phrases whose actor a coder remembers.
REMEMBERED = 20_000
_POSSESSOR = re.compile(r"^(.+?)['’]s?\s+(.+)$")
_JAPANESE = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_CLAUSE_END = re.compile("(?<=[たるいだ])(?=[ァ-ヶ一-鿿])")
_FORMER = re.compile(r"^(?:former|ex-|ousted|deposed|one-time|erstwhile)", re.IGNORECASE)
# "a Somalia-based group": where it is, not whose.
_BASED = re.compile(r"-(based|born|headquartered)\s")
# Words for what a named body may be called by: "Boko Haram gunmen" are Boko Haram, its victims are not.
_BORNE = frozenset(["UAF", "REB", "MIL", "PRM", "CRM", "PTY", "PRE"])
_AND = re.compile(r"\s+(?:and|et|y|и|und|e)\s+")


def resolve_actor(
    raw: str, *, catalogue: ActorCatalogue, gazetteer: Gazetteer | None = None, language: str, when: str | None = None
) -> Actor:
    """Return who a phrase names.

    Args:
        raw: the phrase as the text has it; kept as it is.
        catalogue: known actors, states and words.
        gazetteer: tells countries that the catalogue lacks, and the country of a town ("the mayor of Goma"); may be None.
        language: ISO 639-1 code of the text.
        when: ISO prefix of the day spoken of; decides which office a person held.

    A known actor gets its canonical English name. A state, or its capital, is its government: "Moscow" is the government of
    Russia. In other languages an office of a state is named in English (中国外務省: "foreign ministry of China"). Everything else
    keeps its own words, cut to the phrase's core and to 60 characters. Never raises on text.
    """
    phrase = _core(raw, language)
    found = (
        read_unspaced(phrase, catalogue, gazetteer, "ja" if language == "und" else language)
        if _unspaced(phrase, language)
        else _read(phrase, catalogue, gazetteer, language)
    )
    if found.known is not None:
        return Actor(found.known.name, raw, found.known.country, found.known.sector(when))
    state = catalogue.names.get(found.country or "")
    sector = found.sector or (found.group.sector if found.group else "GOV" if found.plain and found.country else None)
    name = phrase
    if found.group is None and found.plain and found.country and state:
        name = f"government of {state}" if found.seat else state
    elif found.group is not None and language != "en" and found.plain:
        name = f"{found.group.english} of {state}" if state else found.group.english
    return Actor(name[:NAME_LIMIT].strip(), raw, found.country, sector)


def resolver(catalogue: ActorCatalogue, language: str) -> Callable[[str, str | None], Actor]:
    """Return :func:`resolve_actor` without a gazetteer, of a phrase and a day; a text asks of each phrase several times."""
    return lru_cache(maxsize=REMEMBERED)(
        lambda raw, when: resolve_actor(raw, catalogue=catalogue, gazetteer=None, language=language, when=when)
    )


def _unspaced(phrase: str, language: str) -> bool:
    return language in ("ja", "zh") or (language == "und" and _JAPANESE.search(phrase) is not None)


def _core(raw: str, language: str) -> str:
    """Return a phrase without quotation marks, articles, counts and relative clauses."""
    phrase = " ".join(raw.split()).strip(" \"'“”„«»「」『』()（）,.;:、。・-–—")
    if phrase.count("「") != phrase.count("」"):
        phrase = phrase.replace("「", "").replace("」", "")
    if cut := _CUT.get(language):
        phrase = cut.sub("", phrase)
    if language in ("ja", "zh"):
        return _CLAUSE_END.split(phrase)[-1] if len(phrase) > 24 else phrase
    phrase = _COUNT.sub("", phrase)
    bare = _DETERMINER.sub("", phrase)
    return bare or phrase


def _read(phrase: str, catalogue: ActorCatalogue, gazetteer: Gazetteer | None, language: str) -> Reading:
    if language == "ko":
        phrase = spaced_korean(phrase, catalogue)
    whole = lookup(phrase, catalogue, language)
    if whole is not None:
        return whole
    pair = _AND.split(phrase)
    if len(pair) == 2:
        sides = [lookup(_DETERMINER.sub("", side), catalogue, language) for side in pair]
        if all(side is not None and side.country and side.plain for side in sides):
            # Two states together have no one country, but governments they are.
            return Reading(sector="GOV")
    named = _known_at_end(phrase, catalogue, language) or _known_before_comma(phrase, catalogue, language)
    if named is not None:
        return Reading(known=named)
    head, rest = _split_head(phrase)
    if rest and _is_member(head, catalogue, language):
        body = _read(_DETERMINER.sub("", rest), catalogue, gazetteer, language)
        if body.known:
            return Reading(country=body.known.country, sector=body.known.sector(None))
        if body.group:
            return body
    owner, head = _split_owner(_BASED.sub(" ", head))
    principal = _known_within(owner, catalogue, language) or _known_within(rest, catalogue, language)
    bearer = body_within(head, catalogue, language)
    group = group_within(head, catalogue, language) or (group_within(owner, catalogue, language) if owner else None)
    if bearer is not None and (group is None or group.sector in _BORNE):
        return Reading(country=bearer.country, sector=bearer.sector(None), group=group)
    country = bearer.country if bearer is not None else None
    for part in (owner, head, rest):
        country = country or country_within(part, catalogue, gazetteer, language, whole=part is not head)
    if _is_voice(head, catalogue, language):
        lent = (
            group
            if group and not _is_voice(group.word, catalogue, language)
            else group_within(owner or rest, catalogue, language)
        )
        sector = principal.sector(None) if principal else lent.sector if lent else "GOV" if country else None
        return Reading(country=principal.country if principal else country, sector=sector)
    if group is None and country is None and gazetteer is not None and (place := place_of_name(phrase, gazetteer, language)):
        return of_place(place)
    if country is None and principal is not None:
        country = principal.country
    if country is None and group is not None and gazetteer is not None:
        country = country_of_town(head, group, gazetteer, language)
    held = principal.sector(None) if principal and group is None else None
    return Reading(
        country=country,
        group=group,
        plain=group is not None and _covers(phrase, group, catalogue, language),
        sector="ELI" if _FORMER.match(head) and (held in OFFICES or is_office(group)) else None,
    )


def _known_before_comma(phrase: str, catalogue: ActorCatalogue, language: str) -> KnownActor | None:
    """Return the known actor that a phrase names before it says who that is: "Karim Massimov, the former head of ..."."""
    name, comma, rest = phrase.partition(", ")
    found = lookup(name, catalogue, language) if comma and rest[:1].islower() else None
    return found.known if found is not None else None


def _is_member(head: str, catalogue: ActorCatalogue, language: str) -> bool:
    """Tell whether a head is some or one of the body behind it: "miembros de la policía"."""
    keys = [fold(head), *singular(fold(head), language)]
    return any(key in catalogue.members.get(language, ()) for key in keys)


def _is_voice(head: str, catalogue: ActorCatalogue, language: str) -> bool:
    """Tell whether a head is one who speaks for another: "press service", "portavoz"."""
    key = fold(head)
    return any(key == word or key.endswith(f" {word}") or key == f"{word}s" for word in catalogue.voices.get(language, ()))


def _known_at_end(phrase: str, catalogue: ActorCatalogue, language: str) -> KnownActor | None:
    """Return the known actor that a phrase ends with after offices only: "U.S. Secretary of State Antony Blinken"."""
    words = [match[0] for match in WORD.finditer(phrase)]
    for size in range(min(LONGEST, len(words)), 0, -1):
        key = fold(" ".join(words[-size:]))
        before = next((word for word in reversed(words[:-size]) if not _DETERMINER.match(f"{word} ")), "")
        known = next((catalogue.known[form][0] for form in [key, *bare_forms(key, language)] if form in catalogue.known), None)
        if known is not None:
            outside = before.endswith(("'s", "’s")) or _HEAD_END.search(f"x {before} x")
            return None if outside else known
    return None


def _split_head(phrase: str) -> tuple[str, str]:
    parts = _HEAD_END.split(phrase, maxsplit=1)
    return parts[0], parts[1] if len(parts) > 1 else ""


def _split_owner(head: str) -> tuple[str, str]:
    match = _POSSESSOR.match(head)
    return (_DETERMINER.sub("", match[1]), match[2]) if match else ("", head)


def _known_within(head: str, catalogue: ActorCatalogue, language: str) -> KnownActor | None:
    """Return a known actor that ends the head: "President Tokayev", not "Tokayev supporters"."""
    words = [match[0] for match in WORD.finditer(head)]
    for size in range(min(LONGEST, len(words)), 0, -1):
        key = fold(" ".join(words[-size:]))
        for form in [key, *bare_forms(key, language)]:
            if form in catalogue.known:
                return catalogue.known[form][0]
    # A name may stand before its office: "Tokayev, president of ..." was cut at the comma; a bracketed short form is dropped.
    return None


def _covers(phrase: str, group: GroupWord, catalogue: ActorCatalogue, language: str) -> bool:
    """Tell whether group word and state are all there is in a phrase, so that it can be said in English without loss."""
    left = [word for word in WORD.findall(phrase) if len(word) > 3]
    for word in left:
        key = fold(word)
        forms = {key, *bare_forms(key, language)}
        if language in ("ru", "uk") and russian_state(key, catalogue):
            continue
        if not any(form in catalogue.states for form in forms) and not any(form in fold(group.word) for form in forms):
            return False
    return True
