"""The flow: what each step hands to the next."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from foreshock import pipeline
from foreshock.briefs import render
from foreshock.errors import CodingError, SourceError
from foreshock.ledger import Kept, Ledger
from foreshock.model import Document
from foreshock.settings import read_settings
from foreshock.sources import Fetched
from tests.ledger.records import reading

NOW = datetime(2022, 1, 8, 12, 0, tzinfo=UTC)
TEXT = "HARARE, Jan. 5, 2022\n\nPolice arrested two editors in Harare, a lawyer said.\n"
DUTCH = "In Almaty is het rustig, zegt het stadhuis. Winkels openden maandagochtend hun deuren, schrijft de krant."
ITALIAN = "La calma regna ad Almaty, dice il municipio. I negozi hanno riaperto le porte lunedì mattina."


@pytest.fixture
def settings(tmp_path):
    return read_settings(tmp_path, {"HOME": str(tmp_path)})


@pytest.fixture
def bench(settings, codebook, catalogue, gazetteer):
    made = pipeline.Workbench(settings)
    made.codebook, made.catalogue, made.gazetteer = codebook, catalogue, gazetteer
    return made


def document(text: str, settings) -> Document:
    (one,) = pipeline.gather("-", settings=settings, now=NOW, stdin=io.BytesIO(text.encode()))
    assert isinstance(one, Document)
    return one


def test_the_limit_of_the_settings_is_the_limit_of_the_sources(tmp_path):
    small = read_settings(tmp_path, {"FORESHOCK_MAX_FILE_MB": "0.00001", "FORESHOCK_MAX_PAGE_MB": "0.5", "HOME": "/"})
    with pytest.raises(SourceError, match="at most 10 are read"):
        document("Calm in the capital.", small)
    seen = []

    def fetch(url, *, limits):
        seen.append(limits)
        return Fetched(url, url, b"", ITALIAN.encode(), "text/plain", "utf-8")

    assert len(list(pipeline.gather("https://a.example/", settings=small, now=NOW, fetch=fetch))) == 1
    assert seen[0].max_decoded_bytes == 500_000


def test_a_surface_reading_has_mentions_and_no_claims(settings, bench):
    read = pipeline.read(document(DUTCH, settings), bench, now=NOW, language="nl")
    assert (read.depth, read.document.language) == ("surface", "nl")
    assert read.mentions
    assert pipeline.code(read, bench) == ()
    assert pipeline.coder_name(read, bench) == "surface@1"


def test_a_surface_reading_with_rules_has_claims_that_say_so(settings, bench):
    text = "La polizia ha arrestato due giornalisti a Bamako, secondo il ministero dell'Interno."
    read = pipeline.read(document(text, settings), bench, now=NOW, language="it")
    (claim,) = pipeline.code(read, bench, coder="rules")
    assert (read.depth, claim.kind, claim.coder) == ("surface", "COERCE", "rules-it-surface@1")
    assert pipeline.coder_name(read, bench, coder="rules") == claim.coder
    assert claim.confidence <= 0.55


def test_the_coder_that_measured_better_is_taken_where_none_is_asked_for(settings, bench, monkeypatch):
    text = "La polizia ha arrestato due giornalisti a Bamako, secondo il ministero dell'Interno."
    read = pipeline.read(document(text, settings), bench, now=NOW, language="it")
    (claim,) = pipeline.code(read, bench)
    assert (claim.kind, claim.coder) == ("COERCE", "encoder@3")
    assert pipeline.coder_name(read, bench) == "encoder@3"
    monkeypatch.setattr("foreshock.pipeline.workbench.default_coder", lambda language, damaged: "rules")
    assert pipeline.coder_name(read, bench) == "rules-it-surface@1"


def test_a_parsed_reading_has_claims_of_its_coder(settings, bench, desk):
    desk.coder("en")
    read = pipeline.read(document(TEXT, settings), bench, now=NOW)
    claims = pipeline.code(read, bench)
    assert claims
    assert {one.coder for one in claims} == {pipeline.coder_name(read, bench)}
    assert claims == pipeline.code(read, bench, coder="rules")


def test_an_unknown_coder_is_refused(bench):
    with pytest.raises(CodingError, match=r"no coder 'magic'.*auto, rules"):
        pipeline.code(reading(), bench, coder="magic")


def test_the_language_that_is_given_goes_first(settings, bench):
    assert pipeline.read(document(ITALIAN, settings), bench, now=NOW, language="ru").document.language == "ru"


def test_what_is_kept_is_not_kept_again(settings, bench, tmp_path):
    one = document(ITALIAN, settings)
    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        assert pipeline.keep(one, bench, ledger, now=NOW, coder="rules") == Kept(1, 0)
        assert pipeline.keep(one, bench, ledger, now=NOW, coder="rules") == Kept(0, 0)
        assert [kept.text for kept in ledger.documents()] == [ITALIAN]
        # Another coder is another coding of the same document.
        again = pipeline.keep(one, bench, ledger, now=NOW, coder="encoder")
        assert (again.documents, again.claims > 0) == (0, True)
        assert pipeline.keep(one, bench, ledger, now=NOW, coder="encoder") == Kept(0, 0)


@pytest.mark.parametrize(
    ("as_of", "names"),
    [
        (None, "day month undated"),
        ("2022-01-04", ""),
        ("2022-01-05", "day"),
        ("2022-01-05T12:00", "day"),
        ("2022-01", "day month"),
        ("2022", "day month"),
    ],
)
def test_what_was_published_by_a_date(as_of, names):
    readings = [reading(name, published=date) for name, date in (("day", "2022-01-05"), ("month", "2022-01"), ("undated", None))]
    assert [one.document.source.removesuffix(".txt") for one in pipeline.published_by(readings, as_of)] == names.split()


def test_languages_with_a_grammar(desk):
    desk.coder("en")
    assert pipeline.languages()["en"] == "parsed"
    assert "und" not in pipeline.languages()


def test_a_brief_is_told_from_readings_and_claims(settings, bench, desk):
    desk.coder("en")
    read = pipeline.read(document(TEXT, settings), bench, now=NOW)
    brief = pipeline.tell([read], pipeline.code(read, bench), bench, now=NOW, title="Test", language="en")
    assert brief.header.title == "Test"
    assert any(section.lines for section in brief.sections)


def test_a_brief_names_no_private_person_in_any_format(settings, bench, desk):
    desk.coder("en")
    text = "HARARE, Jan. 5, 2022\n\nPolice arrested Tamsin Quorrow, a baker, in Harare on Monday, her sister said.\n"
    read = pipeline.read(document(text, settings), bench, now=NOW)
    claims = pipeline.code(read, bench)
    assert pipeline.persons(read, claims, bench)
    brief = pipeline.tell([read], claims, bench, now=NOW, title="Test", language="en")
    for form in ("terminal", "html", "markdown", "json"):
        shown = render(brief, format=form)
        assert "Quorrow" not in shown
        assert "Police arrested" in shown.replace("<mark>", "").replace("<b>", "").replace("▸", "")


def test_one_document_is_told_without_vectors(settings, bench, desk):
    desk.coder("en")

    def vectors(sentences):
        raise AssertionError(sentences)

    read = pipeline.read(document(TEXT, settings), bench, now=NOW)
    claims = pipeline.code(read, bench)
    assert pipeline.tell([read], claims, bench, now=NOW, title="Test", language="en", vectors=vectors).sections


def test_words_of_a_users_folder_name_a_kind(tmp_path):
    """A setting adds cue words to a kind of the package."""
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "coerce.yaml").write_text(
        "kind: COERCE\ngloss: Mine.\nmodes:\n  arrest: {gloss: Mine., cues: {en: {predicates: [frogmarch]}}}\n", encoding="utf-8"
    )
    found = {}
    for folder in (None, mine):
        settings = replace(read_settings(tmp_path, {"HOME": str(tmp_path)}), kinds=folder)
        entry = pipeline.Workbench(settings).codebook["COERCE"]
        found[folder] = "frogmarch" in entry.modes["arrest"].cues["en"].predicates
    assert found == {None: False, mine: True}
