"""What is in force: one condition however many tell it, its steps by holder, its end and its age; never silently gone."""

from datetime import date

import pytest

from foreshock.incidents.conditions.register import conditions_of
from foreshock.incidents.conditions.words import said_of, table
from foreshock.model import ConditionState, Judgement, Kind
from tests.incidents.records import Press, actor, city, count, day, land, until

VILA, SANTO = city("Port Vila"), city("Luganville")
PRESIDENT = actor("President of Vanuatu", "VUT", "GOV")
VANUATU = actor("government", "VUT", "GOV")


@pytest.fixture
def press():
    return Press()


def curfew(press, text="A curfew is in force in Port Vila", **fields):
    return press.report(text, "COERCE", "curfew", **{"place": VILA, **fields})


def read(reports, today="2022-03-05", **more):
    return conditions_of(reports, today=date.fromisoformat(today), **more)


def only(reports, today="2022-03-05", **more):
    found = read(reports, today, **more)
    assert len(found) == 1, [(one.type, one.claim_ids) for one in found]
    return found[0]


SAID = [
    ("Ministers declared a state of emergency", "COERCE", "martial-law", "asserted", "emergency", "in_effect"),
    ("Нарушено перемирие у реки", "ASSAULT", None, "asserted", "ceasefire", "breached"),
    ("停戦は3月末まで延長された", "AGREE", "sign", "asserted", "ceasefire", "extended"),
    ("Le couvre-feu a été levé", "RETREAT", None, "asserted", "curfew", "lifted"),
    ("El toque de queda será levantado el lunes", "RETREAT", None, "promised", "curfew", "lifted"),
    ("Internet access has been restored", "RETREAT", None, "asserted", "blackout", "lifted"),
    ("The mobile network is not working", "COERCE", "withhold", "asserted", "blackout", "in_effect"),
    ("The army cut off food and medicine", "COERCE", "withhold", "asserted", "ban", "in_effect"),
    ("All flights were cancelled", "SANCTION", "discontinue", "asserted", "closure", "in_effect"),
    ("The border reopened", "RETREAT", None, "asserted", "closure", "lifted"),
    ("The regulator blocked two sites", "COERCE", "censor", "asserted", "ban", "in_effect"),
    ("The bloc imposed sanctions on the junta", "SANCTION", None, "asserted", "sanction", "in_effect"),
    ("The fleet will be sent to the strait", "MOBILIZE", "weapons", "planned", "deployment", "announced"),
    ("The brigade withdrew from the island", "RETREAT", "withdraw", "asserted", "deployment", "lifted"),
    ("Troops encircled the town", "ASSAULT", None, "asserted", "siege", "in_effect"),
    ("The militia gave the elders an ultimatum", "THREATEN", None, "threatened", "ultimatum", "in_effect"),
    ("Do not travel to the outer islands", "ADVISE", "travel", "advised", "advisory", "in_effect"),
    ("He ordered the garrison to fire on crowds", "ASSAULT", "firearms", "ordered", "order", "in_effect"),
    ("Staff may leave", "ADVISE", "evacuate", "permitted", "permission", "in_effect"),
    ("The truce expired at midnight", "STATE", None, "asserted", "ceasefire", "lapsed"),
]


LANGUAGES = dict(zip((row[0] for row in SAID[1:5]), ("ru", "ja", "fr", "es"), strict=True))


@pytest.mark.parametrize(("text", "kind", "mode", "status", "type_", "state"), SAID, ids=[row[0] for row in SAID])
def test_what_a_claim_says_of_a_condition(press, text, kind, mode, status, type_, state):
    (said,) = said_of(press.report(text, kind, mode, status=status, language=LANGUAGES.get(text, "en")))
    assert (said.type, said.state) == (type_, state)


def test_a_language_without_words_of_its_own_is_looked_up_in_all(press):
    (said,) = said_of(press.report("El toque de queda fue levantado", "RETREAT", language="und"))
    assert (said.type, said.state) == ("curfew", "lifted")


