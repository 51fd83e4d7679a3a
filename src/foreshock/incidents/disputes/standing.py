"""Whether what one holder affirms the other rejects: a denial or a negation beside the content that it rejects."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from foreshock.incidents.disputes.matters import Statement, family, gap_days, window
from foreshock.incidents.disputes.words import has, level, shared, shared_names, stem, table, words_of
from foreshock.model import Actor, Claim
from foreshock.ontology.actor_catalogue import ActorCatalogue, load_catalogue
from foreshock.ontology.fold import fold


def rejections(one: Statement, other: Statement) -> Iterator[str]:
    """Yield why one of two claims rejects what the other holds, in one English sentence."""
    for rejecting, holding in ((one, other), (other, one)):
        if _rejects(rejecting, holding) and not _countable(rejecting):
            verb = "denies it" if rejecting.claim.status == "denied" else "says it is not so"
            yield f"{rejecting.holder} {verb}, {holding.holder} holds it"
            return
    for rejecting, holding in ((one, other), (other, one)):
        if holding.polarity == "held" and (words := _contrasted(rejecting, holding)):
            yield f"{rejecting.holder} says that it was not ‘{words}’, which {holding.holder} says"
            return


def _countable(one: Statement) -> bool:
    """Whether it is a number that is rejected, not the act: "did not kill more than 30"."""
    return one.claim.negated and any(figure.bound for figure in one.claim.figures)


def _rejects(one: Statement, other: Statement) -> bool:
    if one.polarity != "rejected":
        return False
    if other.claim.certainty == "possible":  # what may be so is not held to be so
        return False
    if not (other.polarity == "held" or (other.polarity == "ahead" and one.claim.status in table()["rejected"])):
        return False
    return _in_time(one, other) and not _other_part(one, other) and _one_content(one, other)


def _in_time(one: Statement, other: Statement) -> bool:
    mine, yours = window(one.claim.when), window(other.claim.when)
    return not (mine and yours and gap_days(mine, yours) > table()["apart_days"])


def _other_part(one: Statement, other: Statement) -> bool:
    """Whether one speaks of the centre and the other of the edge: to reach one is not to reach the other."""
    parts = [
        {part for part in table()["parts"] if has(side.claim.text, side.claim.language, f"parts/{part}")} for side in (one, other)
    ]
    # What is denied of the centre may be so of the rest; what is denied of the whole is denied of its parts.
    return bool(parts[0]) and parts[0] != parts[1]


def _one_content(one: Statement, other: Statement) -> bool:
    """Whether the content that is rejected is the one that is held: one act between the same, or mostly the same words."""
    if _actors_differ(one, other):
        return False
    mine, yours = one.claim, other.claim
    same_language = mine.language == yours.language
    words = {**one.words.content, **dict.fromkeys(one.words.names, float(table()["weights"]["name"]))}
    others = {**other.words.content, **other.words.names}
    both = shared(words, others) | set(shared_names(one.words.names, other.words.names))
    share = sum(words.get(word, table()["weights"]["name"]) for word in both) / (sum(words.values()) or 1.0)
    one_act = family(mine) == family(yours) and mine.kind not in table()["background"] and _modes_fit(one, other)
    if (one_act and (bool(both) or not same_language)) or _one_state(one, other):
        return True
    if same_language:
        return len(both) > 1 and share >= table()["content"]
    return bool(shared_names(one.words.names, other.words.names)) and _one_actor(mine.actor, yours.actor)


def _modes_fit(one: Statement, other: Statement) -> bool:
    mine, yours = one.claim, other.claim
    return mine.mode is None or yours.mode is None or mine.mode == yours.mode or mine.kind != yours.kind


def _actors_differ(one: Statement, other: Statement) -> bool:
    """Whether two named parties act: what one did not do another may have done."""
    mine, yours = one.claim.actor, other.claim.actor
    if mine is None or yours is None or mine.sector is None or yours.sector is None or _one_party(one, other):
        return False
    return mine.sector != yours.sector and camp(mine) is not None and camp(yours) is not None and camp(mine) != camp(yours)


def _one_party(one: Statement, other: Statement) -> bool:
    """Whether a party of one has a name that a party of the other has too, in whichever role."""
    named = [
        {
            key: name
            for actor in (side.claim.actor, side.claim.recipient)
            if actor
            for key, name in own_names(actor, side.claim).items()
        }
        for side in (one, other)
    ]
    return bool(shared_names(named[0], named[1]))


def own_names(actor: Actor, claim: Claim) -> dict[str, str]:
    """Return the names in a party's words that are not those of the place.

    A capital that opens a clause makes no name of a word for a group: "Police" is none, "Belmoran troops" has one.
    """
    place = words_of(f"x {claim.place.name}", claim.language).names if claim.place else {}
    named = {key: name for key, name in words_of(f"x {actor.raw}", claim.language).names.items() if not shared([key], place)}
    sure = words_of(claim.text, claim.language).sure
    return {key: name for key, name in named.items() if key in sure or key not in _group_stems(claim.language)}


@cache
def catalogue() -> ActorCatalogue:
    """Return the actors that ship with the package."""
    return load_catalogue()


@cache
def _group_stems(language: str) -> frozenset[str]:
    """Return the beginnings of the words for groups and offices in a language."""
    return frozenset(stem(word) for key in catalogue().words.get(language, {}) for word in key.split())


def _one_state(one: Statement, other: Statement) -> bool:
    """Whether both texts tell one state of one named: "is in prison" and "the arrest of"."""
    rows = [(number, state) for number, pair in enumerate(table()["opposites"]) for state in pair]
    return bool(shared_names(one.words.names, other.words.names)) and any(
        all(has(side.claim.text, side.claim.language, f"opposites/{number}/{state}") for side in (one, other))
        for number, state in rows
    )


def _one_actor(one: Actor | None, other: Actor | None) -> bool:
    return bool(one and other and (one.sector == other.sector is not None or fold(one.name) == fold(other.name)))


def camp(actor: Actor) -> str | None:
    """Return the side that an actor is on by its sector, None where that says none."""
    return next((name for name, sectors in table()["camps"].items() if actor.sector in sectors), None)


def has_contrast(one: Statement) -> bool:
    """Whether a claim has a "not X but Y"."""
    plain = level(one.claim.text)
    return any(re.search(pattern, plain) for pattern in table()["contrast"].get(one.claim.language, ()))


def _contrasted(one: Statement, other: Statement) -> str | None:
    """Return the words that one rejects in "not X but Y" where they are what the other says of the same act."""
    claim = one.claim
    both = shared(one.words.content, other.words.content) | set(shared_names(one.words.names, other.words.names))
    if len(both) < 2:
        return None
    said = {stem(key) for key in (*other.words.content, *other.words.names)}
    for pattern in table()["contrast"].get(claim.language, ()):
        for match in re.finditer(pattern, level(claim.text)):
            rejected = words_of(match[1], claim.language)
            if shared({*rejected.content, *rejected.names}, said):
                return str(match[1])
    return None
