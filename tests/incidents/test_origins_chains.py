"""Origins of claims: who holds them, whose report tells them, and what makes an id."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from foreshock.incidents.origins import origin_of, origins_of
from foreshock.model import Holder, Link, Origin, Report, record_id
from tests.incidents.reports import report


def tell(source: str, at: int, *chain: tuple[str, str], document: str = "", language: str = "en", **row: Any) -> Report:
    """A claim of an outlet with a chain of (role, name) behind the document."""
    made = report({"source": source, "document": document, "language": language, "arrival": at, **row}, at)
    holders = [made.claim.holders[0], *(Holder(name, role, name, "asserted") for role, name in chain)]  # type: ignore[arg-type]
    return replace(made, claim=replace(made.claim, holders=tuple(holders)))


def doc(source: str, document: str = "") -> str:
    return record_id("document", source, document)


def names(origins: tuple[Origin, ...]) -> list[str]:
    return [origin.name for origin in origins]


def link(carrier: str, source: str, reason: str = "copy", score: float = 0.9) -> Link:
    return Link(carrier, source, reason, score, "made")  # type: ignore[arg-type]


def test_two_outlets_that_saw_it_are_two_origins() -> None:
    found = origins_of([tell("Pelican Courier", 1), tell("Thistle Mail", 2)], [])
    assert names(found) == ["Pelican Courier", "Thistle Mail"]
    assert all(len(origin.documents) == 1 and not origin.carriers for origin in found)


def test_two_articles_of_one_outlet_are_one_origin() -> None:
    (found,) = origins_of([tell("Pelican Courier", 1, document="a"), tell("The Pelican Courier", 2, document="b")], [])
    assert len(found.documents) == 2


def test_a_copy_carries_and_tells_nothing_itself() -> None:
    copy = link(doc("Thistle Mail"), doc("Pelican Courier"))
    (found,) = origins_of([tell("Thistle Mail", 1), tell("Pelican Courier", 2)], [copy])
    assert (found.name, found.documents, found.carriers) == ("Pelican Courier", (doc("Pelican Courier"),), (doc("Thistle Mail"),))
    assert found.links == (copy,)


def test_a_copy_whose_original_is_not_among_the_claims_still_counts_once() -> None:
    links = [link(doc("Thistle Mail"), "0" * 20), link(doc("Marble Arcade"), "0" * 20)]
    assert len(origins_of([tell("Thistle Mail", 1), tell("Marble Arcade", 2)], links)) == 1


def test_shared_quotations_and_citations_of_a_name_bring_no_documents_together() -> None:
    links = [
        link(doc("Thistle Mail"), doc("Pelican Courier"), "quote", 1.0),
        link(doc("Thistle Mail"), "Reuters", "citation", 0.3),
    ]
    assert len(origins_of([tell("Thistle Mail", 1), tell("Pelican Courier", 2)], links)) == 2


def test_what_credits_one_agency_goes_back_to_it() -> None:
    links = [link(doc("Thistle Mail"), "Reuters", "agency"), link(doc("Marble Arcade"), "Reuters", "agency")]
    told = [
        tell("Thistle Mail", 1),
        tell("Marble Arcade", 2),
        tell("Reuters", 3),
        tell("Pelican Courier", 4, ("outlet", "ロイター通信")),
    ]
    (found,) = origins_of(told, links)
    assert found.name == "Reuters"
    assert set(found.carriers) == {doc("Thistle Mail"), doc("Marble Arcade")}


def test_two_copies_of_an_agencys_report_of_which_one_hides_the_credit_are_the_agencys() -> None:
    links = [link(doc("Thistle Mail"), doc("Marble Arcade")), link(doc("Thistle Mail"), "Reuters", "agency")]
    (found,) = origins_of([tell("Thistle Mail", 1), tell("Marble Arcade", 2)], links)
    assert found.name == "Reuters"


def test_all_that_one_ministry_told_in_any_language_is_one_origin() -> None:
    told = [
        tell("Pelican Courier", 1, ("speaker", "interior ministry")),
        tell("Глиняная свистулька", 2, ("speaker", "МВД"), language="ru"),
        tell("紙灯籠新聞", 3, ("speaker", "カザフスタン内務省"), language="ja"),
        tell("Le Sémaphore", 4, ("outlet", "AFP"), ("speaker", "ministère de l'Intérieur"), language="fr"),
    ]
    (found,) = origins_of(told, [])
    assert found.name == "interior ministry of Kazakhstan"
    assert len(found.documents) == 4
    assert [one.reason for one in found.links] == ["holder"] * 4
    assert "‘МВД’" in found.links[1].why


def test_ministries_of_two_countries_are_two() -> None:
    told = [
        tell("Pelican Courier", 1, ("speaker", "Russian defence ministry")),
        tell("Thistle Mail", 2, ("speaker", "Ukraine's defence ministry")),
        tell("Marble Arcade", 3, ("speaker", "defence ministry")),
    ]
    assert names(origins_of(told, [])) == ["defence ministry of Russia", "defence ministry of Ukraine", "defence ministry"]


def test_a_person_is_one_by_last_name_and_in_another_script() -> None:
    told = [
        tell("Pelican Courier", 1, ("speaker", "Pavel Krechetov")),
        tell("Thistle Mail", 2, ("speaker", "Krechetov")),
        tell("竹とんぼ通信", 3, ("speaker", "クレチェトフ長官"), language="ja"),
    ]
    (found,) = origins_of(told, [])
    assert found.name == "Pavel Krechetov"


def test_two_persons_of_one_last_name_are_not_brought_together_by_it() -> None:
    told = [
        tell("Pelican Courier", at, ("speaker", name))
        for at, name in enumerate(["Pavel Krechetov", "Olga Krechetov", "Krechetov"], 1)
    ]
    assert len(origins_of(told, [])) == 3


def test_who_is_not_named_stays_with_who_heard_him() -> None:
    told = [
        tell("Pelican Courier", 1, ("speaker", "two residents")),
        tell("Thistle Mail", 2, ("speaker", "residents")),
        tell("Marble Arcade", 3, ("outlet", "Pelican Courier"), ("speaker", "officials")),
    ]
    found = origins_of(told, [])
    assert names(found) == ["Pelican Courier", "Thistle Mail"]
    assert len(found[0].claim_ids) == 2


def test_words_that_point_back_take_the_holder_before_them() -> None:
    told = [
        tell("Pelican Courier", 1, ("speaker", "health ministry")),
        tell("Pelican Courier", 2, ("speaker", "The ministry")),
        tell("Thistle Mail", 3, ("speaker", "The ministry")),
    ]
    found = origins_of(told, [])
    assert [(origin.name, len(origin.claim_ids)) for origin in found] == [("health ministry", 2), ("Thistle Mail", 1)]


def test_what_gathers_the_reports_of_others_is_no_one_source() -> None:
    told = [tell("Google News", 1, document="a"), tell("Google News", 2, document="b")]
    assert len(origins_of(told, [])) == 2


def test_output_of_our_own_is_the_origin_of_nothing() -> None:
    ours = link(doc("Desk"), "Foreshock", "citation", 1.0)
    told = [tell("Desk", 1), tell("Pelican Courier", 2)]
    assert names(origins_of(told, [ours])) == ["Pelican Courier"]
    assert set(origin_of(origins_of(told, [ours]))) == {told[1].claim.id}


def test_an_id_is_that_of_the_founding_claim_and_stays_when_others_come() -> None:
    first, second = tell("Thistle Mail", 1), tell("Marble Arcade", 2)
    (alone,) = origins_of([first], [])
    late = tell("Pelican Courier", 3, published="2031-01-01")
    links = [link(doc("Thistle Mail"), doc("Pelican Courier")), link(doc("Marble Arcade"), doc("Pelican Courier"))]
    (joined,) = origins_of([late, second, first], links)
    assert joined.id == alone.id == record_id("origin", first.claim.id)
    assert joined.name == "Pelican Courier"
    assert origin_of([joined]) == dict.fromkeys((first.claim.id, second.claim.id, late.claim.id), joined.id)


def test_no_claims_have_no_origins() -> None:
    assert origins_of([], []) == ()
