"""brat standoff: the text, and entities, events with their arguments, and attributes beside it."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.records import AnnotatedClaim, MiniDocument

NAMES = {
    "t": "Trigger", "c": "Content", "k": "Given", "a": "Actor", "r": "Recipient", "p": "Place", "pf": "From", "pt": "To",
    "w": "When", "n": "Figure", "h": "Speaker", "hh": "InnerSpeaker", "o": "Outlet",
    "q": "Cue", "qq": "InnerCue", "qo": "OutletCue",
}  # fmt: skip


def brat(document: MiniDocument) -> str:
    """Return the ``.ann`` of one document; its ``.txt`` is the document's text."""
    lines: list[str] = []
    seen: dict[tuple[str, int, int], str] = {}
    for claim in document.claims:
        lines.extend(_claim(claim, document, seen))
    return "".join(f"{line}\n" for line in lines)


def _claim(claim: AnnotatedClaim, document: MiniDocument, seen: dict[tuple[str, int, int], str]) -> Iterator[str]:
    arguments = []
    trigger = ""
    for role, label in NAMES.items():
        spans = claim.spans(role)
        # A trigger or a content in pieces is one entity with several fragments, as brat has them.
        groups = [spans] if role in ("t", "c") and spans else [[span] for span in spans]
        for pieces in groups:
            name = claim.kind if role == "t" else label
            key = (f"{name}{claim.number if role == 't' else ''}", pieces[0][0], pieces[-1][1])
            if key not in seen:
                seen[key] = f"T{len(seen) + 1}"
                where = ";".join(f"{start} {end}" for start, end in pieces)
                words = " ".join(document.text[slice(*piece)] for piece in pieces).replace("\n", " ")
                yield f"{seen[key]}\t{name} {where}\t{words}"
            if role == "t":
                trigger = seen[key]
            else:
                arguments.append(f"{label}:{seen[key]}")
    yield f"E{claim.number}\t{claim.kind}:{trigger} {' '.join(arguments)}".rstrip()
    told = {
        "Mode": claim.mode, "Status": claim.status, "Negated": "yes" if claim.negated else None,
        "Certainty": claim.certainty, "Phase": claim.phase, "Basis": claim.basis,
    }  # fmt: skip
    for name, value in told.items():
        if value is not None:
            yield f"A{claim.number}{list(told).index(name)}\t{name} E{claim.number} {value}"
