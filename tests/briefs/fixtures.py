"""Readings and claims written by hand: invented outlets and persons, texts in English, Japanese and Arabic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from foreshock.incidents.assignment import assign
from foreshock.incidents.origins import link_documents, origins_of
from foreshock.incidents.store import MemoryStore
from foreshock.model import (
    Actor,
    Claim,
    Coding,
    Custody,
    Damage,
    Document,
    Figure,
    Holder,
    Judgement,
    Place,
    Reading,
    Report,
    Sentence,
    When,
    claim_id,
    record_id,
)
from foreshock.pipeline import of_store

NOW = datetime(2022, 1, 16, 9, 30, tzinfo=UTC)
TODAY = NOW.date()

STEPPE = (
    "The interior ministry of Kazakhstan said on Friday that at least 26 rioters were killed in Almaty. "
    "The ministry denied that troops had fired on hospitals in Almaty. "
    "President Aidar Senov ordered a curfew in Almaty until 19 January. "
    "Reportedly, a column of armour has left Taraz. "
    "The situation may get worse, said the analyst Dana Ruz."
)
EVENING = (
    "Doctors in Almaty said that 164 rioters were killed in the city by Friday. "
    "Soldiers fired on hospitals in Almaty on Friday, witnesses said."
)
KAWARA = (
    "外務省は、アルマトイで国家安全委員会がダナ・ルズ編集長を逮捕したと述べました。"
    "アルマトイでは少なくとも20回の攻撃の波があり、総勢力はXNUMX人でした。。"
    "政府は木曜日からインターネットを遮断しています。"
    "この危機は2014年のウクライナとは異なります。"
)
NAHDA = "قالت وزارة الداخلية إن الوضع في ألماتي هادئ. أغلقت السلطات المطار."


def _document(source: str, language: str, text: str, **changes: Any) -> Document:
    key = record_id("document", source)
    base = Document(
        id=key,
        version=record_id("version", text),
        source=source,
        url=None,
        language=language,
        title=changes.pop("title", None),
        text=text,
        published="2022-01-07",
        published_by="given",
        fetched_at="2022-01-08T08:00:00Z",
        media_type="text/plain",
        custody=Custody(sha256=record_id(text) * 3, size=len(text), fetched_at="2022-01-08T08:00:00Z", origin="test"),
    )
    return replace(base, **changes)


def reading(
    source: str, language: str, text: str, *, depth: str = "parsed", damage: tuple[Damage, ...] = (), **changes: Any
) -> Reading:
    """A reading whose sentences end at a full stop of its script."""
    document = _document(source, language, text, **changes)
    sentences, at = [], 0
    for n, end in enumerate(i + 1 for i, char in enumerate(text) if char in ".。"):
        start = at + len(text[at:end]) - len(text[at:end].lstrip())
        inside = tuple(one for one in damage if start <= one.start < end)
        sentences.append(Sentence(document.id, n, start, end, text[start:end], language, damage=inside))
        at = end
    return Reading(document, tuple(sentences), depth, "given")  # type: ignore[arg-type]


def hurt(text: str, raw: str, kind: str, proposal: str | None, why: str) -> Damage:
    start = text.index(raw)
    return Damage(kind, start, start + len(raw), raw, proposal, why)  # type: ignore[arg-type]


def figure(text: str, raw: str, what: str, value: float | None, **changes: Any) -> Figure:
    start = text.index(raw)
    base = Figure(what, None, "person", value, value, value, None, None, None, None, "read", (), raw, start, start + len(raw))  # type: ignore[arg-type]
    return replace(base, **changes)


def speaker(name: str, raw: str | None = None, status: str = "asserted") -> Holder:
    return Holder(name, "speaker", raw or name, status)  # type: ignore[arg-type]


def city(name: str = "Almaty", raw: str | None = None) -> Place:
    return Place(name, raw or name, "KAZ", 43.25, 76.95, "city")


def day(prefix: str, end: str | None = None, raw: str = "") -> When:
    return When(prefix, end or prefix, "range" if end else "day", raw)


def claim(
    of: Reading, words: str, kind: str, mode: str | None = None, status: str = "asserted", *speakers: Holder, **changes: Any
) -> Claim:
    document = of.document
    start = document.text.index(words)
    end = start + len(words)
    base = Claim(
        id=claim_id(document.id, document.version, start, end, kind, "hand@1"),
        document_id=document.id,
        version=document.version,
        language=document.language,
        start=start,
        end=end,
        text=words,
        kind=kind,  # type: ignore[arg-type]
        mode=mode,
        status=status,  # type: ignore[arg-type]
        negated=False,
        certainty="certain",
        phase=None,
        basis="unstated",
        holders=(Holder(document.source, "document", document.source, "asserted"), *speakers),
        actor=None,
        recipient=None,
        place=None,
        when=None,
        figures=(),
        damage=(),
        confidence=0.8,
        coder="hand@1",
    )
    return replace(base, **changes)


LOST = hurt(KAWARA, "XNUMX", "lost_number", None, "A placeholder stands where a number stood.")
SUSPECT = hurt(KAWARA, "20回", "suspect_number", None, "A number lost nearby may have left its digits here.")
STOPS = hurt(KAWARA, "。。", "doubled_punctuation", "。", "Two full stops stand together.")

ALMATY = city()
ALMATY_JA = city(raw="アルマトイ")
FRIDAY = day("2022-01-07", raw="Friday")

steppe = reading("Steppe Wire", "en", STEPPE, title="Death toll rises in Almaty")
evening = reading("Evening Ledger", "en", EVENING, title="Doctors count the dead")
kawara = reading("かわら通信", "ja", KAWARA, title="アルマトイの夜", damage=(LOST, SUSPECT, STOPS), translated=("gtranslate",))
nahda = reading("صحيفة الضفة", "ar", NAHDA, depth="surface", title="ألماتي اليوم")
silent = reading("Quiet Post", "en", "Weather was fine.", title="Weather", published=None, published_by=None)

MINISTRY = Actor("Ministry of Internal Affairs of Kazakhstan", "the ministry", "KAZ", "GOV")
PRESIDENT = Actor("Aidar Senov", "President Aidar Senov", "KAZ", "GOV")

toll = claim(
    steppe,
    "at least 26 rioters were killed in Almaty",
    "HARM",
    "killed",
    "asserted",
    speaker(MINISTRY.name, "The interior ministry"),
    place=ALMATY,
    when=FRIDAY,
    recipient=Actor("rioters", "rioters"),
    figures=(figure(STEPPE, "at least 26", "killed", 26, of="protesters", bound="at_least", high=26.0, counting="cumulative"),),
)
denial = claim(
    steppe,
    "troops had fired on hospitals in Almaty",
    "ASSAULT",
    "firearms",
    "denied",
    speaker(MINISTRY.name, "The ministry", "denied"),
    place=ALMATY,
    actor=Actor("troops", "troops"),
)
curfew = claim(
    steppe,
    "a curfew in Almaty until 19 January",
    "COERCE",
    "curfew",
    "ordered",
    actor=PRESIDENT,
    place=ALMATY,
    when=day("2022-01-07", "2022-01-19", "until 19 January"),
)
column = claim(steppe, "a column of armour has left Taraz", "MOBILIZE", "troops", "rumoured", place=city("Taraz"), confidence=0.5)
outlook = claim(
    steppe,
    "The situation may get worse",
    "ASSESS",
    "outlook",
    "forecast",
    speaker("Dana Ruz"),
    certainty="possible",
    confidence=0.7,
)
doctors = claim(
    evening,
    "164 rioters were killed in the city by Friday",
    "HARM",
    "killed",
    "asserted",
    speaker("doctors in Almaty", "Doctors in Almaty"),
    place=ALMATY,
    when=FRIDAY,
    figures=(figure(EVENING, "164", "killed", 164, of="protesters", counting="cumulative"),),
)
witnesses = claim(
    evening,
    "Soldiers fired on hospitals in Almaty on Friday",
    "ASSAULT",
    "firearms",
    "asserted",
    speaker("witnesses"),
    place=ALMATY,
    when=FRIDAY,
    actor=Actor("soldiers", "Soldiers"),
    basis="eyewitness",
)
arrest = claim(
    kawara,
    "アルマトイで国家安全委員会がダナ・ルズ編集長を逮捕した",
    "COERCE",
    "arrest",
    "asserted",
    speaker("Ministry of Foreign Affairs of Kazakhstan", "外務省"),
    place=ALMATY_JA,
    when=FRIDAY,
    actor=Actor("National Security Committee", "国家安全委員会", "KAZ", "SPY"),
    recipient=Actor("ダナ・ルズ", "ダナ・ルズ編集長"),
)
waves = claim(
    kawara,
    "アルマトイでは少なくとも20回の攻撃の波があり",
    "ASSAULT",
    None,
    "asserted",
    place=ALMATY_JA,
    damage=(SUSPECT,),
    confidence=0.4,
    figures=(figure(KAWARA, "20", "waves", None, unit=None, state="suspect", candidates=(20.0,)),),
)
strength = claim(
    kawara,
    "総勢力はXNUMX人でした",
    "STATE",
    "number",
    "asserted",
    damage=(LOST,),
    confidence=0.4,
    figures=(figure(KAWARA, "XNUMX", "strength", None, of="combatants", state="lost"),),
)
blackout = claim(
    kawara,
    "政府は木曜日からインターネットを遮断しています",
    "COERCE",
    "censor",
    "asserted",
    actor=Actor("Government of Kazakhstan", "政府", "KAZ", "GOV"),
    phase="ongoing",
    when=When("2022-01-06", None, "range", "木曜日から"),
    place=Place("Kazakhstan", "", "KAZ", 48.0, 68.0, "country"),
)
unlike = claim(
    kawara,
    "この危機は2014年のウクライナとは異なります",
    "LIKEN",
    "unlike",
    "assessed",
    recipient=Actor("Ukraine", "ウクライナ", "UKR"),
)

READINGS = (steppe, evening, kawara, nahda, silent)
CLAIMS = (toll, denial, curfew, column, outlook, doctors, witnesses, arrest, waves, strength, blackout, unlike)


def joined(
    claims: Sequence[Claim] = CLAIMS,
    readings: Sequence[Reading] = READINGS,
    *,
    today: date = TODAY,
    judgements: Sequence[Judgement] = (),
) -> dict[str, Any]:
    """What the room of incidents makes of claims, as the keyword arguments of ``compose``."""
    ordered = sorted(readings, key=lambda one: one.document.published or "9999")
    codings = [
        Coding(
            read.document,
            tuple(one for one in sorted(claims, key=lambda one: one.start) if one.document_id == read.document.id),
            "hand@1", 1, arrival, "2022-01-08T08:00:00Z",
        )
        for arrival, read in enumerate(ordered, 1)
    ]  # fmt: skip
    store = MemoryStore()
    link_documents(codings, store)
    assign(codings, store)
    reports = [
        Report(one, coding.document.source, coding.document.published, coding.known_at, coding.arrival)
        for coding in codings
        for one in coding.claims
    ]
    found = of_store(reports, store, judgements=judgements, today=today)
    return {
        "incidents": found.incidents,
        "disputes": found.disputes,
        "conditions": found.conditions,
        "links": found.links,
        "origins": origins_of(reports, found.links),
        "grades": found.grades,
    }


def then(claims: Sequence[Claim] = CLAIMS, **changes: Any) -> dict[str, Any]:
    """What joining made of claims, as the keyword arguments of ``Before``."""
    found = joined(claims, **changes)
    return {name: found[name] for name in ("incidents", "disputes", "conditions")}


def records(found: dict[str, Any]) -> dict[str, Any]:
    """The records that the compiler is handed."""
    return {name: found[name] for name in ("incidents", "disputes", "conditions")}
