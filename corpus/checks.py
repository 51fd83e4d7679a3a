"""What a document must keep besides its syntax: slots and marks agree, names are known, numbers are those in the words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache

from babel import Locale
from babel.core import get_global

from corpus.claim_line import PARTIES, PLACES
from corpus.markup import Fault
from corpus.records import AnnotatedClaim, MiniDocument
from foreshock import dates
from foreshock.ontology.codebook import load_codebook

SLOTS = {role: slot for slot, role in (PARTIES | PLACES).items()}
OPENS = "(（［【["
# Numbers in words are not read here: only digits are compared.
DIGITS = re.compile(r"\d[\d.,  \u066b\u066c٬٫’'_]*")
COUNTRIES_APART = frozenset(["XKX"])


def check(documents: Iterable[MiniDocument]) -> Iterator[Fault]:
    """Yield every fault of these documents."""
    seen: Counter[tuple[str, str]] = Counter()
    for document in documents:
        seen[document.language, document.id] += 1
        if seen[document.language, document.id] > 1:
            yield Fault(
                document.path,
                document.line,
                f"the id {document.id} stands twice in {document.language}; ids are unique in a language",
            )
        if document.country not in countries():
            yield Fault(document.path, document.line, f"{document.country} is no country of ISO 3166")
        spans = Counter((claim.kind, claim.around("c")) for claim in document.claims)
        for claim in document.claims:
            if spans[claim.kind, claim.around("c")] > 1:
                what = f"claim {claim.number}: two claims of {claim.kind} have the same content; narrow one to its own clause"
                yield Fault(document.path, claim.line, what)
            for what in faults_of(claim, document):
                yield Fault(document.path, claim.line, f"claim {claim.number}: {what}")


@cache
def countries() -> frozenset[str]:
    """ISO 3166 alpha-3 codes that CLDR names."""
    known = {f"{code}" for code in Locale("en").territories} - {"ZZ"}  # ZZ: a region that is not known
    aliases = {f"{three}": two for three, two in get_global("territory_aliases").items()}
    return frozenset(three for three, two in aliases.items() if len(three) == 3 and set(two) & known) | COUNTRIES_APART


def faults_of(claim: AnnotatedClaim, document: MiniDocument) -> Iterator[str]:
    """Yield what is wrong with one claim."""
    modes = load_codebook()[claim.kind].modes
    if claim.mode is not None and claim.mode not in modes:
        yield f"{claim.kind} has no mode {claim.mode!r}; modes are {', '.join(modes) or 'none'}"
    yield from _slots(claim)
    yield from _holders(claim, document)
    yield from _cues(claim, document)
    yield from _spans(claim, document)
    if claim.negated and claim.status == "denied":
        yield "a denied claim is never negated: the denial is the status"
    told = [party.country for party in claim.parties.values()]
    for place in claim.places.values():
        told += [place.country, *place.claimed_by]
    if unknown := sorted({code for code in told if code is not None and code not in countries()}):
        yield f"{unknown[0]} is no country of ISO 3166"
    if claim.time is not None:
        yield from _time(claim, document)
    for count, (start, end) in zip(claim.counts, claim.spans("n"), strict=False):
        yield from _number(document.text[start:end], count.low, count.best, count.high)


def _slots(claim: AnnotatedClaim) -> Iterator[str]:
    for role, slot in SLOTS.items():
        told = role in claim.parties or role in claim.places
        if told and not claim.spans(role):
            yield f"{slot} is told and no words are marked [{role}{claim.number}:...]"
        if claim.spans(role) and not told:
            yield f"words are marked [{role}{claim.number}:...] and the line has no {slot}"
    if bool(claim.spans("w")) != (claim.time is not None):
        yield f"when and [w{claim.number}:...] go together"
    if len(claim.spans("n")) != len(claim.counts):
        marked = len(claim.spans("n"))
        yield f"{marked} words marked [n{claim.number}:...] and {len(claim.counts)} figures; one each, in the order of the text"


def _holders(claim: AnnotatedClaim, document: MiniDocument) -> Iterator[str]:
    depth = 2 if claim.spans("hh") else 1 if claim.spans("h") else 0
    if depth == 2 and not claim.spans("h"):
        yield "an inner speaker [hh] needs an outer one [h]"
    if depth != len(claim.holder_types):
        yield f"{depth} speakers are marked and by tells {len(claim.holder_types)}; write by named, or by body > role for two"
    if claim.holder_names and len(claim.holder_names) != depth:
        yield f"holder names {len(claim.holder_names)} of {depth} speakers; names are joined by >"
    if "pronoun" in claim.holder_types and not claim.holder_names:
        yield "a pronoun needs the holder that it stands for: holder NAME"
    if claim.status in ("denied", "alleged", "retracted") and not depth and not claim.spans("o") and not claim.spans("q"):
        yield f"{claim.status} by whom? mark the speaker, or the cue that says so"
    if claim.outer != "asserted" and depth + bool(claim.spans("o")) < 2:
        yield "outer is the standing with the holder around the innermost one, and there is none"
    for start, end in claim.spans("h") + claim.spans("hh") + claim.spans("o"):
        if end - start > 90:
            yield f"the holder {document.text[start:end]!r} is too long; mark who speaks, with title, without relative clauses"


def _cues(claim: AnnotatedClaim, document: MiniDocument) -> Iterator[str]:
    cues = [span for role in ("q", "qq", "qo") for span in claim.spans(role)]
    for start, end in (span for role in ("h", "hh", "o") for span in claim.spans(role)):
        for first, last in cues:
            # A pronoun may stand inside the cue ("a-t-il dit"); a cue never inside who speaks.
            if first < end and start < last and not (first <= start and end <= last and (first, last) != (start, end)):
                words, cue = document.text[start:end], document.text[first:last]
                yield f"the holder {words!r} and the cue {cue!r} overlap; mark who says and how it is said apart"


def _spans(claim: AnnotatedClaim, document: MiniDocument) -> Iterator[str]:
    content = claim.around("c")
    trigger = claim.around("t")
    if content is None or trigger is None:
        return
    if not (content[0] <= trigger[0] and trigger[1] <= content[1]):
        yield "the trigger stands outside the content"
    if document.sentence_of(content[0]) != document.sentence_of(content[1] - 1):
        yield "the content runs over two sentences; a claim is a clause"
    if trigger[1] - trigger[0] > 80:
        yield f"the trigger {document.text[slice(*trigger)]!r} is too long; mark the words that name the act"


def _time(claim: AnnotatedClaim, document: MiniDocument) -> Iterator[str]:
    time = claim.time
    if time is None or time.start is None or time.end is None:
        return
    if dates.first_day(time.start) > dates.last_day(time.end):
        yield f"when ends before it begins: {time.start}..{time.end}"
    published = dates.first_day(document.published)
    if time.form == "relative" and abs((dates.first_day(time.start) - published).days) > 366 * 60:
        yield f"when {time.start} is told as relative and lies more than sixty years from {document.published}"


def _number(words: str, *values: float | None) -> Iterator[str]:
    """A number written in digits alone must be one of the values, as it is or by a power of ten that a word beside it names."""
    found = DIGITS.findall(unicodedata.normalize("NFKC", words))
    told = {value for value in values if value is not None}
    if len(found) != 1 or not told:
        return
    plain = "".join(str(unicodedata.digit(char)) for char in found[0] if char.isdigit())
    digits = {f"{value:.15g}".replace(".", "").rstrip("0").lstrip("0") for value in told}
    if plain.rstrip("0").lstrip("0") not in digits and not any(char in words for char in "万億萬亿兆만억조千百"):
        yield f"the words {words!r} and the number {sorted(told)[0]:g} do not agree"
