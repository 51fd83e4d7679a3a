"""Agreement of two annotators: the second annotated the bare text of a sample, without sight of the first.

``kappa`` (Cohen 1960) of kind and status is over the claims that both marked; what share of claims that is stands beside it.
Spans are compared by F1: those of the same role in the claims of both are matched one to one where they share at least half of
the characters of both together (Jaccard .5), as the bench of attribution does; claims that only one marked count as missed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

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
                mine = [span for role in roles for span in one.spans(role)]
                theirs = [span for role in roles for span in other.spans(role)]
                both = len(matched(mine, theirs))
                self.spans[slot].update({"one": len(mine), "other": len(theirs), "both": both})
                if both < max(len(mine), len(theirs)):
                    told = [[first.text[slice(*span)] for span in spans] for spans in (mine, theirs)]
                    self._differ(first, one, f"{slot}: {told[0]} / {told[1]}")
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
        found = {f"{slot} F1": round(f1(counts), 3) for slot, counts in self.spans.items()}
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


def same_claims(first: Sequence[AnnotatedClaim], second: Sequence[AnnotatedClaim]) -> list[tuple[AnnotatedClaim, AnnotatedClaim]]:
    """Return which claims are meant to be the same: triggers that touch first, then contents that share three tenths."""
    options = sorted(
        (
            (-touching(one.spans("t"), other.spans("t")), -jaccard(one.spans("c"), other.spans("c")), i, j)
            for i, one in enumerate(first)
            for j, other in enumerate(second)
        )
    )
    taken: tuple[set[int], set[int]] = (set(), set())
    pairs = []
    for touch, share, i, j in options:
        if i not in taken[0] and j not in taken[1] and (touch < 0 or -share >= SAME_CLAIM):
            taken[0].add(i)
            taken[1].add(j)
            pairs.append((first[i], second[j]))
    return pairs


def touching(one: Sequence[Span], other: Sequence[Span]) -> int:
    """Whether any spans share a character, 0 or 1."""
    return int(any(a < d and c < b for a, b in one for c, d in other))


def jaccard(one: Sequence[Span], other: Sequence[Span]) -> float:
    """Return the shared characters over all of both, 0 to 1."""
    mine = {at for span in one for at in range(*span)}
    theirs = {at for span in other for at in range(*span)}
    return len(mine & theirs) / max(1, len(mine | theirs))


def matched(one: Sequence[Span], other: Sequence[Span]) -> list[tuple[Span, Span]]:
    """Return the spans that are the same, one to one, the likest first."""
    options = sorted((-jaccard([a], [b]), a, b) for a in one for b in other if jaccard([a], [b]) >= LEAST)
    pairs: list[tuple[Span, Span]] = []
    for _, a, b in options:
        if all(a != x and b != y for x, y in pairs):
            pairs.append((a, b))
    return pairs


def f1(counts: Counter[str]) -> float:
    """Return the F1 of what one has against what the other has; 1 where neither has any."""
    total = counts["one"] + counts["other"]
    return 2 * counts["both"] / total if total else 1.0


def kappa(pairs: Sequence[tuple[str, str]]) -> float:
    """Return Cohen's kappa: agreement beyond chance, 1 at most; 1 where both only ever use one value.

    >>> kappa([("a", "a"), ("b", "b"), ("a", "b"), ("b", "b")])
    0.5
    """
    if not pairs:
        return 1.0
    seen = sum(a == b for a, b in pairs) / len(pairs)
    left, right = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(left[name] * right[name] for name in left) / len(pairs) ** 2
    return 1.0 if chance == 1 else (seen - chance) / (1 - chance)
