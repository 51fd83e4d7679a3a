"""Places in a sentence, and the place of an event, on hand-made parses and a small gazetteer."""

from __future__ import annotations

import sqlite3

import pytest

from foreshock.coding.clause_places import place_of_clause
from foreshock.coding.places import document_countries, find_places
from foreshock.model import Sentence
from foreshock.ontology.fold import fold
from foreshock.ontology.gazetteer import Gazetteer
from foreshock.ontology.gazetteer_build import _SCHEMA, VERSION
from foreshock.reading.languages.base import Argument, Clause, Parse, Token
from foreshock.reading.languages.und import Surface

PLACES = [
    (1, "Egypt", "country", "EGY", 100_000_000, 0, ["Egypt", "エジプト"]),
    (2, "Omdurman", "city", "SDN", 1_800_000, 0, ["Omdurman", "オムドゥルマン", "Омдурман"]),
    (3, "Tripoli", "city", "LBY", 1_100_000, 1, ["Tripoli"]),
    (4, "Tripoli", "city", "LBN", 230_000, 0, ["Tripoli"]),
    (5, "Lebanon", "country", "LBN", 6_000_000, 0, ["Lebanon"]),
    (6, "March", "city", "GBR", 22_000, 0, ["March"]),
    (7, "Paris", "city", "FRA", 2_100_000, 1, ["Paris", "パリ"]),
    (8, "Ukraine", "country", "UKR", 40_000_000, 0, ["Ukraine", "ウクライナ", "乌克兰", "Украина"]),
    (9, "Small End", "city", "USA", 700, 0, ["Small End"]),
    (10, "Port Sudan", "city", "SDN", 480_000, 0, ["Port Sudan"]),
    (11, "Sudan", "country", "SDN", 45_000_000, 0, ["Sudan"]),
    (12, "San", "city", "MLI", 66_000, 0, ["San", "サン"]),
]


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory):
    path = tmp_path_factory.mktemp("small") / "gazetteer.sqlite"
    database = sqlite3.connect(path)
    database.executescript(_SCHEMA)
    for number, name, feature, country, population, capital, names in PLACES:
        row = (number, name, feature, country, None, None, 1.0, 2.0, population, capital, None)
        database.execute("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?)", row)
        for one in names:
            database.execute("INSERT INTO name VALUES (?,?,1)", (fold(one), number))
    database.execute("INSERT INTO about VALUES ('version', ?)", (str(VERSION),))
    database.commit()
    database.close()
    with Gazetteer.open(path) as opened:
        yield opened


def parse_of(marked: str, language: str = "en", base: int = 100) -> Parse:
    """Return a parse of "word/UPOS/LABEL" tokens; those joined by "_" stand without a space."""
    tokens, text = [], ""
    for index, part in enumerate(marked.split(" ")):
        word, upos, label = [*part.split("/"), "", ""][:3]
        glued = language == "ja" or word in ",.;" or word == "'s"
        text += "" if glued or not text else " "
        start = base + len(text)
        text += word
        tokens.append(Token(index, start, base + len(text), word, word.lower(), upos or "NOUN", "", index, label))
    return Parse(Sentence("d", 0, base, base + len(text), text, language), tuple(tokens), ())


CASES = [
    ("en", "shells/NOUN hit/VERB houses/NOUN in/ADP Omdurman/PROPN/PERSON ./PUNCT", ["Omdurman"]),
    ("en", "Egypt/PROPN/GPE offered/VERB help/NOUN", ["Egypt"]),
    ("en", "In/ADP Egypt/PROPN/GPE they/PRON met/VERB", ["Egypt"]),
    ("en", "ships/NOUN left/VERB Port/PROPN/GPE Sudan/PROPN/GPE", ["Port Sudan"]),
    ("en", "the/DET March/PROPN election/NOUN", []),
    ("en", "said/VERB Hala/PROPN/PERSON Paris/PROPN/PERSON", []),
    ("en", "Mr/PROPN Tripoli/PROPN/PERSON left/VERB", []),
    ("en", "the/DET Small/PROPN End/PROPN of/ADP it/PRON", []),
    ("en", "egypt/NOUN and/CCONJ sudan/NOUN", []),
    ("ja", "オムドゥルマン/PROPN/City で/ADP 衝突/NOUN", ["オムドゥルマン"]),
    ("ja", "ウクライナ/PROPN/Country 人/NOUN が/ADP 逃げ/VERB た/AUX", []),
    ("ja", "アウン/PROPN/Person ・/SYM/Person サン/PROPN/Person ・/SYM/Person スー/PROPN/Person 氏/NOUN", []),
    ("ja", "パリ/PROPN/Person 氏/NOUN は/ADP", []),
    ("ja", "エジプト/PROPN/Country 軍/NOUN は/ADP", ["エジプト"]),
]


