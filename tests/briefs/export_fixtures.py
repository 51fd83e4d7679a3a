"""What is exported in the tests: an invented night in an invented town, with persons and sites at risk. Written by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from foreshock.briefs.discretion import Discretion
from foreshock.briefs.exports import Notice, Tables
from foreshock.model import (
    Actor,
    Attributed,
    Coding,
    Condition,
    ConditionStep,
    Dispute,
    Evidence,
    Grade,
    Incident,
    Joined,
    Origin,
    Place,
    Position,
    PositionQuote,
    PrivatePerson,
    Report,
    Tally,
    TallyPoint,
)
from tests.briefs.fixtures import claim, day, figure, reading, speaker
from tests.ledger.records import estimate

NOW = datetime(2022, 1, 9, 12, 0, tzinfo=UTC)
LATER = datetime(2022, 3, 1, 12, 0, tzinfo=UTC)
SECRETS = ("Velkin", "Marta", "Abreth", "Tamm", "森野")
SITES = ("Lantern Street", "Hospital No. 7")

NIGHT = (
    "Marta Velkin, 34, was killed when a shell hit Hospital No. 7 in Oster. "
    "Police arrested Jonas Abreth near the market on Friday. "
    '"I saw soldiers pull them out of the bus," said Ilse Tamm, a baker. '
    "Mayor Lukas Brandel ordered a curfew in Oster until 19 January. "
    "Protesters gathered at Lantern Street on Friday. "
    "The army denied that it had fired. "
    "Velkin had stayed with her sister."
)
KAWARA = "オスターで会社員の森野香さん(34)が死亡した。森野さんは帰宅途中だった。"
TRICK = "=HYPERLINK(1) the ministry said that 12 people died on Friday."


def spans(text: str, *forms: str) -> tuple[tuple[int, int], ...]:
    found = []
    for form in forms:
        at = text.find(form)
        while at >= 0:
            found.append((at, at + len(form)))
            at = text.find(form, at + 1)
    return tuple(sorted(found))


night = reading(
    "Steppe Wire", "en", NIGHT, title="Marta Velkin mourned in Oster", url="https://wire.example/2022/marta-velkin-mourned"
)
kawara = reading("かわら通信", "ja", KAWARA, title="森野香さん死亡")
trick = reading("@evil sheet", "en", TRICK, title="+1 more")

OSTER = Place("Oster", "Oster", "UKR", 50.95, 30.88, "city")
STREET = Place("Lantern Street", "Lantern Street", "UKR", 50.9512, 30.8812, "site")
HOSPITAL = Place("Hospital No. 7", "Hospital No. 7", "UKR", 50.9533, 30.8799, "site")
COUNTRY = Place("Ukraine", "Ukraine", "UKR", 49.0, 32.0, "country")
FRIDAY = day("2022-01-07", raw="Friday")

shelled = claim(night, "Marta Velkin, 34, was killed when a shell hit Hospital No. 7 in Oster", "HARM", "killed",
    recipient=Actor("Marta Velkin", "Marta Velkin, 34"), place=HOSPITAL, when=FRIDAY,
    figures=(figure(NIGHT, "34", "age", 34.0, unit="year"),))  # fmt: skip
arrest = claim(night, "Police arrested Jonas Abreth near the market on Friday", "COERCE", "arrest",
    actor=Actor("police of Ukraine", "Police", "UKR", "COP"), recipient=Actor("Jonas Abreth", "Jonas Abreth"), when=FRIDAY,
    place=OSTER)  # fmt: skip
seen = claim(night, "soldiers pull them out of the bus", "COERCE", None, "asserted", speaker("Ilse Tamm", "Ilse Tamm, a baker"),
    actor=Actor("soldiers", "soldiers", None, "MIL"), basis="eyewitness")  # fmt: skip
curfew = claim(night, "Mayor Lukas Brandel ordered a curfew in Oster until 19 January", "COERCE", "curfew", "ordered",
    actor=Actor("Lukas Brandel", "Mayor Lukas Brandel", "UKR", "GOV"), place=OSTER,
    when=day("2022-01-07", "2022-01-19"))  # fmt: skip
march = claim(night, "Protesters gathered at Lantern Street on Friday", "PROTEST", "demo",
    actor=Actor("protesters", "Protesters", None, "CVL"), place=STREET, when=FRIDAY)  # fmt: skip
denial = claim(night, "it had fired", "ASSAULT", "firearms", "denied", speaker("army of Ukraine", "The army", "denied"),
    place=COUNTRY)  # fmt: skip
mourned = claim(kawara, "オスターで会社員の森野香さん(34)が死亡した", "HARM", "killed",
    recipient=Actor("森野香", "会社員の森野香さん"), place=replace(OSTER, raw="オスター"), when=FRIDAY)  # fmt: skip
toll = claim(trick, "12 people died on Friday", "HARM", "killed", "asserted", speaker("=cmd()", "=HYPERLINK(1) the ministry"),
    place=OSTER, when=FRIDAY, figures=(figure(TRICK, "12", "killed", 12.0, of="civilians", counting="cumulative"),))  # fmt: skip

CODINGS = (
    Coding(night.document, (shelled, arrest, seen, curfew, march, denial), "hand@1", 1, 1, "2022-01-08T08:00:00Z", (
        PrivatePerson("victim", (*spans(NIGHT, "Marta Velkin"), (NIGHT.rindex("Velkin"), NIGHT.rindex("Velkin") + 6))),
        PrivatePerson("detainee", spans(NIGHT, "Jonas Abreth")),
        PrivatePerson("witness", spans(NIGHT, "Ilse Tamm")),
    )),
    Coding(kawara.document, (mourned,), "hand@1", 1, 2, "2022-01-08T09:00:00Z", (
        PrivatePerson("victim", (spans(KAWARA, "森野香")[0], (KAWARA.rindex("森野"), KAWARA.rindex("森野") + 2))),
    )),
    Coding(trick.document, (toll,), "hand@1", 1, 3, "2022-01-08T10:00:00Z"),
)  # fmt: skip
REPORTS = tuple(
    Report(one, coding.document.source, coding.document.published, coding.known_at, coding.arrival)
    for coding in CODINGS
    for one in coding.claims
)


def origin(name: str, *claims) -> Origin:
    ids = tuple(dict.fromkeys(one.document_id for one in claims))
    return Origin(f"origin-{name}", name, ids, (), tuple(one.id for one in claims))


def point(of, number, holder: str) -> TallyPoint:
    return TallyPoint(
        of.id, of.document_id, holder, "o", None, "2022-01-07", number.low, number.best, number.high, None, "read", number.raw,
        (number.start, number.end),
    )  # fmt: skip


POINTS = (point(toll, toll.figures[0], "=cmd()"),)
ALONE = (origin("Steppe Wire", march),)
deaths = Incident(
    id=mourned.id,
    claim_ids=(mourned.id, shelled.id, toll.id),
    kind="HARM",
    mode="killed",
    place=HOSPITAL,
    when=FRIDAY,
    origins=(origin("かわら通信", mourned), origin("Steppe Wire", shelled), origin("@evil sheet", toll)),
    tallies=(
        Tally("killed", "civilians", "person", "cumulative", None, 12.0, 12.0, 12.0, (point(toll, toll.figures[0], "=cmd()"),)),
    ),
    attributed_to=(Attributed(Actor("soldiers", "soldiers"), ("Ilse Tamm",), (shelled.id,), ("o",)),),
    credibility=2,
    why="Three origins; Marta Velkin is named by two.",
    joined=(Joined(shelled.id, mourned.id, 0.8, ("same victim: Marta Velkin",)),),
)
gathering = Incident(march.id, (march.id,), "PROTEST", "demo", STREET, FRIDAY, ALONE, (), (), 6, "One origin.")
taken = Incident(
    arrest.id, (arrest.id,), "COERCE", "arrest", OSTER, FRIDAY, (origin("Steppe Wire", arrest),), (), (), 6, "One origin."
)
order = Condition(
    "condition-1", "curfew", "COERCE", "curfew", Actor("Lukas Brandel", "Mayor Lukas Brandel"), None, ("Steppe Wire",), OSTER,
    "2022-01-07", "2022-01-19", "announced", "recent", "2022-01-07", 2,
    (ConditionStep("announced", "2022-01-07", "Steppe Wire", curfew.id, "2022-01-07"),), (curfew.id,),
)  # fmt: skip
endless = replace(order, id="condition-2", type="blackout", until="2022-02")


def side(label: str, of, holder: str) -> Position:
    quote = PositionQuote(of.id, of.document_id, holder, of.language, (of.start, of.end), of.text)
    return Position(label, (holder,), (of.id,), (quote,), (f"origin-{holder}",))


dispute = Dispute(
    "dispute-1", "Did the army fire on those whom Ilse Tamm saw?", "standing", arrest.id,
    (side("it did", seen, "Ilse Tamm"), side("it did not", denial, "army of Ukraine")),
)  # fmt: skip
grade = Grade("Steppe Wire", "F", 1, 0, 0, 3, 0.6, 0.2, 0.9, True, "The record is too short to judge.")

weighed = estimate(
    subject="Marta Velkin's town",
    notes=("=cmd() was not run",),
    evidence=(
        Evidence("coup-attempt", "protest", "seen", 0.4, 0.1, 0.7, "Protests exceed the past.", (taken.id,), (arrest.id,)),
        Evidence("coup-attempt", "split", "no-bridge", 0.0, 0.0, 0.0, "No bridge was measured.", (deaths.id,), (shelled.id,)),
    ),
)
unmeasured = estimate(2, scenario="invasion", probability=None, low=None, high=None, prior=None, evidence_model=None, weight=None,
                      evidence=(), blind=(), unmeasured="no history of an invasion was measured")  # fmt: skip

TABLES = Tables(
    documents=tuple(one.document for one in CODINGS),
    claims=REPORTS,
    incidents=(deaths, gathering, taken),
    conditions=(order, endless),
    disputes=(dispute,),
    grades=(grade,),
    estimates=(("2022-01-08T12:00:00Z", weighed), ("2022-01-08T12:00:00Z", unmeasured)),
)
NOTICE = Notice(title="Night in Oster", made_at="2022-01-09T12:00:00Z", as_of="2022-01-09T12:00:00Z", until="2022-01-08")


def discretion(now: datetime = LATER, **changes) -> Discretion:
    return Discretion.of(CODINGS, now=now, **changes)
