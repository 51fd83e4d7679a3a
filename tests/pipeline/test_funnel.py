"""The funnel gives the claims that coding one document at a time gives, whatever the order and the batches."""

from __future__ import annotations

import gc
import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foreshock.coding.gate import BACKGROUND, Gate
from foreshock.coding.prepared import Prepared, moved
from foreshock.errors import CodingError, ReadingError
from foreshock.model import Claim, Custody, Document, record_id
from foreshock.pipeline import Workbench, code, persons, read
from foreshock.pipeline.funnel import Coded, Funnel
from foreshock.reading.languages import load
from foreshock.settings import read_settings

ROOT = Path(__file__).parents[2]
NOW = datetime(2022, 1, 12, tzinfo=UTC)
# Texts of our own: a whole article, dispatches of the example, and short ones in languages that those lack.
ARTICLE = "tests/gold/articles/en_srilanka.txt"
DISPATCHES = ("2022-01-04-sogen-tsushin.ja.txt", "2022-01-05-felt-boot-gazette.en.txt", "2022-01-06-tin-kettle-wire.en.txt")
SHORT = {
    "es": "La policía detuvo a 12 manifestantes en La Paz el lunes, según el ministro. «No habrá diálogo», dijo el presidente.",
    "de": "Die Polizei hat am Montag in Berlin zwölf Menschen festgenommen. Der Minister wies die Vorwürfe zurück.",
    "zh": "警方周一在首都拘留了12名抗议者。外交部否认了这一指控。",
    "fr": "La police a arrêté douze manifestants lundi à Bamako. « Nous ne négocierons pas », a déclaré le ministre.",
    "ru": "Полиция задержала 12 человек на площади в Алматы. МВД опровергло сообщения о погибших.",
}  # fmt: skip


def document(text: str, *, number: int = 0, language: str = "", published: str = "2022-01-11") -> Document:
    return Document(
        id=record_id("document", number), version=record_id("version", text), source="wire", url=None, language=language,
        title=None, text=text, published=published, published_by="metadata", fetched_at="2022-01-12T00:00:00Z",
        media_type="text/plain", custody=Custody("0" * 64, len(text), "2022-01-12T00:00:00Z", "wire.txt"),
    )  # fmt: skip


def own_texts() -> list[Document]:
    folder = ROOT / "examples" / "kazakhstan-2022" / "dispatches"
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / ARTICLE, *(folder / name for name in DISPATCHES))]
    made = [document(text, number=number) for number, text in enumerate(texts)]
    short = SHORT.items()
    return made + [document(text, number=100 + at, language=language) for at, (language, text) in enumerate(short)]


@pytest.fixture(scope="module")
def bench() -> Workbench:
    return Workbench(read_settings(ROOT, os.environ))


@pytest.fixture(scope="module")
def texts() -> list[Document]:
    return own_texts()


@pytest.fixture(scope="module")
def alone(bench: Workbench, texts: Sequence[Document]) -> list[tuple[Claim, ...]]:
    return [code(read(one, bench, now=NOW), bench, coder="rules") for one in texts]


def through(bench: Workbench, texts: Sequence[Document], **how) -> list[Coded]:
    coded = list(Funnel(bench, coder="rules", now=NOW, **how).code(texts))
    assert all(isinstance(one, Coded) for one in coded), coded
    return coded


def test_the_claims_are_those_without_the_funnel(bench, texts, alone):
    coded = through(bench, texts, keep="all")
    assert {one.reading.document.language for one in coded} >= {"en", "ja", "ru", "fr", "es", "zh", "de"}
    for one, claims in zip(coded, alone, strict=True):
        assert one.claims == claims, one.reading.document.text[:60]


def test_no_claim_of_an_act_is_lost_where_only_acts_are_asked_for(bench, texts, alone):
    coded = through(bench, texts)
    known = [claim for claims in alone for claim in claims if claim.kind not in BACKGROUND]
    kept = {claim.id: claim for one in coded for claim in one.claims}
    lost = [claim for claim in known if claim.id not in kept]
    assert len(lost) <= 0.01 * len(known), lost
    held = [claim for claim in known if claim.id in kept and kept[claim.id].holders != claim.holders]
    assert len(held) <= 0.01 * len(known), held


FEED = [
    document(text, number=number, language="en")
    for number, text in enumerate(
        [
            "Nine held in Suva\n\nPolice detained nine people in Suva on Monday, the minister said.",
            "Sun over Suva\n\nThe beaches were quiet and the water was warm.",
            "Police detained nine people in Suva on Monday, the minister said.",
            "Mayor denies it\n\nThe mayor denied that police had fired on the crowd. He spoke at the port.",
            "The army took control of the airport in Honiara.",
            "Subscribe to our letter!",
        ]
    )
]


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(len(FEED))), batch=st.integers(1, len(FEED)))
def test_neither_order_nor_batches_change_the_claims(bench, order, batch):
    plain = {one.reading.document.id: one.claims for one in through(bench, FEED)}
    coded = through(bench, [FEED[number] for number in order], batch=batch)
    assert [one.reading.document.id for one in coded] == [FEED[number].id for number in order]
    assert {one.reading.document.id: one.claims for one in coded} == plain


