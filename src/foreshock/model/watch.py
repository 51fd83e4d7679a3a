"""A watch: a saved filter with thresholds; the alerts that it raised, and how each is delivered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from foreshock.model.values import FigureWhat, Kind, Status, record_id

TriggerWhat = Literal["incident", "claim", "dispute", "settled", "condition", "tally", "probability", "silence", "edit"]
ConditionChange = Literal["declared", "extended", "breached", "lifted", "lapsed"]
ChannelKind = Literal["atom", "webhook", "email"]
DeliveryState = Literal["waiting", "sending", "sent", "dead", "dropped"]


@dataclass(frozen=True, slots=True)
class Trigger:
    """One threshold of a watch; fields that its ``what`` does not ask for are empty.

    Attributes:
        what: "incident" a new one; "claim" a new one that fits the filter; "dispute" a new one; "settled" a dispute that a person
            settled; "condition" a change of state; "tally" a number over or moved; "probability" over a level or moved by bands;
            "silence" nothing received; "edit" a document whose claims were changed, dropped or retracted by an edit.
        kinds: of incidents and claims, any where empty.
        changes: of conditions, any where empty.
        figure: what a tally counts.
        scenario, horizon: of a probability; the horizon in days.
        over: a tally or a probability reaches it; a probability is 0 to 1.
        by: a tally moves by so much; a probability by so many bands of words.
        hours: nothing came from ``source``, or from any source where it is None, for so long.
    """

    what: TriggerWhat
    kinds: tuple[Kind, ...] = ()
    changes: tuple[ConditionChange, ...] = ()
    figure: FigureWhat | None = None
    scenario: str | None = None
    horizon: int = 90
    over: float | None = None
    by: float | None = None
    source: str | None = None
    hours: float | None = None

    @property
    def key(self) -> str:
        """A hash of all that it says; marks are kept under it."""
        told = (getattr(self, name) for name in self.__dataclass_fields__)
        return record_id("trigger", *(",".join(one) if isinstance(one, tuple) else one for one in told))


@dataclass(frozen=True, slots=True)
class Channel:
    """Where alerts go: ``to`` is the address of a webhook or of a mailbox, empty for a feed.

    ``secret`` is the name of the secret that a webhook is signed with, never the secret itself.
    """

    kind: ChannelKind
    to: str = ""
    secret: str | None = None

    @property
    def key(self) -> str:
        """A hash of kind and address: the outbox names a channel by it."""
        return record_id("channel", self.kind, self.to)


@dataclass(frozen=True, slots=True)
class Watch:
    """A saved filter with thresholds, and where its alerts go.

    Attributes:
        name: what a person calls it.
        triggers: each raises alerts of its own.
        crisis: the name of a saved filter; the fields below narrow it.
        countries: ISO 3166 alpha-3.
        kinds, statuses, sources, languages, words: of claims; one of each that is given must fit a claim of what is told.
        channels: where alerts go; the desk and exports have them always.
        quiet_hours: so long the same matter is not told of again.
        language: that alerts are written in.
    """

    name: str
    triggers: tuple[Trigger, ...]
    crisis: str | None = None
    countries: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    statuses: tuple[Status, ...] = ()
    words: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    channels: tuple[Channel, ...] = ()
    quiet_hours: float = 6.0
    language: str = "en"

    @property
    def definition(self) -> str:
        """A hash of filter and thresholds: where it changes, what is there already is no news for the new ones."""
        lists = (self.countries, self.kinds, self.statuses, self.words, self.sources, self.languages)
        keys = sorted(one.key for one in self.triggers)
        return record_id("watch", self.crisis or "", *("\x1e".join(one) for one in lists), *keys)


@dataclass(frozen=True, slots=True)
class AlertLine:
    """One sentence of an alert and what it stands on: claims, estimates, or documents where it tells of what was read."""

    text: str
    claim_ids: tuple[str, ...] = ()
    estimate_ids: tuple[str, ...] = ()
    document_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alert:
    """That a threshold was passed, in sentences that each stand on something.

    Attributes:
        id: a hash of watch, trigger, subject and the number of the alert on it.
        watch: its name.
        at: when it was raised, a UTC stamp.
        trigger: the threshold.
        subject: what it is about: the id of an incident, dispute, condition or document, or a hash for the others.
        change: what happened to the subject in one word: "new", "settled", "lifted", "over", "first", "moved", "silent",
            "edited".
        title: one line that names nobody for anything.
        lines: the sentences.
        as_of: the day that ages count to.
        country: ISO 3166 alpha-3 of its place, None where not known; ``place`` its name as it may be told.
        probability: of an estimate.
        follows: the id of the alert before it on the same subject.
        language: of title and lines.
    """

    id: str
    watch: str
    at: str
    trigger: Trigger
    subject: str
    change: str
    title: str
    lines: tuple[AlertLine, ...]
    as_of: str
    country: str | None = None
    place: str | None = None
    probability: float | None = None
    follows: str | None = None
    language: str = "en"

    @property
    def claim_ids(self) -> tuple[str, ...]:
        """Every claim that a sentence stands on, once."""
        return tuple(dict.fromkeys(one for line in self.lines for one in line.claim_ids))

    @property
    def estimate_ids(self) -> tuple[str, ...]:
        """Every estimate that a sentence stands on, once."""
        return tuple(dict.fromkeys(one for line in self.lines for one in line.estimate_ids))


@dataclass(frozen=True, slots=True)
class WatchState:
    """What was last seen under a watch; ``version`` counts its evaluations, 0 before the first.

    ``marks`` are (key of a trigger, subject) -> what was last told of it, as JSON values without a name in them; those of another
    ``definition`` count for nothing. ``arrival`` is the last coding that was seen.
    """

    watch_id: str
    version: int = 0
    definition: str = ""
    evaluated_at: str | None = None
    arrival: int = 0
    marks: Mapping[tuple[str, str], Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One alert on one channel: how often it was tried, when it is due, and what went wrong last.

    ``channel`` is None where the watch has it no longer. ``id`` is the same at every try: a receiver that has seen it drops it.
    """

    id: str
    alert_id: str
    watch: str
    channel: Channel | None
    state: DeliveryState
    tries: int
    due: str
    at: str
    why: str | None = None
