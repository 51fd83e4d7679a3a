"""Who a phrase names: canonical English name, country and PLOVER sector, from the catalogue; what is unknown stays None.

A phrase is taken apart where its grammar is plain enough without a parser. English: what stands before "of", "in", "from" is the
head, and a possessor lends it a country. Japanese: the head stands last, after the last の, and a state's name or its short form
(米, 露) before an office lends it a country.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from foreshock.coding.singulars import singular
from foreshock.model import Actor
from foreshock.ontology.actor_catalogue import ActorCatalogue, GroupWord, KnownActor
from foreshock.ontology.fold import bare_forms, fold
from foreshock.ontology.gazetteer import Entry, Gazetteer

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
_HEAD_END = re.compile(r"\s+(?:of|in|from|for|at|on|with|against|near|de|du|des|del|en|dans|в|из|на|по)\s+|, ", re.IGNORECASE)
_POSSESSOR = re.compile(r"^(.+?)['’]s?\s+(.+)$")
_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*\.?")
_JAPANESE = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_CLAUSE_END = re.compile("(?<=[たるいだ])(?=[ァ-ヶ一-鿿])")
_FORMER = re.compile(r"^(?:former|ex-|ousted|deposed|one-time|erstwhile)", re.IGNORECASE)
# Who held an office of these is of the former elite; a former soldier or policeman is not.
_OFFICES = frozenset(["GOV", "LEG", "JUD", "SPY"])
_MILITARY_OFFICES = frozenset(["general", "defence ministry"])
_AND = re.compile(r"\s+(?:and|et|y|и|und|e)\s+")
_LONGEST = 7


@dataclass(frozen=True, slots=True)
class _Reading:
    """What was found in a phrase; ``plain`` tells that nothing of the phrase was left over."""

    known: KnownActor | None = None
    country: str | None = None
    group: GroupWord | None = None
    seat: bool = False
    plain: bool = False
    sector: str | None = None


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
        _read_japanese(phrase, catalogue, gazetteer)
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


def _read(phrase: str, catalogue: ActorCatalogue, gazetteer: Gazetteer | None, language: str) -> _Reading:
    whole = _lookup(phrase, catalogue, language)
    if whole is not None:
        return whole
    pair = _AND.split(phrase)
    if len(pair) == 2:
        sides = [_lookup(_DETERMINER.sub("", side), catalogue, language) for side in pair]
        if all(side is not None and side.country and side.plain for side in sides):
            # Two states together have no one country, but governments they are.
            return _Reading(sector="GOV")
    named = _known_at_end(phrase, catalogue, language) or _known_before_comma(phrase, catalogue, language)
    if named is not None:
        return _Reading(known=named)
    head, rest = _split_head(phrase)
    if rest and _is_member(head, catalogue, language):
        body = _read(_DETERMINER.sub("", rest), catalogue, gazetteer, language)
        if body.known:
            return _Reading(country=body.known.country, sector=body.known.sector(None))
        if body.group:
            return body
    owner, head = _split_owner(head)
    principal = _known_within(owner, catalogue, language) or _known_within(rest, catalogue, language)
    group = group_within(head, catalogue, language)
    country = None
    for part in (owner, head, rest):
        country = country or _country_within(part, catalogue, gazetteer, language, whole=part is not head)
    if _is_voice(head, catalogue, language):
        lent = (
            group
            if group and not _is_voice(group.word, catalogue, language)
            else group_within(owner or rest, catalogue, language)
        )
        sector = principal.sector(None) if principal else lent.sector if lent else "GOV" if country else None
        return _Reading(country=principal.country if principal else country, sector=sector)
    if group is None and country is None and gazetteer is not None and (place := _place_of_name(phrase, gazetteer, language)):
        return _of_place(place)
    if country is None and principal is not None:
        country = principal.country
    held = principal.sector(None) if principal and group is None else None
    return _Reading(
        country=country,
        group=group,
        plain=group is not None and _covers(phrase, group, catalogue, language),
        sector="ELI" if _FORMER.match(head) and (held in _OFFICES or _is_office(group)) else None,
    )


def _of_place(place: Entry) -> _Reading:
    """Return what a place's bare name says of an actor: a state or its seat of government acts, another town is but a town."""
    return _Reading(country=place.country, seat=place.capital, plain=place.capital or place.feature == "country")


def _is_office(group: GroupWord | None) -> bool:
    return group is not None and (group.sector in _OFFICES or group.english in _MILITARY_OFFICES)


