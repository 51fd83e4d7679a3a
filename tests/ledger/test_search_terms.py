"""The language of a search box: what it asks, and that nothing typed into it is an error of an engine."""

import sqlite3

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from foreshock.errors import LedgerError
from foreshock.ledger.search_terms import fts5, terms, tsquery


@pytest.mark.parametrize(
    ("words", "match", "query"),
    [
        ("curfew", '("curfew")', "('curfew')"),
        ("Curfew ALMATY", '("curfew") AND ("almaty")', "('curfew') & ('almaty')"),
        ("curfew almaty OR astana", '("curfew") AND ("almaty" OR "astana")', "('curfew') & ('almaty' | 'astana')"),
        ("a OR b | c", '("a" OR "b" OR "c")', "('a' | 'b' | 'c')"),
        ("or not and near", '("or") AND ("not") AND ("and") AND ("near")', "('or') & ('not') & ('and') & ('near')"),
        ('"state of emergency"', '("state" + "of" + "emergency")', "('state' <-> 'of' <-> 'emergency')"),
        ("“state of emergency” «ЧП»", '("state" + "of" + "emergency") AND ("чп")', "('state' <-> 'of' <-> 'emergency') & ('чп')"),
        ('"never closed', '("never" + "closed")', "('never' <-> 'closed')"),
        ("protest*", '("protest" *)', "('protest':*)"),
        ('"armed grou"*', '("armed" + "grou" *)', "('armed' <-> 'grou':*)"),
        ("curfew -lifted", '("curfew") NOT ("lifted")', "('curfew') & !('lifted')"),
        ('-"state media" a b', '(("a") AND ("b")) NOT ("state" + "media")', "('a') & ('b') & !('state' <-> 'media')"),
        ("a OR -b c", '(("a") AND ("c")) NOT ("b")', "('a') & ('c') & !('b')"),
        ("OR a OR", '("a")', "('a')"),
        ("自衛隊", '("自衛" + "衛隊")', "('自衛' <-> '衛隊')"),
        ("地震", '("地震")', "('地震')"),
        ("震", '("震" *)', "('震':*)"),
        ("地震 津波", '("地震") AND ("津波")', "('地震') & ('津波')"),
        ('"地震 津波"', '("地震" + "震" + "津波")', "('地震' <-> '震' <-> '津波')"),
        ('"隊 長"', '("隊" + "長" *)', "('隊' <-> '長':*)"),
        ("自衛*", '("自衛")', "('自衛')"),
        ("NATO軍", '("nato" + "軍" *)', "('nato' <-> '軍':*)"),
        ("서울", '("서울" *)', "('서울':*)"),
        ("Алматы القاهرة", '("алматы") AND ("القاهره")', "('алматы') & ('القاهره')"),
        ("Kyiv's", '("kyiv")', "('kyiv')"),
        ("Sana’a", '("sana" + "a" OR "sanaa")', "('sana' <-> 'a' | 'sanaa')"),
        ("Alma-Ata", '("alma" + "ata")', "('alma' <-> 'ata')"),
        ("1,500", '("1500")', "('1500')"),
        ("x'; DROP TABLE c; --", '("x") AND ("drop") AND ("table") AND ("c")', "('x') & ('drop') & ('table') & ('c')"),
        ("w: NEAR(a b, 2)", '("w") AND ("near" + "a") AND ("b") AND ("2")', "('w') & ('near' <-> 'a') & ('b') & ('2')"),
        ("a & !b <-> c:*", '("a") AND ("b") AND ("c" *)', None),
    ],
)  # fmt: skip
def test_a_search_asks_this_of_each_engine(words, match, query):
    if query is None:
        with pytest.raises(LedgerError, match="begins too many"):
            terms(words)
        return
    assert fts5(terms(words)) == match
    assert tsquery(terms(words)) == query


@pytest.mark.parametrize("words", ["", " ", "!?", "-", "-curfew", '-"state media" -b', '""', "OR", "\x00", "🚀", "*"])
def test_a_search_without_a_word_is_refused_with_a_remedy(words):
    with pytest.raises(LedgerError, match="at least one word"):
        terms(words)


def test_a_search_that_is_too_long_is_refused():
    with pytest.raises(LedgerError, match="at most"):
        terms(" ".join(f"w{number}" for number in range(1000)))
    with pytest.raises(LedgerError, match="at most"):
        terms('"' + "w " * 10_000 + '"')
    terms(" OR ".join(f"word{number}" for number in range(60)))


SIGNS = st.text(alphabet=st.sampled_from("ab自衛隊서*\"'-+ORor|()&!:<>^{}~,. \t\x00\\%_;“«é́ا\u0640\u200d"), max_size=60)


@given(st.one_of(st.text(), SIGNS))
@example("a" * 100_000)
@example('"' * 1001)
@example("-" * 1001 + "a")
def test_no_input_is_an_error_of_fts5(words):
    with sqlite3.connect(":memory:") as engine:
        engine.execute("CREATE VIRTUAL TABLE t USING fts5(words, content='', tokenize='ascii')")
        try:
            asked = terms(words)
        except LedgerError:
            return
        engine.execute("SELECT rowid FROM t WHERE t MATCH ?", (fts5(asked),)).fetchall()
        assert "''" not in tsquery(asked)
