"""An incident as its claims tell it together: kind, place and time without means, and who did it by whom."""

import pytest

from foreshock.incidents.attributed import attributed_to
from foreshock.incidents.compose import agreed_when, compose_incident
from foreshock.incidents.placing import agreed_place
from foreshock.model import Joined, Judgement, Link, Place, When
from tests.incidents.records import Press, actor, city, count, day, land

VILA, SANTO = city("Port Vila"), city("Luganville")
MARKET = Place("market of Port Vila", "market", "VUT", -17.74, 168.31, "site")
POLICE = actor("police", None, "COP")
RUSSIA = actor("Russia", "RUS", "GOV")


@pytest.fixture
def press():
    return Press()


PLACES = [
    ([VILA, land("VUT")], "Port Vila"),
    ([VILA, VILA, SANTO], "Port Vila"),
    ([VILA, SANTO], None),
    ([VILA, SANTO, land("VUT")], "VUT"),
    ([MARKET, VILA, land("VUT")], "market of Port Vila"),
    ([land("VUT"), land("FJI")], None),
    ([], None),
]


@pytest.mark.parametrize(
    ("told", "name"), PLACES, ids=lambda one: "+".join(p.name for p in one) if isinstance(one, list) else str(one)
)
def test_the_place_is_the_most_precise_that_most_agree_with(told, name):
    found = agreed_place(told)
    assert (found.name if found else None) == name
    assert found is None or found in told


TIMES = [
    (["2022-01", "2022-01-05"], "2022-01-05"),
    (["2022-01-05", "2022-01-06"], None),
    (["2022-01-05", "2022-01-06", "2022-01-06"], "2022-01-06"),
    (["2022"], "2022"),
    ([], None),
]


@pytest.mark.parametrize(("told", "raw"), TIMES, ids=lambda one: "+".join(one) if isinstance(one, list) else str(one))
def test_the_time_is_the_most_precise_that_most_can_mean(told, raw):
    found = agreed_when([day(one) for one in told])
    assert (found.raw if found else None) == raw
    assert agreed_when([*(day(one) for one in told), When(None, None, "part_of_day", "at dawn")]) == found


def test_an_incident_is_put_together_from_what_most_say_happened(press):
    rows = [
        press.report("Police shot at marchers", "ASSAULT", "firearms", actor=POLICE, place=VILA, when=day("2022-03-01")),
        press.report("Police shot at marchers", "ASSAULT", "firearms", source="Reef Herald", actor=POLICE, place=land("VUT")),
        press.report("Three were killed", "HARM", "killed", source="Atoll Wire", figures=(count("killed", 3),)),
        press.report("he ordered arrests", "COERCE", "arrest", source="Atoll Wire", status="ordered", place=SANTO),
        press.report("he ordered arrests", "COERCE", "arrest", source="Coral Daily", status="ordered", place=SANTO),
        press.report("he ordered arrests", "COERCE", "arrest", source="Palm Courier", status="ordered", place=SANTO),
    ]  # fmt: skip
    why = Joined(rows[1].claim.id, rows[0].claim.id, 0.8, ("both tell assault",))
    found = compose_incident("i1", rows[::-1], joined=[why], merged=["i2"], split_from="i0")
    assert (found.id, found.kind, found.mode, found.place, found.when.raw) == ("i1", "ASSAULT", "firearms", VILA, "2022-03-01")
    assert found.claim_ids == tuple(one.claim.id for one in rows)
    assert (found.joined, found.merged, found.split_from) == ((why,), ("i2",), "i0")
    assert {origin.name for origin in found.origins} == {one.source for one in rows}
    assert [(tally.what, tally.best) for tally in found.tallies] == [("killed", 3)]
    assert (found.credibility, [one.actor.name for one in found.attributed_to]) == (1, ["police"])


def test_copies_are_one_origin_and_confirm_nothing(press):
    one = press.report("Gunmen fired at the market", "ASSAULT", "firearms", place=VILA)
    other = press.report("Gunmen fired at the market", "ASSAULT", "firearms", source="Reef Herald", place=VILA)
    link = Link(other.claim.document_id, one.claim.document_id, "copy", 0.97, "the texts are 0.97 alike")
    assert compose_incident("i1", [one, other]).credibility == 1
    copied = compose_incident("i1", [one, other], links=[link])
    assert (len(copied.origins), copied.credibility) == (1, 3)


def test_judgements_take_part(press):
    one, other = press.report("Shots rang out", "ASSAULT", "firearms"), press.report("A car backfired", "STATE")
    reject = Judgement("j1", "claim", "reject", (other.claim.id,), "A.", "2022-03-02T08:00:00Z", "a car")
    amend = Judgement(
        "j2", "claim", "amend", (one.claim.id,), "A.", "2022-03-02T09:00:00Z", "fireworks", (("mode", '"explosives"'),)
    )
    override = Judgement("j3", "incident", "override", ("i1",), "A.", "2022-03-02T10:00:00Z", "seen", (("credibility", "2"),))
    found = compose_incident("i1", [one, other], judgements=[reject, amend, override])
    assert (found.claim_ids, found.mode, found.credibility) == ((one.claim.id,), "explosives", 2)
    assert compose_incident("i1", [other], judgements=[reject]) is None


def test_rival_attributions_stand_side_by_side(press):
    def told(who, **more):
        return press.report("They fired on the market", "ASSAULT", "firearms", actor=who, place=VILA, **more)

    rows = [
        told(actor("rebels", None, "REB"), by="interior ministry"),
        told(actor("army", None, "MIL"), source="Reef Herald", by="rebels", status="alleged"),
        told(actor("Russia", "RUS", "GOV"), source="Atoll Wire"),
        told(actor("Россия", "RUS", "GOV"), source="Coral Daily", language="ru"),
        told(actor("army", None, "MIL"), source="Palm Courier", by="residents", status="denied"),
    ]
    origins = {one.claim.id: f"o{number}" for number, one in enumerate(rows)}
    found = attributed_to(rows, origins)
    assert [(one.actor.name, one.holders, one.origins) for one in found] == [
        ("Russia", ("Atoll Wire", "Coral Daily"), ("o2", "o3")),
        ("rebels", ("interior ministry",), ("o0",)),
        ("army", ("rebels",), ("o1",)),
    ]
    assert found[1].claim_ids == (rows[0].claim.id,)


def test_a_known_actor_is_one_whatever_the_language(press):
    names = [("M23", "en"), ("March 23 Movement", "en"), ("М23", "ru"), ("3月23日運動", "ja")]
    rows = [press.report("attacked", "ASSAULT", actor=actor(name, "COD", "REB"), language=code) for name, code in names]
    (found,) = attributed_to(rows, {})
    assert (found.actor.name, len(found.claim_ids)) == ("M23", 4)


def test_who_orders_is_told_only_where_nobody_says_that_it_was_done(press):
    order = press.report("he ordered the army to fire", "ASSAULT", actor=RUSSIA, status="ordered")
    done = press.report("the police fired", "ASSAULT", actor=POLICE)
    assert [one.actor.name for one in attributed_to([order], {})] == ["Russia"]
    assert [one.actor.name for one in attributed_to([order, done], {})] == ["police"]
    assert attributed_to([press.report("shots fell", "ASSAULT")], {}) == ()


def test_words_that_name_nobody_did_nothing(press):
    rows = [press.report("fired", "ASSAULT", actor=actor(name)) for name in ("smoke", "they", "Adele Reef", "of them")]
    assert [one.actor.name for one in attributed_to(rows, {})] == ["Adele Reef"]
