"""Tokens: the same for every spelling of a word, whole for scripts with spaces, pairs of characters for those without."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from foreshock.ledger.tokens import _FOLDING, LONGEST, PLAIN, cut, fold, line, tokens


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", []),
        (" \n\t — … !? ", []),
        ("自衛隊", ["自衛", "衛隊", "隊"]),
        ("地震", ["地震", "震"]),
        ("震", ["震"]),
        ("自衛隊は18人", ["自衛", "衛隊", "隊は", "は", "18", "人"]),
        ("アル・シャバーブ", ["アル", "ル", "シャ", "ャバ", "バー", "ーブ", "ブ"]),
        ("ｶﾞｽ", ["ガス", "ス"]),
        ("NATO軍", ["nato", "軍"]),
        ("Алматы", ["алматы"]),
        ("Ёлка, шёл ґанок", ["елка", "шел", "ганок"]),
        ("Алма́ты", ["алматы"]),
        ("мой край", ["мой", "край"]),
        ("القاهرة", ["القاهره"]),
        ("القـاهرةُ", ["القاهره"]),
        ("إلى أنقرة", ["الي", "انقره"]),
        ("١٬٢٣٤", ["1234"]),
        ("İstanbul ISTANBUL ıstanbul", ["istanbul", "istanbul", "istanbul"]),
        ("Perú Đà Nẵng Łódź straße", ["peru", "da", "nang", "lodz", "strasse"]),
        ("ΑΘΉΝΑ Ἀθῆναι", ["αθηνα", "αθηναι"]),
        ("ＫＧＢ①", ["kgb1"]),
        ("हिन्दी", ["हिन्दी"]),
        ("กรุง", ["กร", "รุ", "ุง", "ง"]),
        ("서울에서", ["서울에서"]),
        ("Kyiv's", ["kyiv", "s", "kyivs"]),
        ("Kyiv’s", ["kyiv", "s", "kyivs"]),
        ("Sana'a O’Brien", ["sana", "a", "sanaa", "o", "brien", "obrien"]),
        ("Словʼянськ", ["слов", "янськ", "словянськ"]),
        ("l'armée", ["l", "armee", "larmee"]),
        ("'quoted' words'", ["quoted", "words"]),
        ("Alma-Ata T-72", ["alma", "ata", "t", "72"]),
        ("1,500 1.500 1\u202f500", ["1500", "1500", "1500"]),
        ("2022-01-08 12:30 3.5 1,50", ["2022", "01", "08", "12", "30", "3", "5", "1", "50"]),
        ("500,on 5,ten", ["500", "on", "5", "ten"]),
        ("می‌شود", ["ميشود"]),
        ("𠮷野家", ["𠮷野", "野家", "家"]),
        ("a\x00b \ud800c", ["a", "b", "c"]),
        ("🚀 rocket #tag @name snake_case", ["rocket", "tag", "name", "snake", "case"]),
    ],
)
def test_a_text_becomes_these_tokens(text, wanted):
    assert tokens(text) == wanted


def test_a_token_is_never_longer_than_a_database_takes():
    assert tokens("x" * 500 + "'y") == ["x" * LONGEST, "y", "x" * LONGEST]
    assert tokens("x" * 500) == ["x" * LONGEST]


@given(st.text())
def test_tokens_are_clean_whatever_the_text(text):
    for token in tokens(text):
        assert 1 <= len(token) <= LONGEST
        assert not set(token) & set(" '\",\\\x00&|!<>:*()")
        assert token.isascii() <= (token == token.lower())
        assert not (set(token) & {chr(code) for code in range(128)} - set("abcdefghijklmnopqrstuvwxyz0123456789"))


@given(st.one_of(st.text(), st.text(alphabet=st.sampled_from("ab1２9,.'’ 自衛ー서é\u0301ё\u200d-x"), max_size=40)))
@example("x" * 70 + " 1,234'567 " + "自" * 70)
def test_the_short_way_and_the_long_way_agree(text):
    folded = fold(text)
    assert tokens(text) == line(text).split() == [token for token, _, _ in cut(folded)]
    for token, start, end in cut(folded):
        assert token == folded[start:end].replace(",", "").replace("'", "")[:LONGEST]


def test_what_is_passed_over_stands_for_itself():
    plain = [chr(code) for code in range(0xA000) if re.match(f"[{PLAIN}]", chr(code))]
    assert [char for char in plain if char.casefold().translate(_FOLDING) != char] == []


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)