UNSAID = [
    ("The union demands that the curfew be lifted", "RETREAT", None, "requested"),
    ("He threatened to impose a curfew", "COERCE", "curfew", "threatened"),
    ("They attempted to close the border", "COERCE", "restrict", "asserted"),
    ("The two sides discussed a truce", "CONSULT", None, "asserted"),
    ("Police shot two marchers", "ASSAULT", "firearms", "asserted"),
    ("Talks were held at the airport", "CONSULT", None, "asserted"),
]


@pytest.mark.parametrize(("text", "kind", "mode", "status"), UNSAID, ids=[row[0] for row in UNSAID])
def test_what_says_nothing_of_what_is_in_force(press, text, kind, mode, status):
    phase = "attempted" if "attempted" in text else None
    assert said_of(press.report(text, kind, mode, status=status, phase=phase)) == []


def test_one_condition_told_by_five_papers_is_one_with_five_steps(press):
    papers = ["Lagoon Post", "Reef Herald", "Atoll Wire", "Coral Daily", "Palm Courier"]
    found = only([curfew(press, source=name, published=f"2022-03-0{n}") for n, name in enumerate(papers, 1)])
    assert len(found.steps) == len(found.claim_ids) == 5
    assert found.held_by == tuple(papers)
    assert (found.state, found.last_confirmed, found.age_days, found.freshness) == ("in_effect", "2022-03-05", 0, "recent")


def test_its_id_is_of_the_claim_that_arrived_first_and_stays(press):
    first = curfew(press, published="2022-03-03")
    before = only([first])
    earlier = curfew(press, source="Reef Herald", published="2022-03-02")
    after = only([earlier, first])
    assert after.id == before.id
    assert after.claim_ids == (first.claim.id, earlier.claim.id)
    assert [step.published for step in after.steps] == ["2022-03-02", "2022-03-03"]


def test_other_towns_countries_and_types_are_other_conditions(press):
    rows = [
        curfew(press),
        curfew(press, place=SANTO),
        curfew(press, place=city("Suva", "FJI")),
        press.report("A state of emergency was declared", "COERCE", "martial-law", place=VILA),
    ]
    assert len(read(rows)) == 4


def test_a_claim_without_a_place_is_of_the_country_of_its_document(press):
    one = curfew(press)
    other = curfew(press, "A curfew remains in force", place=None, source="Reef Herald", document="d9", published="2022-03-04")
    context = press.report("Crowds gathered", "PROTEST", "demo", place=SANTO, source="Reef Herald", document="d9", start=90)
    found = only([one, other, context])
    assert (found.place, found.last_confirmed) == (VILA, "2022-03-04")
    elsewhere = press.report(
        "Crowds gathered", "PROTEST", place=city("Suva", "FJI"), source="Reef Herald", document="d9", start=90
    )
    assert len(read([one, other, elsewhere])) == 2


def test_who_declared_it_is_the_actor_and_never_the_thing_itself(press):
    rows = [
        curfew(press, actor=PRESIDENT),
        curfew(press, actor=actor("A curfew", None, "GOV"), published="2022-03-02"),
        curfew(press, actor=VANUATU, published="2022-03-03"),
    ]
    assert only(rows).declared_by == PRESIDENT
    assert only(rows[1:2]).declared_by is None
    airport = actor("Port Vila airport", "VUT", "BUS")
    opened = press.report("Port Vila airport reopened", "RETREAT", None, actor=airport, place=VILA)
    assert only([opened]).declared_by is None
    guards = actor("border guards", "VUT", "COP")
    shut = press.report("Border guards closed the border", "COERCE", "restrict", actor=guards, place=VILA)
    assert only([shut]).declared_by == guards


def test_who_is_quoted_with_an_order_declared_it(press):
    order = press.report("he told troops to open fire", "ASSAULT", status="ordered", by="Vladimir Putin", place=VILA)
    assert only([order]).declared_by.name == "Vladimir Putin"
    told = press.report("a curfew is in force", "COERCE", "curfew", by="Vladimir Putin", place=VILA)
    assert only([told]).declared_by is None


