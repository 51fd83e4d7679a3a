"""Alerts of a ledger: raised once, in sentences that stand on claims; nothing for what was there, copied or withheld."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from foreshock.errors import ForeshockError, LedgerError
from foreshock.ledger import Ledger
from foreshock.ledger.outbox import Outbox
from foreshock.ledger.watches import Watches
from foreshock.model import Actor, Channel, Crisis, Holder, Judgement, PrivatePerson, Watch
from foreshock.pipeline import alerting
from foreshock.pipeline.alert_scene import Scenes
from foreshock.pipeline.alerting import evaluate, raise_alerts
from foreshock.pipeline.thresholds import trigger_of
from tests.alerts import ALMATY, DAY, article, bench, killed

SHOT = "Police fired at a crowd in Almaty."
LATER = DAY + timedelta(hours=12)
HOSTILE = "<script>alert(1)</script> =cmd() \u202egnp.exe \x00 Guns fired in Almaty."


@pytest.fixture
def ledger(tmp_path):
    with Ledger(tmp_path / "l.sqlite") as opened:
        article(opened, "first", "They talked.", ("They talked", {"kind": "CONSULT", "mode": None, "place": None, "when": None}))
        yield opened


@pytest.fixture
def tools(tmp_path, codebook, catalogue):
    return bench(tmp_path, codebook, catalogue)


def kept(ledger, *thresholds, **fields):
    made = Watch("w", tuple(trigger_of(one) for one in thresholds), **{"countries": ("KAZ",), **fields})
    Watches(ledger).keep(made, now=DAY)
    return made


def raised(ledger, tools, *, hours=12.0, **more):
    return raise_alerts(ledger, tools, now=DAY + timedelta(hours=hours), **more)


def begun(ledger, tools, *thresholds, **fields):
    made = kept(ledger, *thresholds, **fields)
    assert raised(ledger, tools, hours=1) == []
    return made


def test_the_first_look_raises_nothing_and_a_new_incident_is_told_once(ledger, tools):
    begun(ledger, tools, "incident", channels=(Channel("email", "desk@example.org"),))
    assert raised(ledger, tools, hours=2) == []
    (one,) = article(ledger, "steppe", SHOT, (SHOT[:-1], {"mode": "arson", "actor": Actor("police", "Police")}))
    (alert,) = raised(ledger, tools)
    assert (alert.change, alert.country, alert.place, alert.at, alert.as_of) == (
        "new", "KAZ", "Almaty", "2022-01-08T21:00:00Z", "2022-01-08",
    )  # fmt: skip
    assert alert.claim_ids == (one.id,)
    assert "Steppe Gazette" in alert.lines[0].text  # whoever is named for violence stands beside who says so
    assert "olice" in alert.lines[0].text
    assert "olice" not in alert.title
    assert raised(ledger, tools) == []
    assert Watches(ledger).alerts() == [alert]
    assert [one.alert_id for one in Outbox(ledger).deliveries()] == [alert.id]


def test_an_evaluation_is_deterministic_and_keeps_nothing(ledger, tools):
    watch = begun(ledger, tools, "incident", "claim", "silence:1h")
    article(ledger, "steppe", SHOT, (SHOT[:-1], {"mode": "arson"}))
    state = Watches(ledger).state("w")
    one, two = (evaluate(Scenes(ledger, tools, LATER), watch, state) for _ in range(2))
    assert one == two
    assert [alert.change for alert in one.alerts] == ["new", "new", "silent"]
    assert Watches(ledger).state("w") == state
    assert Watches(ledger).alerts() == []


def test_what_is_there_is_news_only_when_asked_for(ledger, tools):
    kept(ledger, "incident", "condition", countries=())
    (alert,) = raised(ledger, tools, backfill=True)
    assert alert.title.startswith("New incident: ")
    assert raised(ledger, tools, backfill=True) == []


def test_a_changed_watch_begins_anew_and_new_channels_do_not(ledger, tools):
    watch = begun(ledger, tools, "incident:PROTEST")
    Watches(ledger).keep(replace(watch, triggers=(trigger_of("incident"),)), now=LATER)
    assert raised(ledger, tools) == []
    article(ledger, "steppe", SHOT, (SHOT[:-1], {"mode": "arson"}))
    Watches(ledger).keep(
        replace(watch, triggers=(trigger_of("incident"),), channels=(Channel("email", "a@example.org"),)), now=LATER
    )
    assert len(raised(ledger, tools)) == 1


def test_what_is_not_joined_yet_is_looked_at_later(ledger, tools, monkeypatch):
    begun(ledger, tools, "incident")
    with monkeypatch.context() as patch:
        patch.setattr("tests.alerts.join", lambda *_, **__: ())
        article(ledger, "steppe", SHOT, (SHOT[:-1], {"mode": "arson"}))
    assert raised(ledger, tools) == []
    article(ledger, "other", "Nothing at all.")
    assert len(raised(ledger, tools)) == 1


def test_a_copy_is_no_news(ledger, tools):
    long = "Soldiers burnt a printing house in Almaty on Friday while the whole street looked on, neighbours say. " * 6
    told = "Soldiers burnt a printing house in Almaty on Friday"
    article(ledger, "steppe", long, (told, {"mode": "arson"}))
    begun(ledger, tools, "incident", "claim")
    article(ledger, "copy", long, (told, {"mode": "arson", "place": None, "when": None}), now=DAY + timedelta(hours=3))
    assert raised(ledger, tools) == []


def test_an_edit_in_the_same_words_is_no_news_and_one_that_drops_a_claim_is(ledger, tools):
    text = "Guns fired in Almaty. A curfew holds."
    article(ledger, "steppe", text, ("Guns fired in Almaty", {"mode": "arson"}), title="Night")
    begun(ledger, tools, "incident", "claim", "edit")
    more = "Corrected. " + text
    article(ledger, "steppe", more, ("Guns fired in Almaty", {"mode": "arson"}), now=LATER - timedelta(hours=8), title="Night")
    assert raised(ledger, tools, hours=5) == []
    article(ledger, "steppe", "A curfew holds.", now=LATER - timedelta(hours=6), title="Night")
    (alert,) = raised(ledger, tools, hours=7)
    assert alert.trigger.what == "edit"
    assert alert.lines[0].text == (
        "Steppe Gazette changed “Night” after publication; claims added: 0, changed: 0, dropped: 1."
    )  # fmt: skip
    assert alert.lines[1].text.startswith("It no longer says: Violence (arson) (Almaty")
    assert len(alert.claim_ids) == 1
    assert raised(ledger, tools, hours=9) == []


def test_an_edit_within_the_quiet_hours_waits(ledger, tools):
    words = ("Guns fired in Almaty", {"mode": "arson"})
    article(ledger, "steppe", "Guns fired in Almaty. One.", words)
    begun(ledger, tools, "edit")
    article(ledger, "steppe", "One.", now=DAY + timedelta(hours=2))
    assert len(raised(ledger, tools, hours=2)) == 1
    article(ledger, "steppe", "Guns fired in Almaty. Two.", words, now=DAY + timedelta(hours=3))
    article(ledger, "steppe", "Three.", now=DAY + timedelta(hours=4))
    assert raised(ledger, tools, hours=4) == []
    (alert,) = raised(ledger, tools, hours=9)
    assert alert.follows == Watches(ledger).alerts()[1].id


def voices(outlet, name):
    return Holder(outlet, "outlet", outlet, "asserted"), Holder(name, "speaker", name, "asserted")


def test_the_title_of_an_edited_article_names_no_private_person(ledger, tools):
    text, name = "Guns fired at Marta Iwanek in Almaty.", "Marta Iwanek"
    at = text.index(name)
    person = PrivatePerson("victim", ((at, at + len(name)),))
    article(ledger, "steppe", text, (text[:-1], {"mode": "arson"}), title="Guns", persons=(person,))
    begun(ledger, tools, "edit")
    more = f"They do not name {name}."
    at = more.index(name)
    again = PrivatePerson("victim", ((at, at + len(name)),))
    article(ledger, "steppe", more, title=f"{name} shot", now=DAY + timedelta(hours=2), persons=(again,))
    (alert,) = raised(ledger, tools)
    assert "“[victim] shot”" in alert.lines[0].text
    assert "Iwanek" not in f"{alert.title} {[line.text for line in alert.lines]}"


def test_a_dispute_is_told_with_its_sides_and_when_it_is_settled(ledger, tools):
    begun(ledger, tools, "dispute", "settled")
    for name, who, number, word in (("lark", "the ministry", 3.0, "Three"), ("wren", "the doctors", 9.0, "Nine")):
        text = f"{word} died in Almaty, {who} said."
        fields = {"kind": "HARM", "mode": "killed", "figures": (killed(text, word, number),)}
        article(ledger, name, text, (f"{word} died in Almaty", {**fields, "holders": voices(f"{name} Gazette", who)}))
    (alert,) = raised(ledger, tools)
    assert alert.title == "Disputed: How many: Killed · Almaty · new?"
    assert sorted(line.text for line in alert.lines) == [
        "The doctors (in wren Gazette) reported 9 killed (Almaty; 7 January 2022).",
        "The ministry (in lark Gazette) reported 3 killed (Almaty; 7 January 2022).",
    ]
    label = next(one for one in Scenes(ledger, tools, LATER).of(Watches(ledger).get("w")).disputes).positions[0].label
    ledger.judge(
        Judgement(
            "j", "dispute", "settle", (alert.subject,), "ana", "2022-01-08T20:00:00Z", "seen", (("position", f'"{label}"'),)
        )
    )
    (settled,) = raised(ledger, tools, hours=30)
    assert (settled.change, settled.subject) == ("settled", alert.subject)
    assert settled.lines[0].text == "Settled by a person: seen"


def test_a_lost_number_is_called_so_and_raises_nothing(ledger, tools):
    begun(ledger, tools, "incident", "tally:killed>=1")
    text = "XNUMX people were killed in Almaty."
    lost = killed(text, "XNUMX", None, state="lost")
    article(ledger, "steppe", text, (text[:-1], {"kind": "HARM", "mode": "killed", "figures": (lost,)}))
    (alert,) = raised(ledger, tools)
    assert alert.trigger.what == "incident"
    assert "[number lost]" in alert.lines[0].text
    assert "XNUMX" not in alert.lines[0].text


def test_a_number_over_a_threshold_is_told_by_who_gives_it(ledger, tools):
    begun(ledger, tools, "tally:killed>=10", "tally:killed+10")
    text = "12 people were killed in Almaty."
    fields = {"kind": "HARM", "mode": "killed", "figures": (killed(text, "12", 12.0),)}
    (one,) = article(ledger, "steppe", text, (text[:-1], fields))
    alert, first = raised(ledger, tools)
    assert (alert.title.partition(":")[0], alert.claim_ids) == ("A number of 10 or more is given", (one.id,))
    assert (first.title.partition(":")[0], first.lines) == ("A first number of 10 or more is given", alert.lines)
    assert alert.lines[0].text.startswith("Steppe Gazette reported 12")


def test_a_private_person_is_told_by_role(ledger, tools):
    begun(ledger, tools, "incident")
    text = "Guns fired at Marta Iwanek in Almaty."
    at = text.index("Marta")
    person = PrivatePerson("victim", ((at, at + len("Marta Iwanek")),))
    fields = {"mode": "arson", "recipient": Actor("Marta Iwanek", "Marta Iwanek")}
    article(ledger, "steppe", text, (text[:-1], fields), persons=(person,))
    (alert,) = raised(ledger, tools)
    told = f"{alert.title} {alert.place} {[line.text for line in alert.lines]}"
    assert "Iwanek" not in told
    assert "█" in told


def test_a_site_of_people_at_risk_is_told_late_and_at_district_level(ledger, tools):
    begun(ledger, tools, "incident")
    text = "Guns fired at the Birchwood shelter in Almaty."
    site = {"mode": "arson", "place": replace(ALMATY, precision="site", name="Birchwood shelter", raw="the Birchwood shelter")}
    article(ledger, "steppe", text, (text[:-1], site))
    assert raised(ledger, tools, hours=2) == []
    (alert,) = raised(ledger, tools, hours=90)
    assert "Birchwood" not in f"{alert.title} {alert.place} {[line.text for line in alert.lines]}"


def test_hostile_text_is_text(ledger, tools):
    begun(ledger, tools, "incident", "claim")
    article(ledger, "steppe", HOSTILE, (HOSTILE[:-1], {"mode": "arson"}), title=HOSTILE)
    alerts = raised(ledger, tools)
    assert len(alerts) == 2
    for text in [line.text for alert in alerts for line in alert.lines]:
        assert not set(text) & set("\u202e\x00\n\r")
        assert "<script>" in text  # it is shown, and escaped where it is shown


def test_silence_is_missing_reports(ledger, tools):
    begun(ledger, tools, "silence:First Gazette:5h", "silence:Nobody:20h")
    assert raised(ledger, tools, hours=4) == []
    (alert,) = raised(ledger, tools, hours=6)
    assert alert.title == "Nothing from First Gazette for 5 hours"
    assert "that is not calm" in alert.lines[0].text
    assert len(alert.lines[0].document_ids) == 1
    assert raised(ledger, tools, hours=8) == []
    article(ledger, "first", "Again.", now=DAY + timedelta(hours=9))
    assert raised(ledger, tools, hours=10) == []
    assert [one.trigger.source for one in raised(ledger, tools, hours=22)] == ["First Gazette", "Nobody"]


def test_what_does_not_compile_is_not_put_into_words_and_not_lost(ledger, tools, monkeypatch):
    from foreshock.errors import BriefError

    begun(ledger, tools, "incident")
    (one,) = article(ledger, "steppe", SHOT, (SHOT[:-1], {"mode": "arson"}))

    def refuse(*_, **__):
        raise BriefError("no")

    monkeypatch.setattr("foreshock.briefs.alerts.compile_brief", refuse)
    (alert,) = raised(ledger, tools)
    assert alert.claim_ids == (one.id,)
    assert alert.lines[0].text.startswith("What is told of it is not put into words")


def test_more_than_can_be_told_at_once_waits(ledger, tools, monkeypatch):
    begun(ledger, tools, "incident")
    monkeypatch.setattr(alerting, "MOST", 2)
    told = {
        "ASSAULT": "Guns fired.",
        "PROTEST": "Miners marched to the square.",
        "SANCTION": "Accounts of ministers were frozen.",
    }
    for kind, text in told.items():
        article(ledger, kind, text, (text[:-1], {"kind": kind, "mode": None}))
    assert len(raised(ledger, tools)) == 2
    assert len(raised(ledger, tools)) == 1
    assert raised(ledger, tools) == []


def test_the_scope_of_a_watch(ledger, tools):
    ledger.keep_crisis(Crisis("north", ("KAZ", "KGZ")), DAY)
    begun(ledger, tools, "incident", crisis="north", countries=("KGZ",))
    article(ledger, "steppe", SHOT, (SHOT[:-1], {"mode": "arson"}))
    assert raised(ledger, tools) == []
    Watches(ledger).keep(Watch("words", (trigger_of("incident"),), words=("crowd",)), now=DAY)
    assert [one.watch for one in raised(ledger, tools, backfill=True)] == ["words"]
    ledger.drop_crisis("north", LATER)
    said: list[tuple[str, ForeshockError]] = []
    assert raised(ledger, tools, failed=lambda name, error: said.append((name, error))) == []
    assert [name for name, _ in said] == ["w"]
    with pytest.raises(LedgerError, match="which is not kept"):
        raised(ledger, tools)


def test_a_probability_is_told_with_what_it_was(ledger, tools, monkeypatch):
    begun(ledger, tools, "probability:coup-attempt~1")
    assert len({one.scenario for one in ledger.estimates()}) > 5  # the first look keeps what later ones are compared with
    before = Watches(ledger).state("w")
    key = next(iter(before.marks))
    told = before.marks[key]["told"]
    monkeypatch.setattr("foreshock.pipeline.alert_estimates.moved", lambda p, mark, by: (told + 1, "moved"))
    article(ledger, "steppe", SHOT, (SHOT[:-1], {"mode": "arson"}), now=DAY + timedelta(hours=20))
    (alert,) = raised(ledger, tools, hours=30)
    assert alert.title.startswith("A coup attempt, Kazakhstan: now ")
    assert alert.probability is not None
    assert alert.lines[-1].text.startswith("When last told of (8 January 2022): ")
    assert set(alert.estimate_ids) <= {one.id for one in ledger.estimates()}
    assert not alert.claim_ids


def test_a_probability_without_a_country_is_refused(ledger, tools):
    kept(ledger, "probability:coup-attempt~1", countries=())
    with pytest.raises(LedgerError, match="names no country"):
        raised(ledger, tools)


def test_alerts_speak_the_language_of_their_watch(ledger, tools):
    begun(ledger, tools, "incident", language="ja")
    article(ledger, "steppe", SHOT, (SHOT[:-1], {"mode": "arson"}))
    (alert,) = raised(ledger, tools)
    assert alert.title.startswith("新しい出来事：")
    assert alert.language == "ja"
