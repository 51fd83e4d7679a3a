"""The text of a window as paragraphs of HTML: claims as links to their cards, damage as it is, nothing altered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from foreshock.briefs.coverage import DAMAGE_NAMES
from foreshock.briefs.locale import Reader
from foreshock.briefs.quotes import safe
from foreshock.model import Claim, Damage, Span
from foreshock.web.reading.letters import shown
from foreshock.web.reading.segments import Segment, segments
from foreshock.web.reading.window import Window

LOST = frozenset({"lost_number", "fragment"})
NESTED = 3  # how deep claims within claims are told apart by their shade


@dataclass(frozen=True, slots=True)
class Marks:
    """What is marked in a text.

    Attributes:
        claims: in the order of the text.
        numbers: claim id -> its number on the page.
        gone: ids of claims that a person rejected.
        damage: of the document and its claims, each once.
        found: spans that answer a search.
    """

    claims: Sequence[Claim]
    numbers: Mapping[str, int]
    gone: frozenset[str]
    damage: Sequence[Damage]
    found: Sequence[Span] = ()


def damage_of(document: Sequence[Damage], claims: Sequence[Claim]) -> list[Damage]:
    """Return the damage of a document and of its claims, each once, in the order of the text."""
    every = {(one.start, one.end, one.kind): one for one in [*document, *(hurt for claim in claims for hurt in claim.damage)]}
    return [every[key] for key in sorted(every)]


def note_of(reader: Reader, one: Damage) -> str:
    """Return what is said of a damage: its kind, the repair where one is argued, and why."""
    repair = "no repair is proposed" if one.proposal is None else "proposed: {proposal}"
    told = reader.say(repair, proposal=safe(one.proposal or ""))
    return f"{reader.say(DAMAGE_NAMES[one.kind])}; {told}; {safe(reader.say(one.why))}"


def paragraphs(text: str, window: Window, marks: Marks, reader: Reader) -> Iterator[Markup]:
    """Yield each line of a window that is not blank, marked, as the inside of a paragraph.

    Joined without their tags and with the blank lines put back they are the text, but for characters that are not seen.
    """
    by_name, spans = _spans(marks)
    every = segments(window.start, window.end, spans)
    piece = _piece(marks, by_name, reader)
    seen: set[str] = set()
    line: list[str] = []
    for one in every:
        parts = text[one.start : one.end].split("\n")
        for position, part in enumerate(parts):
            if position:
                if line:
                    yield Markup("".join(line))  # noqa: S704 - pieces are escaped
                line = []
            if part.rstrip("\r"):
                line.append(piece(part.rstrip("\r"), one, seen))
    if line:
        yield Markup("".join(line))  # noqa: S704 - pieces are escaped


def _spans(marks: Marks) -> tuple[dict[str, Claim | Damage], dict[str, list[Span]]]:
    by_name: dict[str, Claim | Damage] = {}
    spans: dict[str, list[Span]] = {}
    for claim in marks.claims:
        by_name[claim.id] = claim
        spans[claim.id] = [(claim.start, claim.end)]
        cues = [span for holder in claim.holders for span in holder.cue]
        cues += [(one.start, one.end) for one in claim.holders if one.start is not None and one.end is not None]
        if cues:
            spans[f"cue {claim.id}"] = cues
    for number, hurt in enumerate(marks.damage):
        by_name[f"damage {number}"] = hurt
        spans[f"damage {number}"] = [(hurt.start, hurt.end)]
    if marks.found:
        spans["found"] = list(marks.found)
    return by_name, spans


def _piece(marks: Marks, by_name: Mapping[str, Claim | Damage], reader: Reader) -> Callable[[str, Segment, set[str]], str]:
    def piece(text: str, one: Segment, seen: set[str]) -> str:
        told = str(shown(text))
        if not one.names:
            return told
        claims = [name for name in one.names if name in marks.numbers]
        hurt = [by_name[name] for name in one.names if name.startswith("damage ")]
        cues = [name[4:] for name in one.names if name.startswith("cue ")]
        if "found" in one.names:
            told = f'<mark class="found">{told}</mark>'
        if hurt and isinstance(hurt[0], Damage):
            told = _hurt(reader, hurt[0], told, alone=not claims)
        if cues:
            told = f'<span class="cue" data-cue="{" ".join(map(str, map(escape, cues)))}">{told}</span>'
        return _claimed(marks, claims, told, seen) if claims else told

    return piece


def _hurt(reader: Reader, one: Damage, told: str, *, alone: bool) -> str:
    sort = "lost" if one.kind in LOST else "doubt"
    focus = ' tabindex="0"' if alone else ""
    return f'<abbr class="damage {sort}" title="{escape(note_of(reader, one))}"{focus}>{told}</abbr>'


def _claimed(marks: Marks, claims: Sequence[str], told: str, seen: set[str]) -> str:
    inner = claims[0]
    new = [name for name in claims if name not in seen]
    seen.update(claims)
    numbers = "".join(f'<sup class="no" aria-hidden="true">{marks.numbers[name]}</sup>' for name in reversed(new))
    sorts = ["claim", f"deep{min(len(claims), NESTED)}"]
    sorts += ["gone"] if all(name in marks.gone for name in claims) else []
    tab = "" if inner in new else ' tabindex="-1"'
    ids = " ".join(claims)
    if not told.strip():  # nothing to name a link by
        return f'{numbers}<span class="{" ".join(sorts)}" data-claims="{ids}">{told}</span>'
    return f'{numbers}<a class="{" ".join(sorts)}" href="#claim-{inner}" data-claims="{ids}"{tab}>{told}</a>'
