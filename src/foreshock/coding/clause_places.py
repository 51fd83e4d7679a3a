"""Where the event of a clause was: which of the places named around a predicate is its place.

A phrase of place ("in", "near", で, в) says it best; then a town or site that is done something to. A place by which another is
found ("30 km north of Baghdad") is not where anything happened, and who acts is no place. Where a clause itself does not say, a
clause that tells of the same event does: "killed ... WHEN a bomb went off in X", "attacked a market in X, KILLING nine". What is
merely said, asked or supposed elsewhere never does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from foreshock.coding.place_evidence import is_landmark, marker_before
from foreshock.coding.places import PlaceMention
from foreshock.model import Place
from foreshock.ontology.place_words import PlaceWords, place_words
from foreshock.reading.languages.base import Argument, Clause, Parse

_PRECISION = {"site": 4, "city": 3, "": 3, "admin2": 2, "admin1": 1, "region": 1, "country": 0}
_SAME_EVENT = frozenset({"adverbial", "coordinate", "relative", "purpose"})
_SURE = 2
_UP = 3  # clauses above that are asked
_OTHER_VOICE = frozenset({"content", "question"})


def place_of_clause(mentions: Sequence[PlaceMention], clause: Clause, parse: Parse) -> Place | None:
    """Return where the event of a clause was (:func:`mention_of_clause`), or None where the clause does not say."""
    found = mention_of_clause(mentions, clause, parse)
    origin, destination = ends_of_movement(mentions, clause, parse)
    place = found.place if found is not None else destination or origin
    if place is None or (origin is None and destination is None):
        return place
    return replace(place, origin=origin, destination=destination)


def ends_of_movement(mentions: Sequence[PlaceMention], clause: Clause, parse: Parse) -> tuple[Place | None, Place | None]:
    """Return from where and to where somebody or something is moved by a clause; None where it is no movement or does not say."""
    moves = place_words(parse.sentence.language).moves
    verb = clause.lemma.split()[0] if clause.lemma else ""
    ends: dict[str, Place] = {}
    for argument in clause.arguments:
        mention = next((one for one in reversed(mentions) if _heads(one, argument)), None)
        if mention is None:
            continue
        marker, direct = argument.marker.casefold(), argument.role == "object"
        if (direct and verb in moves.leaving) or (verb in moves.verbs and marker in moves.origins):
            ends.setdefault("origin", mention.place)
        elif (direct and verb in moves.reaching) or (verb in moves.verbs and marker in moves.goals):
            ends.setdefault("destination", mention.place)
    return ends.get("origin"), ends.get("destination")


def _heads(mention: PlaceMention, argument: Argument) -> bool:
    """Whether a place is the head of a phrase, not a part of what stands there: "from Goma", not "from Goma's airport chief"."""
    return mention.start >= argument.start and mention.end == argument.end and not mention.attributive


def mention_of_clause(mentions: Sequence[PlaceMention], clause: Clause, parse: Parse) -> PlaceMention | None:
    """Return the name of the place where the event of a clause was, or None where the clause does not say.

    A phrase of place ("in", "near", で, に) goes before a town that is an object or follows "of"; among equals the more precise,
    then the earlier. Who acts is no place: "the army of Egypt", 米国は. A dateline is no argument of a clause and so never taken.
    Clauses of the same event are asked after the clause itself, the nearest first.
    """
    words = place_words(parse.sentence.language)
    for one in (clause, *_of_same_event(clause, parse)):
        rated = [(rating, mention) for mention in mentions if (rating := _rating(mention, one, parse, words)) is not None]
        if rated:
            return max(rated, key=lambda pair: (_rank(*pair[0]), -pair[1].start))[1]
    return None


def _rank(surety: int, precision: int) -> tuple[int, int, int]:
    """Order ratings: among places that are sure enough the more precise one, then the surer one."""
    return min(surety, _SURE), precision, surety


def _of_same_event(clause: Clause, parse: Parse) -> Iterator[Clause]:
    """Yield the clauses that tell of the same event: those that hang on this one, then the one that it hangs on."""
    for child in parse.clauses:
        if child.parent != clause.index or child.relation not in _SAME_EVENT or _speaks(child, parse):
            continue
        if child.relation == "coordinate" and not _shares(child, clause):
            continue
        if child.relation == "relative" and not _of_circumstance(child, clause):
            continue
        yield child
    for _ in range(_UP):
        if clause.relation not in _SAME_EVENT or clause.parent is None:
            return
        above = parse.clauses[clause.parent]
        if _speaks(above, parse) or (clause.relation == "coordinate" and not _shares(clause, above)):
            return
        yield above
        clause = above


def _shares(one: Clause, other: Clause) -> bool:
    """Whether two joined clauses have a subject or object in common, or the second has none of its own."""
    heads = {argument.head for argument in other.arguments if argument.role in ("subject", "object")}
    own = [argument.head for argument in one.arguments if argument.role in ("subject", "object")]
    return not own or any(head in heads for head in own)


def _of_circumstance(relative: Clause, clause: Clause) -> bool:
    """Whether a relative clause tells of a circumstance or of what was acted on ("hit a bus that ..."), not of who did it."""
    heads = {one.head for one in clause.arguments if one.role in ("oblique", "object")}
    return any(one.head in heads for one in relative.arguments)


def _speaks(clause: Clause, parse: Parse) -> bool:
    """Whether a clause has what somebody says, asks or thinks: its place is where that was said."""
    return any(one.parent == clause.index and one.relation in _OTHER_VOICE for one in parse.clauses)


def _rating(mention: PlaceMention, clause: Clause, parse: Parse, words: PlaceWords) -> tuple[int, int] | None:
    """Rate a mention as the clause's place: (surety, precision), None where it is none."""
    argument = _argument_of(mention, clause)
    marker = marker_before(mention.start, mention.end, mention.place.raw, parse, words)
    precision = _fineness(mention)
    inner = words.markers.get(marker, 0) if marker else 0
    if is_landmark(mention.start, parse, words):
        return None
    if argument is None:
        inside = clause.start <= mention.start and mention.end <= clause.end and mention.head in clause.tokens
        return (inner, precision) if inside and inner >= 2 and not mention.attributive else None
    if argument.marker.casefold() in words.matters or (marker in words.origins and argument.marker.casefold() != marker):
        return None
    own = words.markers.get(argument.marker.casefold(), 0) if argument.role == "oblique" and not _topical(argument, words) else 0
    seated = mention.attributive and (precision > 0 or _seat(argument, words))
    if argument.role == "oblique" and own >= 2 and (not mention.attributive or seated):
        return own, precision
    if inner >= 2 and not mention.attributive:
        return inner - 1, precision
    return _as_object(mention, argument, clause, words, precision)


