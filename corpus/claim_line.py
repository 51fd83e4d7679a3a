"""Reads the line of a claim: ``1 COERCE/arrest denied; by body; basis official; actor KEN COP; when 2033-05-02 rel``."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, get_args

from corpus.records import AnnotatedClaim, Count, Form, HolderType, Mark, Party, Time, Where
from foreshock import dates
from foreshock.model.values import Basis, Bound, Certainty, FigureState, FigureWhat, Kind, Phase, PlacePrecision, Status
from foreshock.ontology.actor_catalogue import SECTORS

KINDS, STATUSES, CERTAINTIES, PHASES, BASES = (get_args(one) for one in (Kind, Status, Certainty, Phase, Basis))
BOUNDS, WHATS, STATES, PRECISIONS = (get_args(one) for one in (Bound, FigureWhat, FigureState, PlacePrecision))
TYPES, FORMS = get_args(HolderType), get_args(Form)
PLACES = {"place": "p", "from": "pf", "to": "pt"}
PARTIES = {"actor": "a", "recipient": "r"}
VAGUE = frozenset(["dozens", "hundreds", "thousands"])
NUMBER = r"\d+(?:\.\d+)?"


class ClaimLineError(ValueError):
    """A part of the line that says nothing; the message names it and what may stand there."""


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """What a claim's line says, before the marks are known."""

    number: int
    fields: dict[str, Any] = field(default_factory=dict)

    def claim(self, marks: tuple[Mark, ...], line: int) -> AnnotatedClaim:
        """Return the claim with its marks."""
        return AnnotatedClaim(number=self.number, marks=marks, line=line, **self.fields)


def read_claim_line(text: str) -> ClaimLine:
    """Return what the line says; ``text`` is the line without its ``>``.

    >>> read_claim_line("1 COERCE/arrest not asserted probable; actor KEN COP").fields["negated"]
    True

    Raises:
        ClaimLineError: a part of it says nothing.
    """
    head, *rest = [part.strip() for part in text.split(";")]
    number, found = _head(head)
    found |= {
        "basis": "unstated", "holder_types": (), "holder_names": (), "outer": "asserted", "parties": {}, "places": {},
        "time": None, "counts": (), "form": None,
    }  # fmt: skip
    seen: set[str] = set()
    for part in rest:
        if not part:
            continue
        key, _, value = part.partition(" ")
        value = value.strip()
        if key in seen and key != "figure":
            raise ClaimLineError(f"{part!r}: {key} stands twice; two of one role are two marks with one slot")
        seen.add(key)
        if key in PARTIES:
            found["parties"][PARTIES[key]] = _party(part, value)
        elif key in PLACES:
            found["places"][PLACES[key]] = _where(part, value)
        elif key == "figure":
            found["counts"] += (_count(part, value),)
        elif key == "when":
            found["time"] = _time(part, value)
        elif key == "by":
            found["holder_types"] = tuple(_one(one.strip(), TYPES, part) for one in value.split(">"))
        elif key == "holder":
            found["holder_names"] = tuple(one.strip() for one in value.split(">"))
        elif key == "basis":
            found["basis"] = _one(value, BASES, part)
        elif key == "outer":
            found["outer"] = _one(value, STATUSES, part)
        elif key == "form":
            found["form"] = _one(value, FORMS, part)
        else:
            keys = "by, holder, outer, basis, actor, recipient, place, from, to, when, figure, form"
            raise ClaimLineError(f"{part!r}: {key!r} is no slot; slots are {keys}")
    return ClaimLine(number, found)


def _one(value: str, allowed: tuple[str, ...], part: str) -> str:
    if value not in allowed:
        raise ClaimLineError(f"{part!r}: {value!r} is none of {', '.join(allowed)}")
    return value


def _head(head: str) -> tuple[int, dict[str, Any]]:
    words = head.split()
    match = re.fullmatch(r"([A-Z]+)(?:/([a-z-]+))?", words[1]) if len(words) >= 3 else None
    if match is None or not words[0].isdecimal():
        raise ClaimLineError(f"{head!r}: begin with number, KIND/mode and status, as in > 1 COERCE/arrest denied")
    _one(match[1], KINDS, head)
    found: dict[str, Any] = {"kind": match[1], "mode": match[2], "negated": False, "certainty": "certain", "phase": None}
    for word in words[2:]:
        if word == "not":
            found["negated"] = True
        elif word in STATUSES and "status" not in found:
            found["status"] = word
        elif word in CERTAINTIES:
            found["certainty"] = word
        elif word in PHASES:
            found["phase"] = word
        else:
            raise ClaimLineError(f"{head!r}: {word!r} is no status, certainty or phase ({', '.join((*STATUSES, *PHASES))})")
    if "status" not in found:
        raise ClaimLineError(f"{head!r}: no status; statuses are {', '.join(STATUSES)}")
    return int(words[0]), found


