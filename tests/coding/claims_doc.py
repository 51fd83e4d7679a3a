"""The tables of docs/claims.md as the code has them; ``python -m tests.coding.claims_doc`` writes them into the page."""

from __future__ import annotations

import re
from pathlib import Path

from foreshock.coding.confidence import CAPS, FEATURES, weights
from foreshock.coding.status import ACTS, MOOD_STATUS, PHASES, PRECEDENCE
from foreshock.ontology.codebook import Codebook, load_codebook
from foreshock.reading.languages import table

PAGE = Path(__file__).parents[2] / "docs" / "claims.md"
BLOCK = re.compile(r"(<!-- table: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
WORDS = 5
EMPTY = "-"


def rows(head: tuple[str, ...], body: list[tuple[object, ...]]) -> str:
    lines = [head, tuple("-" * max(3, len(name)) for name in head), *body]
    return "".join("| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |\n" for line in lines)


def kinds(codebook: Codebook) -> str:
    body = [
        (
            f"`{entry.kind}`",
            entry.gloss,
            ", ".join(entry.modes) or EMPTY,
            entry.crosswalk["plover"] or EMPTY,
            entry.crosswalk["cameo"] or EMPTY,
        )
        for entry in codebook
    ]
    return rows(("kind", "what it is", "modes", "PLOVER", "CAMEO"), body)


def neighbours(codebook: Codebook) -> str:
    body = [(f"`{entry.kind}`", f"`{one.kind}`", one.tell) for entry in codebook for one in entry.neighbours]
    return rows(("kind", "taken for", "how to tell them apart"), body)


def _words(status: str, key: str) -> str:
    found = []
    for code in ("en", "ja"):
        found += [str(word) for word in (table(code).get(key, {}).get(status) or ())[:WORDS]]
    return ", ".join(found) or EMPTY


def statuses(codebook: Codebook) -> str:
    body = []
    for number, status in enumerate(PRECEDENCE, 1):
        others = [f"mood {mood}" for mood, given in MOOD_STATUS.items() if given == status]
        others += [f"kind {kind}" for kind, given in ACTS.items() if given == status]
        verbs, nouns, inside = (_words(status, key) for key in ("frames", "frame_nouns", "status_words"))
        body.append((number, f"`{status}`", verbs, nouns, inside, ", ".join(others) or EMPTY))
    return rows(("", "status", "verbs over the clause", "nouns over the clause", "words in the clause", "or"), body)


def phases(codebook: Codebook) -> str:
    return rows(("mood of the clause", "phase"), [(mood, f"`{phase}`") for mood, phase in PHASES.items()])


def caps(codebook: Codebook) -> str:
    return rows(("damage", "at most"), [(f"`{kind}`", cap) for kind, cap in sorted(CAPS.items(), key=lambda one: one[1])])


def confidence(codebook: Codebook) -> str:
    table = weights()
    body = [(name, table["standing"][name], table["slots"][name]) for name in ("intercept", *FEATURES)]
    return rows(("what is known", "standing and holders", "act and slots"), body)


TABLES = {one.__name__: one for one in (kinds, neighbours, statuses, phases, caps, confidence)}


def renewed(page: str, codebook: Codebook) -> str:
    """Return the page with each table as the code has it now."""
    return BLOCK.sub(lambda found: f"{found[1]}\n{TABLES[found[2]](codebook)}\n{found[3]}", page)


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8"), load_codebook()), encoding="utf-8")
