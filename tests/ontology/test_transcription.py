"""Names carried across scripts."""

from __future__ import annotations

import pytest

from foreshock.ontology.transcription import (
    latin_forms,
    letters_of,
    skeleton_of_hangul,
    skeleton_of_latin,
    skeletons_of_han,
)


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("Жезказган", {"zhezkazgan", "scheskasgan", "jezkazgan"}),
        ("Чугуев", {"chuguev", "tschuguew", "tchougouev"}),
        ("Харьков", {"kharkov", "charkow", "jarkov"}),
        ("Lwów", set()),
    ],
)
def test_a_cyrillic_name_in_the_customs_of_languages(name, forms):
    made = latin_forms(name)
    assert forms <= made if forms else made == set()


@pytest.mark.parametrize(("name", "letters"), [("Şırnak", "sirnak"), ("Łódź", "lodz"), ("Aş-Şa'ā", "assaa")])
def test_letters_alone(name, letters):
    assert letters_of(name) == letters


@pytest.mark.parametrize(
    ("latin", "other"),
    [
        ("Mykolaiv", "mkl"),
        ("Kherson", "hlsn"),
        ("Quelimane", "kwlmn"),
    ],
)
def test_the_consonants_of_a_latin_name(latin, other):
    assert skeleton_of_latin(latin) == other


@pytest.mark.parametrize(("han", "latin"), [("赫尔松", "Kherson"), ("内比都", "Nebidu"), ("塔什干", "Tashgan")])
def test_a_name_in_han_shares_its_consonants_with_the_latin_one(han, latin):
    assert skeleton_of_latin(latin) in skeletons_of_han(han)


def test_what_spells_no_name_has_no_skeleton():
    assert skeletons_of_han("政府") == []
    assert skeleton_of_hangul("Kyiv") == ""


@pytest.mark.parametrize(("hangul", "latin"), [("헤르손", "Kherson"), ("카르툼", "Khartum"), ("크라마토르스크", "Kramatorsk")])
def test_a_name_in_hangul(hangul, latin):
    # Korean writes kh as h or k: the first letter is left open.
    assert skeleton_of_hangul(hangul)[1:] == skeleton_of_latin(latin)[1:]