def test_an_order_that_remains_in_force_is_the_one_before_it_in_the_text(press):
    order = press.report("he ordered the army to shoot", "ASSAULT", "firearms", status="ordered", actor=PRESIDENT, document="d1")
    shut = press.report("Shops were ordered shut", "COERCE", "seize", status="ordered", document="d2", source="Reef Herald")
    still = press.report("The order remains in force", "COERCE", None, status="ordered", document="d1", start=80)
    found = read([order, shut, still])
    assert [len(one.steps) for one in found] == [2, 1]


def test_past_its_stated_end_it_is_past_and_not_gone(press):
    one = curfew(press, when=until("2022-03-04"), published="2022-03-02")
    assert [(c.state, c.until, c.freshness) for c in read([one], "2022-03-04")] == [("in_effect", "2022-03-04", "recent")]
    assert [(c.state, c.until, c.freshness) for c in read([one], "2022-03-05")] == [("in_effect", "2022-03-04", "past")]


def test_an_end_before_its_beginning_is_not_its_end(press):
    begun = curfew(press, when=day("2022-03-01"), published="2022-03-02")
    misread = curfew(press, when=until("2022-02-19"), published="2022-03-02", source="Reef Herald")
    found = only([begun, misread], "2022-03-04")
    assert (found.since, found.until, found.freshness) == ("2022-03-01", None, "recent")


def test_one_told_after_its_stated_end_is_current_again(press):
    one, later = curfew(press, when=until("2022-03-02")), curfew(press, published="2022-03-04", source="Reef Herald")
    assert only([one, later]).freshness == "recent"


def test_unconfirmed_for_long_it_is_ageing_and_undated_unknown(press):
    one = curfew(press)
    assert only([one], "2022-03-06").freshness == "recent"
    assert (only([one], "2022-03-07").freshness, only([one], "2022-03-07").age_days) == ("ageing", 6)
    emergency = press.report("An emergency was declared", "COERCE", "martial-law", place=VILA)
    assert only([emergency], "2022-03-07").freshness == "recent"
    undated = curfew(press, published=None)
    assert (only([undated]).freshness, only([undated]).last_confirmed) == ("unknown", None)


def test_a_past_day_confirms_that_day_and_a_standing_word_the_day_of_telling(press):
    cut = press.report(
        "The internet was cut on Tuesday", "COERCE", "withhold", when=day("2022-03-01"), published="2022-03-05", place=VILA
    )
    assert only([cut], "2022-03-06").last_confirmed == "2022-03-01"
    still = press.report(
        "The internet is still down", "COERCE", "withhold", when=day("2022-03-01"), published="2022-03-05", place=VILA
    )
    assert only([still], "2022-03-06").last_confirmed == "2022-03-05"
    assert (only([still], "2022-03-06").since, only([still], "2022-03-06").steps[0].day) == ("2022-03-01", "2022-03-01")


def test_an_extension_moves_the_end(press):
    one = curfew(press, when=until("2022-03-04"))
    longer = curfew(
        press, "The curfew was extended to 20 March", when=until("2022-03-20"), published="2022-03-03", source="Reef Herald"
    )
    found = only([one, longer])
    assert (found.state, found.until, found.freshness) == ("extended", "2022-03-20", "recent")


def test_a_breach_does_not_end_it(press):
    truce = press.report("The truce holds", "RETREAT", "ceasefire", place=VILA)
    broken = press.report(
        "Gunmen violated the truce", "ASSAULT", "firearms", place=VILA, published="2022-03-03", source="Reef Herald"
    )
    found = only([truce, broken])
    assert (found.state, found.held_by, found.last_confirmed) == ("breached", ("Lagoon Post", "Reef Herald"), "2022-03-01")
    blamed = press.report("they broke the truce", "ACCUSE", status="alleged", by="rebels", place=VILA, published="2022-03-03")
    assert only([truce, blamed]).state == "in_effect"
    assert [(step.state, step.status, step.holder) for step in only([truce, blamed]).steps][1] == (
        "breached",
        "alleged",
        "rebels",
    )