def test_each_document_says_where_it_stopped(bench):
    again = document(FEED[0].text, number=99, language="en")
    coded = through(bench, [*FEED[:2], document("xyzzy 123", number=7, language="sw"), again])
    assert [one.stage for one in coded] == ["coded", "relevance", "language", "near-copy"]
    assert [bool(one.claims) for one in coded] == [True, False, False, True]
    assert {claim.document_id for claim in coded[3].claims} == {again.id}


def test_what_cannot_be_read_is_its_error_in_its_place(bench):
    coded = list(Funnel(bench, coder="rules", now=NOW).code([FEED[0], replace(FEED[1], text="  "), FEED[2]]))
    assert isinstance(coded[1], ReadingError)
    assert [type(one) for one in (coded[0], coded[2])] == [Coded, Coded]


def test_there_is_no_other_coder(bench):
    with pytest.raises(CodingError, match="magic"):
        Funnel(bench, coder="magic", now=NOW)


def test_the_stages_count_what_went_into_them(bench):
    funnel = Funnel(bench, coder="rules", now=NOW, memory=lambda: 7.0)
    list(funnel.code(FEED))
    counts = funnel.counts
    assert (counts["read"].items, counts["gate"].items) == (6, 6)
    assert counts["parse"].sentences < counts["gate"].sentences == counts["read"].sentences
    assert counts["read"].bytes == sum(len(one.encode()) for document in FEED for one in document.text.split("\n\n") if one) - 1
    assert all(one.seconds > 0 and one.memory == 7.0 for one in counts.values())


def test_private_persons_are_found_as_without_the_funnel(bench):
    text = (
        "Cook held\n\nPolice detained the cook Mere Vula, 34, in Suva on Monday. Her brother Jone Vula has not been seen since."
    )
    one = document(text, language="en")
    reading = read(one, bench, now=NOW)
    plain = persons(reading, code(reading, bench, coder="rules"), bench)
    assert plain
    assert through(bench, [one], persons=True)[0].persons == plain


def test_a_parse_moves_with_its_sentence(bench):
    early, late = (
        read(document(f"{lead}The army took the airport.", language="en"), bench, now=NOW) for lead in ("", "Yes.\n\n")
    )
    english = load("en")
    there = late.sentences[-1]
    assert moved(english.parse(early.sentences)[0], there) == english.parse([there])[0]


def test_what_was_not_prepared_has_no_words(bench):
    reading = read(FEED[0], bench, now=NOW)
    prepared = Prepared(load("en"))
    assert prepared.prepare(reading.sentences[1:]) == [reading.sentences[1]]
    assert [bool(parse.tokens) for parse in prepared.parse(reading.sentences)] == [False, True]


@pytest.mark.parametrize(
    ("text", "through"),
    [
        ("Troops withdrew from the border.", True),
        ("They were fighting over the dam.", True),
        ("He begged them to leave.", True),
        ("Subscribe to the letter!", True),
        ("For a quick supper, try these recipes.", True),
        ("The result was close, and don't panic about it.", True),
        ("The beach was warm and quiet.", False),
        ("Her garden has nine old trees.", False),
    ],
)
def test_the_gate_knows_words_in_all_their_forms(bench, text, through):
    gate = Gate.build("en", bench.codebook, load("en").table)
    assert gate is not None
    assert gate.bearing(read(document(text, language="en"), bench, now=NOW).sentences) == [through]


@pytest.mark.parametrize(
    ("text", "bearing", "beside"),
    [
        ("Police detained nine people in Suva. Mere Vula reports.", [True, False], [False, True]),
        ("The mayor had a cold. He denied that police had detained nine.", [False, True], [True, False]),
        ("Mayor Jone Vula\n\nHe denied that police had detained nine.", [False, True], [True, False]),
        ("The beach was warm. Police detained nine people. The water was warm.", [False, True, False], [False, False, False]),
        ("The beach was warm. The water was warm, he said.", [False, False], [False, False]),
    ],
)
def test_who_may_say_an_act_goes_along_with_it(bench, text, bearing, beside):
    gate = Gate.build("en", bench.codebook, load("en").table)
    sentences = read(document(text, language="en"), bench, now=NOW).sentences
    assert gate is not None
    assert gate.bearing(sentences) == bearing
    assert gate.beside(sentences, bearing) == beside


def test_a_reporter_behind_an_act_is_its_holder(bench):
    one = document("Protesters broke into the parliament in Suva on Monday. The AFP's Mere Vula reports.", language="en")
    claims = through(bench, [one])[0].claims
    alone = code(read(one, bench, now=NOW), bench, coder="rules")
    assert [claim.holders for claim in claims] == [claim.holders for claim in alone if claim.kind not in BACKGROUND]


def test_the_collector_rests_while_documents_are_coded(bench):
    before = gc.get_freeze_count()
    coded = Funnel(bench, coder="rules", now=NOW).code(FEED)
    next(coded)
    assert gc.get_freeze_count() > before
    coded.close()
    assert gc.get_freeze_count() == 0


def test_a_language_whose_forms_are_not_known_has_no_gate(bench):
    assert Gate.build("ru", bench.codebook, load("ru").table) is None
