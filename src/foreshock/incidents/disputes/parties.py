"""Rival parties, places and times of one act, and states that exclude each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from foreshock.incidents.disputes.matters import Statement, family, gap_days, places_apart, window
from foreshock.incidents.disputes.standing import camp, catalogue, own_names
from foreshock.incidents.disputes.words import has, shared, shared_names, stem, table
from foreshock.incidents.tallies import COUNTED
from foreshock.model import Actor
from foreshock.ontology.fold import fold


def rival_actors(one: Statement, other: Statement) -> Iterator[str]:
    """Yield why two claims name rival doers of one act, or rival holders of one place."""
    if one.polarity != "held" or other.polarity != "held":
        return
    if holds(one) and holds(other) and _one_place(one, other):
        sides = side_of_hold(one), side_of_hold(other)
        if sides[0] and sides[1] and sides[0] != sides[1] and one.voice != other.voice:
            yield f"{one.holder} says that one side has it in hand, {other.holder} another"
        return
    doers = doer_of(one), doer_of(other)
    if doers[0] and doers[1] and _one_act(one, other):
        if not parties_differ(doers[0], doers[1], own_names(doers[0], one.claim), own_names(doers[1], other.claim)):
            return
        yield f"{one.holder} says that {doers[0].name} did it, {other.holder} {doers[1].name}"


def doer_of(one: Statement) -> Actor | None:
    """Return who is said to have done it: the actor, or who is accused of it; nobody where that is no party of its own."""
    claim = one.claim
    own = has(claim.text, claim.language, "claimed")
    blamed = claim.kind == "ACCUSE" and claim.status == "alleged" and not own
    actor = claim.recipient if blamed else claim.actor
    if actor is None or actor.sector in table()["nobody"]:
        return None
    if actor.sector or ((blamed or own) and own_names(actor, claim)):
        return actor
    # "A drone of the army", "a rebel rocket": whose the weapon is.
    sides = _camps_in(actor.raw, claim.language)
    return replace(actor, sector=table()["camps"][sides.pop()][0]) if len(sides) == 1 else None


def parties_differ(one: Actor, other: Actor, names: dict[str, str], its: dict[str, str]) -> bool:
    """Whether two parties are rivals: on two sides, of two countries, or of two names of their own."""
    if fold(one.name) == fold(other.name) or shared_names(names, its):
        return False
    if one.country and other.country and one.country != other.country:
        return True
    sides = camp(one), camp(other)
    if None not in sides and sides[0] != sides[1]:
        return True
    # A president and his government, an army and its troops: names of one body, not rivals.
    if one.country and one.country == other.country and one.sector == other.sector and sides[0] == "state":
        return False
    return bool(names and its)


def _one_act(one: Statement, other: Statement) -> bool:
    """Whether two claims tell one act: of one family, or one blames for what the other tells."""
    families = {family(one.claim), family(other.claim)}
    if families & set(table()["background"]):
        return False
    if _one_deed(one, other):
        return True
    blamed = "ACCUSE" in families
    if not blamed and (len(families) > 1 or _modes_differ(one, other)):
        return False
    both = shared(one.words.content, other.words.content) | set(shared_names(one.words.names, other.words.names))
    return len(both) > 1 or one.claim.language != other.claim.language


def _modes_differ(one: Statement, other: Statement) -> bool:
    mine, yours = one.claim, other.claim
    return bool(mine.mode and yours.mode and mine.kind == yours.kind and mine.mode != yours.mode)


def holds(one: Statement) -> bool:
    """Whether a claim tells who has a place in hand."""
    return one.claim.kind == "CONTROL" or has(one.claim.text, one.claim.language, "hold")


def _one_place(one: Statement, other: Statement) -> bool:
    mine, yours = one.claim.place, other.claim.place
    if mine and yours and fold(mine.name) == fold(yours.name):
        return True
    return bool(shared_names(one.words.names, other.words.names))


def side_of_hold(one: Statement) -> str | None:
    """Return the side that is said to hold a place: that of the actor, of a word for a party in the claim, or of who says it."""
    actor = one.claim.actor
    if actor and (found := camp(actor)):
        return found
    told = _camps_in(one.claim.text, one.claim.language)
    if len(told) == 1:
        return told.pop()
    by = [one.holder, *(holder.raw for holder in one.claim.holders if holder.role != "document")]
    camps = {found for text in by for found in _camps_in(text, one.claim.language)}
    # "The rebels' command" is the rebels': whom somebody commands tells his side.
    return "armed" if "armed" in camps else camps.pop() if camps else None


def _camps_in(text: str, language: str) -> set[str]:
    """Return the sides that the words of a text name."""
    plain = fold(text)
    if language == "ja":
        return {side for word, side in _party_words(language).items() if len(word) > 1 and word in plain}
    stems = _party_stems(language)
    return {side for word in plain.split() if len(word) > 3 for side in stems.get(stem(word), ())}


@cache
def _party_words(language: str) -> dict[str, str]:
    groups = {**catalogue().words.get("en", {}), **catalogue().words.get(language, {})}
    sides = {key: camp(Actor(word.english, word.word, None, word.sector)) for key, word in groups.items()}
    return {key: side for key, side in sides.items() if side}


@cache
def _party_stems(language: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for word, side in _party_words(language).items():
        if " " not in word and len(word) > 3:
            found.setdefault(stem(word), set()).add(side)
    return found


def rival_states(one: Statement, other: Statement) -> Iterator[str]:
    """Yield why two states that are told of one thing exclude each other: dead and alive, open and closed."""
    if states := opposite_states(one, other):
        yield f"{one.holder} says {states[0]}, {other.holder} {states[1]}"


def opposite_states(one: Statement, other: Statement) -> tuple[str, str] | None:
    """Return the names of the states that two claims hold of one thing at one time, where only one of them can be so."""
    if not (_stands(one) and _stands(other)) or one.voice == other.voice or not _one_time(one, other):
        return None
    mine, yours = states_of(one), states_of(other)
    for number, first, second in mine:
        rival = next(((its, theirs) for at, its, theirs in yours if at == number and its == second), None)
        if rival and rival not in [(its, theirs) for at, its, theirs in mine if at == number] and _one_thing(one, other):
            return first, second
    return None


def _stands(one: Statement) -> bool:
    """Whether a claim holds a state to be so; an order in force has the standing of an order."""
    return one.polarity == "held" or one.claim.status == "ordered"


def states_of(one: Statement) -> list[tuple[int, str, str]]:
    """Return the states that a claim tells by its words: the number of the pair of opposites, the state, and its opposite."""
    found = []
    for number, pair in enumerate(table()["opposites"]):
        told = [name for name in pair if has(one.claim.text, one.claim.language, f"opposites/{number}/{name}")]
        if len(told) == 1:  # who tells both of a pair tells a change, or of two things
            found.append((number, told[0], next(name for name in pair if name != told[0])))
    return found


def _one_thing(one: Statement, other: Statement) -> bool:
    """Whether two claims tell of one thing: they share a name, or two words."""
    both = shared(one.words.content, other.words.content)
    return bool(shared_names(one.names, other.names)) or len(both) > 1


def _one_time(one: Statement, other: Statement) -> bool:
    mine, yours = window(one.claim.when), window(other.claim.when)
    if mine and yours:
        return gap_days(mine, yours) == 0
    return (one.report.published or "")[:10] == (other.report.published or "")[:10]


def rival_places(one: Statement, other: Statement) -> Iterator[str]:
    """Yield why two claims put one deed in two places."""
    if not _once(one, other):
        return
    if places_apart(one.claim.place, other.claim.place):
        mine, yours = one.claim.place, other.claim.place
        yield f"{one.holder} puts it at {mine.name if mine else ''}, {other.holder} at {yours.name if yours else ''}"
        return
    sites, its = sites_of(one), sites_of(other)
    if sites and its and not sites & its:
        yield f"{one.holder} puts it at a {min(sites)}, {other.holder} at a {min(its)}"


def rival_times(one: Statement, other: Statement) -> Iterator[str]:
    """Yield why two claims put one deed on two days, or at two times of one."""
    mine, yours = window(one.claim.when), window(other.claim.when)
    if mine and yours and _once(one, other):
        gap = gap_days(mine, yours)
        if 0 < gap <= table()["apart_days"]:
            yield f"{one.holder} puts it {gap} days from when {other.holder} does"
            return
    parts, its = dayparts_of(one), dayparts_of(other)
    meet = not (mine and yours) or gap_days(mine, yours) == 0
    if parts and its and meet and _one_deed(one, other) and min(_steps(a, b) for a in parts for b in its) > 1:
        names = list(table()["dayparts"])
        yield f"{one.holder} puts it at {names[min(parts)]}, {other.holder} at {names[min(its)]}"


def dayparts_of(one: Statement) -> frozenset[int]:
    """Return the parts of the day that a claim names, by their place in the round of the clock."""
    names = table()["dayparts"]
    return frozenset(at for at, name in enumerate(names) if has(one.claim.text, one.claim.language, f"dayparts/{name}"))


def _steps(one: int, other: int) -> int:
    round_ = len(table()["dayparts"])
    return min((one - other) % round_, (other - one) % round_)


def _one_deed(one: Statement, other: Statement) -> bool:
    """Whether two claims tell one deed, mostly in the same words or, in two languages, with the same names."""
    if one.polarity != "held" or other.polarity != "held":
        return False
    names = shared_names(one.words.names, other.words.names)
    if one.claim.language != other.claim.language:
        return len(names) > 1 or (bool(names) and family(one.claim) == family(other.claim))
    both = shared(one.words.content, other.words.content)
    least = min(sum(one.words.content.values()), sum(other.words.content.values()))
    share = sum(one.words.content[word] for word in both) / least if least else 0.0
    return share >= table()["one_deed"] and (bool(names) or len(both) > 1)


def _once(one: Statement, other: Statement) -> bool:
    """Whether two claims tell one deed done once to one victim."""
    if one.polarity != "held" or other.polarity != "held":
        return False
    if not is_once(one) or not is_once(other):
        return False
    families = {family(one.claim), family(other.claim)}
    if len(families) > 1 and not families & set(table()["background"]):
        return False
    if any((figure.best or 0) > 1 for side in (one, other) for figure in side.claim.figures if figure.what in COUNTED):
        return False
    both = shared(one.words.content, other.words.content)
    return bool(both) or bool(shared_names(one.words.names, other.words.names))


def is_once(one: Statement) -> bool:
    """Whether a claim tells a deed that is done once, by its kind or by the state that it leaves: dead, detained."""
    if f"{one.claim.kind}/{one.claim.mode}" in table()["once"]:
        return True
    return one.claim.kind in table()["background"] and any(state in table()["left"] for _, state, _ in states_of(one))


def sites_of(one: Statement) -> set[str]:
    """Return the sorts of site that a claim names."""
    return {name for name in table()["sites"] if has(one.claim.text, one.claim.language, f"sites/{name}")}