def _fineness(mention: PlaceMention) -> int:
    """Rank how small a place is: one that no gazetteer lists is small, a region of many countries as wide as a country."""
    if mention.place.lat is None and mention.feature not in ("admin1", "country"):
        return _PRECISION["site"]
    if mention.feature == "region" and mention.place.country is None:
        return 0
    return _PRECISION.get(mention.feature, 1)


def _as_object(
    mention: PlaceMention, argument: Argument, clause: Clause, words: PlaceWords, precision: int
) -> tuple[int, int] | None:
    """Rate a place that something is done to, or that stands in the name of what it is done to."""
    seated = mention.attributive and _seat(argument, words)
    objective = argument.role in ("object", "oblique") or (argument.role == "subject" and (clause.passive or seated))
    if not objective or _is_capital_alone(mention, argument):
        return None
    direct = argument.role == "object" and not mention.attributive
    if direct and clause.lemma.split()[0] in words.verbs:
        return 2, precision
    return (2 if direct else 1, precision) if precision > 0 or seated else None


def _argument_of(mention: PlaceMention, clause: Clause) -> Argument | None:
    holding = [one for one in clause.arguments if one.start <= mention.start and mention.end <= one.end]
    return min(holding, key=lambda one: one.end - one.start) if holding else None


def _seat(argument: Argument, words: PlaceWords) -> bool:
    """Tell whether a phrase is headed by a word for a place: "the Sudan border", カザフスタン国境."""
    text = argument.text.casefold()
    return any(text.endswith(seat) or text.startswith(f"{seat} of") for seat in words.seats)


def _topical(argument: Argument, words: PlaceWords) -> bool:
    """Tell whether a phrase says what something is about, not where: "in support of Zhanaozen"."""
    return any(word in words.topics for word in argument.text.casefold().split()[:2])


def _is_capital_alone(mention: PlaceMention, argument: Argument) -> bool:
    """Tell whether an object is the bare name of a town in an oblique that is no place: "with Moscow", "by Asmara"."""
    bare = argument.end - argument.start == mention.end - mention.start
    return bare and argument.role == "oblique"