def test_lifted_it_is_past_and_who_lifted_it_is_told(press):
    one = curfew(press)
    end = press.report("The curfew has been lifted", "RETREAT", None, place=VILA, published="2022-03-03", by="interior ministry")
    found = only([one, end])
    assert (found.state, found.freshness, found.held_by) == ("lifted", "past", ("Lagoon Post",))
    assert [(step.state, step.holder) for step in found.steps] == [("in_effect", "Lagoon Post"), ("lifted", "interior ministry")]


def test_who_says_later_that_it_stands_contradicts_the_lifting(press):
    one = curfew(press)
    end = press.report("The curfew has been lifted", "RETREAT", None, place=VILA, published="2022-03-02", by="interior ministry")
    still = curfew(press, "The curfew remains in force", published="2022-03-04", source="Reef Herald")
    assert only([one, end, still]).state == "in_effect"


def test_declared_anew_long_after_it_was_lifted_it_is_another(press):
    one = curfew(press)
    end = press.report("The curfew has been lifted", "RETREAT", None, place=VILA, published="2022-03-03")
    anew = curfew(press, "A curfew was imposed", published="2022-03-20")
    assert [c.state for c in read([one, end, anew], "2022-03-21")] == ["lifted", "in_effect"]


def test_a_part_that_is_lifted_ends_nothing(press):
    wide = press.report("The internet is down across the country", "COERCE", "withhold", place=land("VUT"))
    hours = press.report("The internet came back for a few hours", "RETREAT", None, place=land("VUT"), published="2022-03-03")
    town = press.report("The internet was restored in Port Vila", "RETREAT", None, place=VILA, published="2022-03-03")
    whole = press.report(
        "The internet was restored across the country", "RETREAT", None, place=land("VUT"), published="2022-03-03"
    )
    assert [step.partial for step in only([wide, hours]).steps] == [False, True]
    assert [only([wide, one]).state for one in (hours, town, whole)] == ["in_effect", "in_effect", "lifted"]


def test_nationwide_is_the_country_that_the_document_is_about(press):
    wide = press.report("The internet is down across the country", "COERCE", "withhold", document="d5")
    town = press.report("Crowds gathered", "PROTEST", "demo", place=SANTO, document="d5", start=90)
    assert (only([wide, town]).place.name, only([wide, town]).place.precision) == ("Vanuatu", "country")
    plain = press.report("The internet is down", "COERCE", "withhold", document="d5")
    assert only([plain, town]).place is None


def test_an_end_to_come_is_a_step_and_its_stated_end(press):
    sent = press.report("Fijian troops arrived", "MOBILIZE", "troops", actor=actor("Fijian army", "FJI", "MIL"), place=VILA)
    leave = press.report(
        "Fijian troops will leave on 9 March", "RETREAT", "withdraw", status="planned", when=day("2022-03-09"),
        actor=actor("Fijian army", "FJI", "MIL"), place=VILA, published="2022-03-03", by="Fijian army",
    )  # fmt: skip
    found = only([sent, leave])
    assert (found.state, found.until, found.freshness) == ("in_effect", "2022-03-09", "recent")
    assert (found.steps[1].state, found.steps[1].status) == ("lifted", "planned")
    assert only([sent, leave], "2022-03-11").freshness == "past"


def test_announced_it_is_not_in_effect(press):
    found = only([curfew(press, "A curfew will be imposed", status="planned", when=day("2022-03-08"))])
    assert (found.state, found.held_by, found.freshness) == ("announced", (), "recent")


def test_a_denial_is_a_step_of_the_one_who_denies(press):
    one = curfew(press)
    denial = curfew(press, "there is no curfew", status="denied", by="interior ministry", published="2022-03-03")
    found = only([one, denial])
    assert (found.state, found.held_by, found.last_confirmed) == ("in_effect", ("Lagoon Post",), "2022-03-01")
    assert (found.steps[1].state, found.steps[1].status, found.steps[1].holder) == ("in_effect", "denied", "interior ministry")
    assert read([denial]) == []


