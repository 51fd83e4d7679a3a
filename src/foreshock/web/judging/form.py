"""A claim as a form: each field as text that can be typed, and back to the values that a judgement takes.

What is shown in the form has private persons by role. A field that comes back as it was shown is not a change, so that "[victim]"
never replaces a name in the ledger.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from math import isfinite
from typing import Any, get_args

from foreshock.errors import LedgerError
from foreshock.model import (
    Basis,
    Bound,
    Certainty,
    Claim,
    FigureState,
    FigureWhat,
    HolderRole,
    Phase,
    PlacePrecision,
    Status,
    WhenPrecision,
    to_json,
)

CHOICES: Mapping[str, tuple[str, ...]] = {
    "status": get_args(Status), "certainty": get_args(Certainty), "phase": ("", *get_args(Phase)), "basis": get_args(Basis),
    "precision": ("", *get_args(PlacePrecision)), "figure": get_args(FigureWhat), "bound": ("", *get_args(Bound)),
    "state": get_args(FigureState), "role": get_args(HolderRole),
}  # fmt: skip
PLAIN = ("status", "certainty", "phase", "basis")
NUMBERS = ("low", "best", "high")
PARTS = {
    "actor": ("name", "country", "sector"), "recipient": ("name", "country", "sector"),
    "place": ("name", "country", "precision", "lat", "lon"), "when": ("start", "end"),
}  # fmt: skip
_EMPTY: dict[str, dict[str, Any]] = {
    "actor": {"name": "", "raw": "", "country": None, "sector": None},
    "recipient": {"name": "", "raw": "", "country": None, "sector": None},
    "place": {"name": "", "raw": "", "country": None, "lat": None, "lon": None, "precision": None},
    "when": {"start": None, "end": None, "precision": "day", "raw": ""},
}
_FIGURE: dict[str, Any] = {
    "of": None, "unit": None, "low": None, "best": None, "high": None, "bound": None, "counting": None, "scope": None,
    "as_of": None, "state": "read", "candidates": [], "raw": "",
}  # fmt: skip
_HOLDER: dict[str, Any] = {"role": "speaker", "start": None, "end": None, "cue": [], "content": [], "form": None}
_BY_LENGTH: dict[int, WhenPrecision] = {4: "year", 7: "month", 10: "day"}


def fields_of(claim: Claim) -> dict[str, str]:
    """Return what the fields of the form say of a claim; "" where it says nothing."""
    told = to_json(claim)
    found = {name: _text(told[name]) for name in PLAIN}
    found["what"] = f"{claim.kind}/{claim.mode}" if claim.mode else claim.kind
    found["negated"] = "no" if claim.negated else "yes"
    for name, parts in PARTS.items():
        found |= {f"{name}.{part}": _text((told[name] or {}).get(part)) for part in parts}
    for n, one in enumerate(told["figures"]):
        found |= {f"figures.{n}.{part}": _text(one[part]) for part in ("what", "of", *NUMBERS, "bound", "state")}
    for n, one in enumerate(told["holders"]):
        found |= {f"holders.{n}.{part}": _text(one[part]) for part in ("name", "role", "status")}
    return found


def changes_of(typed: Mapping[str, str], *, shown: Claim, bare: Claim, coded: Claim) -> tuple[tuple[str, str], ...]:
    """Return the amendment that a form asks for: pairs of a field and its value as JSON, all that differ from what was coded.

    Args:
        typed: the fields that came back; one that is missing is left as it is.
        shown: the claim that the form was made of, private persons by role.
        bare: the same with its names.
        coded: as its coder left it; an amendment replaces earlier ones, so it holds what those changed too.

    Raises:
        LedgerError: a number is none, nothing was changed, or what was typed is what the coder said.
    """
    before = fields_of(shown)
    new = {name: value.strip() for name, value in typed.items() if value.strip() != before.get(name, "")}
    told = to_json(bare)
    if "what" in new:
        told["kind"], _, mode = new["what"].split(" ")[0].partition("/")
        told["mode"] = mode or None
    for name in PLAIN:
        if name in new:
            told[name] = new[name] or None
    if "negated" in new:
        told["negated"] = new["negated"] == "no"
    for name in PARTS:
        told[name] = _part(name, told[name], {key.split(".", 1)[1]: new[key] for key in new if key.startswith(f"{name}.")})
    told["figures"] = _rows(told["figures"], new, "figures", _figure, bare)
    told["holders"] = _rows(told["holders"], new, "holders", _holder, bare)
    return _differing(told, to_json(bare), to_json(coded))


def _differing(told: Mapping[str, Any], bare: Mapping[str, Any], coded: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    names = ("kind", "mode", "negated", *PLAIN, *PARTS, "figures", "holders")
    if all(told[name] == bare[name] for name in names):
        raise LedgerError("nothing was changed", remedy="change a field, or say that the claim is right")
    found = tuple((name, json.dumps(told[name], ensure_ascii=False)) for name in names if told[name] != coded[name])
    if not found:
        raise LedgerError("this is what the coder said", remedy="take the earlier correction back instead")
    return found


def _part(name: str, value: Any, new: Mapping[str, str]) -> Any:
    if not new:
        return value
    made = {**(value or _EMPTY[name]), **{part: text or None for part, text in new.items()}}
    if name == "place":
        made |= {part: _number(f"{name}.{part}", new[part]) for part in ("lat", "lon") if part in new}
    if name == "when":
        first, last = made["start"], made["end"] or made["start"]
        made |= {"end": last, "precision": _BY_LENGTH.get(len(first or ""), "part_of_day") if first == last else "range"}
        return None if not (first or last) else made
    if not made["name"]:
        return {}
    return made | {"raw": made["raw"] or made["name"]}


def _rows(rows: list[Any], new: Mapping[str, str], name: str, change: Any, claim: Claim) -> list[Any]:
    """Return a list with the rows of the form: changed, added behind, and without those that were emptied."""
    by_row: dict[int, dict[str, str]] = {}
    for key, value in new.items():
        first, _, rest = key.partition(".")
        number, _, part = rest.partition(".")
        if first == name and number.isdecimal() and len(number) < 4:
            by_row.setdefault(int(number), {})[part] = value
    made = [change(one, by_row.get(n, {}), claim) for n, one in enumerate(rows)]
    made += [change(None, by_row[n], claim) for n in sorted(by_row) if n >= len(rows)]
    return [one for one in made if one is not None]


def _figure(row: Any, new: Mapping[str, str], claim: Claim) -> Any:
    if row is None and not any(new.get(part) for part in (*NUMBERS, "bound", "state")):
        return None  # the empty row behind the others
    if new.get("what") == "" or not new:
        return None if new else row
    made = {
        **(row or {**_FIGURE, "what": "other", "start": claim.start, "end": claim.end}),
        **{k: v or None for k, v in new.items()},
    }
    made |= {part: _number(f"figures {part}", new[part]) for part in NUMBERS if part in new}
    if made["state"] != "read":
        made |= dict.fromkeys(NUMBERS)
    elif made["best"] is not None and made["bound"] in (None, "about", "nearly"):
        # One number, plainly told, is low and high too; a bound leaves one side open.
        made |= {part: made["best"] for part in ("low", "high") if part not in new}
    return made


def _holder(row: Any, new: Mapping[str, str], claim: Claim) -> Any:
    if not new or (row is None and not new.get("name")):
        return row
    if new.get("name") == "":
        return None
    empty: dict[str, Any] = {
        "role": "speaker",
        "status": claim.status,
        "start": None,
        "end": None,
        "cue": [],
        "content": [],
        "form": None,
    }
    made = {**(row or empty), **new}
    return {**made, "raw": made.get("raw") or made["name"]}


def _number(name: str, text: str) -> float | None:
    plain = text.replace(",", "").replace(" ", "").replace("\u00a0", "").replace("\u202f", "")
    if not plain:
        return None
    try:
        found = float(plain)
    except ValueError:
        raise LedgerError(f"{name}: {text!r} is no number", remedy="write it in digits, such as 26 or 1,200") from None
    if not isfinite(found):
        raise LedgerError(f"{name}: {text!r} is no number", remedy="write it in digits, such as 26 or 1,200")
    return found


def _text(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:g}" if isinstance(value, float) and value == int(value) and abs(value) < 1e6 else str(value)
