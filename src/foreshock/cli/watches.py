"""``foreshock watches``: saved filters with thresholds, and where their alerts go."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from foreshock.cli.channels import shown_address
from foreshock.cli.options import ledger_option, now_option, settings_here, workbench
from foreshock.cli.plain import plain, tell
from foreshock.cli.rows import FORMATS, write_rows
from foreshock.errors import CatalogueError, ExportError
from foreshock.ledger import Ledger
from foreshock.ledger.watches import Watches
from foreshock.model import Alert, AlertLine, Channel, Kind, Status, Trigger, Watch, record_id, to_json

if TYPE_CHECKING:
    from foreshock.settings import Settings

COLUMNS = {"name": 30, "watches": 40, "thresholds": 50, "channels": 40, "last looked": None}
ACTIONS = ("list", "add", "show", "drop", "check", "test")
SECRET = "webhook"  # noqa: S105  (the name of a secret)
TEST = "This is a test of a channel; nothing was read and nothing happened."


@click.command()
@click.argument("action", type=click.Choice(ACTIONS), default="list")
@click.argument("name", required=False)
@click.option("--on", "thresholds", multiple=True, help="A threshold, such as dispute or tally:killed>=100; more than once.")
@click.option("--crisis", help="The saved filter that is watched; the options below narrow it.")
@click.option("--country", "countries", multiple=True, help="A country, ISO 3166 alpha-3; may be given more than once.")
@click.option("--kind", "kinds", multiple=True, help="A kind of claims, such as COERCE; may be given more than once.")
@click.option("--status", "statuses", multiple=True, help="A standing of claims, such as denied; may be given more than once.")
@click.option("--word", "words", multiple=True, help="A word that a claim must bear; of several one is enough.")
@click.option("--source", "sources", multiple=True, help="A source, as foreshock sources names it; may be given more than once.")
@click.option("--language", "languages", multiple=True, help="A language of documents, ISO 639-1; may be given more than once.")
@click.option("--webhook", "webhooks", multiple=True, help="Post alerts to this address; may be given more than once.")
@click.option("--secret", default=SECRET, show_default=True, help="Name of the secret that webhooks are signed with.")
@click.option("--email", "mails", multiple=True, help="Mail alerts to this address; may be given more than once.")
@click.option("--feed", is_flag=True, help="Write an Atom feed of the alerts into the folder that the setting alerts names.")
@click.option("--quiet", "quiet", type=click.FloatRange(min=0), default=6, show_default=True, help="Hours for which the same matter is not told of again.")  # fmt: skip  # noqa: E501
@click.option("--say", help="Language that alerts are written in; the setting language where not given.")
@click.option(
    "--backfill", is_flag=True, help="With add: what is there already is news; without it the first look raises nothing."
)
@ledger_option
@now_option
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="How it is printed.")
def command(
    action: str,
    name: str | None,
    *,
    ledger: Path | str | None,
    now: datetime,
    form: str,
    **given: Any,
) -> None:
    """Keep watches: saved filters with thresholds that raise alerts.

    list prints them; add keeps one under NAME, or changes it, from now on; show prints one, with fingerprints of its secrets;
    drop drops it; check prints what it would raise now and keeps nothing; test sends one test through each of its channels.
    """
    settings = settings_here()
    address = ledger or settings.ledger
    if action != "list" and not name:
        raise click.UsageError(f"{action} needs a NAME")
    if action == "list":
        with Ledger(address, create=False) as kept:
            store = Watches(kept)
            rows = [_shown(one) for one in store.every()]
            write_rows(rows, form, sys.stdout, columns=COLUMNS, cells=lambda one: _cells(store, one))
    elif action == "add":
        from foreshock.pipeline.alerting import raise_alerts

        watch = _watch(str(name), settings, given)
        with Ledger(address) as kept:
            _check_crisis(kept, watch)
            new = Watches(kept).keep(watch, now=now)
            found = raise_alerts(kept, workbench(), now=now, names=[watch.name], backfill=given["backfill"])
        click.echo(f"{'kept' if new else 'already kept'}: the watch {plain(watch.name)!r}, {len(found)} alerts")
    elif action == "drop":
        with Ledger(address) as kept:
            gone = Watches(kept).drop(str(name), now=now)
        click.echo(f"dropped the watch {name!r}; its alerts stay" if gone else f"there is no watch {name!r}")
    else:
        with Ledger(address, create=False) as kept:
            ACTED[action](kept, str(name), settings, now, form)


def _watch(name: str, settings: Settings, given: dict[str, Any]) -> Watch:
    from foreshock.briefs.locale import LANGUAGES
    from foreshock.pipeline.thresholds import trigger_of

    kinds = tuple(one.upper() for one in given["kinds"])
    statuses = tuple(one.lower() for one in given["statuses"])
    for known, wanted in ((get_args(Kind), kinds), (get_args(Status), statuses)):
        for one in wanted:
            if one not in known:
                raise CatalogueError(f"{one!r} is none of the codebook", remedy=f"known are {', '.join(known)}")
    language = given["say"] or settings.language
    if language not in LANGUAGES:
        raise CatalogueError(f"no alerts in {language!r}", remedy=f"choose one of {', '.join(LANGUAGES)}")
    made = Watch(
        name=name,
        triggers=tuple(dict.fromkeys(trigger_of(one) for one in given["thresholds"])),
        crisis=given["crisis"],
        countries=tuple(one.upper() for one in given["countries"]),
        kinds=kinds,
        statuses=statuses,
        words=given["words"],
        sources=given["sources"],
        languages=tuple(one.lower() for one in given["languages"]),
        channels=_channels(settings, given),
        quiet_hours=float(given["quiet"]),
        language=language,
    )
    _check_scenarios(settings, made)
    return made


def _channels(settings: Settings, given: dict[str, Any]) -> tuple[Channel, ...]:
    """Return the channels that are asked for, each checked as far as that can be done without sending anything."""
    from foreshock.pipeline.posting import poster
    from foreshock.watch.alerts import mail
    from foreshock.watch.alerts.secrets import secrets_of

    channels: list[Channel] = []
    for one in given["webhooks"]:
        poster(settings).check(one)
        channels.append(Channel("webhook", one, given["secret"]))
    if channels:
        secrets_of(settings, os.environ).get(given["secret"])
    channels += [Channel("email", mail.checked(one)) for one in given["mails"]]
    if given["mails"]:
        mail.server_of(settings)
    if given["feed"]:
        if settings.alerts is None:
            raise CatalogueError("no folder of feeds is set", remedy="set alerts, or take the feed with foreshock alerts export")
        channels.append(Channel("atom"))
    return tuple(channels)


def _check_scenarios(settings: Settings, watch: Watch) -> None:
    asked = [one.scenario for one in watch.triggers if one.what == "probability"]
    if asked:
        from foreshock.pipeline.reckoning import weighing_tables

        known = weighing_tables(settings).scenarios
        if unknown := [one for one in asked if one not in known]:
            raise CatalogueError(f"there is no scenario {unknown[0]!r}", remedy=f"known are {', '.join(known)}")
        if not watch.countries and not watch.crisis:
            raise CatalogueError("a probability is that of a country", remedy="give --country, or a --crisis that has countries")


def _check_crisis(kept: Ledger, watch: Watch) -> None:
    from foreshock.pipeline.alert_scene import scope_of

    scope_of(kept, watch)


def _show(kept: Ledger, name: str, settings: Settings, _now: datetime, form: str) -> None:
    from foreshock.pipeline.thresholds import trigger_text
    from foreshock.watch.alerts.secrets import secrets_of

    store = Watches(kept)
    watch, state = _shown(store.get(name)), store.state(name)
    secrets = secrets_of(settings, os.environ)
    if form in ("json", "jsonl"):
        prints = {one.secret: secrets.fingerprint(one.secret) for one in watch.channels if one.secret}
        write_rows([{**to_json(watch), "fingerprints": prints}], form, sys.stdout, columns={}, cells=lambda _: [])
        return
    rows = [("name", watch.name), ("watches", _scope(watch)), ("quiet", f"{watch.quiet_hours:g} h"), ("language", watch.language)]
    rows += [("threshold", trigger_text(one)) for one in watch.triggers]
    for one in watch.channels:
        signed = f", signed with {one.secret} ({secrets.fingerprint(one.secret)})" if one.secret else ""
        rows.append((one.kind, f"{one.to}{signed}"))
    rows.append(("last looked", state.evaluated_at or "never"))
    write_rows(rows, form, sys.stdout, columns={"what": None, "is": 120}, cells=list)


def _check(kept: Ledger, name: str, _settings: Settings, now: datetime, form: str) -> None:
    from foreshock import pipeline
    from foreshock.cli.alerts import write_alerts
    from foreshock.pipeline.alert_scene import Scenes
    from foreshock.pipeline.alerting import evaluate

    store = Watches(kept)
    watch, state = store.get(name), store.state(name)
    bench = workbench()
    if waiting := pipeline.not_joined(kept):
        tell(f"{waiting} documents are kept and not joined yet; join them with foreshock join")
    found = evaluate(Scenes(kept, bench, now), watch, state)
    if state.definition != watch.definition:
        tell(f"the watch has not looked yet: its first look takes note of {len(found.marks)} matters and raises nothing")
    write_alerts(found.alerts, form)


def _test(kept: Ledger, name: str, settings: Settings, now: datetime, _form: str) -> None:
    from foreshock.dates import utc_stamp
    from foreshock.watch.alerts.deliver import Sender, try_channel

    watch = Watches(kept).get(name)
    stamp = utc_stamp(now)
    alert = Alert(
        record_id("test", name, stamp), name, stamp, Trigger("edit"), "test", "test", name, (AlertLine(TEST),), stamp[:10],
        language=watch.language,
    )  # fmt: skip
    failed = 0
    for channel in watch.channels:
        how = try_channel(kept, Sender(settings, os.environ), alert, channel, now=now)
        failed += not how.done
        said = f"{'sent' if how.done else 'not sent'}{f', {how.why}' if how.why else ''}"
        click.echo(plain(f"{channel.kind} {shown_address(channel)}".strip() + f": {said}"))
    if not watch.channels:
        click.echo("it has no channel: its alerts are in exports and on the desk")
    if failed:
        raise ExportError(f"{failed} of {len(watch.channels)} channels took nothing", remedy="mend what is said above")


def _cells(store: Watches, watch: Watch) -> list[str]:
    from foreshock.pipeline.thresholds import trigger_text

    channels = ", ".join(one.kind + (f" {one.to}" if one.to else "") for one in watch.channels)
    looked = store.state(watch.name).evaluated_at or "never"
    return [watch.name, _scope(watch), ", ".join(trigger_text(one) for one in watch.triggers), channels, looked]


def _scope(watch: Watch) -> str:
    lists = (watch.countries, watch.kinds, watch.statuses, watch.sources, watch.languages, watch.words)
    return "; ".join([*([watch.crisis] if watch.crisis else []), *(" ".join(one) for one in lists if one)]) or "everything"


def _shown(watch: Watch) -> Watch:
    """Return a watch as it may be printed."""
    return replace(watch, channels=tuple(replace(one, to=shown_address(one)) for one in watch.channels))


ACTED = {"show": _show, "check": _check, "test": _test}
