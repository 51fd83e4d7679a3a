"""Who is a party, what confirms, and that a party's denial lowers nothing."""

import pytest

from foreshock.incidents.credibility import confirmed, credibility_of, facts_of, table
from foreshock.incidents.parties import home_of, is_party, parties_of, same_side, shipped
from foreshock.model import Holder, Judgement, Origin
from tests.incidents.records import Press, actor, city, land

VILA = city("Port Vila")
POLICE = actor("police", None, "COP")
GUNMEN = actor("gunmen", None, "UAF")
VANUATU = actor("government", "VUT", "GOV")
MARCHERS = actor("protesters", None, "CVL")


def speaker(name):
    return Holder(name, "speaker", name, "asserted")


def origins(*groups):
    """One origin for each group of reports, named as its first report's innermost holder."""
    made = []
    for number, group in enumerate(groups):
        documents, claims = tuple({r.claim.document_id for r in group}), tuple(r.claim.id for r in group)
        made.append(Origin(f"o{number}", group[0].claim.holders[-1].name, documents, (), claims))
    return made


def shooting(press, **fields):
    plain = {"actor": GUNMEN, "recipient": POLICE, "place": VILA}
    return press.report(fields.pop("text", "Gunmen fired at the police"), "ASSAULT", "firearms", **{**plain, **fields})


@pytest.fixture
def press():
    return Press()


NAMES = [
    ("interior ministry", "en", None, "GOV"),
    ("Kazakhstan's information ministry", "en", "KAZ", "GOV"),
    ("Russian Defence Ministry", "en", "RUS", "MIL"),
    ("カザフスタンの外務省", "ja", "KAZ", "GOV"),
    ("Министерство информации Казахстана", "ru", "KAZ", "GOV"),
    ("spokesman for Nursultan Nazarbayev", "en", "KAZ", "ELI"),
    ("rights groups", "en", None, "NGO"),
    ("cars", "en", None, None),
    ("Adele Reef", "en", None, None),
]


@pytest.mark.parametrize(("name", "language", "country", "sector"), NAMES, ids=[row[0] for row in NAMES])
def test_a_name_tells_country_and_sector(name, language, country, sector):
    found = shipped().of_holder(speaker(name), language=language, when="2022-01-07")
    assert (found.country, found.sector) == (country, sector)


def test_words_that_name_nobody_are_nobody():
    assert [shipped().of_holder(speaker(name), language="en") for name in ("he", "They", "statement", "同省")] == [None] * 4


def test_government_and_forces_of_one_state_are_one_side_and_rebels_are_not(press):
    one = shooting(press)
    assert is_party(speaker("interior ministry"), [one])
    assert is_party(speaker("gunmen"), [one])
    assert is_party(speaker("he"), [one])
    assert not is_party(speaker("Russian Defence Ministry"), [one])
    assert not is_party(speaker("residents"), [one])
    assert not is_party(Holder("Lagoon Post", "document", "", "asserted"), [one])
    assert is_party(Holder("state television", "outlet", "", "asserted"), [one])


def test_protesters_are_a_party_to_a_protest_and_residents_are_not(press):
    one = press.report("Police drove the marchers back", "ASSAULT", "crowd-control", actor=POLICE, recipient=MARCHERS, place=VILA)
    assert is_party(speaker("demonstrators"), [one])
    assert not is_party(speaker("residents"), [one])


def test_two_named_groups_are_two_sides_and_a_nameless_one_may_be_either():
    who = shipped()
    m23, adf, rebels = (who.of_holder(speaker(name), language="en") for name in ("M23", "Allied Democratic Forces", "rebels"))
    assert not same_side(m23, adf)
    assert same_side(m23, rebels)
    assert same_side(adf, rebels)


def test_the_parties_are_told_with_the_country_of_the_matter(press):
    reports = [shooting(press), shooting(press, place=land("VUT"))]
    assert home_of(reports) == "VUT"
    assert [(one.name, one.country, one.sector) for one in parties_of(reports)] == [
        ("gunmen", None, "UAF"),
        ("police", "VUT", "COP"),
    ]


def test_the_state_is_a_party_to_arrests_of_which_nobody_is_told_the_doer(press):
    arrests = press.report("3,000 were detained", "COERCE", "arrest", by="interior ministry")
    assert credibility_of([arrests], origins([arrests]))[0] == 4
    floods = press.report("Nine drowned", "HARM", "killed", by="health ministry", place=VILA)
    assert credibility_of([floods], origins([floods]))[0] == 3
    held = {"actor": actor("gang", None, "CRM"), "by": "interior ministry", "place": VILA}
    gangs = press.report("Gangs held nine", "COERCE", "arrest", **held)
    assert credibility_of([gangs], origins([gangs]))[0] == 3


def test_two_origins_of_which_one_is_no_party_confirm(press):
    paper, ministry = shooting(press), shooting(press, by="interior ministry")
    assert credibility_of([paper, ministry], origins([paper], [ministry])) == (
        1,
        "confirmed by two origins of which one is no party to it: told by Lagoon Post; also interior ministry",
    )


def test_many_documents_of_one_origin_confirm_nothing(press):
    copies = [shooting(press, source=name) for name in ("Lagoon Post", "Reef Herald", "Atoll Wire")]
    assert credibility_of(copies, origins(copies))[0] == 3
    assert not confirmed(copies, origins(copies))


