"""The roles that the codebook's examples mark are those that the coder gives: who acts, and who is acted on."""

from __future__ import annotations

import pytest

from foreshock.model import Actor
from foreshock.ontology.kind_entry import Example
from tests.desk import Desk

# What the coder reached when each was set, less three points; raise them as it learns.
FLOORS = {
    ("en", "actor"): 0.85, ("ja", "actor"): 0.80, ("ru", "actor"): 0.94, ("fr", "actor"): 0.91, ("es", "actor"): 0.93,
    ("en", "recipient"): 0.72, ("ja", "recipient"): 0.67, ("ru", "recipient"): 0.80, ("fr", "recipient"): 0.85,
    ("es", "recipient"): 0.93,
}  # fmt: skip


def shares(given: Actor | None, marked: str) -> bool:
    """Whether the words of a given role and the marked ones hold each other; an article or a title more is no fault."""
    raw = given.raw if given else ""
    return bool(raw) and (marked.lower() in raw.lower() or raw.lower() in marked.lower())


def roles(desk: Desk, code: str) -> list[tuple[str, str, bool]]:
    """Return (role, what was found, whether it is right) for each marked role of an example whose trigger bears a claim."""
    rows = []
    for entry in desk.codebook:
        for example in entry.examples[code]:
            claim = _told(desk, code, example)
            for role in ("actor", "recipient"):
                marked = getattr(example, role)
                if marked is None or claim is None:
                    continue
                given = getattr(claim, role)
                rows.append(
                    (role, f"{entry.kind} {role} {given and given.raw!r}, not {marked!r}: {example.text}", shares(given, marked))
                )
    return rows


def _told(desk: Desk, code: str, example: Example):
    start = example.text.index(example.trigger)
    end = start + len(example.trigger)
    _, claims = desk.coded(example.text, code)
    touching = [one for one in claims if one.start < end and one.end > start]
    return max(touching, key=lambda one: min(one.end, end) - max(one.start, start), default=None)


@pytest.mark.parametrize("code", sorted({code for code, _ in FLOORS}))
def test_marked_roles_are_given_no_worse_than_before(desk, code):
    rows = roles(desk, code)
    for role in ("actor", "recipient"):
        mine = [(said, right) for of, said, right in rows if of == role]
        wrong = "\n".join(said for said, right in mine if not right)
        assert sum(right for _, right in mine) / len(mine) >= FLOORS[code, role], wrong
