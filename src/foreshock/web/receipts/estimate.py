"""The receipt of an estimate: what history says, what moved it, what could not be seen."""

from __future__ import annotations

from collections.abc import Sequence

from foreshock import pipeline
from foreshock.briefs.retelling import retold
from foreshock.errors import LedgerError
from foreshock.model import Estimate, Evidence
from foreshock.pipeline.briefing import weighed_in
from foreshock.web.receipts.scene import Scene
from foreshock.web.receipts.sheet import Item, Part, Sheet
from foreshock.web.weighing import countries_of

EVIDENCE = {
    "seen": "seen", "unseen": "looked for and not seen", "blind": "could not be seen", "no-baseline": "no usual level is known",
    "unmeasured": "was not measured: weighs nothing", "no-bridge": "not comparable with what was measured: weighs nothing",
    "in-tier": "counted in the state already",
}  # fmt: skip


def estimate(scene: Scene, name: str) -> Sheet | None:
    """Return the receipt of an estimate that is kept, or that the present picture gives."""
    one = _found(scene, name)
    if one is None:
        return None
    say, reader = scene.reader.say, scene.reader
    scenarios = pipeline.weighing_tables(scene.desk.bench.settings).scenarios
    scenario = scenarios.get(one.scenario)
    said = pipeline.said_of(one)
    short = scenario.short if scenario else one.scenario
    days = reader.count("{n} day", "{n} days", one.horizon)
    told = (
        say(
            "{what} within {days}: {p} ({low} to {high})",
            what=say(short),
            days=days,
            p=said.probability,
            low=said.low,
            high=said.high,
        )
        if said
        else say("{what} within {days}: not measured", what=say(short), days=days)
    )
    unmeasured = Item(say("not measured"), one.unmeasured or "")
    likely = Item(reader.percent(said.probability), say(said.word)) if said else unmeasured
    stands = say("state: {state}, tier: {tier}", state=say(one.state), tier=say(one.tier))
    facts = [
        (say("Likelihood"), likely),
        (say("As of"), Item(reader.date(one.as_of))),
        (say("Country"), Item(reader.country(one.country) or one.country, stands)),
        *_history(scene, one, said),
        (say("Method"), Item(one.method, say("of the ledger up to coding {n}", n=one.arrival) if one.arrival else "")),
        (say("Estimate"), Item(one.id)),
    ]  # fmt: skip
    ids = [claim for it in one.evidence for claim in it.claim_ids]
    quotes, more = scene.quotes(ids, most=6)
    parts = [*_moved(scene, one.evidence), *_blind(scene, one)]
    lead = told[:1].upper() + told[1:]
    limits = _limits(scene, one)
    return Sheet("estimate", one.id, say("An estimate"), lead, facts, quotes, more, parts, limits, "/scenarios")


def _found(scene: Scene, name: str) -> Estimate | None:
    ask, held = scene.picture.ask, scene.picture.shown.discretion
    kept = next((one for one in scene.desk.ledger.estimates(ask.as_of) if one.id == name), None)
    if kept is not None:
        return held.estimate(kept)
    made: dict[str, Estimate] = scene.picture.part("estimates by id", lambda: {one.id: one for one in _present(scene)})
    return held.estimate(made[name]) if name in made else None


def _present(scene: Scene) -> list[Estimate]:
    """Return what the brief and the board of scenarios say now."""
    picture, desk = scene.picture, scene.desk
    weighed = weighed_in(picture.shown, desk.bench, today=picture.shown.found.today)
    found = [*weighed.estimates] if weighed else []
    for country in countries_of(picture):
        try:
            made = pipeline.weigh(desk.ledger, desk.bench, now=picture.made, country=country, as_of=picture.ask.as_of)
        except LedgerError:  # nothing of the country was known then: no number is made of it
            continue
        found += [one for reckoning in made for one in reckoning.estimates]
    return found


def _history(scene: Scene, one: Estimate, said: pipeline.Said | None) -> list[tuple[str, Item]]:
    say, reader, before = scene.reader.say, scene.reader, one.prior
    if before is None or said is None:
        return []
    source = before.provenance
    rows = [
        (say("Before any news"), Item(reader.percent(said.prior), retold(reader, before.why))),
        (say("Base rate"), Item(reader.percent(said.base_rate), say("of all countries in the latest measured span"))),
        (
            say("Measured on"),
            Item(
                ", ".join(source.sets),
                say("{span}; {n} rows, {onsets} onsets; {command}", span=source.span, n=reader.number(source.n),
                    onsets=reader.number(source.onsets), command=source.command),
            ),
        ),
    ]  # fmt: skip
    if before.falls_back:
        rows.append((say("Judged by"), Item(before.falls_back, say("it has no history of its own"))))
    if one.weight is not None and one.evidence_model is not None:
        alone = say("evidence alone would say {p}", p=scene.reader.percent(pipeline.percent(one.evidence_model)))
        rows.append((say("Weight of the evidence"), Item(f"{one.weight:.0%}", alone)))
    return rows


def _moved(scene: Scene, evidence: Sequence[Evidence]) -> list[Part]:
    say = scene.reader.say

    def called(it: Evidence) -> str:
        return say(it.indicator.replace("-", " ").replace("_", " "))

    def items(rows: Sequence[Evidence]) -> list[Item]:
        return [
            Item(
                f"{called(it)}: {it.nats:+.2f}" if it.nats else called(it),
                say("{why} ({state})", why=retold(scene.reader, it.why), state=say(EVIDENCE[it.state])),
                *(("claim", it.claim_ids[0]) if it.claim_ids else ("", "")),
            )
            for it in rows
        ]

    towards = sorted((it for it in evidence if it.nats > 0), key=lambda it: -it.nats)
    against = sorted((it for it in evidence if it.nats < 0), key=lambda it: it.nats)
    idle = [it for it in evidence if it.nats == 0]
    about = say("In nats: what each adds to the log of the odds, as measured; 0.69 doubles them.")
    heads = ((say("Moves it up"), towards), (say("Moves it down"), against), (say("Weighs nothing"), idle))
    return [Part(head, items(rows), about if rows is not idle else "") for head, rows in heads if rows]


def _blind(scene: Scene, one: Estimate) -> list[Part]:
    say, reader = scene.reader.say, scene.reader
    items = [
        Item(
            say("{cause}, from {since}", cause=say(it.cause.replace("_", " ")), since=reader.date(it.since)),
            " · ".join(filter(None, (
                reader.date(it.until) if it.until else say("it lasts"),
                say("the whole country") if it.whole else say("a part of the country"), it.source))),
            *(("claim", it.claim_ids[0]) if it.claim_ids else ("", "")),
        )
        for it in one.blind
    ]  # fmt: skip
    about = say("While it could not be seen, what comes out counts neither way: missing reports are no calm.")
    return [Part(say("What could not be seen"), items, about)] if items else []


def _limits(scene: Scene, one: Estimate) -> list[str]:
    say = scene.reader.say
    found = [
        say("The numbers are mostly history's: a measured rate, moved by measured ratios. What was not measured weighs nothing.")
    ]
    found += [say("How likely it is and how sure the coding is are two things; the latter is not in this number.")]
    found += [one.unmeasured] if one.unmeasured else []
    return [*found, *one.notes]
