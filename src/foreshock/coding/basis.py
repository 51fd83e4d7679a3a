"""The basis of a claim: what its holder goes by, as the words that name the holder tell it.

"Satellite images show", "a decree seen by", "residents said", "the ministry said": what heads the phrase decides. A document of
the ministry is a document, and a spokesman of the ministry an official.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from foreshock.model import Basis

TOLD: tuple[Basis, ...] = ("imagery", "document", "eyewitness", "official")


@dataclass(frozen=True, slots=True)
class Grounds:
    """A language's words for what a holder goes by.

    Attributes:
        words: one pattern a basis, over a lower-case phrase.
        last: whether the head of a noun phrase stands last in it ("interior ministry *documents*"), else first.
        cut: what ends the part of a phrase that holds its head ("documents *of* the ministry"), where the head stands last.
    """

    words: tuple[tuple[Basis, re.Pattern[str]], ...]
    last: bool
    cut: re.Pattern[str] | None

    @classmethod
    def build(cls, table: Mapping[str, Any], *, spaces: bool) -> Grounds:
        """Return the words of a language's table: ``attribution`` with a list for each of ``TOLD``, ``head`` and ``head_ends``.

        Args:
            spaces: whether blanks part the words, so that a listed word must stand alone but for an ending of number or case.
        """
        known = table.get("attribution", {})
        patterns = tuple((basis, _pattern(known[basis], spaces=spaces)) for basis in TOLD if known.get(basis))
        ends = "|".join(re.escape(str(word)) for word in known.get("head_ends", ()))
        return cls(patterns, known.get("head", "first") == "last", re.compile(rf",|\b(?:{ends})\b") if ends else None)

    def of(self, holder: str) -> Basis | None:
        """Return what a holder's words say that it goes by, None where they do not say."""
        low = holder.lower()
        if self.last and self.cut is not None:
            head = self.cut.split(low, maxsplit=1)[0]
            low = head if head.strip() else low
        found = [(match.end() if self.last else -match.start(), len(match[0]), basis) for basis, match in self._matches(low)]
        return max(found, key=lambda one: one[:2])[2] if found else None

    def _matches(self, low: str) -> Iterable[tuple[Basis, re.Match[str]]]:
        for basis, pattern in self.words:
            for match in pattern.finditer(low):
                yield basis, match


def _pattern(words: Iterable[object], *, spaces: bool) -> re.Pattern[str]:
    source = "|".join(re.escape(str(word).lower()) for word in sorted(map(str, words), key=len, reverse=True))
    return re.compile(rf"\b(?:{source})(?:s|es)?\b" if spaces else f"(?:{source})")


def basis_of(holders: Iterable[str], grounds: Grounds, status: str) -> Basis:
    """Return the basis of a claim by its holders, outermost first; rumour is hearsay whoever passes it on."""
    if status == "rumoured":
        return "hearsay"
    told = (grounds.of(one) for one in reversed(tuple(holders)))
    return cast(Basis, next((one for one in told if one is not None), "unstated"))
