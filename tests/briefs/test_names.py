"""Names beside their own words, texts under their heads, and blanks that tie, in the reader's language."""

from __future__ import annotations

from dataclasses import replace

import pytest

from foreshock.briefs.locale import reader
from foreshock.briefs.names import holder_name
from foreshock.briefs.quotes import safe
from tests.briefs import fixtures as fx


@pytest.mark.parametrize(
    ("raw", "name", "shown"),
    [
        ("Le ministère de la Santé", "ministère de la Santé", "ministère de la Santé"),
        ("L'annonce", "annonce", "annonce"),
        ("Les autorités", "government", "Les autorités (government)"),
        ("le vice-ministre", "ministre", "le vice-ministre (ministre)"),
    ],
)
def test_a_name_stands_alone_where_only_an_article_is_before_it(raw: str, name: str, shown: str) -> None:
    claim = replace(fx.CLAIMS[0], language="fr", damage=())
    assert holder_name(reader("fr"), fx.speaker(name, raw), claim) == shown


@pytest.mark.parametrize(("language", "shown"), [("en", "A: b"), ("ja", "A：b"), ("fr", "A\u202f: b")])
def test_a_head_has_the_colon_of_the_language(language: str, shown: str) -> None:
    assert reader(language).headed("A", "b") == shown


@pytest.mark.parametrize(
    ("text", "flat"),
    [("8\u202f000\u202f: b", "8\u202f000\u202f: b"), (" a \n\tb ", "a b"), ("a \u202f b", "a b"), ("a\u202eb", "a\ufffdb")],
)
def test_blanks_that_tie_stay_and_others_are_one(text: str, flat: str) -> None:
    assert safe(text) == flat
