"""Places that no gazetteer lists: a village, a farm, a checkpoint is told by its name all the same.

It is believed where the sentence says what it is ("the village of X", "X district") or where it both stands after a word of
place and is taken for a place by the parser. It has no coordinates and no country, and a precision only where its kind is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from foreshock.coding.place_evidence import Evidence, Span, evidence_for, is_parsed, marker_before, script_of
from foreshock.model import PlacePrecision
from foreshock.ontology.place_words import PlaceWords
from foreshock.reading.languages.base import Parse, Token

_PRECISIONS: dict[str, PlacePrecision] = {"site": "site", "city": "city", "admin2": "admin2", "admin1": "admin1"}
_LONGEST = 5


def unlisted_precision(feature: str) -> PlacePrecision | None:
    """Return how precise a place of this kind is, None where its kind is not said."""
    return _PRECISIONS.get(feature)


def unlisted_places(parse: Parse, listed: Sequence[Span], words: PlaceWords) -> Iterator[tuple[Span, Evidence, str]]:
    """Yield the names of places in a parsed sentence beside the ``listed`` ones: span, evidence, feature ("" unknown)."""
    if not is_parsed(parse):
        return
    taken = {index for span in listed for index in range(span.first, span.last + 1)}
    for run in _names(parse.tokens, taken):
        start, end = run[0].start, run[-1].end
        base = parse.sentence.start
        span = Span(run[0].index, run[-1].index, start, end, parse.sentence.text[start - base : end - base])
        evidence = evidence_for(span, parse, words)
        feature, apart = _kind_said(run, parse.tokens, words)
        if _believed(span, evidence, feature, parse, words, apart=apart):
            yield span, evidence, feature or ""


def _names(tokens: Sequence[Token], taken: set[int]) -> Iterator[list[Token]]:
    """Yield the runs of proper names that no listed place is part of."""
    run: list[Token] = []
    for token in [*tokens, None]:
        if token is not None and token.index not in taken and _is_name(token, run):
            run.append(token)
            continue
        while run and not run[-1].text[:1].isalpha():
            run.pop()
        beside = token is not None and token.index in taken and token.upos == "PROPN"
        before = bool(run) and run[0].index - 1 in taken and tokens[run[0].index - 1].end + 1 >= run[0].start
        if run and len(run) <= _LONGEST and not beside and not before:
            yield run
        run = [] if token is None or token.index in taken or not _is_name(token, []) else [token]


def _is_name(token: Token, run: Sequence[Token]) -> bool:
    if run and token.text in ("-", "‘", "’", "'") and token.start == run[-1].end:
        return True
    if run and (run[-1].entity != token.entity and not (run[-1].text in "-‘’'" or token.start == run[-1].end)):
        return False
    joined = script_of(token.text) == "unspaced" or token.text[:1].isupper() or token.text.casefold() in ("al", "el")
    return token.upos == "PROPN" and joined


def _kind_said(run: Sequence[Token], tokens: Sequence[Token], words: PlaceWords) -> tuple[str | None, bool]:
    """Return the feature that a word beside or in the name says (None: no word), and whether it stands apart from the name.

    "town of X" and "X district" say it apart; "X Hospital" may as well be a body.
    """
    last = run[-1]
    before = [token.text.casefold() for token in tokens[max(0, run[0].index - 2) : run[0].index]]
    if len(before) == 2 and before[1] in words.joints and before[0] in words.kinds:
        return words.kinds[before[0]], True
    if len(run) > 1 and last.text.casefold() in words.kinds:
        return words.kinds[last.text.casefold()], False
    after = tokens[last.index + 1] if last.index + 1 < len(tokens) else None
    if after is not None and after.text.casefold() in words.kinds and after.upos in ("NOUN", "PROPN"):
        return words.kinds[after.text.casefold()], after.text.islower()
    return (words.kinds[before[-1]], True) if before and before[-1] in words.kinds else (None, False)


def _believed(span: Span, evidence: Evidence, feature: str | None, parse: Parse, words: PlaceWords, *, apart: bool) -> bool:
    entities = {token.entity.removeprefix("B-").removeprefix("I-") for token in parse.tokens[span.first : span.last + 1]}
    if (
        span.text.casefold() in words.kinds
        or evidence.common
        or evidence.label == "demonym"
        or any(one and one not in words.labels for one in entities)
    ):
        return False
    marker = marker_before(span.start, span.end, span.text, parse, words)
    placed = words.markers.get(marker, 0) >= 2
    if feature is not None:
        return apart or placed or evidence.label == "place"
    if evidence.label == "place":
        return placed
    acronym = span.text.isupper() and len(span.text) <= 5
    return words.markers.get(marker, 0) >= 3 and evidence.label in ("person", "") and evidence.placed and not acronym
