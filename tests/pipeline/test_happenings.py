"""Incidents as weighing counts them: once each, on a day, in a country, or not at all and why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from foreshock.briefs.notes import NOTICE
from foreshock.model import Blind, Dispute, Holder, Link, Position, When, record_id
from foreshock.pipeline.happenings import covered, happenings, published_days, unplaced
from tests.incidents.records import Press, actor, city, count, day, land
from tests.incidents.wire import coding, told
from tests.pipeline.made import joined, situation

VILA = city("Port Vila")
POLICE, CROWD = actor("police", "VUT", "COP"), actor("protesters", None, "CVL")


@pytest.fixture
def press():
    return Press()


def one(*reports, **more):
    (found,) = happenings(situation(reports, **more))
    return found


def test_an_incident_of_three_outlets_is_one_happening(press):
    shooting = {"place": VILA, "when": day("2031-05-02"), "actor": POLICE, "recipient": CROWD, "published": "2031-05-03"}
    found = one(
        press.report("police shot at protesters", "ASSAULT", "firearms", figures=(count("killed", 4),), **shooting),
        press.report("police fired on a crowd", "ASSAULT", "firearms", source="Reef Herald", **shooting),
        press.report("there was shooting", "ASSAULT", source="Canoe Times", **{**shooting, "published": "2031-05-02"}),
    )
    assert (found.country, found.day, found.known_at) == ("VUT", "2031-05-02", "2031-05-02")
    assert (found.kind, found.mode, found.killed, found.ignored) == ("ASSAULT", "firearms", 4.0, None)
    assert (found.actor, found.recipient) == (("VUT", "COP"), (None, "CVL"))
    assert found.sources == ("Lagoon Post", "Reef Herald", "Canoe Times")
    assert len(found.claim_ids) == 3
    assert found.coders == ("rules-en@1",)


STANDINGS = [
    ({"status": "asserted"}, None),
    ({"status": "alleged", "by": "Edda Quill"}, None),
    ({"status": "denied", "by": "Edda Quill"}, "only denied"),
    ({"status": "rumoured"}, "only rumoured"),
    ({"status": "forecast"}, "only forecast"),
    ({"status": "wished"}, "only wished"),
    ({"status": "assessed"}, "only judged so"),
    ({"status": "ordered"}, "only ordered"),
    ({"status": "planned"}, "only planned"),
    ({"status": "unknown"}, "only not known to be so"),
    ({"negated": True}, "only said not to be so"),
    ({"phase": "foiled"}, "only foiled"),
    ({"phase": "attempted"}, None),
]


@pytest.mark.parametrize(("fields", "reason"), STANDINGS, ids=str)
def test_what_nobody_says_happened_is_no_event(press, fields, reason):
    assert one(press.report("the police fired", "ASSAULT", place=VILA, when=day("2022-02-27"), **fields)).ignored == reason


SAID = [
    ("OFFICE", "resign", "requested", ("REQUEST", "change")),
    ("RETREAT", "release", "requested", ("REQUEST", "yield")),
    ("ASSAULT", "heavy-weapons", "threatened", ("THREATEN", "violence")),
    ("REQUEST", "change", "requested", ("REQUEST", "change")),
    ("THREATEN", None, "threatened", ("THREATEN", None)),
    ("COERCE", "curfew", "ordered", ("COERCE", "curfew")),
]


@pytest.mark.parametrize(("kind", "mode", "status", "event"), SAID, ids=str)
def test_what_is_asked_for_or_threatened_is_the_asking_or_the_threat(press, kind, mode, status, event):
    told = press.report("they demand that he go", kind, mode, status=status, place=VILA, when=day("2022-03-09"), actor=CROWD)
    found = one(told)
    assert (found.kind, found.mode, found.ignored, found.actor) == (*event, None, (None, "CVL"))
    assert found.day == "2022-03-01"  # of the asking, not of what is asked for


def test_who_speaks_is_who_asks(press):
    president = actor("president", "VUT", "GOV")
    fields = {"status": "requested", "place": VILA, "actor": president, "by": "protesters"}
    assert one(press.report("protesters demanded that he resign", "OFFICE", "resign", **fields)).actor == (None, "CVL")


def test_one_who_says_so_is_enough_beside_a_rumour_and_an_order(press):
    shared = {"place": VILA, "when": day("2022-03-01")}
    found = one(
        press.report("they may have fired", "ASSAULT", status="rumoured", **shared),
        press.report(
            "he ordered them to fire", "ASSAULT", source="Reef Herald", status="ordered", published="2022-02-27", **shared
        ),
        press.report("they fired", "ASSAULT", source="Canoe Times", published="2022-03-02", **shared),
    )
    assert found.ignored is None
    assert (found.known_at, found.sources, len(found.claim_ids)) == ("2022-03-02", ("Canoe Times",), 1)


def test_who_took_it_back_says_it_no_more(press):
    shared = {"place": VILA, "when": day("2022-03-01"), "by": "Edda Quill"}
    said = press.report("they fired, said Edda Quill", "ASSAULT", **shared)
    back = press.report("Edda Quill withdrew it", "ASSAULT", status="retracted", published="2022-03-02", **shared)
    assert one(said).ignored is None
    assert one(said, back).ignored == "only taken back"


@pytest.mark.parametrize("kind", ["STATE", "ASSESS", "LIKEN"])
def test_background_is_no_event(press, kind):
    assert one(press.report("the island is small", kind, place=VILA)).ignored == "background"


def test_contested_counts_only_where_it_is_credible(press, monkeypatch):
    shared = {"place": VILA, "when": day("2022-03-01"), "actor": POLICE}
    said = press.report("police fired", "ASSAULT", **shared)
    denial = press.report("that is not so", "ASSAULT", status="denied", by="Edda Quill", source="Reef Herald", **shared)
    found = situation((said, denial))
    sides = tuple(Position(label, (), (one.claim.id,), (), ()) for label, one in (("yes", said), ("no", denial)))
    found.__dict__["disputes"] = [Dispute("d", "Was there shooting?", "standing", said.claim.id, sides)]
    (incident,) = found.incidents
    (happening,) = happenings(found)
    assert (incident.credibility > 2, happening.ignored) == (True, "contested")
    found.__dict__["disputes"] = [Dispute("d", "Was there shooting?", "standing", said.claim.id, sides, "settled", "j")]
    assert happenings(found)[0].ignored is None
    second = press.report("shots were seen", "ASSAULT", source="Canoe Times", basis="eyewitness", **shared)
    credible = situation((said, denial, second))
    credible.__dict__["disputes"] = [Dispute("d", "Was there shooting?", "standing", said.claim.id, sides)]
    assert (credible.incidents[0].credibility <= 2, happenings(credible)[0].ignored) == (True, None)


TIMES = [
    (day("2022-02-27"), "2022-02-27", None),
    (day("2022-02"), "2022-02-01", None),
    (When("2022-02-10", "2022-02-20", "range", "from 10 to 20 February"), "2022-02-10", None),
    (When(None, "2022-02-20", "range", "until 20 February"), "2022-02-20", None),
    (When("2022", "2022", "year", "this year"), "2022-01-01", "dated only by its year"),
    (day("2022-03-02"), "2022-03-02", None),  # a day ahead is another zone of time
    (day("2022-04-09"), "2022-04-09", "still to come when it was told"),
    (None, "2022-03-01", None),
]


@pytest.mark.parametrize(("when", "first", "reason"), TIMES, ids=str)
def test_the_day_is_the_first_possible_one(press, when, first, reason):
    found = one(press.report("the police fired", "ASSAULT", place=VILA, when=when))
    assert (found.day, found.ignored) == (first, reason)


def test_without_a_date_of_its_own_or_of_any_report_it_is_undated(press):
    found = one(press.report("the police fired", "ASSAULT", place=VILA, published=None))
    assert found.ignored == "undated"
    assert found.known_at == "2022-03-01"  # when the ledger kept it


def test_a_month_of_publication_is_known_at_its_end_and_no_later_than_it_was_kept(press):
    report = press.report("the police fired", "ASSAULT", place=VILA, when=day("2022-02-03"))
    assert one(replace(report, published="2022-02", known_at="2022-06-01T00:00:00Z")).known_at == "2022-02-28"
    assert one(replace(report, published="2022-02", known_at="2022-02-05T00:00:00Z")).known_at == "2022-02-05"


def test_the_country_is_that_of_the_place_then_of_who_bore_it_then_of_the_text_then_of_who_did_it(press):
    samoa, tonga = actor("Samoa", "WSM", "GOV"), actor("Tonga", "TON", "GOV")
    placed = press.report("it was in Port Vila", "PROTEST", place=VILA, actor=samoa, recipient=tonga)
    borne = press.report("Samoa blamed Tonga", "ACCUSE", actor=samoa, recipient=tonga)
    text = press.report("they marched in Nuku'alofa", "PROTEST", place=city("Nuku'alofa", "TON"), document="page")
    lost = press.report("it was condemned", "ACCUSE", actor=samoa, document="page", start=100)
    done = press.report("Samoa condemned it", "ACCUSE", actor=samoa)
    nowhere = press.report("it was condemned", "ACCUSE")
    found = situation((placed,), (borne,), (text,), (lost,), (done,), (nowhere,))
    by_claim = {one.id: one.country for one in happenings(found)}
    expected = [(placed, "VUT"), (borne, "TON"), (text, "TON"), (lost, "TON"), (done, "WSM")]
    assert by_claim == {report.claim.id: country for report, country in expected}
    assert unplaced(found) == 1
    assert [one.id for one in happenings(found, country="VUT")] == [placed.claim.id]


def test_those_of_one_country_are_those_of_it_among_all(press):
    police = {"kind": "ASSAULT", "actor": actor("police", None, "COP")}
    reports = [
        press.report(
            f"police fired {n}", police["kind"], "firearms", place=city(town, country), actor=police["actor"], document=page
        )
        for n, (town, country, page) in enumerate([("Port Vila", "VUT", "a"), ("Apia", "WSM", "b"), ("Lifou", "NCL", "a")])
    ]
    denied = press.report("none have fired", "ASSAULT", "firearms", status="denied", by="Edda Quill", actor=police["actor"])
    groups = [(one,) for one in (*reports, denied)]
    groups.append((press.report("blame", "ACCUSE", actor=actor("Samoa", "WSM"), recipient=actor("Vanuatu", "VUT")),))
    every = happenings(situation(*groups))
    assert {one.country for one in every} == {"VUT", "WSM", "NCL"}
    for country in ("VUT", "WSM", "NCL", "TON"):
        assert happenings(situation(*groups), country=country) == [one for one in every if one.country == country]


def test_a_digest_of_many_countries_is_about_none(press):
    places = [
        press.report("a march", "PROTEST", place=land(name), document="digest", start=n) for n, name in enumerate(("VUT", "TON"))
    ]
    lost = press.report("a strike", "PROTEST", document="digest", start=50)
    assert len(happenings(situation(*[(one,) for one in (*places, lost)]))) == 2


def test_the_dead_are_the_largest_of_what_is_told_at_least(press):
    shared = {"place": VILA, "when": day("2022-03-01")}
    parts = press.report(
        "26 and 2 were killed",
        "ASSAULT",
        figures=(count("killed", 26, of="protesters"), count("killed", 2, of="police")),
        **shared,
    )
    assert one(parts).killed == 26
    total = press.report(
        "at least 20 were killed", "ASSAULT", source="Reef Herald", figures=(count("killed", 20, bound="at_least"),), **shared
    )
    assert one(parts, total).killed == 20  # a total goes before its parts
    assert one(press.report("they fired", "ASSAULT", **shared)).killed is None


TEXT = """Police fired on a march of dock workers in Port Vila on Sunday, and four of them were killed, the port's clinic said.

