"""The card of a claim: what was coded, in the reader's words, beside what it was coded from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from foreshock.briefs import receipts
from foreshock.briefs.brief import Cited
from foreshock.briefs.depths import DEPTHS, depth_of
from foreshock.briefs.locale import Reader
from foreshock.briefs.names import actor_name, holder_name, place_name, time_of
from foreshock.briefs.numbers import counted
from foreshock.briefs.quotes import safe
from foreshock.briefs.tables import phrase_of, standing_of
from foreshock.briefs.words import sentence
from foreshock.model import Actor, Claim, Damage, Judgement
from foreshock.pipeline import Opened, Workbench
from foreshock.web.reading.beside import Beside, Others
from foreshock.web.reading.marking import note_of
from foreshock.web.wording import condition_name

# Beside each word of standing, so that it is never told by colour: text signs, of which every font has one.
ICONS = {
    "asserted": "●", "negated": "○", "denied": "⊘", "retracted": "↺", "ordered": "➤", "permitted": "✓", "advised": "➢",
    "requested": "↦", "promised": "◇", "threatened": "▲", "planned": "▷", "wished": "☆", "conditional": "⑂", "forecast": "↗",
    "unknown": "?", "rumoured": "≈", "alleged": "◐", "assessed": "◭",
}  # fmt: skip
CONFIDENCE = ((0.75, "high"), (0.5, "moderate"), (0.0, "low"))
PRECISIONS = {
    "site": "an exact site", "city": "somewhere in the town", "admin2": "somewhere in the district",
    "admin1": "somewhere in the region", "country": "somewhere in the country",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figured:
    """A number as it is told, the words it stands in, and whether it was read, is in doubt or lost."""

    told: str
    raw: str
    state: str


@dataclass(frozen=True, slots=True)
class Step:
    """What one person decided of a claim, and whether it still counts."""

    judgement: Judgement
    counts: bool


@dataclass(frozen=True, slots=True)
class Card:
    """A claim in the reader's words.

    ``state`` says what persons made of it: "machine", "confirmed", "rejected" or "amended"; ``by`` is the judgement that did.
    """

    claim: Claim
    number: int
    text: str
    cited: tuple[Cited, ...]
    icon: str
    standing: str
    key: str
    kind: str
    gloss: str
    holders: tuple[tuple[str, str, str], ...]
    actor: str | None
    recipient: str | None
    place: str | None
    precision: str | None
    when: str | None
    figures: tuple[Figured, ...]
    damage: tuple[tuple[Damage, str], ...]
    confidence: tuple[str, str]
    depth: str
    state: str
    by: Judgement | None
    steps: tuple[Step, ...]
    coded: Claim | None
    others: Others | None
    conditions: tuple[tuple[str, str], ...]


def cards(
    opened: Opened, claims: Sequence[Claim], numbers: Mapping[str, int], *, reader: Reader, bench: Workbench, beside: Beside
) -> list[Card]:
    """Return the cards of claims of a document, in their order."""
    return [card(opened, one, numbers.get(one.id, 0), reader=reader, bench=bench, beside=beside) for one in claims]


def card(opened: Opened, claim: Claim, number: int, *, reader: Reader, bench: Workbench, beside: Beside) -> Card:
    """Return the card of one claim."""
    told, others = sentence(reader, [claim]), beside.of(claim.id)
    state, by = _state(opened, claim.id)
    key = standing_of(claim)
    figures = tuple(Figured(counted(reader, one), safe(one.raw), one.state) for one in claim.figures)
    return Card(
        claim=claim,
        number=number,
        text=told.text,
        cited=told.cited,
        icon=ICONS.get(key, "●"),
        standing=receipts.standing(reader, claim.status, negated=claim.negated),
        key=key,
        kind=reader.say(phrase_of(claim).label),
        gloss=_gloss(claim, bench),
        holders=tuple(
            (holder_name(reader, one, claim), reader.say(one.role), receipts.standing(reader, one.status))
            for one in claim.holders
        ),
        actor=_named(reader, claim.actor, claim),
        recipient=_named(reader, claim.recipient, claim),
        place=place_name(reader, claim.place, claim.language) if claim.place else None,
        precision=reader.say(PRECISIONS[claim.place.precision]) if claim.place and claim.place.precision else None,
        when=time_of(reader, claim.when) if claim.when else None,
        figures=figures,
        damage=tuple((one, note_of(reader, one)) for one in claim.damage),
        confidence=(reader.say(next(word for least, word in CONFIDENCE if claim.confidence >= least)), f"{claim.confidence:.2f}"),
        depth=reader.say(DEPTHS[depth_of(claim.coder)]),
        state=state,
        by=by,
        steps=tuple(Step(one, one.id in opened.standing) for one in opened.history.get(claim.id, ())),
        coded=opened.coded[claim.id] if state == "amended" else None,
        others=others,
        conditions=tuple((one.id, condition_name(reader, one)) for one in others.conditions) if others else (),
    )


def _state(opened: Opened, claim_id: str) -> tuple[str, Judgement | None]:
    for name in ("rejected", "amended", "confirmed"):
        found: Mapping[str, Judgement] = getattr(opened, name)
        if claim_id in found:
            return name, found[claim_id]
    return "machine", None


def _named(reader: Reader, actor: Actor | None, claim: Claim) -> str | None:
    return actor_name(reader, actor, claim) if actor else None


def _gloss(claim: Claim, bench: Workbench) -> str:
    """Return what the codebook says of the kind, and of its mode where it has one."""
    entry = bench.codebook.kinds.get(claim.kind)
    if entry is None:
        return ""
    mode = entry.modes.get(claim.mode or "")
    return f"{mode.gloss} ({entry.gloss})" if mode else entry.gloss
