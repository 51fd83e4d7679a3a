"""A document read: precedence of dates, language, sentences that carry their damage."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from foreshock.errors import ReadingError
from foreshock.model import Custody, Document
from foreshock.reading.read import read

NOW = datetime(2025, 6, 1, tzinfo=UTC)
TEXT = "O porto fechado\n\nLisboa, 16 de dezembro de 2022\n\nMorreram 2022 pessoas, o pior desde XNUMX. O porto continua fechado."


def document(text: str, *, published: str | None = None, language: str = "und") -> Document:
    custody = Custody("0" * 64, len(text), "2025-06-01T00:00:00Z", "test")
    basis = "metadata" if published else None
    return Document("d", "v", "test", None, language, None, text, published, basis, "2025-06-01T00:00:00Z", "text/plain", custody)


@pytest.mark.parametrize(("given", "metadata", "text", "expected"), [
    ("2022-12-20", "2022-12-19", TEXT, ("2022-12-20", "given")),
    (None, "2022-12-19", TEXT, ("2022-12-16", "dateline")),
    (None, "2022-12-19", "O porto continua fechado.", ("2022-12-19", "metadata")),
    (None, None, "O porto continua fechado.", (None, None)),
])  # fmt: skip
def test_precedence_of_the_date(
    given: str | None, metadata: str | None, text: str, expected: tuple[str | None, str | None]
) -> None:
    found = read(document(text, published=metadata), now=NOW, published=given).document
    assert (found.published, found.published_by) == expected


def test_sentences_are_exact_and_carry_their_damage() -> None:
    reading = read(document(TEXT), now=NOW)
    assert (reading.document.language, reading.depth) == ("pt", "surface")
    assert reading.document.text == TEXT
    assert all(TEXT[one.start : one.end] == one.text and one.index == i for i, one in enumerate(reading.sentences))
    hurt = [one for one in reading.sentences if one.damage]
    assert [one.text for one in hurt] == ["Morreram 2022 pessoas, o pior desde XNUMX."]
    assert [(one.kind, one.proposal) for one in hurt[0].damage] == [("suspect_number", None), ("lost_number", "2022")]
    assert sum(len(one.damage) for one in reading.sentences) == len(reading.document.damage)


def test_a_given_language_is_taken() -> None:
    reading = read(document(TEXT), now=NOW, language="gl")
    assert (reading.document.language, reading.language_why) == ("gl", "given as gl")


@pytest.mark.parametrize(("text", "published"), [(" \n ", None), (TEXT, "last week"), (TEXT, "2022-13-01")])
def test_bad_input_is_an_error_that_names_it(text: str, published: str | None) -> None:
    with pytest.raises(ReadingError) as error:
        read(document(text), now=NOW, published=published)
    assert error.value.remedy
