"""What weighing says, as sentences that stand on estimates: scenarios, what moved them, what was hidden, precedents."""

from __future__ import annotations

from collections.abc import Sequence

from foreshock.briefs.brief import Fact
from foreshock.briefs.context import Context
from foreshock.briefs.quotes import safe
from foreshock.briefs.retelling import retold
from foreshock.briefs.weighed import Weighed
from foreshock.model import Estimate, Evidence

WEIGHS = ("seen", "unseen")
HOW_LIKELY = "How likely"


def scenario_facts(context: Context, weighed: Weighed | None) -> list[Fact]:
    """Return the scenario board of a brief; empty where nothing was weighed."""
    if weighed is None:
        return []
    return [
        *_start(context, weighed),
        *(_estimate(context, weighed, one) for one in weighed.estimates),
        *_evidence(context, weighed),
        *_plain(context, weighed, "What could not be seen", weighed.hidden),
        *(
            Fact(safe(retold(context.reader, text)), (), context.reader.say("What would change this"), (), (one,))
            for one, text in weighed.changes
        ),
    ]


def precedent_facts(context: Context, weighed: Weighed | None) -> list[Fact]:
    """Return the past crises that are nearest, as rows."""
    say = context.reader.say
    rows = []
    for one in weighed.precedents if weighed else ():
        cells = (
            (say("Crisis"), f"{safe(one.name)} ({context.reader.date(one.began)})"),
            (say("Alike"), safe(one.alike)),
            (say("Differs"), safe(one.differs)),
            (say("How it ended"), safe(one.ended)),
        )
        text = say(
            "{name}: alike in {alike}; differs in {differs}; {ended}",
            name=cells[0][1], alike=cells[1][1], differs=cells[2][1], ended=cells[3][1],
        )  # fmt: skip
        rows.append(Fact(text, (), None, cells, weighed.ids if weighed else ()))
    return rows


def _start(context: Context, weighed: Weighed) -> list[Fact]:
    country = context.reader.country(weighed.country) or weighed.country
    head = context.reader.say("Where {country} stands on {date}", country=country, date=context.reader.date(weighed.as_of))
    say = context.reader.say
    standing = say("Starting state: {state}; tier of the crisis: {tier}.", state=say(weighed.state), tier=say(weighed.tier))
    reasons = [retold(context.reader, one) for one in weighed.reasons]
    return [Fact(safe(one), (), head, (), weighed.ids) for one in (standing, *reasons)]


def _estimate(context: Context, weighed: Weighed, one: Estimate) -> Fact:
    reader = context.reader
    what = reader.say(weighed.shorts[one.scenario])
    days = reader.count("{n} day", "{n} days", one.horizon)
    heads = ("Scenario", "Within", "Probability", "In words", "History alone", "All countries")
    if one.id not in weighed.words:
        why = safe(reader.say(one.unmeasured or ""))
        values = (what, days, "", reader.say("unmeasured"), "", "")
        text = reader.say("{what} within {days}: unmeasured; {why}", what=what, days=days, why=why)
    else:
        p, low, high, prior, base = map(reader.percent, weighed.percents[one.id])
        word = reader.say(weighed.words[one.id])
        values = (what, days, f"{p} [{low} – {high}]", word, prior, base)
        text = reader.say(
            "{what} within {days}: {p} [{low} – {high}], {word}; history alone says {prior}, of all countries {base}",
            what=what, days=days, p=p, low=low, high=high, word=word, prior=prior, base=base,
        )  # fmt: skip
    cells = tuple((reader.say(head), value) for head, value in zip(heads, values, strict=True))
    return Fact(text, (), reader.say(HOW_LIKELY), cells, (one.id,))


def _evidence(context: Context, weighed: Weighed) -> list[Fact]:
    """Return what weighs, scenario by scenario at the middle horizon, and what was seen and weighs nothing, once each."""
    say = context.reader.say
    facts: list[Fact] = []
    idle: dict[str, tuple[str, Evidence]] = {}
    for one in weighed.estimates:
        for piece in one.evidence:
            if piece.state in WEIGHS and piece.nats:
                cells = (
                    (say("Scenario"), say(weighed.shorts[one.scenario])),
                    (say("Within"), context.reader.count("{n} day", "{n} days", one.horizon)),
                    (say("Nats"), f"{piece.nats:+.2f}"),
                    (say("Evidence"), safe(retold(context.reader, piece.why))),
                )
                text = f"{cells[0][1]}, {cells[1][1]}: {cells[2][1]}; {cells[3][1]}"
                facts.append(Fact(text, (), say("What moved it"), cells, (one.id,)))
            elif piece.happenings:
                idle.setdefault(piece.indicator, (one.id, piece))
    head = say("Seen, and weighs nothing")
    facts += [Fact(safe(retold(context.reader, piece.why)), (), head, (), (one,)) for one, piece in idle.values()]
    return facts


def _plain(context: Context, weighed: Weighed, head: str, lines: Sequence[str]) -> list[Fact]:
    return [Fact(safe(retold(context.reader, one)), (), context.reader.say(head), (), weighed.ids) for one in lines]
