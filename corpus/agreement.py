"""Agreement of two annotators: the second annotated the bare text of a sample, without sight of the first.

``claim`` is whether both see a claim there. Over the claims that both marked stand kappa (Cohen 1960) of the labels, and F1 of
the spans of each slot, matched one to one where two share at least half of the characters of both together (Jaccard .5), as the
bench of attribution does. ``all`` gives the same F1 with the spans of claims that only one marked counted as missed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bench.spans import characters, f1, jaccard, paired
from corpus.records import AnnotatedClaim, MiniDocument
from foreshock.model.values import Span

# Slots of the card, each with the roles that it takes together.
SLOTS: dict[str, tuple[str, ...]] = {
    "trigger": ("t",), "content": ("c",), "holder": ("h", "hh", "o"), "cue": ("q", "qq", "qo"), "actor": ("a",),
    "recipient": ("r",), "place": ("p", "pf", "pt"), "time": ("w",), "figure": ("n",),
}  # fmt: skip
LABELS = ("kind", "mode", "status", "negated", "certainty", "phase", "basis")
LEAST = 0.5
SAME_CLAIM = 0.3
FLOOR = 0.75


@dataclass
class Agreement:
    """What two annotators have in common: spans by slot, labels of the claims that both marked, and values."""

    spans: dict[str, Counter[str]] = field(default_factory=lambda: {slot: Counter() for slot in (*SLOTS, "claim")})
    all: dict[str, Counter[str]] = field(default_factory=lambda: {slot: Counter() for slot in SLOTS})
    labels: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: {label: [] for label in LABELS})
    dates: list[bool] = field(default_factory=list)
    figures: list[bool] = field(default_factory=list)
    sentences: int = 0
    differences: list[str] = field(default_factory=list)

    def add(self, first: MiniDocument, second: MiniDocument) -> None:
        """Count one document that both annotated.

        Raises:
            ValueError: the texts are not the same, so nothing can be compared.
        """
        if first.text != second.text:
            raise ValueError(f"{first.language}/{first.id}: the two texts differ: {first.text!r} and {second.text!r}")
        self.sentences += len(first.sentences)
        pairs = same_claims(first.claims, second.claims)
        self.spans["claim"].update({"one": len(first.claims), "other": len(second.claims), "both": len(pairs)})
        lone = [claim for claim in first.claims if all(claim is not one for one, _ in pairs)]
        added = [claim for claim in second.claims if all(claim is not other for _, other in pairs)]
        for claim in (*lone, *added):
            who = "first" if claim in lone else "second"
            self._differ(first, claim, f"only the {who} marks {claim.kind} {claim.status}")
        for slot, roles in SLOTS.items():
            for one, other in pairs:
                mine, theirs = _spans(one, roles), _spans(other, roles)
                both = len(matched(mine, theirs))
                for counts in (self.spans[slot], self.all[slot]):
                    counts.update({"one": len(mine), "other": len(theirs), "both": both})
                if both < max(len(mine), len(theirs)):
                    told = [[first.text[slice(*span)] for span in spans] for spans in (mine, theirs)]
                    self._differ(first, one, f"{slot}: {told[0]} / {told[1]}")
            self.all[slot].update({"one": sum(len(_spans(claim, roles)) for claim in lone)})
            self.all[slot].update({"other": sum(len(_spans(claim, roles)) for claim in added)})
        for one, other in pairs:
            for label in LABELS:
                values = (str(getattr(one, label)), str(getattr(other, label)))
                self.labels[label].append(values)
                if values[0] != values[1]:
                    self._differ(first, one, f"{label}: {values[0]} / {values[1]}")
            if one.time and other.time:
                same = (one.time.start, one.time.end) == (other.time.start, other.time.end)
                self.dates.append(same)
                if not same:
                    self._differ(first, one, f"when: {one.time.start}..{one.time.end} / {other.time.start}..{other.time.end}")
            for count, rival in zip(one.counts, other.counts, strict=False):
                same = (count.what, count.low, count.best, count.high) == (rival.what, rival.low, rival.best, rival.high)
                self.figures.append(same)
                if not same:
                    self._differ(first, one, f"figure: {count.what} {count.best} / {rival.what} {rival.best}")

    def _differ(self, document: MiniDocument, claim: AnnotatedClaim, what: str) -> None:
        start, end = claim.around("c") or (0, 0)
        self.differences.append(f"{document.language}/{document.id}/{claim.number}\t{what}\t{document.text[start:end]}")

    def table(self) -> dict[str, float]:
        """Return the agreement of each slot: F1 of spans, kappa of labels, shares of equal dates and figures."""
        found = {f"{slot} F1": round(share(counts), 3) for slot, counts in self.spans.items()}
        found |= {f"{label} kappa": round(kappa(pairs), 3) for label, pairs in self.labels.items()}
        for name, values in (("date equal", self.dates), ("figure equal", self.figures)):
            if values:
                found[name] = round(sum(values) / len(values), 3)
        return found


def compare(first: Iterable[MiniDocument], second: Iterable[MiniDocument]) -> Agreement:
    """Return the agreement over the documents of the second annotation; each must be in the first."""
    known = {(document.language, document.id): document for document in first}
    found = Agreement()
    for document in second:
        found.add(known[document.language, document.id], document)
    return found


def _spans(claim: AnnotatedClaim, roles: Sequence[str]) -> list[Span]:
    return [span for role in roles for span in claim.spans(role)]


def same_claims(first: Sequence[AnnotatedClaim], second: Sequence[AnnotatedClaim]) -> list[tuple[AnnotatedClaim, AnnotatedClaim]]:
    """Return which claims are meant to be the same: triggers that touch first, then contents that share three tenths."""

    def likeness(one: AnnotatedClaim, other: AnnotatedClaim) -> float:
        touch = any(a < d and c < b for a, b in one.spans("t") for c, d in other.spans("t"))
        return touch + jaccard(characters(one.spans("c")), characters(other.spans("c")))

    return [(first[i], second[j]) for i, j in paired(first, second, likeness, SAME_CLAIM)]


def matched(one: Sequence[Span], other: Sequence[Span]) -> list[tuple[int, int]]:
    """Return which spans are the same, one to one, the likest first."""
    return paired(one, other, lambda a, b: jaccard(characters([a]), characters([b])), LEAST)


def share(counts: Counter[str]) -> float:
    """Return the F1 of what one has against what the other has; 1 where neither has any."""
    return f1(counts["both"], counts["one"], counts["other"]) if counts["one"] + counts["other"] else 1.0


def kappa(pairs: Sequence[tuple[str, str]]) -> float:
    """Return Cohen's kappa: agreement beyond chance, 1 at most; 1 where both only ever use one value.

    >>> kappa([("a", "a"), ("b", "b"), ("a", "b"), ("b", "b")])
    0.5
    """
    from sklearn.metrics import cohen_kappa_score  # noqa: PLC0415  (heavy import)

    if len({value for pair in pairs for value in pair}) < 2:
        return 1.0
    return float(cohen_kappa_score(*zip(*pairs, strict=True)))
