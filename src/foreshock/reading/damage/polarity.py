"""polarity_suspect: a clause whose yes or no was probably turned in translation. Three narrow, argued rules a language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from foreshock.model import Damage
from foreshock.reading.damage.page import Page, rules

# What each rule holds, with the argument that is given to the reader.
ARGUMENTS = {
    "double_negative": "a double negative calqued from another language: the act was done, though it reads as failing",
    "denied_person": "people cannot be denied, only what is said of them: the report about them that was denied is lost",
    "until_reversal": "what held until then is contradicted by what followed: it was probably ruled out, not promised",
}


def find(page: Page) -> Iterator[Damage]:
    """Yield clauses whose polarity is in doubt; no proposal, since the text does not hold what was meant."""
    cues = rules("grammar", page.language)
    for rule, why in ARGUMENTS.items():
        for pattern in cues.get(rule) or ():
            for match in re.finditer(pattern, page.text, re.IGNORECASE):
                yield Damage("polarity_suspect", match.start(), match.end(), match[0], None, why)
