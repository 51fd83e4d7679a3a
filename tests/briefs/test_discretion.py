"""Private persons are shown by role and exact sites at district level, until an analyst decides otherwise."""

from dataclasses import replace

import pytest

from foreshock.briefs import compile_brief, compose, render
from foreshock.briefs.discretion import Discretion, mask_reading
from foreshock.briefs.discretion_sites import coarse, is_exact, named_sites
from foreshock.briefs.discretion_veil import veil
from foreshock.model import Actor, Coding, Judgement, Place, PrivatePerson, to_json
from tests.briefs.export_fixtures import (
    CODINGS,
    LATER,
    NIGHT,
    NOW,
    OSTER,
    SECRETS,
    SITES,
    STREET,
    arrest,
    curfew,
    deaths,
    discretion,
    dispute,
    gathering,
    kawara,
    march,
    mourned,
    night,
    order,
    seen,
    shelled,
    taken,
)
from tests.briefs.fixtures import claim, day, reading


def judged(subject, verdict, name, at="2022-02-01T00:00:00Z", ident="j1"):
    return Judgement(ident, subject, verdict, (name,), "analyst", at, "the family asked for it")


def text_of(record):
    return str(to_json(record))


def test_names_become_roles_and_words_keep_their_length():
    held = discretion()
    told = held.claim(shelled)
    assert told.recipient == Actor("[victim]", "████████████, 34")
    assert told.text == "████████████, 34, was killed when a shell hit ██████████████ in Oster"
    assert len(told.text) == told.end - told.start
    assert held.claim(arrest).recipient.name == "[detainee]"
    assert held.claim(seen).holders[-1].name == "[witness]"
    assert held.claim(seen).holders[-1].raw == "█████████, a baker"
    assert held.claim(mourned).recipient.name == "[victim]"


def test_ids_and_offsets_are_those_of_the_claim():
    for one in (told for coding in CODINGS for told in coding.claims):
        told = discretion().claim(one)
        assert (told.id, told.document_id, told.version, told.start, told.end) == (
            one.id, one.document_id, one.version, one.start, one.end,
        )  # fmt: skip


def test_a_document_tells_its_title_by_role_and_only_the_site_of_its_address():
    told = discretion().document(night.document)
    assert told.title == "[victim] mourned in Oster"
    assert told.url == "https://wire.example/"
    assert len(told.text) == len(night.document.text)
    assert not [one for one in SECRETS if one in text_of(told)]
    assert "Lukas Brandel" in told.text


def test_incidents_conditions_and_disputes_name_no_private_person():
    held = discretion()
    told = [held.incident(deaths), held.incident(taken), held.condition(order), held.dispute(dispute)]
    assert all(told)
    assert not [one for one in SECRETS if one in text_of(told)]
    assert "Lukas Brandel" in text_of(told)


def test_an_analyst_releases_a_name_and_takes_it_back():
    release = judged("person", "release", "Marta Velkin")
    assert discretion(judgements=[release]).claim(shelled).recipient.name == "Marta Velkin"
    assert "Abreth" not in text_of(discretion(judgements=[release]).claim(arrest))
    later = judged("person", "withhold", "Marta Velkin", at="2022-02-02T00:00:00Z", ident="j2")
    assert discretion(judgements=[release, later]).claim(shelled).recipient.name == "[victim]"
    withdrawn = Judgement("j3", "person", "withdraw", ("j1",), "analyst", "2022-02-03T00:00:00Z", "not agreed")
    assert discretion(judgements=[release, withdrawn]).claim(shelled).recipient.name == "[victim]"


def test_an_analyst_withholds_a_name_that_the_machine_took_for_a_public_one():
    held = discretion(judgements=[judged("person", "withhold", "Lukas Brandel")])
    assert "Brandel" not in text_of(held.claim(curfew))
    assert "Brandel" not in text_of(held.condition(order))


