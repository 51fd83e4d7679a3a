"""The corpus: what does a coder make of short texts in sixteen languages whose every claim is annotated?

Source: our own corpus (``corpus/``, CC BY 4.0); PATH is that folder, or one of texts in its markup. Only the test sixth is
measured, split by document or pair group, never by sentence; ``--limit`` takes the first N documents of each language.

Metric: ``whole`` is the share of annotated claims that a claim of the coder answers with every asked field right (kind, status,
innermost holder, and place, actor, recipient, day where the text bears them), matched as ``bench.matching`` says; ``recall`` and
``precision`` the shares that are matched at all. ``kind_f1`` and ``status_f1`` are macro F1 over what the annotation has, a claim
that is missed counted against it and one that answers nothing too. ``holder_f1`` is F1 over the speakers and outlets of the
whole chain in claims that are matched, those of missed ones counted as missed, names compared without case and articles, one
within the other. Fields are shares of the claims that ask for them.
``polarity`` is the share with ``negated`` right; it is not in ``whole``. ``false_violence`` is the share of documents without any
claim of ASSAULT or HARM of which the coder tells one. ``ece`` and ``auc`` are those of ``bench.calibration``.

``detected`` has for each kind P(claim | event), P(claim | none) and the number of events: what a reading is worth as evidence
(``docs/weighing.md``). They are shares of the documents with and without an event of the kind of which the coder tells one; an
event is a claim that is asserted or alleged and not negated.

The means ``large`` (en ja ru fr es) and ``others`` are over languages. Best of others: no system codes such claims.
"""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench import matching
from bench.calibration import Pair, area, claim_pairs, expected_calibration_error
from bench.spans import f1
from bench.standing import coded, folded
from corpus import TEXTS, read_all
from corpus.convert.claims import claims_of, gold_row
from corpus.records import LANGUAGES, LARGE, MiniDocument
from corpus.split import part_of
from foreshock.model import Claim, to_json
from foreshock.pipeline import Workbench
from foreshock.settings import read_settings

VIOLENCE = frozenset({"ASSAULT", "HARM"})
# Denied, rumoured, forecast, wished and assessed claims are not events.
EVENT = frozenset({"asserted", "alleged"})
MEANS = ("whole", "recall", "precision", "kind_f1", "status_f1", "holder_f1", "ece", "auc")