The workers had stopped 19 lorries at the gate of the copra mill at dawn. A clerk of the mill counted 60 shots in ten minutes,
and the road to the airport was shut until noon while the wounded were carried out on doors."""


def copies(n: int, text: str = TEXT):
    page = (Holder("page", "document", "page", "asserted"),)
    parties = {"actor": actor("police", None, "COP"), "recipient": CROWD, "place": VILA, "holders": page}
    fired = told("Police fired on a march", "ASSAULT", "firearms", **parties)
    return [coding(record_id("page", number), text, fired, arrival=number + 1) for number in range(n)]


@pytest.mark.parametrize("n", [1, 2, 80])
def test_copies_count_once(n):
    (found,) = happenings(joined(copies(n)))
    assert (found.country, found.kind, found.ignored, len(found.sources)) == ("VUT", "ASSAULT", None, 1)


def test_a_copy_that_was_not_joined_is_still_no_second_happening(press):
    first = press.report("police fired", "ASSAULT", place=VILA)
    copy = press.report("police fired", "ASSAULT", source="Reef Herald", place=VILA)
    link = Link(copy.claim.document_id, first.claim.document_id, "copy", 1.0, "all shingles shared")
    found = happenings(situation((first,), (copy,), links=(link,)))
    assert [one.id for one in found] == [first.claim.id]
    assert len(happenings(situation((first,), (copy,)))) == 2


def test_our_own_pages_are_no_origin():
    (found,) = happenings(joined(copies(1, f"{TEXT}\n\n{NOTICE}")))
    assert (found.ignored, found.sources) == ("only told by our own pages", ())


def test_what_was_told_in_the_dark_has_no_part_in_what_is_told_outside(press):
    shared = {"place": VILA, "when": day("2022-03-01"), "actor": POLICE}
    before = press.report("police fired", "ASSAULT", published="2022-03-02", **shared)
    inside = press.report(
        "30 were killed", "ASSAULT", source="Reef Herald", published="2022-03-05", figures=(count("killed", 30),), **shared
    )
    only = press.report("a march", "PROTEST", place=VILA, when=day("2022-03-05"), published="2022-03-05")
    dark = (Blind("VUT", "internet cut", "2022-03-04", "2022-03-08", whole=True, source="made"),)
    found = {one.id: one for one in happenings(situation((before, inside), (only,)), blind=dark)}
    without = happenings(situation((before,)), blind=dark)
    assert found[before.claim.id] == without[0]
    assert found[only.claim.id].known_at == "2022-03-05"
    assert happenings(situation((before, inside)))[0].killed == 30
    part = (Blind("VUT", "internet cut", "2022-03-04", "2022-03-08", whole=False, source="made"),)
    assert happenings(situation((before, inside)), blind=part)[0].killed == 30


def test_the_days_that_were_covered(press):
    reports = [
        press.report("a march", "PROTEST", place=VILA, published="2022-03-05"),
        press.report("blame", "ACCUSE", recipient=actor("Vanuatu", "VUT"), published="2022-03-02"),
        press.report("a march", "PROTEST", place=city("Apia", "WSM"), published="2022-03-03"),
        press.report("a march", "PROTEST", place=VILA, published="2022-03"),
        press.report("a march", "PROTEST", place=VILA, published=None),
    ]
    found = situation(*[(one,) for one in reports])
    assert [one.isoformat() for one in covered(found, country="VUT")] == ["2022-03-02", "2022-03-05"]
    assert [one.isoformat() for one in published_days(found)] == ["2022-03-02", "2022-03-03", "2022-03-05"]