def test_the_full_name_of_a_victim_is_withheld_in_other_documents_too():
    other = reading("Evening Ledger", "en", "Crowds sang for Marta Velkin. Lukas Brandel came.")
    words = claim(other, "Crowds sang for Marta Velkin", "PROTEST", None)
    held = Discretion.of([*CODINGS, Coding(other.document, (words,), "hand@1", 1, 4, "2022-01-08T10:00:00Z")], now=LATER)
    assert held.claim(words).text == "Crowds sang for ████████████"


def test_a_site_is_told_at_district_level_and_its_point_cannot_be_had_back():
    told = discretion().claim(march)
    assert told.place.precision == "admin2"
    assert told.place.name == "[site withheld]"
    assert (told.place.lat, told.place.lon) == (50.75, 30.75)
    assert "Lantern" not in text_of(told)
    beside = coarse(replace(STREET, lat=50.6, lon=30.99), "[site withheld]")
    assert (beside.lat, beside.lon) == (told.place.lat, told.place.lon)
    assert coarse(Place("x", "x", None, -0.2, -179.9, "site"), None).lat == -0.25


def test_a_district_is_named_where_one_is_known():
    assert discretion(district=lambda lat, lon: "Oster Raion").claim(march).place.name == "Oster Raion"


def test_a_town_is_no_exact_site_of_a_protest_but_of_a_convoy():
    town = replace(march, place=OSTER)
    assert not is_exact(town)
    convoy = claim(reading("A", "en", "A convoy stood in Oster."), "A convoy stood in Oster", "STATE", place=OSTER)
    assert is_exact(convoy)


def test_a_place_that_an_analyst_amended_is_withheld_too():
    told = discretion().claim(replace(curfew, kind="PROTEST", place=STREET))
    assert (told.place.name, told.place.precision) == ("[site withheld]", "admin2")


def test_sites_are_left_alone_on_the_desk_of_an_analyst():
    assert discretion(sites=False).claim(march) == march


def test_an_analyst_releases_a_site():
    held = discretion(now=NOW, judgements=[judged("site", "release", "Lantern Street")])
    assert held.claim(march).place == STREET
    assert march.id not in held.late


@pytest.mark.parametrize(
    ("published", "when", "now_late"),
    [("2022-01-07", "2022-01-07", True), ("2022-01-05", "2022-01-04", False), (None, None, True), ("2022-01-03", None, False)],
)
def test_claims_of_exact_sites_wait_for_72_hours(published, when, now_late):
    of = reading("A", "en", "Protesters gathered at Lantern Street.", published=published)
    one = claim(of, "Protesters gathered at Lantern Street", "PROTEST", place=STREET, when=day(when) if when else None)
    coding = Coding(of.document, (one,), "hand@1", 1, 1, "2022-01-08T08:00:00Z")
    assert (one.id in Discretion.of([coding], now=NOW).late) is now_late
    assert one.id not in Discretion.of([coding], now=LATER).late


def test_an_incident_of_late_claims_only_is_held_back_and_others_lose_those_claims():
    held = discretion(now=NOW)
    assert held.incident(gathering) is None
    assert shelled.id in held.late
    told = held.incident(deaths)
    assert shelled.id not in told.claim_ids
    assert shelled.id not in text_of(told.origins)
    assert told.joined == ()
    assert told.attributed_to == ()


@pytest.mark.parametrize(
    ("language", "text", "site"),
    [
        ("en", "Shells fell near Hospital No. 7 on Monday.", "Hospital No. 7"),
        ("en", "People slept in the Blue Lantern Shelter.", "Blue Lantern Shelter"),
        ("en", "They fled to School 12.", "School 12"),
        ("ru", "Снаряд попал в больницу № 4.", "больницу № 4"),
        ("fr", "Un obus a touché l'hôpital Sainte-Aube.", "hôpital Sainte-Aube"),
        ("es", "Buscaron refugio en la Escuela Ramona Luz.", "Escuela Ramona Luz"),
        ("de", "Sie schliefen in der Schule Am Anger.", "Schule Am Anger"),
        ("ja", "住民は第三小学校に逃げた。", "第三小学校"),
        ("zh", "炮弹击中第二医院。", "第二医院"),
    ],
)
def test_named_sites_are_found_in_the_words(language, text, site):
    assert site in " ".join(named_sites(reading("A", language, text).document))


