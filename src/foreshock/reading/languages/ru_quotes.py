"""Quotations that the networks read apart from the words that hold them.

A greedy parser ties words inside a long quotation to words outside it. What stands after a colon, or opens the sentence and is
followed by a dash, is read by itself; its root is hung on the verb of speech afterwards (``ru_speech.hang_quotations``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

PAIRS = {"«": "»", '"': '"'}
DASHES = frozenset({"—", "–", "-"})
SHORTEST = 3
# The relation of a quotation's root until its verb of speech is found.
QUOTED = "quoted"


def pieces(forms: Sequence[str]) -> list[list[int]]:
    """Return the indices of words that are read together: first those outside quotations, then each quotation with its marks."""
    inside = list(_quotations(forms))
    taken = {index for start, end in inside for index in range(start, end)}
    outside = [index for index in range(len(forms)) if index not in taken]
    if not any(forms[index].isalpha() for index in outside):
        return [list(range(len(forms)))]
    return [outside, *(list(range(start, end)) for start, end in inside)]


def _quotations(forms: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield half-open ranges of quotations that are whole sentences by their place, marks included."""
    index = 0
    while index < len(forms):
        closer = PAIRS.get(forms[index])
        if closer is None:
            index += 1
            continue
        end = next((at for at in range(index + 1, len(forms)) if forms[at] == closer), None)
        if end is None:
            return
        announced = index > 0 and forms[index - 1] == ":"
        after = [form for form in forms[end + 1 : end + 4] if form not in (",", "!", "?", "...", "…", ".")]
        leading = index == 0 and bool(after) and after[0] in DASHES
        broken = any(forms[at] in DASHES and forms[at - 1] in (",", ".", "!", "?", "…") for at in range(index + 2, end))
        if (announced or leading) and end - index > SHORTEST and not broken:
            yield index, end + 1
        index = end + 1