def test_truces_hold_for_one_side(press):
    rows = [
        press.report("M23 declared a truce", "RETREAT", "ceasefire", actor=actor("M23", "COD", "REB"), place=land("COD")),
        press.report("The ADF declared a truce", "RETREAT", "ceasefire", actor=actor("ADF", "COD", "REB"), place=land("COD")),
    ]
    found = read(rows)
    assert [one.party.name for one in found] == ["M23", "Allied Democratic Forces"]


def test_advice_is_of_one_adviser(press):
    def advise(name, country, **more):
        return press.report(
            "Citizens should not travel", "ADVISE", "travel", status="advised", actor=actor(name, country, "GOV"), **more
        )

    rows = [
        advise("foreign ministry of Japan", "JPN", place=land("VUT")),
        advise("Japanese embassy", "JPN", place=land("VUT"), source="Reef Herald", published="2022-03-02"),
        advise("foreign ministry of Fiji", "FJI", place=land("VUT")),
        press.report("it told citizens not to travel", "ADVISE", "travel", status="advised", place=land("VUT")),
    ]
    assert [(len(one.steps), one.party and one.party.country) for one in read(rows)] == [(2, "JPN"), (1, "FJI"), (1, None)]


def test_an_ultimatum_has_its_deadline_from_what_is_said(press):
    text = "The militia gave the elders an ultimatum of 48 hours"
    hours = count("duration", 48, unit="hour")
    by_hours = press.report(
        text, "THREATEN", status="threatened", actor=actor("militia", None, "PRM"), place=VILA, figures=(hours,)
    )
    assert only([by_hours], "2022-03-02").until == "2022-03-03"
    assert only([by_hours], "2022-03-04").freshness == "past"
    told = press.report(
        "The ultimatum runs out", "THREATEN", status="threatened", place=VILA, when=until("2022-03-09"), figures=(hours,)
    )
    assert only([told], "2022-03-02").until == "2022-03-09"
    lost = press.report(
        text, "THREATEN", status="threatened", place=VILA, figures=(count("duration", 48, unit="hour", state="suspect"),)
    )
    assert only([lost], "2022-03-02").until is None


def test_an_emergency_with_a_curfew_confirms_both_and_ends_one(press):
    both = press.report("An emergency with a curfew is in force", "COERCE", "martial-law", place=VILA, when=until("2022-03-19"))
    assert [(one.type, one.until) for one in read([both])] == [("emergency", "2022-03-19"), ("curfew", None)]


def test_what_is_published_later_or_rejected_is_not_read(press):
    one, later = curfew(press), curfew(press, published="2022-03-09")
    assert len(only([one, later], "2022-03-05").steps) == 1
    reject = Judgement("j1", "claim", "reject", (one.claim.id,), "A.", "2022-03-04T08:00:00Z", "a play")
    assert read([one], judgements=[reject]) == []


def test_the_order_in_which_reports_are_handed_in_does_not_matter(press):
    rows = [curfew(press, source=f"Paper {n}", published=f"2022-03-0{n}") for n in range(1, 5)]
    assert read(rows) == read(rows[::-1])


def test_the_table_names_kinds_states_and_lists_that_there_are():
    words = table()["words"]
    rows = table()["types"]
    for rule in rows:
        for one in (*rule["acts"], *rule.get("ends", ())):
            assert set(one.get("kinds", ())) <= set(Kind.__args__)
            assert one.get("words", "curfew") in words
        assert {rule.get(key, "curfew") for key in ("words", "cut", "except")} <= set(words)
        assert rule["days"] < rule["apart"]
    assert {"lifted", "lapsed", "extended", "breached"} <= set(words) & set(ConditionState.__args__)
    assert len({rule["type"] for rule in rows}) == len(rows)
    assert all(isinstance(word, str) and word for group in words.values() for some in group.values() for word in some)