@pytest.mark.parametrize("text", ["The hospital was hit.", "Soldiers fired on hospitals in Almaty.", "At school they wept."])
def test_a_common_word_is_no_named_site(text):
    assert list(named_sites(reading("A", "en", text).document)) == []


@pytest.mark.parametrize("form", ["terminal", "html", "markdown", "json"])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_page_names_no_private_person(form, language):
    held = Discretion.of(CODINGS, now=LATER, sites=False, language=language)
    readings, claims = [], []
    for one, coding in ((night, CODINGS[0]), (kawara, CODINGS[1])):
        masked, told = mask_reading(one, coding.claims, held)
        readings.append(masked)
        claims += told
    brief = compose(readings, claims, now=LATER, as_of=None, title="Oster", language=language)
    page = render(compile_brief(brief, claims, readings), format=form)
    page = page if isinstance(page, str) else str(page)
    assert not [one for one in SECRETS if one.lower() in page.lower()]
    assert "Brandel" in page
    assert "█" in page


def test_a_reading_without_secrets_is_left_as_it_is():
    held = Discretion.of([Coding(night.document, (), "hand@1", 1, 1, "2022-01-08T08:00:00Z")], now=LATER, sites=False)
    masked, told = mask_reading(night, (), held)
    assert masked is night
    assert told == ()


def test_the_sentences_of_a_masked_reading_are_slices_of_its_text():
    masked, told = mask_reading(night, CODINGS[0].claims, discretion())
    for one in (*masked.sentences, *told):
        assert masked.document.text[one.start : one.end] == one.text
    assert not [one for one in (*SECRETS[:4], *SITES) if one in text_of(masked)]


def test_a_source_that_is_a_private_person_is_told_by_role():
    blog = reading("Ilse Tamm", "en", "Ilse Tamm saw it.", title="My night")
    one = claim(blog, "Ilse Tamm saw it", "STATE")
    coding = Coding(blog.document, (one,), "h@1", 1, 1, "2022-01-08T08:00:00Z", (PrivatePerson("witness", ((0, 9),)),))
    held = Discretion.of([coding], now=LATER)
    assert held.document(blog.document).source == "[witness]"
    assert held.claim(one).holders[0].name == "[witness]"


@pytest.mark.parametrize(
    ("form", "told", "shown"),
    [
        ("Лены Фосковой", "Лена Фоскова молчит", "[victim] молчит"),
        ("Ионаса Абрета", "Ионас Абрет", "[victim]"),
        ("Marta Velkin", "MARTA VELKIN MOURNED", "[victim] MOURNED"),
        ("Velkin", "Velkins Mutter", "[victim] Mutter"),
        ("Velkin", "velkin", "velkin"),
        ("林", "林さんは森林にいた", "[victim]さんは森林にいた"),
        ("林小禾", "居民林小禾丧生", "居民[victim]丧生"),
        ("Ana", "Anatol", "Anatol"),
    ],
)
def test_a_form_is_found_in_any_case_and_not_inside_other_words(form, told, shown):
    held = veil([(form, "[victim]")])
    assert held.labelled(told) == shown


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://a.example/2022/marta-velkin-mourned", "https://a.example/"),
        ("https://a.example/2022/Marta_Velkin", "https://a.example/"),
        ("https://a.example/%E6%A3%AE%E9%87%8E%E9%A6%99", "https://a.example/"),
        ("https://a.example/2022/curfew", "https://a.example/2022/curfew"),
        ("files/marta-velkin.txt", "[address withheld]"),
    ],
)
def test_an_address_with_a_name_in_it_is_cut_to_its_site(url, shown):
    assert veil([("Marta Velkin", "[victim]"), ("森野香", "[victim]")]).address(url) == shown


def test_nothing_to_withhold_is_no_veil():
    assert veil([]) is None


def test_the_text_of_the_night_is_what_the_tests_think():
    assert NIGHT.count("Velkin") == 2
