"""What the builders of sections share: the reader's language, what was read, and the day the brief is for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from foreshock.briefs.brief import Age, Line
from foreshock.briefs.locale import Reader
from foreshock.briefs.quotes import Codebook, quote_of
from foreshock.briefs.words import sentence
from foreshock.model import Claim, Figure, Reading


@dataclass(frozen=True, slots=True)
class Context:
    """The inputs of a brief; ``today`` is the day of ``as_of``, or of the making where none was given."""

    reader: Reader
    readings: Mapping[str, Reading]
    claims: Sequence[Claim]
    codebook: Codebook | None
    today: date

    def line(
        self,
        claims: Sequence[Claim],
        *,
        content: str | None = None,
        after: str = "",
        group: str | None = None,
        figure: Figure | None = None,
        last_claimed: str | None = None,
        age: Age | None = None,
    ) -> Line:
        """Return the line of claims that say the same thing, with the receipt of each."""
        worded = sentence(self.reader, claims, content=content, after=after)
        return Line(
            text=worded.text,
            claim_ids=tuple(claim.id for claim in claims),
            quotes=tuple(quote_of(claim, self.readings[claim.document_id], self.codebook) for claim in claims),
            confidence=min(claim.confidence for claim in claims),
            status=claims[0].status,
            cited=worded.cited,
            group=group,
            figure=figure,
            last_claimed=last_claimed,
            age=age,
        )


def ids_of(readings: Iterable[Reading]) -> tuple[str, ...]:
    """Return the ids of the documents of readings."""
    return tuple(reading.document.id for reading in readings)
