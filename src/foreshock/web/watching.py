"""A watch from what was typed into its form: checked as far as that can be done without sending anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from foreshock import pipeline
from foreshock.errors import CatalogueError
from foreshock.ledger import Ledger
from foreshock.model import Channel, Watch
from foreshock.pipeline.alert_scene import scope_of
from foreshock.pipeline.posting import poster
from foreshock.pipeline.reckoning import weighing_tables
from foreshock.settings import Settings

SECRET = "webhook"  # noqa: S105 - the name of a secret, kept by the operator
COMMON = (
    "incident:ASSAULT,HARM", "dispute", "condition:declared,lifted,lapsed", "tally:killed>=100", "probability:coup-attempt~1",
    "edit", "silence:24h",
)  # fmt: skip


def watch_of(typed: Mapping[str, Sequence[str]], settings: Settings, ledger: Ledger, *, language: str) -> Watch:
    """Return the watch that a form describes.

    Args:
        typed: field -> values: ``name``, ``thresholds``, ``crisis``, ``countries``, ``words``, ``sources``, ``webhook``,
            ``email``, ``feed``, ``quiet``; words, sources and thresholds are one a line.
        settings: which hosts of webhooks are allowed, and the scenarios.
        ledger: which crises there are.
        language: that its alerts are written in.

    Raises:
        ForeshockError: something of it cannot be; the message names the value and the remedy.
    """
    made = Watch(
        name=one(typed, "name"),
        triggers=tuple(dict.fromkeys(pipeline.trigger_of(line) for line in lines(typed, "thresholds"))),
        crisis=one(typed, "crisis") or None,
        countries=tuple(word.upper() for word in one(typed, "countries").replace(",", " ").split()),
        words=tuple(lines(typed, "words")),
        sources=tuple(lines(typed, "sources")),
        channels=_channels(typed, settings),
        quiet_hours=_hours(one(typed, "quiet") or "6"),
        language=language,
    )
    if not made.name or not made.triggers:
        raise CatalogueError("the watch has no name or no threshold", remedy="give it both")
    for trigger in made.triggers:
        if trigger.what == "probability":
            known = weighing_tables(settings).scenarios
            if trigger.scenario not in known:
                raise CatalogueError(f"there is no scenario {trigger.scenario!r}", remedy=f"known are {', '.join(known)}")
            if not made.countries and not made.crisis:
                raise CatalogueError("a probability is that of a country", remedy="give a country, or a crisis that has some")
    scope_of(ledger, made)
    return made


def one(typed: Mapping[str, Sequence[str]], name: str) -> str:
    """Return the one value of a field, "" where there is none."""
    values = typed.get(name) or [""]
    return values[0].strip()


def lines(typed: Mapping[str, Sequence[str]], name: str) -> list[str]:
    """Return the lines of all values of a field, without empty ones."""
    return [line.strip() for value in typed.get(name, ()) for line in value.splitlines() if line.strip()]


def shown_channel(channel: Channel) -> str:
    """Return where a channel leads as it may be shown: the path of a webhook may be a key."""
    parts = urlsplit(channel.to)
    return f"{parts.scheme}://{parts.netloc}/…" if channel.kind == "webhook" else channel.to


def _channels(typed: Mapping[str, Sequence[str]], settings: Settings) -> tuple[Channel, ...]:
    from foreshock.watch.alerts import mail

    found: list[Channel] = []
    for address in lines(typed, "webhook"):
        poster(settings).check(address)
        found.append(Channel("webhook", address, SECRET))
    for address in lines(typed, "email"):
        mail.server_of(settings)
        found.append(Channel("email", mail.checked(address)))
    if one(typed, "feed"):
        if settings.alerts is None:
            raise CatalogueError("no folder of feeds is set", remedy="set alerts, or take the feed from this page")
        found.append(Channel("atom"))
    return tuple(found)


def _hours(text: str) -> float:
    try:
        hours = float(text)
    except ValueError:
        hours = -1.0
    if not 0 <= hours <= 24 * 366:
        raise CatalogueError(f"{text!r} are no hours of quiet", remedy="give a number from 0 on")
    return hours
