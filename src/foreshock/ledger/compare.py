"""Which claims an edit of an article added, changed or silently dropped. Pure: two lists of claims in, the changes out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from foreshock.model import Claim

ChangeWhat = Literal["added", "changed", "dropped"]

# A claim of the edit tells what an earlier one told where they score so much together (0 to 1); policy, so in one place.
SAME = 0.5
WEIGHTS = {"text": 0.6, "holders": 0.15, "mode": 0.1, "place": 0.1, "figures": 0.05}
# What makes a claim another one; ids, spans, confidence and coder do not.
FIELDS = (
    "status", "negated", "mode", "certainty", "phase", "basis", "holders", "actor", "recipient", "place", "when", "figures",
    "damage", "text",
)  # fmt: skip
PLACES = frozenset({"start", "end", "cue", "content"})


@dataclass(frozen=True, slots=True)
class Change:
    """What an edit did to a claim: ``before`` is None for what was added, ``after`` for what was dropped.

    ``fields`` are the fields of the claim that differ, empty but for what was changed.
    """

    what: ChangeWhat
    before: Claim | None
    after: Claim | None
    fields: tuple[str, ...] = ()


def compare(before: Sequence[Claim], after: Sequence[Claim]) -> list[Change]:
    """Return the changes from one version's claims to the next's, in the order of the text; unchanged claims are left out.

    Claims of one kind are paired best first, each once; a claim with the same words always goes before a likeness.
    """
    pairs = dict(_paired(before, after))
    changes: list[tuple[tuple[int, int], Change]] = []
    for number, one in enumerate(before):
        if number not in pairs:
            changes.append(((one.start, 0), Change("dropped", one, None)))
        elif fields := _differ(one, after[pairs[number]]):
            changes.append(((after[pairs[number]].start, 1), Change("changed", one, after[pairs[number]], fields)))
    new = set(range(len(after))) - set(pairs.values())
    changes += [((after[number].start, 2), Change("added", None, after[number])) for number in new]
    return [change for _, change in sorted(changes, key=lambda one: one[0])]


def likeness(one: Claim, other: Claim) -> float:
    """Return how much two claims of one kind tell the same, 0 to 1.

    The words count .6 (the share of matching characters, Ratcliff and Obershelp 1988), the innermost holder .15, mode and place
    .1 each, figures .05. Example: "three people were killed in the square" for "two people were ...", with that figure: the words
    match by 0.92, so .6 x 0.92 + .15 + .1 + .1 = 0.90.
    """
    alike = {
        "text": SequenceMatcher(None, one.text, other.text, autojunk=False).ratio(),
        "holders": float([h.name for h in one.holders[-1:]] == [h.name for h in other.holders[-1:]]),
        "mode": float(one.mode == other.mode),
        "place": float((one.place and one.place.name) == (other.place and other.place.name)),
        "figures": float([(f.what, f.best) for f in one.figures] == [(f.what, f.best) for f in other.figures]),
    }
    return sum(WEIGHTS[name] * value for name, value in alike.items())


def _paired(before: Sequence[Claim], after: Sequence[Claim]) -> Iterator[tuple[int, int]]:
    scored = [
        (one.text != other.text, -likeness(one, other), abs(one.start - other.start), i, j)
        for i, one in enumerate(before)
        for j, other in enumerate(after)
        if one.kind == other.kind
    ]
    left, right = set[int](), set[int]()
    for _, score, _, i, j in sorted(scored):
        if -score >= SAME and i not in left and j not in right:
            left.add(i)
            right.add(j)
            yield i, j


def _differ(one: Claim, other: Claim) -> tuple[str, ...]:
    return tuple(name for name in FIELDS if _said(getattr(one, name)) != _said(getattr(other, name)))


def _said(value: Any) -> Any:
    """Return a value without its places in the text, so that a claim that only moved is unchanged."""
    if isinstance(value, tuple):
        return tuple(_said(one) for one in value)
    fields = getattr(value, "__dataclass_fields__", None)
    return value if fields is None else {name: _said(getattr(value, name)) for name in fields if name not in PLACES}