@dataclass
class Tally:
    """What is counted over documents: fields, classes, holders, confidences."""

    counts: Counter[str] = field(default_factory=Counter)
    fields: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    classes: dict[str, Counter[tuple[str, str]]] = field(default_factory=lambda: defaultdict(Counter))
    pairs: list[Pair] = field(default_factory=list)
    documents: int = 0
    events: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, document: MiniDocument, claims: list[Claim]) -> None:
        """Count one document and what a coder told of it."""
        gold = claims_of(document)
        rows = [gold_row(claim, document) for claim in document.claims]
        told = [to_json(claim) for claim in claims]
        paired = matching.pair_up(told, rows)
        self.counts.update({"gold": len(gold), "told": len(claims), "matched": len(paired)})
        self.pairs.extend(claim_pairs(told, rows, matching))
        self._events(gold, claims)
        if not any(claim.kind in VIOLENCE for claim in gold):
            self.counts["peaceful"] += 1
            self.counts["false_violence"] += any(claim.kind in VIOLENCE and not claim.negated for claim in claims)
        for number, (one, row) in enumerate(zip(gold, rows, strict=True)):
            answer = claims[paired[number]] if number in paired else None
            good = [] if answer is None else matching.right(row, told[paired[number]])
            self.counts["whole"] += good == matching.asked(row)
            for name in matching.asked(row):
                self.fields[name].append(name in good)
            self.fields["polarity"].append(answer is not None and answer.negated == one.negated)
            self._classes(one, answer)
        for number in set(range(len(claims))) - set(paired.values()):
            for slot in ("kind", "status"):
                self.classes[slot]["told", getattr(claims[number], slot)] += 1

    def _events(self, gold: Iterable[Claim], claims: Iterable[Claim]) -> None:
        there, seen = ({one.kind for one in some if one.status in EVENT and not one.negated} for some in (gold, claims))
        self.documents += 1
        for kind in there | seen:
            self.events[kind].update({"there": kind in there, "seen": kind in seen, "both": kind in there and kind in seen})

    def detected(self) -> dict[str, list[float]]:
        """Return for each kind P(claim | event) and P(claim | none) over documents, and how many documents have an event."""
        out = {}
        for kind, counts in sorted(self.events.items()):
            there, none = counts["there"], self.documents - counts["there"]
            out[kind] = [
                round(counts["both"] / max(1, there), 3),
                round((counts["seen"] - counts["both"]) / max(1, none), 4),
                there,
            ]
        return out

    def _classes(self, one: Claim, answer: Claim | None) -> None:
        for slot in ("kind", "status"):
            self.classes[slot]["gold", getattr(one, slot)] += 1
            if answer is not None:
                self.classes[slot]["told", getattr(answer, slot)] += 1
                self.classes[slot]["both", getattr(one, slot)] += getattr(one, slot) == getattr(answer, slot)
        ours = [] if answer is None else [(folded(holder.name), folded(holder.raw)) for holder in answer.holders[1:]]
        theirs = [(folded(holder.name), folded(holder.raw)) for holder in one.holders[1:]]
        self.counts.update({"holders_gold": len(theirs), "holders_told": len(ours)})
        for forms in theirs:
            found = next((other for other in ours if any(a and b and (a in b or b in a) for a in forms for b in other)), None)
            if found is not None:
                ours.remove(found)
                self.counts["holders_both"] += 1

    def figures(self) -> dict[str, Any]:
        """Return the figures of what was counted."""
        counts = self.counts
        gold, told = max(1, counts["gold"]), max(1, counts["told"])
        return {
            "whole": round(counts["whole"] / gold, 3),
            "recall": round(counts["matched"] / gold, 3),
            "precision": round(counts["matched"] / told, 3),
            "kind_f1": self._macro("kind"),
            "status_f1": self._macro("status"),
            "holder_f1": round(f1(counts["holders_both"], counts["holders_told"], counts["holders_gold"]), 3),
            **{name: round(sum(values) / len(values), 3) for name, values in self.fields.items()},
            "false_violence": round(counts["false_violence"] / max(1, counts["peaceful"]), 3),
            "ece": round(expected_calibration_error(self.pairs), 3) if self.pairs else None,
            "auc": area(self.pairs),
            "gold": counts["gold"],
            "told": counts["told"],
        }

    def _macro(self, slot: str) -> float:
        seen = self.classes[slot]
        names = [name for side, name in seen if side == "gold"]
        return round(
            sum(f1(seen["both", name], seen["told", name], seen["gold", name]) for name in names) / max(1, len(names)), 3
        )


def run(data: Path, *, coder: str, limit: int | None) -> dict[str, Any]:
    """Return the figures over all, the means over languages, and each language and register.

    Raises:
        SystemExit: PATH holds no texts, or their markup has faults.
    """
    bench = Workbench(read_settings(Path.cwd(), os.environ))
    everything = Tally()
    languages: dict[str, Tally] = defaultdict(Tally)
    registers: dict[str, Tally] = defaultdict(Tally)
    for document in measured(data, limit=limit):
        row = {"id": f"{document.language}/{document.id}", "text": document.text, "published": document.published}
        _, claims = coded(row, document.language, bench, coder)
        for tally in (everything, languages[document.language], registers[document.register]):
            tally.add(document, claims)
    each = {name: tally.figures() for name, tally in languages.items()}
    return {
        **everything.figures(),
        "coder": coder,
        "detected": everything.detected(),
        "large": _mean(one for name, one in each.items() if name in LARGE),
        "others": _mean(one for name, one in each.items() if name not in LARGE),
        "languages": each,
        "registers": {name: tally.figures() for name, tally in registers.items()},
    }


def measured(data: Path, *, limit: int | None = None) -> list[MiniDocument]:
    """Return the documents of the test sixth, the first ``limit`` of each language."""
    folder = data / TEXTS.name if (data / TEXTS.name).is_dir() else data
    documents, faults = read_all(folder)
    if faults or not documents:
        raise SystemExit(f"{folder}: {faults[0] if faults else 'holds no texts of a corpus (LANGUAGE/REGISTER.txt)'}")
    mine = [document for document in documents if part_of(document) == "test"]
    return [document for code in LANGUAGES for document in [one for one in mine if one.language == code][:limit]]


def _mean(some: Iterable[dict[str, Any]]) -> dict[str, float | None]:
    rows = list(some)
    told = {name: [row[name] for row in rows if row[name] is not None] for name in MEANS}
    return {name: round(sum(values) / len(values), 3) if values else None for name, values in told.items()}