def _known_before_comma(phrase: str, catalogue: ActorCatalogue, language: str) -> KnownActor | None:
    """Return the known actor that a phrase names before it says who that is: "Karim Massimov, the former head of ..."."""
    name, comma, rest = phrase.partition(", ")
    found = _lookup(name, catalogue, language) if comma and rest[:1].islower() else None
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
    words = [match[0] for match in _WORD.finditer(phrase)]
    for size in range(min(_LONGEST, len(words)), 0, -1):
        key = fold(" ".join(words[-size:]))
        before = words[-size - 1] if size < len(words) else ""
        known = next((catalogue.known[form][0] for form in [key, *bare_forms(key, language)] if form in catalogue.known), None)
        if known is not None:
            return None if _HEAD_END.search(f"x {before} x") or before.endswith(("'s", "’s")) else known
    return None


def _split_head(phrase: str) -> tuple[str, str]:
    parts = _HEAD_END.split(phrase, maxsplit=1)
    return parts[0], parts[1] if len(parts) > 1 else ""


def _split_owner(head: str) -> tuple[str, str]:
    match = _POSSESSOR.match(head)
    return (_DETERMINER.sub("", match[1]), match[2]) if match else ("", head)


def _lookup(text: str, catalogue: ActorCatalogue, language: str) -> _Reading | None:
    """Return a phrase that is a name and nothing else."""
    key = fold(text)
    for form in [key, *bare_forms(key, language)]:
        if form in catalogue.known:
            return _Reading(known=catalogue.known[form][0])
        if form in catalogue.states and not _is_people(form, catalogue):
            country, seat = catalogue.states[form]
            return _Reading(country=country, seat=seat, plain=True)
    return None


def _is_people(key: str, catalogue: ActorCatalogue) -> bool:
    """Tell whether a key is only a demonym: "Russian" alone is a person, not the state."""
    country, seat = catalogue.states[key]
    if key.endswith("人"):
        return True
    return not seat and key.isascii() and key[-1:] in "nihesk" and fold(catalogue.names[country]) != key and key.endswith(_PEOPLE)


_PEOPLE = ("ian", "ians", "an", "ans", "ese", "ish", "i", "is", "ch", "ek", "eks", "kh", "khs", "yz", "jik", "jiks", "men", "ks")


def _grams(text: str) -> list[str]:
    """Return the word runs of a text, the longest first, of equal ones the last first."""
    words = [match[0] for match in _WORD.finditer(text)]
    sizes = range(min(_LONGEST, len(words)), 0, -1)
    return [" ".join(words[at : at + size]) for size in sizes for at in range(len(words) - size, -1, -1)]


def _known_within(head: str, catalogue: ActorCatalogue, language: str) -> KnownActor | None:
    """Return a known actor that ends the head: "President Tokayev", not "Tokayev supporters"."""
    words = [match[0] for match in _WORD.finditer(head)]
    for size in range(min(_LONGEST, len(words)), 0, -1):
        key = fold(" ".join(words[-size:]))
        for form in [key, *bare_forms(key, language)]:
            if form in catalogue.known:
                return catalogue.known[form][0]
    # A name may stand before its office: "Tokayev, president of ..." was cut at the comma; a bracketed short form is dropped.
    return None


def group_within(head: str, catalogue: ActorCatalogue, language: str) -> GroupWord | None:
    """Return the longest word for a group that stands in a phrase, None without one."""
    table = catalogue.words.get(language) or catalogue.words.get("en", {})
    for gram in _grams(head):
        key = fold(gram)
        for form in [key, *singular(key, language), *bare_forms(key, language)]:
            if form in table:
                return table[form]
    return None


def _country_within(
    part: str, catalogue: ActorCatalogue, gazetteer: Gazetteer | None, language: str, *, whole: bool
) -> str | None:
    if not part:
        return None
    for gram in _grams(part):
        key = fold(gram)
        for form in [key, *singular(key, language), *bare_forms(key, language)]:
            if form in catalogue.states and (
                gram[:1].isupper() or gram[:1].lower() == gram[:1].upper() or language in ("ru", "fr", "es")
            ):
                return catalogue.states[form][0]
        if language in ("ru", "uk") and (adjective := _russian_state(key, catalogue)):
            return adjective
    return _country_of_name(part, gazetteer, language) if whole and gazetteer is not None and part[:1].isupper() else None


def _country_of_name(name: str, gazetteer: Gazetteer, language: str) -> str | None:
    place = _place_of_name(name, gazetteer, language)
    return place.country if place is not None else None


def _place_of_name(name: str, gazetteer: Gazetteer, language: str) -> Entry | None:
    """Return the state or great town of a name, None where the name is of neither."""
    entries = gazetteer.find(name, language=language)
    if not entries or entries[0].how not in ("name", "ending"):
        return None
    best = entries[0]
    return best if best.feature == "country" or best.capital or best.population >= 200_000 else None


def _russian_state(key: str, catalogue: ActorCatalogue) -> str | None:
    """Return the state of a Russian adjective: российские, казахстанских."""
    stem, found, _ = key.partition("ск")
    if not found or len(stem) < 4:
        return None
    names = [base + end for base in (stem, stem[:-1]) for end in ("", "а", "я", "ия")]
    return next((catalogue.states[name][0] for name in names if name in catalogue.states), None)