def _named(value: str) -> tuple[list[str], str | None]:
    codes, _, name = value.partition("=")
    return codes.split(), name.strip() or None


def _country(code: str, part: str) -> str | None:
    if code != "-" and not re.fullmatch(r"[A-Z]{3}", code):
        raise ClaimLineError(f"{part!r}: {code!r} is no country (three letters of ISO 3166, or -)")
    return None if code == "-" else code


def _party(part: str, value: str) -> Party:
    codes, name = _named(value)
    if len(codes) != 2 or (codes[1] != "-" and codes[1] not in SECTORS):
        raise ClaimLineError(
            f"{part!r}: write country and sector (- where not known), as in KEN COP; sectors {', '.join(sorted(SECTORS))}"
        )
    return Party(name, _country(codes[0], part), None if codes[1] == "-" else codes[1])


def _where(part: str, value: str) -> Where:
    codes, name = _named(value)
    if len(codes) < 2:
        raise ClaimLineError(f"{part!r}: write country and precision, as in KEN city = Kisumu")
    _one(codes[1], PRECISIONS, part)
    claimed = tuple(str(_country(code, part)) for code in codes[2:])
    return Where(name, _country(codes[0], part), codes[1], claimed)  # type: ignore[arg-type]


def _time(part: str, value: str) -> Time:
    words = value.split()
    start, dots, end = words[0].partition("..") if words else ("", "", "")
    ends = [None if not one or one == "-" else dates.parse(one) for one in ((start, end) if dots else (start, start))]
    asked = [one for one in ((start, end) if dots else (start,)) if one and one != "-"]
    flags = set(words[1:])
    if not words or (None in ends and any(dates.parse(one) is None for one in asked)) or not flags <= {"rel", "abs", "part"}:
        raise ClaimLineError(
            f"{part!r}: write an ISO date, a range 2033-05-01..2033-05-03 or -, then rel or abs, and part for a part of the day"
        )
    if ("rel" in flags) == ("abs" in flags):
        raise ClaimLineError(f"{part!r}: say rel (reckoned from another day) or abs (told as a calendar date)")
    return Time(ends[0], ends[1], "relative" if "rel" in flags else "absolute", "part" in flags)


def _count(part: str, value: str) -> Count:
    words = value.split()
    if len(words) < 2:
        raise ClaimLineError(f"{part!r}: write what and how many, as in figure killed 17 of=civilians")
    what = _one(words[0], WHATS, part)
    match = re.fullmatch(rf"({NUMBER})(?:-({NUMBER}))?|-", words[1])
    if match is None:
        raise ClaimLineError(f"{part!r}: {words[1]!r} is no number, range 150-200 or - (none said)")
    found: dict[str, Any] = {
        "of": None,
        "unit": None,
        "counting": None,
        "scope": None,
        "as_of": None,
        "state": "read",
        "bound": None,
    }
    for word in words[2:]:
        key, given, rest = word.partition("=")
        if given and {"asof": "as_of"}.get(key, key) in ("of", "unit", "scope", "as_of"):
            found[{"asof": "as_of"}.get(key, key)] = rest.replace("_", " ")
        elif word in BOUNDS:
            found["bound"] = word
        elif word in ("new", "cumulative"):
            found["counting"] = word
        elif word in STATES:
            found["state"] = word
        else:
            raise ClaimLineError(
                f"{part!r}: {word!r} is no bound ({', '.join(BOUNDS)}), new, cumulative, lost, suspect, or of= unit= scope= asof="
            )
    low, best, high = _values(match, found["bound"])
    if match[2] and found["bound"] not in (None, "range"):
        raise ClaimLineError(f"{part!r}: a range has no other bound")
    if match[2]:
        found["bound"] = "range"
    if low is best is high is None and found["state"] == "read" and found["bound"] not in VAGUE:
        raise ClaimLineError(f"{part!r}: no number: say dozens, hundreds, thousands, lost or suspect")
    return Count(what=what, low=low, best=best, high=high, **found)  # type: ignore[arg-type]


def _values(match: re.Match[str], bound: str | None) -> tuple[float | None, float | None, float | None]:
    """Low, best and high of what was said, by the bound (docs/claims.md)."""
    if match[0] == "-":
        return None, None, None
    first = float(match[1])
    if match[2]:
        return first, None, float(match[2])
    if bound in ("at_least", "over"):
        return first, first, None
    if bound in ("at_most", "nearly"):
        return None, first, first
    if bound == "about":
        return None, first, None
    return first, first, first
