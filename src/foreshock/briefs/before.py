"""What was known when the last brief was made: what a brief says has changed, it says against this."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from foreshock.briefs.weighed import Weighed
from foreshock.model import Claim, Condition, Dispute, Incident, Reading, Tally


@dataclass(frozen=True)
class Before:
    """An earlier moment of the same scope, and what its claims have become. Private persons are told by role, as in the brief.

    Attributes:
        moment: ISO prefix or stamp of that moment.
        incidents, disputes, conditions, tallies: as they were joined then.
        now: the tallies of the brief itself.
        weighed: what was weighed then; None where nothing was.
        documents: document id -> the version that was known then.
        sources: the outlets that were known then.
        new: ids of claims of the brief that nobody had told then: of new documents, and of what an edit added or changed.
        told: claims of then that are not told as they were, by id; ``readings`` are of their versions, by document and version.
        dropped: ids of these that an edit took out, of the text that stands now nothing alike is told.
        rejected: ids of these that a person rejected since.
        recoded: ids of documents whose same text was coded anew; that is no news.
    """

    moment: str
    incidents: Sequence[Incident] = ()
    disputes: Sequence[Dispute] = ()
    conditions: Sequence[Condition] = ()
    tallies: Sequence[Tally] = ()
    now: Sequence[Tally] = ()
    weighed: Weighed | None = None
    documents: Mapping[str, str] = field(default_factory=dict)
    sources: frozenset[str] = frozenset()
    new: frozenset[str] = frozenset()
    told: Mapping[str, Claim] = field(default_factory=dict)
    readings: Mapping[tuple[str, str], Reading] = field(default_factory=dict)
    dropped: frozenset[str] = frozenset()
    rejected: frozenset[str] = frozenset()
    recoded: frozenset[str] = frozenset()
