"""Search on both engines: what is found, in which scripts, with which filters, and that both engines always agree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from foreshock.errors import LedgerError
from foreshock.ledger import Batch, Ledger, Query
from foreshock.ledger.backend import connected
from foreshock.ledger.search_index import forget_claims, forget_document
from foreshock.ledger.search_marks import snippet, spans
from foreshock.ledger.search_terms import Term, terms
from foreshock.ledger.tokens import tokens
from foreshock.model import Actor, Holder, Place
from tests.ledger.records import CODER, DAY, claim, reading

SAID = {
    "en": "The Self-Defence Forces left Kyiv's north, 1,500 men in all.",
    "en2": "A state of emergency was declared; the state said an emergency was no reason.",
    "ja": "自衛隊は地震のあと、北部に派遣された。",
    "ja2": "大地震で津波の恐れ、陸上自衛隊",
    "zh": "军队进入首都，宣布戒严。",
    "ru": "В Алматы́ введён комендантский час.",
    "ar": "أعلنت السلطات حالة الطوارئ في القاهرةِ",
    "tr": "İstanbul'da sokağa çıkma yasağı",
    "fr": "L'armée a pris Pérou-Nord; l’état d’urgence",
    "ko": "서울에서 시위가 벌어졌다",
    "th": "กรุงเทพมหานคร",
    "rare": "𠮷野家 𠀋",
    "code": "DROP TABLE claims; -- it's & | ! <-> :* \\ %",
    "empty": "…",
}
LONG = " ".join(f"word{number}" for number in range(13_000)) + " shibboleth at last"


def batches() -> list[Batch]:
    made = []
    for number, (name, text) in enumerate(SAID.items()):
        one = reading(name, text, language=name[:2], title="Nothing new" if name == "en" else None)
        said = claim(one, text=text, holders=(Holder(f"Gazette {name}", "document", "Газета", "asserted"),), language=name[:2])
        made.append(Batch(one, [said], CODER, DAY + timedelta(hours=number)))
    return made


@pytest.fixture
def ledger(address) -> Iterator[Ledger]:
    with Ledger(address) as opened:
        opened.add_many(batches())
        yield opened


def found(ledger: Ledger, words: str, **filters: object) -> list[str]:
    """Return the names of the texts whose claims are found, in order of the names."""
    names = {text: name for name, text in SAID.items()}
    return sorted(names[one.text] for one in ledger.claims(Query(words=words, **filters)))


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("自衛隊", ["ja", "ja2"]), ("地震", ["ja", "ja2"]), ("大地震", ["ja2"]), ("震", ["ja", "ja2"]), ("津波", ["ja2"]),
        ("陸上自衛隊", ["ja2"]), ("隊", ["ja", "ja2"]), ("戒严", ["zh"]), ("首都", ["zh"]), ("Алматы", ["ru"]),
        ("введен", ["ru"]), ("АЛМАТЫ", ["ru"]), ("القاهرة", ["ar"]), ("الطوارئ", ["ar"]), ("istanbul", ["tr"]),
        ("İSTANBUL", ["tr"]), ("armee", ["fr"]), ("l'armée", ["fr"]), ("perou-nord", ["fr"]), ("état d'urgence", ["fr"]),
        ("서울", ["ko"]), ("กรุงเทพ", ["th"]), ("𠮷野", ["rare"]), ("𠀋", ["rare"]), ("kyiv", ["en"]), ("Kyiv’s", ["en"]),
        ("1500", ["en"]), ("self-defence", ["en"]), ("ky*", ["en"]), ('"state of emergency"', ["en2"]),
        ('"state emergency"', []), ("state emergency", ["en2"]), ("forces -kyiv", []), ("kyiv OR istanbul", ["en", "tr"]),
        ("gazette -emergency kyiv OR declared", ["en"]), ("drop table", ["code"]), ('"gazette en"', ["en"]),
        ('"all gazette"', []), ("газета армия", []), ("nothing", []),
    ],
)  # fmt: skip
def test_words_of_every_script_are_found(ledger, words, wanted):
    assert found(ledger, words) == wanted


def test_names_of_holders_actors_and_places_are_words_of_a_claim(ledger):
    one = reading("names", "Nobody was hurt.")
    far = Place("Aktau", "Актау", "KAZ", None, None, "city", origin=Place("Shetpe", "Шетпе", "KAZ", None, None, "city"))
    ledger.add(one, [claim(one, actor=Actor("Zenith Guard", "guards"), recipient=None, place=far)], coder=CODER, now=DAY)
    for words in ("zenith", "guards", "актау", "aktau", "шетпе", '"felt boot gazette"', "calm"):
        assert len(list(ledger.claims(Query(words=words, document=one.document.id)))) == 1, words


def test_words_are_combined_with_every_other_filter(ledger):
    assert found(ledger, "gazette", language="ja") == ["ja", "ja2"]
    assert found(ledger, "gazette", language="ja", kind="HARM", country="KAZ", status="asserted", holder="gazette ja2") == ["ja2"]
    assert found(ledger, "gazette", country="BLR") == []
    assert len(found(ledger, "gazette", since="2022-01-05", until="2022-01-05")) == len(SAID)
    assert found(ledger, "gazette", since="2022-01-06") == []
    assert found(ledger, "gazette", damaged=True) == []
    assert ledger.counts(Query(words="gazette", language="ja")) == {("HARM", "asserted"): 2}


def test_the_newest_come_first_and_pages_go_on_from_each_other(ledger):
    told = list(ledger.claims(Query(words="gazette", order="newest")))
    assert [one.text for one in told] == list(reversed(SAID.values()))
    pages, after = [], None
    while page := list(ledger.claims(Query(words="gazette", order="newest", after=after, limit=3))):
        pages += page
        after = (page[-1].document_id, page[-1].start, page[-1].id)
    assert pages == told
    of_kind = Query(kind="HARM", status="asserted", order="newest", limit=4)
    last = list(ledger.claims(of_kind))[-1]
    assert list(ledger.claims(replace(of_kind, after=(last.document_id, last.start, last.id)))) == told[4:8]


def test_relevance_puts_the_fuller_answer_first(ledger):
    told = [one.text for one in ledger.claims(Query(words="emergency OR kyiv OR state", order="relevance"))]
    assert told == [SAID["en2"], SAID["en"]]
    assert [one.document.text for one in ledger.search("emergency OR kyiv OR state", order="relevance")] == told
    with pytest.raises(LedgerError, match="relevance"):
        list(ledger.claims(Query(order="relevance")))
    with pytest.raises(LedgerError, match="one page"):
        ledger.search("kyiv", order="relevance", after=3)


def test_a_superseded_coding_is_found_only_as_of_its_time(ledger):
    first = next(one for one in batches() if one.reading.document.language == "ko")
    text = "부산에서"
    second = reading("ko", text, language="ko")
    later = first.now + timedelta(days=30)
    ledger.add(second, [claim(second, text=text, language="ko")], coder=CODER, now=later)
    assert found(ledger, "서울") == []
    assert found(ledger, "서울", as_of="2022-01-20") == ["ko"]
    assert [one.document.version for one in ledger.search("부산")] == [second.document.version]
    assert ledger.search("서울") == []
    assert [one.document.text for one in ledger.search("서울", as_of="2022-01-20")] == [SAID["ko"]]
    assert ledger.search("부산", as_of="2022-01-20") == []


def test_documents_are_found_with_the_words_marked(ledger):
    (one,) = ledger.search("自衛隊 津波")
    assert one.document.text == SAID["ja2"]
    assert [one.document.text[start:end] for start, end in one.marks] == ["津波", "自衛隊"]
    assert one.snippet == (0, len(SAID["ja2"]))
    (title,) = ledger.search('"nothing new" kyiv')
    assert [title.document.text[start:end] for start, end in title.marks] == ["Kyiv"]
    assert [one.document.language for one in ledger.search("emergency OR 地震", language="ja", limit=1)] == ["ja"]
    assert ledger.search("kyiv", source="nobody.txt") == []


def test_pages_of_documents_go_on_from_each_other(ledger):
    pages, after = [], None
    while page := ledger.search("地震 OR kyiv OR emergency OR 戒严", after=after, limit=2):
        pages += [one.document.language for one in page]
        after = page[-1].place
    assert pages == ["zh", "ja", "ja", "en", "en"]


def test_a_long_document_is_found_once_by_all_its_words(ledger):
    one = reading("long", f"{LONG} {'and ' * 600} epilogue")
    ledger.add(one, [], coder=CODER, now=DAY + timedelta(days=1))
    for words in ("word1", "word12999", '"shibboleth at last"', '"word11999 word12000"', "epilogue", '"and epilogue"', "and"):
        assert [each.document.id for each in ledger.search(words)] == [one.document.id], words
    assert ledger.search('"last shibboleth"') == []


def test_what_is_erased_is_found_no_more(ledger):
    (gone,) = ledger.claims(Query(words="戒严"))
    document = next(one.document for one in ledger.search("戒严"))
    arrival = next(one.arrival for one in ledger.codings() if one.document.id == document.id)
    with connected(ledger._backend, "redact", writes=True) as connection:
        forget_claims(connection, [(arrival, gone)])  # each coding of these has one claim, so they are numbered alike
        forget_document(connection, document, arrival)
    assert found(ledger, "戒严") == []
    assert ledger.search("戒严") == []
    assert len(found(ledger, "gazette")) == len(SAID) - 1


@pytest.mark.parametrize("words", ["", "-kyiv", "!!!", "x" * 3 + " y*"])
def test_a_search_that_cannot_be_is_refused(ledger, words):
    with pytest.raises(LedgerError):
        list(ledger.claims(Query(words=words)))
    with pytest.raises(LedgerError):
        ledger.search(words)


@pytest.fixture(scope="module")
def both(server, tmp_path_factory) -> Iterator[tuple[Ledger, Ledger]]:
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("CREATE SCHEMA search_law")
    address = f"{server}&options=-csearch_path%3Dsearch_law"
    with Ledger(tmp_path_factory.mktemp("law") / "l.sqlite") as first, Ledger(address) as second:
        for one in (first, second):
            one.add_many(batches())
        yield first, second


def answers(one: Term, words: list[str]) -> bool:
    """Return whether tokens answer a term: told in Python, by the definition."""
    *first, last = one.tokens
    return any(
        words[at : at + len(first)] == first and (end.startswith(last) if one.prefix else end == last)
        for at in range(len(words) - len(first))
        for end in [words[at + len(first)]]
    )


def by_definition(words: str) -> list[str]:
    asked = terms(words)
    told = []
    for name, text in SAID.items():
        fields = [tokens(text), tokens(f"Gazette {name}"), tokens("Газета"), ["police"], ["almaty"]]
        every = [one for field in fields for one in (*field, "|")]
        if all(any(answers(one, every) for one in group) for group in asked.required) and not any(
            answers(one, every) for one in asked.excluded
        ):
            told.append(name)
    return sorted(told)


WORDS = " ".join(SAID.values()).split()
SIGNS = ["自衛", "衛隊", "隊", "震", "st*", "сам*", "OR", "-", '"', "*", "'", "|", "(", "NEAR", "%", "\\", "\0"]
PIECES = st.sampled_from(WORDS + SIGNS)
SPACED, RUN = st.lists(PIECES, max_size=6).map(" ".join), st.lists(PIECES, max_size=4).map("".join)
SEARCHES = st.one_of(st.text(max_size=30), SPACED, RUN)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=SEARCHES)
@example(words='"自衛隊は地震" -津')
@example(words="' OR 1=1 --")
@example(words="\ud800 kyiv")
def test_both_engines_find_what_the_definition_says(both, words):
    try:
        wanted = by_definition(words)
    except LedgerError:
        for one in both:
            with pytest.raises(LedgerError):
                found(one, words)
        return
    assert found(both[0], words) == wanted
    assert found(both[1], words) == wanted


@given(st.text(max_size=200))
@example("ｶﾞｽ １２３ L’été 1\u202f500 Алма́ты القاهرةُ ﷺ ㌔ ﬁne")
def test_spans_are_those_of_the_tokens(text):
    told = spans(text)
    assert [token for token, _, _ in told] == tokens(text)
    for token, start, end in told:
        assert 0 <= start < end <= len(text)
        assert token in "".join(tokens(text[start:end])) or len(token) == 64


def test_a_snippet_is_where_the_marks_are_densest():
    text = "word " * 100 + "curfew " + "word " * 100 + "curfew curfew " + "word " * 50
    dense = text.rindex("curfew curfew")
    start, end = snippet(text, [(text.index("curfew"), text.index("curfew") + 6), (dense, dense + 6), (dense + 7, dense + 13)])
    assert start <= dense < dense + 13 <= end
    assert end - start <= 240
    assert snippet("short", []) == (0, 5)