def test_parties_alone_do_not_confirm(press):
    ministry, police = shooting(press, by="interior ministry"), shooting(press, by="police")
    grade, why = credibility_of([ministry, police], origins([ministry], [police]))
    assert (grade, why) == (4, "told only by a party to it: told by the party interior ministry, police")


def test_two_sides_that_say_the_same_make_it_probable(press):
    deed = {"actor": GUNMEN, "recipient": actor("rebels", None, "REB"), "text": "Gunmen fired at the rebels' camp"}
    one = shooting(press, by="gunmen", **deed)
    other = press.report("Gunmen attacked us", "COERCE", "seize", actor=GUNMEN, recipient=POLICE, by="police", place=VILA)
    assert credibility_of([one, other], origins([one], [other]))[0] == 2


def test_an_origin_that_is_named_for_a_party_is_one_in_any_language(press):
    told = shooting(press, by="内务部", language="zh")
    origin = Origin("o1", "interior ministry", (told.claim.document_id,), (), (told.claim.id,))
    assert credibility_of([told], [origin])[0] == 4


def test_an_admission_against_interest_confirms(press):
    shots = {"mode": "firearms", "actor": POLICE, "by": "police", "place": VILA}
    admitted = press.report("Police shot two marchers", "ASSAULT", recipient=MARCHERS, **shots)
    assert credibility_of([admitted], origins([admitted])) == (
        1,
        "confirmed by an admission against interest: admitted by police; told by the party police",
    )
    boast = press.report("Police shot two gunmen", "ASSAULT", recipient=GUNMEN, **shots)
    assert credibility_of([boast], origins([boast]))[0] == 4


def test_a_side_that_tells_its_own_losses_admits_them(press):
    loss = press.report("Six officers were killed", "HARM", "killed", recipient=POLICE, by="interior ministry", place=VILA)
    assert credibility_of([loss], origins([loss]))[0] == 1
    cut = {"actor": VANUATU, "by": "communications ministry", "place": VILA}
    shut = press.report("The net was cut on our orders", "COERCE", "withhold", **cut)
    assert facts_of([shut], origins([shut])).admissions == ("communications ministry",)


def test_a_partys_denial_lowers_nothing_and_anothers_does(press):
    paper, ministry = shooting(press), shooting(press, by="interior ministry")
    told = [paper, ministry]
    denial = shooting(press, by="gunmen", status="denied")
    assert credibility_of([*told, denial], origins([paper], [ministry], [denial]))[0] == 1
    assert credibility_of([paper, denial], origins([paper], [denial]))[0] == 3
    monitors = shooting(press, by="rights groups", status="denied")
    assert credibility_of([*told, monitors], origins([paper], [ministry], [monitors]))[0] == 2
    assert credibility_of([ministry, monitors], origins([ministry], [monitors]))[0] == 5


@pytest.mark.parametrize("status", ["ordered", "rumoured", "forecast", "wished", "assessed", "planned", "unknown"])
def test_what_nobody_says_happened_cannot_be_judged(press, status):
    one, other = shooting(press, status=status), shooting(press, status=status, source="Reef Herald")
    assert credibility_of([one, other], origins([one], [other])) == (6, "nobody says that it happened")


def test_one_who_blames_another_is_an_interested_one(press):
    blame = shooting(press, by="Adele Reef", status="alleged")
    assert credibility_of([blame], origins([blame]))[0] == 4


def test_who_saw_it_makes_it_probable(press):
    seen = shooting(press, by="residents", basis="eyewitness")
    assert credibility_of([seen], origins([seen]))[0] == 2


def test_who_took_it_back_said_nothing(press):
    said = shooting(press, published="2022-03-01")
    back = shooting(press, published="2022-03-03", status="retracted", text="We withdraw our report of shots")
    assert credibility_of([said, back], origins([said, back])) == (
        5,
        "who said so took it back, and nobody else says it: taken back by Lagoon Post",
    )


def test_a_persons_word_counts_and_is_told(press):
    one = shooting(press, by="interior ministry")
    confirm = Judgement("j1", "claim", "confirm", (one.claim.id,), "A. Analyst", "2022-03-04T08:00:00Z", "two colleagues saw it")
    assert credibility_of([one], origins([one]), judgements=[confirm]) == (
        1,
        "a person confirmed it: A. Analyst on 2022-03-04; told by the party interior ministry",
    )
    override = Judgement(
        "j2", "incident", "override", ("i1",), "A. Analyst", "2022-03-05T08:00:00Z", "thin", (("credibility", "4"),)
    )
    assert credibility_of([one], origins([one]), judgements=[confirm, override], incident_id="i1") == (
        4,
        "set by A. Analyst on 2022-03-05: thin",
    )


def test_a_rejected_claim_is_no_origin(press):
    one = shooting(press)
    reject = Judgement("j1", "claim", "reject", (one.claim.id,), "A.", "2022-03-04T08:00:00Z", "a novel")
    assert credibility_of([one], origins([one]), judgements=[reject])[0] == 6


def test_every_row_of_the_policy_asks_for_facts_that_there_are():
    names = set(facts_of([], []).__dataclass_fields__)
    rows = table()["grades"]
    assert {name for row in rows for name in (*row.get("needs", ()), *row.get("at_most", ()))} <= names
    assert {row["grade"] for row in rows} == {1, 2, 3, 4, 5, 6}
    assert "needs" not in rows[-1]