def _covers(phrase: str, group: GroupWord, catalogue: ActorCatalogue, language: str) -> bool:
    """Tell whether group word and state are all there is in a phrase, so that it can be said in English without loss."""
    left = [word for word in _WORD.findall(phrase) if len(word) > 3]
    for word in left:
        key = fold(word)
        forms = {key, *bare_forms(key, language)}
        if language in ("ru", "uk") and _russian_state(key, catalogue):
            continue
        if not any(form in catalogue.states for form in forms) and not any(form in fold(group.word) for form in forms):
            return False
    return True


@lru_cache(maxsize=8)
def _title_pattern(titles: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(sorted(map(re.escape, titles), key=len, reverse=True)) + ")$")


def _read_japanese(phrase: str, catalogue: ActorCatalogue, gazetteer: Gazetteer | None) -> _Reading:
    whole = _lookup(phrase, catalogue, "ja")
    if whole is not None:
        return whole
    *owners, head = phrase.split("の")
    known = _known_japanese(head, catalogue)
    if known is not None:
        return _Reading(known=known)
    group, before = _group_suffix(head, catalogue)
    state, left = _state_prefix(before, catalogue, gazetteer)
    for owner in reversed(owners):
        if state is None:
            state, _ = _state_prefix(owner, catalogue, gazetteer)
            owned = _known_japanese(owner, catalogue) if state is None else None
            state = owned.country if owned else state
            if group is None and owned and head.startswith(("前", "元")) and owned.sector(None) in _OFFICES:
                return _Reading(country=state, sector="ELI")
    if group is None or any(fold(head).endswith(voice) for voice in catalogue.voices.get("ja", ())):
        owned = next((known for part in reversed(owners) if (known := _known_japanese(part, catalogue))), None)
        lent = next((word for part in reversed(owners) if (word := _group_suffix(part, catalogue)[0])), None)
        if any(fold(head).endswith(voice) for voice in catalogue.voices.get("ja", ())) and (owned or lent):
            return _Reading(
                country=owned.country if owned else state, sector=owned.sector(None) if owned else lent.sector if lent else None
            )
    if group is None and state is not None and phrase.endswith("人"):
        return _Reading(country=state, sector="CVL")
    if group is None and not owners and gazetteer is not None and (place := _place_of_name(phrase, gazetteer, "ja")):
        return _of_place(place)
    plain = not left and len(owners) <= 1 and (group is not None or (state is not None and not owners))
    former = "ELI" if before.endswith(("前", "元", "旧")) and _is_office(group) else None
    return _Reading(country=state, group=group, plain=plain, sector=former)


def _known_japanese(head: str, catalogue: ActorCatalogue) -> KnownActor | None:
    """Return a known actor at the start of the head before a title, or at its end after an office."""
    bare = _title_pattern(catalogue.titles.get("ja", ("氏",))).sub("", head)
    for text in dict.fromkeys([bare, head]):
        for size in range(len(text), 1, -1):
            for piece in (text[:size], text[-size:]):
                actors = catalogue.known.get(fold(piece))
                if actors and (size == len(text) or _office_only(text.replace(piece, "", 1), catalogue)):
                    return actors[0]
    return None


def _office_only(text: str, catalogue: ActorCatalogue) -> bool:
    """Tell whether what stands beside a name is an office, a state and titles only: 米国務長官, 前大統領."""
    group, before = _group_suffix(text, catalogue)
    if group is None and text.lstrip("前元副旧新") not in catalogue.titles.get("ja", ()):
        return False
    left = before if group is not None else ""
    return not left or left in ("前", "元", "旧", "副", "新", "同国", "首席") or fold(left) in catalogue.states


def _group_suffix(head: str, catalogue: ActorCatalogue) -> tuple[GroupWord | None, str]:
    """Return the longest word for a group that ends the head, and what stands before it."""
    table = catalogue.words.get("ja", {})
    bare = re.sub("(?:たち|達|ら|側|自身|各位)$", "", head)
    for text in dict.fromkeys([head, bare]):
        for size in range(min(len(text), catalogue.longest.get("ja", 12)), 0, -1):
            if (word := table.get(fold(text[-size:]))) and (size > 1 or len(text) <= 3 or not "一" <= text[-2] <= "鿿"):
                return word, text[:-size]
    return None, head


def _state_prefix(text: str, catalogue: ActorCatalogue, gazetteer: Gazetteer | None) -> tuple[str | None, str]:
    """Return the state that begins a text, and what is left after it."""
    for size in range(len(text), 0, -1):
        key = fold(text[:size])
        if key in catalogue.states:
            return catalogue.states[key][0], text[size:].removeprefix("人")
    if gazetteer is not None and len(text) >= 2 and (country := _country_of_name(text.removesuffix("人"), gazetteer, "ja")):
        return country, ""
    return None, text
