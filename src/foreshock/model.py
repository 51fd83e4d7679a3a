"""The frozen records that rooms hand to each other; no I/O.

Ids are hashes of the fields that make a thing that thing, so reading the same input twice gives the same ids. Times are UTC
(``YYYY-MM-DDTHH:MM:SSZ``); calendar dates are ISO prefixes whose length is their precision (see :mod:`foreshock.dates`).
Offsets are half-open and count code points of ``Document.text``, never of a sentence.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any, Literal

DamageKind = Literal[
    "lost_number", "suspect_number", "unit_mismatch", "doubled_punctuation", "glued_name",
    "mojibake", "translated_name", "fragment", "polarity_suspect",
]  # fmt: skip
Kind = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
    "HARM", "CONTROL", "OFFICE", "ADVISE", "ASSESS", "LIKEN", "STATE",
]  # fmt: skip
Status = Literal[
    "retracted", "denied", "ordered", "permitted", "advised", "requested", "promised", "threatened", "planned", "wished",
    "conditional", "forecast", "unknown", "rumoured", "alleged", "assessed", "asserted",
]  # fmt: skip
Certainty = Literal["certain", "probable", "possible"]
Phase = Literal["attempted", "foiled", "begun", "ongoing", "ended"]
Basis = Literal["eyewitness", "official", "document", "imagery", "hearsay", "unstated"]
HolderRole = Literal["document", "outlet", "speaker"]
FigureState = Literal["read", "suspect", "lost"]
FigureWhat = Literal[
    "killed", "injured", "missing", "displaced", "detained", "deployed", "strength", "participants", "votes", "waves",
    "age", "duration", "distance", "money", "other",
]  # fmt: skip
Bound = Literal["at_least", "at_most", "about", "nearly", "over", "dozens", "hundreds", "thousands", "range"]
PlacePrecision = Literal["site", "city", "admin2", "admin1", "country"]
WhenPrecision = Literal["part_of_day", "day", "month", "season", "year", "range"]
Depth = Literal["parsed", "surface"]
Span = tuple[int, int]
SpeechForm = Literal["direct", "indirect", "mixed"]
DateBasis = Literal["given", "dateline", "metadata"]


def record_id(*parts: object) -> str:
    """Return the id of a record: the first 20 hex digits of SHA-256 over its parts.

    Parts are joined by U+001F, which no address, kind or offset contains, so that ("ab", "c") and ("a", "bc") differ.
    """
    return hashlib.sha256("\x1f".join(str(part) for part in parts).encode("utf-8")).hexdigest()[:20]


@dataclass(frozen=True, slots=True)
class Damage:
    """A place where the text is not what its author wrote, with a repair where one can be argued.

    ``proposal`` is beside the text and never applied to it; ``why`` is the argument, in one English sentence.
    """

    kind: DamageKind
    start: int
    end: int
    raw: str
    proposal: str | None
    why: str


@dataclass(frozen=True, slots=True)
class Custody:
    """Where the bytes of a document came from: what an archive would sign.

    ``sha256`` is over the bytes as fetched, before decompression of containers and before decoding.
    """

    sha256: str
    size: int
    fetched_at: str
    origin: str
    final_url: str | None = None
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Extract:
    """What reading found in the bytes of one page or file: text and what its container says of it.

    ``text`` of a plain-text file is the decoded text, unchanged. ``published`` is an ISO prefix from metadata. ``translated``
    names fingerprints of machine translation ("gtranslate", "transposh", ...). ``notes`` are things the reader should know
    ("decoded as windows-1251 (detected)"). ``url`` is the address that the page or file gives for itself.
    """

    text: str
    media_type: str
    title: str | None = None
    published: str | None = None
    language: str | None = None
    source: str | None = None
    licence: str | None = None
    translated: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One text as published. ``text`` is the decoded text, unchanged: every offset of the system counts its code points.

    ``id`` is the hash of the canonical source and address, ``version`` that of the content, so an edited article is a new
    version of the same document. ``published`` is an ISO prefix and ``published_by`` says where it was found.
    ``translated`` names the fingerprints of machine translation that were read in the page, if any.
    """

    id: str
    version: str
    source: str
    url: str | None
    language: str
    title: str | None
    text: str
    published: str | None
    published_by: DateBasis | None
    fetched_at: str
    media_type: str
    custody: Custody
    licence: str | None = None
    translated: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    damage: tuple[Damage, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a document with exact offsets: ``document.text[start:end] == text``.

    ``paragraph`` is the index of its paragraph; headings and bylines are sentences of their own.
    """

    document_id: str
    index: int
    start: int
    end: int
    text: str
    language: str
    paragraph: int = 0
    damage: tuple[Damage, ...] = ()


@dataclass(frozen=True, slots=True)
class Holder:
    """One link of the chain of holders: who gives the content its standing, outermost first.

    The last five fields tell where the text says so; they are empty for the document itself and where no words do.
    ``start`` and ``end`` are the words that name the source, ``cue`` those that attribute, ``content`` those attributed.
    """

    name: str
    role: HolderRole
    raw: str
    status: Status
    start: int | None = None
    end: int | None = None
    cue: tuple[Span, ...] = ()
    content: tuple[Span, ...] = ()
    form: SpeechForm | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Words that a text gives to somebody: who, the words that say so, and the words given.

    All spans are half-open, in code points of ``Document.text``. ``source`` is None where the text names nobody ("it is said");
    ``cue`` is empty where only layout or quotation marks attribute. ``content`` has several spans where other words stand
    between; it lacks the conjunction and the outer quotation marks. ``form``: all, nothing or a part of it is quoted.
    ``holder`` is the fullest name of the source that the text itself gives, else the source's words. ``within`` is the
    position, in the document's list, of the innermost attribution whose content holds this one.
    """

    source: Span | None
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    form: SpeechForm
    holder: str | None
    within: int | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts or is acted on; ``country`` is ISO 3166 alpha-3, ``sector`` a PLOVER sector; null where not known."""

    name: str
    raw: str
    country: str | None = None
    sector: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where the event was, with the precision of what was said; ``lat`` and ``lon`` in degrees, WGS 84.

    Of a movement ``origin`` and ``destination`` tell from where and to where ("from" and "to" in JSON); ``claimed_by`` lists the
    states, ISO 3166 alpha-3, that claim a disputed territory.
    """

    name: str
    raw: str
    country: str | None
    lat: float | None
    lon: float | None
    precision: PlacePrecision | None
    claimed_by: tuple[str, ...] = ()
    origin: Place | None = None
    destination: Place | None = None


@dataclass(frozen=True, slots=True)
class When:
    """The time of the event as ISO prefixes, both ends included; null ends are open or not known."""

    start: str | None
    end: str | None
    precision: WhenPrecision
    raw: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that a text gives, or gave before it was damaged.

    ``low``, ``best``, ``high`` hold what was said and nothing between: "150-200" has no best. A ``lost`` or ``suspect``
    figure has ``best=None``; what could be read of a suspect one stands in ``candidates``.
    """

    what: FigureWhat
    of: str | None
    unit: str | None
    low: float | None
    best: float | None
    high: float | None
    bound: Bound | None
    counting: Literal["new", "cumulative"] | None
    scope: str | None
    as_of: str | None
    state: FigureState
    candidates: tuple[float, ...]
    raw: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Claim:
    """These holders give this content this standing, in these words (docs/claims.md is the contract)."""

    id: str
    document_id: str
    version: str
    language: str
    start: int
    end: int
    text: str
    kind: Kind
    mode: str | None
    status: Status
    negated: bool
    certainty: Certainty
    phase: Phase | None
    basis: Basis
    holders: tuple[Holder, ...]
    actor: Actor | None
    recipient: Actor | None
    place: Place | None
    when: When | None
    figures: tuple[Figure, ...]
    damage: tuple[Damage, ...]
    confidence: float
    coder: str


@dataclass(frozen=True, slots=True)
class Mention:
    """What the surface reading is sure of in a sentence: a place, a date or a number, without saying what happened."""

    sentence: int
    content: Place | When | Figure


@dataclass(frozen=True, slots=True)
class Reading:
    """A document after reading: its language with the reason to trust it, sentences, damage, and how deep it was read.

    ``depth`` is ``parsed`` where a grammar stands behind the language and ``surface`` where it does not.
    """

    document: Document
    sentences: tuple[Sentence, ...]
    depth: Depth
    language_why: str
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Crisis:
    """A saved filter with a name: what a brief is about. ``countries`` are ISO 3166 alpha-3; window ends are ISO prefixes."""

    name: str
    countries: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    words: tuple[str, ...] = field(default=())


def claim_id(document_id: str, version: str, start: int, end: int, kind: str, coder: str) -> str:
    """Return the id of a claim: the hash of document, version, span, kind and coder."""
    return record_id("claim", document_id, version, start, end, kind, coder)


_ENDS = {"origin": "from", "destination": "to"}
_SELDOM = frozenset({"claimed_by", *_ENDS})


def to_json(record: Any) -> Any:
    """Return a record as JSON-ready values; an unknown actor, recipient or place of a claim is ``{}``, as in the contract."""
    if isinstance(record, (list, tuple)):
        return [to_json(one) for one in record]
    if not hasattr(record, "__dataclass_fields__"):
        return record
    empty = ("actor", "recipient", "place") if isinstance(record, Claim) else ()
    values = {name: getattr(record, name) for name in record.__dataclass_fields__}
    if isinstance(record, Place):
        # What a place is not asked for, it does not print: only a movement has ends, only a disputed territory has claimants.
        values = {_ENDS.get(name, name): value for name, value in values.items() if value or name not in _SELDOM}
    return {name: {} if value is None and name in empty else to_json(value) for name, value in values.items()}


def _build(cls: Any, value: Any) -> Any:
    return None if not value else cls(**value)


def _place(value: Any) -> Place | None:
    if not value:
        return None
    ends = {name: _place(value.get(key)) for name, key in _ENDS.items()}
    plain = {key: one for key, one in value.items() if key not in _ENDS.values()}
    return Place(**{**plain, "claimed_by": tuple(value.get("claimed_by", ())), **ends})


def _holder(value: dict[str, Any]) -> Holder:
    spans = {name: tuple((int(a), int(b)) for a, b in value.get(name, ())) for name in ("cue", "content")}
    return Holder(**{**value, **spans})


def claim_from_json(value: dict[str, Any]) -> Claim:
    """Return the claim that :func:`to_json` wrote; the inverse of it."""
    return Claim(
        **{
            **value,
            "holders": tuple(_holder(one) for one in value["holders"]),
            "actor": _build(Actor, value["actor"]),
            "recipient": _build(Actor, value["recipient"]),
            "place": _place(value["place"]),
            "when": _build(When, value["when"]),
            "figures": tuple(Figure(**{**one, "candidates": tuple(one["candidates"])}) for one in value["figures"]),
            "damage": tuple(Damage(**one) for one in value["damage"]),
        }
    )


def document_from_json(value: dict[str, Any]) -> Document:
    """Return the document that :func:`to_json` wrote; the inverse of it."""
    custody = value["custody"]
    return Document(
        **{
            **value,
            "custody": Custody(**{**custody, "headers": tuple((k, v) for k, v in custody["headers"])}),
            "translated": tuple(value["translated"]),
            "notes": tuple(value["notes"]),
            "damage": tuple(Damage(**one) for one in value["damage"]),
        }
    )
