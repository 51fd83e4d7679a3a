"""CoNLL-U Plus: a token a line, with a column of roles for each claim of the document, in the BIO scheme.

Tokens are runs of letters and digits, single signs, and single characters in Chinese and Japanese: a common denominator that
needs no model; other tokens can be aligned by the offsets in MISC. A word that is only partly marked counts as marked, so the
JSON and brat forms are the exact ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.markup import UNSPACED
from corpus.records import AnnotatedClaim, MiniDocument
from corpus.split import part_of

TOKEN = re.compile(r"\w+|[^\w\s]")
SINGLE = re.compile(r"[^\W\d_]|\d+|[^\w\s]|_")
# Of nested roles the one told first is shown in its own column.
COLUMNS = (("t",), ("c",), ("h", "hh", "o"), ("q", "qq", "qo"), ("a",), ("r",), ("p", "pf", "pt"), ("w",), ("n",))


def conll(document: MiniDocument) -> Iterator[str]:
    """Yield the lines of one document, sentence by sentence; a claim has one column ``CLAIM:number``."""
    claims = sorted(document.claims, key=lambda claim: claim.number)
    yield f"# global.columns = ID FORM MISC {' '.join(f'CLAIM:{claim.number}' for claim in claims)}".rstrip()
    yield f"# newdoc id = {document.language}/{document.id}"
    yield f"# part = {part_of(document)}"
    for claim in claims:
        yield f"# claim {claim.number} = {claim.kind} {claim.mode or '-'} {'not ' * claim.negated}{claim.status}"
    pattern = SINGLE if document.language in UNSPACED else TOKEN
    for number, (start, end) in enumerate(document.sentences, start=1):
        yield f"# sent_id = {document.language}/{document.id}/{number}"
        yield f"# text = {document.text[start:end]}"
        for row, match in enumerate(pattern.finditer(document.text, start, end), start=1):
            labels = [labelled(claim, match.start(), match.end()) for claim in claims]
            yield "\t".join([str(row), match[0], f"start={match.start()}|end={match.end()}", *labels])
        yield ""


def labelled(claim: AnnotatedClaim, start: int, end: int) -> str:
    """Return the roles of one token in one claim, such as ``B-a|I-c``; ``O`` where it has none."""
    found = []
    for roles in COLUMNS:
        for role in roles:
            for first, last in claim.spans(role):
                if first < end and start < last:
                    found.append(f"{'B' if start <= first < end else 'I'}-{role}")
    return "|".join(found) or "O"