@pytest.mark.parametrize(("language", "marked", "names"), CASES)
def test_names_of_places_and_no_others(gazetteer, language, marked, names):
    parse = parse_of(marked, language)
    found = find_places(parse, gazetteer=gazetteer, language=language)
    assert [one.place.raw for one in found] == names
    for one in found:
        at = parse.sentence.start
        assert parse.sentence.text[one.start - at : one.end - at] == one.place.raw


def test_the_country_spoken_of_decides(gazetteer):
    parse = parse_of("fighting/NOUN in/ADP Tripoli/PROPN/GPE")
    assert find_places(parse, gazetteer=gazetteer, language="en")[0].place.country == "LBY"
    assert find_places(parse, gazetteer=gazetteer, language="en", countries=("LBN",))[0].place.country == "LBN"


def test_a_country_after_a_comma_decides(gazetteer):
    parse = parse_of("fighting/NOUN in/ADP Tripoli/PROPN/GPE ,/PUNCT Lebanon/PROPN/GPE")
    assert [one.place.country for one in find_places(parse, gazetteer=gazetteer, language="en")] == ["LBN", "LBN"]


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("ru", "Вчера в Омдурмане слышали выстрелы.", ["Omdurman"]),
        ("zh", "昨天在乌克兰发生爆炸", ["Ukraine"]),
        ("de", "Gestern war March ein Wort.", []),
        ("fr", "Rien à dire.", []),
    ],
)
def test_a_surface_reading_is_careful(gazetteer, language, text, names):
    sentence = Sentence("d", 0, 7, 7 + len(text), text, language)
    parse = Surface(table={}).parse([sentence])[0]
    assert [one.place.name for one in find_places(parse, gazetteer=gazetteer, language=language)] == names


def test_countries_of_a_document_by_weight(gazetteer):
    texts = ["in/ADP Omdurman/PROPN/GPE", "in/ADP Port/PROPN/GPE Sudan/PROPN/GPE", "Sudan/PROPN/GPE", "Egypt/PROPN/GPE"]
    mentions = [one for text in texts for one in find_places(parse_of(text), gazetteer=gazetteer, language="en")]
    assert document_countries(mentions) == ("SDN", "EGY")
    assert document_countries([]) == ()


def clause_of(parse: Parse, *arguments: tuple[str, str, int, int]) -> Clause:
    """Return a clause over the whole parse with arguments (role, marker, first token, last token)."""
    made = []
    for role, marker, first, last in arguments:
        start, end = parse.tokens[first].start, parse.tokens[last].end
        at = parse.sentence.start
        made.append(Argument(role, marker, start, end, parse.sentence.text[start - at : end - at], last))
    everything = tuple(range(len(parse.tokens)))
    span = (parse.sentence.start, parse.sentence.end)
    return Clause(0, *span, "be", (0,), everything, tuple(made), False, False, frozenset(), "root", None)


@pytest.mark.parametrize(
    ("language", "marked", "arguments", "place"),
    [
        (
            "en",
            "Egypt/PROPN/GPE fired/VERB in/ADP Omdurman/PROPN/GPE",
            [("subject", "", 0, 0), ("oblique", "in", 3, 3)],
            "Omdurman",
        ),
        ("en", "Egypt/PROPN/GPE fired/VERB", [("subject", "", 0, 0)], None),
        ("en", "jets/NOUN hit/VERB Omdurman/PROPN/GPE", [("subject", "", 0, 0), ("object", "", 2, 2)], "Omdurman"),
        ("en", "it/PRON accused/VERB Egypt/PROPN/GPE", [("object", "", 2, 2)], None),
        ("en", "talks/NOUN with/ADP Paris/PROPN/GPE", [("oblique", "with", 2, 2)], None),
        (
            "en",
            "rallies/NOUN in/ADP support/NOUN of/ADP Paris/PROPN/GPE at/ADP gates/NOUN of/ADP Omdurman/PROPN/GPE",
            [("oblique", "in", 2, 4), ("oblique", "at", 6, 8)],
            "Omdurman",
        ),
        ("ja", "オムドゥルマン/PROPN/City で/ADP 衝突/NOUN", [("oblique", "で", 0, 0)], "Omdurman"),
        ("ja", "エジプト/PROPN/Country は/ADP 否定/NOUN", [("subject", "は", 0, 0)], None),
    ],
)
def test_where_the_event_was(gazetteer, language, marked, arguments, place):
    parse = parse_of(marked, language)
    mentions = find_places(parse, gazetteer=gazetteer, language=language)
    assert mentions
    found = place_of_clause(mentions, clause_of(parse, *arguments), parse)
    assert (found.name if found else None) == place
