"""Records to JSON values and back."""

from __future__ import annotations

from typing import Any, cast

from foreshock.model.claim import Actor, Claim, Figure, Holder, Place, When
from foreshock.model.document import Custody, Damage, Document, Sentence
from foreshock.model.reading import Mention, Reading

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
            "damage": _damage(value),
        }
    )


def reading_from_json(value: dict[str, Any]) -> Reading:
    """Return the reading that :func:`to_json` wrote; the inverse of it."""
    sentences = tuple(
        Sentence(**{**one, "damage": tuple(Damage(**mark) for mark in one["damage"])}) for one in value["sentences"]
    )
    mentions = tuple(Mention(one["sentence"], _content(one["content"])) for one in value["mentions"])
    return Reading(**{**value, "document": document_from_json(value["document"]), "sentences": sentences, "mentions": mentions})


def _damage(value: dict[str, Any]) -> tuple[Damage, ...]:
    return tuple(Damage(**one) for one in value["damage"])


def _content(value: dict[str, Any]) -> Place | When | Figure:
    """Return what a mention is of: of its fields only a figure has candidates, only a time a start."""
    if "candidates" in value:
        return Figure(**{**value, "candidates": tuple(value["candidates"])})
    if "start" in value:
        return When(**value)
    return cast("Place", _place(value))  # a mention of nothing is not written


def document_from_json(value: dict[str, Any]) -> Document:
    """Return the document that :func:`to_json` wrote; the inverse of it."""
    custody = value["custody"]
    return Document(
        **{
            **value,
            "custody": Custody(**{**custody, "headers": tuple((k, v) for k, v in custody["headers"])}),
            "translated": tuple(value["translated"]),
            "notes": tuple(value["notes"]),
            "damage": _damage(value),
        }
    )
