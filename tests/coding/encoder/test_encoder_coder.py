"""The coder by the encoder, with the model that ships: what holds of every claim, and what must survive rough text."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from foreshock.coding.encoder.coder import EncoderCoder
from foreshock.coding.encoder.validity import OPEN, OVER, REJECTING
from foreshock.model import Claim, Custody, Document, Reading, record_id
from foreshock.ontology.actor_catalogue import ActorCatalogue
from foreshock.ontology.codebook import Codebook
from foreshock.ontology.gazetteer import Gazetteer
from foreshock.reading.read import read

pytest.importorskip("onnxruntime")
NOW = datetime(2034, 5, 6, tzinfo=UTC)

# The same news in every language of the corpus: soldiers arrested a mayor in Goma on Wednesday.
NEWS = {
    "en": "Soldiers arrested the mayor in Goma on Wednesday.",
    "ja": "兵士らは水曜日、ゴマで市長を拘束した。",
    "ru": "В среду в Гоме солдаты арестовали мэра.",
    "fr": "Des soldats ont arrêté le maire à Goma mercredi.",
    "es": "Los soldados detuvieron al alcalde en Goma el miércoles.",
    "it": "Mercoledì a Goma i soldati hanno arrestato il sindaco.",
    "de": "Soldaten haben am Mittwoch in Goma den Bürgermeister festgenommen.",
    "pt": "Soldados prenderam o prefeito em Goma na quarta-feira.",
    "uk": "У середу в Гомі солдати заарештували мера.",
    "kk": "Сәрсенбіде Гомада сарбаздар әкімді ұстады.",
    "ar": "اعتقل الجنود رئيس البلدية في غوما يوم الأربعاء.",
    "fa": "سربازان روز چهارشنبه شهردار را در گوما بازداشت کردند.",
    "zh": "士兵周三在戈马逮捕了市长。",
    "tr": "Askerler çarşamba günü Goma'da belediye başkanını tutukladı.",
    "ko": "군인들이 수요일 고마에서 시장을 체포했다.",
    "pl": "W środę w Gomie żołnierze aresztowali burmistrza.",
}


@pytest.fixture(scope="module")
def coder(catalogue: ActorCatalogue, gazetteer: Gazetteer, codebook: Codebook) -> EncoderCoder:
    return EncoderCoder(catalogue, gazetteer, codebook)


def reading(text: str, language: str = "en", *, published: str = "2034-05-05") -> Reading:
    custody = Custody(record_id(text), len(text), "2034-05-05T00:00:00Z", "test")
    document = Document(
        record_id("test", text), custody.sha256, "The Lakeside Wire", None, language, None, text, None, None,
        "2034-05-05T00:00:00Z", "text/plain", custody,
    )  # fmt: skip
    return read(document, now=NOW, published=published, language=language)


def check(claim: Claim, text: str, codebook: Codebook) -> None:
    """Assert what holds of every claim whatever its text."""
    assert claim.text == text[claim.start : claim.end]
    assert claim.start < claim.end
    assert claim.mode is None or claim.mode in codebook.kinds[claim.kind].modes
    assert claim.holders[0].role == "document"
    assert claim.holders[-1].status == claim.status
    assert 0 < claim.confidence < 1
    assert not (claim.negated and claim.status in REJECTING)
    assert not (claim.phase in OVER and claim.status in OPEN)
    for holder in claim.holders[1:]:
        assert holder.start is not None
        assert text[holder.start : holder.end] == holder.raw
    for named in (claim.actor, claim.recipient, claim.place, claim.when):
        assert named is None or named.raw in text
    for figure in claim.figures:
        assert text[figure.start : figure.end] in figure.raw


@pytest.mark.parametrize("language", NEWS)
def test_the_same_news_is_an_arrest_in_every_language(coder: EncoderCoder, codebook: Codebook, language: str) -> None:
    claims = coder.code(reading(NEWS[language], language))
    assert [(one.kind, one.status, one.negated) for one in claims] == [("COERCE", "asserted", False)]
    check(claims[0], NEWS[language], codebook)
    assert claims[0].actor is not None
    assert claims[0].recipient is not None
    assert claims[0].language == language


def test_places_days_and_holders_are_read_by_the_code_of_the_rules(coder: EncoderCoder) -> None:
    text = "The interior ministry denied that soldiers had arrested 12 teachers in Goma on Wednesday."
    (claim,) = coder.code(reading(text))
    assert (claim.kind, claim.status) == ("COERCE", "denied")
    assert claim.holders[-1].raw == "The interior ministry"
    assert claim.place is not None
    assert claim.place.country == "COD"
    assert claim.when is not None
    assert claim.when.start == "2034-05-03"
    assert [figure.best for figure in claim.figures] == [12]


def test_a_text_about_nothing_of_a_crisis_has_no_claim(coder: EncoderCoder) -> None:
    assert coder.code(reading("The recipe calls for two eggs, a cup of flour and a pinch of salt.")) == ()
    assert coder.code(reading("The champions thrashed their visitors 4-0 in the harbour regatta.")) == ()


def test_the_same_text_gives_the_same_claims(coder: EncoderCoder) -> None:
    text = " ".join(NEWS["en"] for _ in range(9))
    assert coder.code(reading(text)) == coder.code(reading(text))


@pytest.mark.parametrize("change", [str.upper, str.lower, str.title])
def test_case_is_no_matter(coder: EncoderCoder, codebook: Codebook, change: object) -> None:
    text = change(NEWS["en"])  # type: ignore[operator]
    claims = coder.code(reading(text))
    assert [one.kind for one in claims] == ["COERCE"]
    check(claims[0], text, codebook)


@pytest.mark.parametrize("hidden", ["\u200b", "\u200e", "\u202e", "\ufeff", "\u00ad"])
def test_hidden_characters_are_no_matter(coder: EncoderCoder, codebook: Codebook, hidden: str) -> None:
    text = NEWS["en"].replace("arrested", f"arr{hidden}ested").replace("mayor", f"{hidden}mayor")
    claims = coder.code(reading(text))
    assert [one.kind for one in claims] == ["COERCE"]
    check(claims[0], text, codebook)


def test_a_paragraph_longer_than_the_encoder_reads_loses_nothing(coder: EncoderCoder, codebook: Codebook) -> None:
    filler = ", and the clerk read out the names of streets, of wells, of bridges and of markets"
    text = f"Soldiers arrested the mayor{filler * 60}, while rebels shelled the airport."
    claims = coder.code(reading(text))
    # What stands at both ends is read, whatever it is taken for.
    assert any(one.start <= text.index("arrested") < one.end for one in claims)
    assert any(one.start <= text.index("shelled") < one.end for one in claims)
    for one in claims:
        check(one, text, codebook)


def test_languages_mixed_in_a_document_are_each_read(coder: EncoderCoder, codebook: Codebook) -> None:
    text = "\n\n".join(NEWS[language] for language in ("en", "ru", "ja", "ar"))
    claims = coder.code(reading(text))
    assert [one.kind for one in claims] == ["COERCE"] * 4
    for one in claims:
        check(one, text, codebook)


def test_exchanged_parties_exchange_the_roles(coder: EncoderCoder) -> None:
    one = coder.code(reading("The army attacked the rebels near the dam."))
    other = coder.code(reading("The rebels attacked the army near the dam."))
    told = [
        (claim.actor and claim.actor.raw.lower(), claim.recipient and claim.recipient.raw.lower()) for claim in (*one, *other)
    ]
    assert told == [("the army", "the rebels"), ("the rebels", "the army")]


def test_the_order_of_sentences_is_no_matter_to_their_kinds(coder: EncoderCoder) -> None:
    some = ["Soldiers arrested the mayor.", "Rebels shelled the airport.", "The two presidents signed a treaty."]
    there = [one.kind for one in coder.code(reading(" ".join(some)))]
    back = [one.kind for one in coder.code(reading(" ".join(reversed(some))))]
    assert there == back[::-1]


def test_damage_caps_the_confidence_and_lost_numbers_stay_lost(coder: EncoderCoder, codebook: Codebook) -> None:
    text = "At least XNUMX people were killed in Goma on Wednesday, the hospital said."
    claims = coder.code(reading(text))
    assert claims
    for one in claims:
        check(one, text, codebook)
        assert one.damage
        assert one.confidence <= 0.6
        assert [figure.best for figure in one.figures] == [None]


@pytest.mark.parametrize("text", ["?", "…", "12", "💥", "\u202e", "a" * 5000, "arrested " * 900])
def test_odd_texts_do_not_break_it(coder: EncoderCoder, codebook: Codebook, text: str) -> None:
    for claim in coder.code(reading(text)):
        check(claim, text, codebook)


HEADED = {
    "tr": "İSTANBUL, 12 Mart 2034\n\nPolis, meydanda toplanan göstericilere biber gazıyla müdahale etti.",
    "de": "BERLIN, 12. März 2034\n\nDie Einsatzkräfte räumten am Montag das Protestlager, teilte die Polizei mit.",
    "it": "Notte di scontri\n\nLa polizia ha arrestato il sindaco a Goma.",
    "pl": "Protest w stolicy\n\nPolicja rozpędziła demonstrantów gazem łzawiącym.",
}


@pytest.mark.parametrize("language", HEADED)
def test_no_words_run_on_from_a_heading_into_the_text(coder: EncoderCoder, language: str) -> None:
    text = HEADED[language]
    claims = coder.code(reading(text, language))
    assert claims
    for claim in claims:
        raws = [one.raw for one in (claim.actor, claim.recipient, claim.place, *claim.holders[1:]) if one]
        assert not [raw for raw in (claim.text, *raws) if "\n" in raw]
    assert {claim.start > text.index("\n\n") for claim in claims} >= {True}
