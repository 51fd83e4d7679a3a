"""Spanish events: who did what to whom, in the codes of CAMEO?

Source: the Spanish sets of the UniversalPetrarch project (github.com/openeventdata/UniversalPetrarch): .jsonl of id, text and
events, each with a CAMEO ``code``, the actor codes ``source`` and ``target``, and their words; a text may have no event.

Metric: ``root_f1`` is F1 over all events together (micro): a root is the first two digits of a code. ``quad_f1`` is the macro F1
over the quads that the gold has: verbal cooperation 01-05, material cooperation 06-08, verbal conflict 09-13, material conflict
14-20. ``triple_f1`` is micro F1 over (source code, root, target code), all three exact. ``root_macro_f1`` is the macro F1 over
the gold's roots; ``source_f1`` and ``target_f1`` ask for root and one party.

Matching rule: every text is coded as a document of its own, without a date. Every claim whose kind, mode, status, polarity and
doer the crosswalk gives a CAMEO root is an event, with ``Crosswalk.actor_code`` of its actor and recipient; HARM only where its
doer is named, as what befell people ("a body was found") is nobody's act. What one text tells twice in the same codes counts
once, as event coders do. Within a text ours and the gold's are matched one to one where the
compared values are equal; what is left on either side is wrong. A text without gold events can only lose.

Codes: the sets write an unknown country as ``---``, ``~`` or not at all ("---PTY", "~PTY", "PTY"), and a party that is not
known as "", "---", "~" or "X"; such marks are taken off, so that all are "PTY" and "". Nothing else is changed: a code of
two roles ("COLPTYGOV") is met by no code of one.

Best known: UniversalPetrarch with its Spanish dictionaries, root/triple .671/.129 on spanish_fight_312, .440/0 on spanish_86.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from bench.spans import f1
from bench.standing import coded
from foreshock.model import Actor, Claim
from foreshock.ontology.codebook import load_codebook
from foreshock.ontology.crosswalk import Crosswalk, load_crosswalk
from foreshock.pipeline import Workbench
from foreshock.settings import read_settings

LAST_OF_QUAD = {"verbal cooperation": 5, "material cooperation": 8, "verbal conflict": 13, "material conflict": 20}
NOBODY = frozenset({"", "X"})


class Event(NamedTuple):
    """An event in codes: the doer's, the CAMEO root, that of whom it is done to; "" is not known."""

    source: str
    root: str
    target: str


Pair = tuple[list[Event], list[Event]]


def run(data: Path, *, coder: str, limit: int | None) -> dict[str, Any]:
    """Return the figures of one .jsonl, or of each in a folder.

    Raises:
        FileNotFoundError: PATH holds no .jsonl.
        ValueError: a row lacks id, text or events.
    """
    paths = sorted(data.glob("*.jsonl")) if data.is_dir() else [data]
    if not paths:
        raise FileNotFoundError(f"{data} holds no .jsonl file; pass one, or a folder of them")
    bench = Workbench(read_settings(Path.cwd(), os.environ))
    crosswalk = load_crosswalk(load_codebook())
    each = {path.stem: measure(load_rows(path)[:limit], bench, crosswalk, coder=coder) for path in paths}
    return {**(next(iter(each.values())) if len(each) == 1 else {"files": each}), "coder": coder}


def measure(rows: Sequence[dict[str, Any]], bench: Workbench, crosswalk: Crosswalk, *, coder: str) -> dict[str, Any]:
    """Return the figures of some rows."""
    pairs: list[Pair] = []
    for row in rows:
        _, claims = coded({"id": row["id"], "text": row["text"]}, "es", bench, coder)
        pairs.append((gold_events(row), told_events(claims, crosswalk)))
    return {
        **{name: round(micro(pairs, key), 3) for name, key in KEYS.items()},
        "quad_f1": round(macro(pairs, lambda one: quad(one.root)), 3),
        "root_macro_f1": round(macro(pairs, lambda one: one.root), 3),
        "gold": sum(len(gold) for gold, _ in pairs),
        "told": sum(len(told) for _, told in pairs),
        "of": len(pairs),
        "by_root": {name: round(value, 2) for name, value in sorted(by_class(pairs, lambda one: one.root).items())},
    }


def load_rows(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a .jsonl."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    if wrong := [row for row in rows if not {"id", "text", "events"} <= row.keys()]:
        raise ValueError(f"{path} has a row with the keys {sorted(wrong[0])}; give id, text and events")
    return rows


def gold_events(row: dict[str, Any]) -> list[Event]:
    """Return a row's events, without marks for what is not known, each once."""
    return once(Event(plain(one["source"]), one["code"][:2], plain(one["target"])) for one in row["events"])


def told_events(claims: Iterable[Claim], crosswalk: Crosswalk) -> list[Event]:
    """Return the claims that have a CAMEO root, as events, each once."""
    found = []
    for claim in claims:
        doer = claim.actor.sector if claim.actor else None
        root = crosswalk.codes(claim.kind, claim.mode, claim.status, negated=claim.negated, doer=doer).cameo
        if root is not None and (claim.kind != "HARM" or claim.actor):
            found.append(Event(code_of(claim.actor, crosswalk), root, code_of(claim.recipient, crosswalk)))
    return once(found)


def code_of(actor: Actor | None, crosswalk: Crosswalk) -> str:
    """Return an actor's CAMEO code, "" where nothing is known of it."""
    return (crosswalk.actor_code(actor.country, actor.sector) or "") if actor else ""


def plain(code: str) -> str:
    """Return an actor code of the set without its marks for an unknown country or party."""
    bare = code.strip().lstrip("-~")
    return "" if bare in NOBODY else bare


def once(events: Iterable[Event]) -> list[Event]:
    """Return events without those that are told again in the same codes."""
    return list(dict.fromkeys(events))


def quad(root: str) -> str:
    """Return the quad of a CAMEO root."""
    return next((name for name, last in LAST_OF_QUAD.items() if int(root) <= last), "")


KEYS: dict[str, Callable[[Event], Hashable]] = {
    "root_f1": lambda one: one.root,
    "triple_f1": lambda one: one,
    "source_f1": lambda one: one[:2],
    "target_f1": lambda one: one[1:],
}


def micro(pairs: Sequence[Pair], key: Callable[[Event], Hashable]) -> float:
    """Return F1 over all events, matched one to one within a text where ``key`` is equal."""
    both = sum((Counter(map(key, gold)) & Counter(map(key, told))).total() for gold, told in pairs)
    return f1(both, sum(len(gold) for gold, _ in pairs), sum(len(told) for _, told in pairs))


def by_class(pairs: Sequence[Pair], key: Callable[[Event], str]) -> dict[str, float]:
    """Return F1 by the classes that the gold has, matched as in ``micro``."""
    right: Counter[str] = Counter()
    ours: Counter[str] = Counter()
    theirs: Counter[str] = Counter()
    for gold, told in pairs:
        theirs_here, ours_here = Counter(map(key, gold)), Counter(map(key, told))
        right += theirs_here & ours_here
        ours += ours_here
        theirs += theirs_here
    return {name: f1(right[name], ours[name], of) for name, of in theirs.items()}


def macro(pairs: Sequence[Pair], key: Callable[[Event], str]) -> float:
    """Return the mean F1 over the classes that the gold has."""
    values = by_class(pairs, key).values()
    return sum(values) / max(1, len(values))
