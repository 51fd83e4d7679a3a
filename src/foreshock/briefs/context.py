"""What the builders of sections share: the reader's language, what was read, and the day the brief is for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from foreshock.briefs.brief import Line
from foreshock.briefs.locale import Reader
from foreshock.briefs.quotes import Codebook, quote_of
from foreshock.briefs.records import Records
from foreshock.briefs.words import Worded, sentence
from foreshock.model import Claim, Figure, Freshness, Reading


@dataclass(frozen=True, slots=True)
class Context:
    """The inputs of a brief; ``today`` is the day of ``as_of``, or of the making where none was given.

    ``earlier`` are readings of versions that were edited since, by document id and version.
    """

    reader: Reader
    readings: Mapping[str, Reading]
    claims: Sequence[Claim]
    codebook: Codebook | None
    today: date
    records: Records
    earlier: Mapping[tuple[str, str], Reading] = field(default_factory=dict)

    def reading_of(self, claim: Claim) -> Reading:
        """Return the reading that a claim stands in: of its document as it is now, or of an earlier version of it."""
        return self.earlier.get((claim.document_id, claim.version)) or self.readings[claim.document_id]

    def line(
        self,
        claims: Sequence[Claim],
        *,
        content: str | None = None,
        after: str = "",
        group: str | None = None,
        figure: Figure | None = None,
        record: str | None = None,
        position: str | None = None,
    ) -> Line:
        """Return the line of claims that one holder makes, with the receipt of each."""
        worded = sentence(self.reader, claims, content=content, after=after)
        return self.made(worded, claims, group=group, figure=figure, record=record, position=position)

    def made(
        self,
        worded: Worded,
        claims: Sequence[Claim],
        *,
        group: str | None = None,
        figure: Figure | None = None,
        record: str | None = None,
        position: str | None = None,
        why: str | None = None,
        last_claimed: str | None = None,
        age: Freshness | None = None,
    ) -> Line:
        """Return the line of a sentence that is worded already, with the receipt of each claim and the number of its origins."""
        return Line(
            text=worded.text,
            claim_ids=tuple(claim.id for claim in claims),
            quotes=tuple(quote_of(claim, self.reading_of(claim), self.codebook) for claim in claims),
            confidence=min(claim.confidence for claim in claims),
            status=claims[0].status,
            cited=worded.cited,
            group=group,
            figure=figure,
            record=record,
            origins=self.records.origins_among(claims),
            position=position,
            why=why,
            last_claimed=last_claimed,
            age=age,
        )


def ids_of(readings: Iterable[Reading]) -> tuple[str, ...]:
    """Return the ids of the documents of readings."""
    return tuple(reading.document.id for reading in readings)
