"""What a holder goes by, as the words that name it tell."""

from __future__ import annotations

import pytest

from foreshock.coding.basis import Grounds, basis_of
from foreshock.reading import languages

# language, holder, basis
TOLD = [
    ("en", "satellite images", "imagery"),
    ("en", "interior ministry documents", "document"),
    ("en", "documents of the interior ministry", "document"),
    ("en", "a spokesman for the ministry", "official"),
    ("en", "residents of Bor", "eyewitness"),
    ("en", "Amal Deng", None),
    ("en", "a documentary film-maker", None),
    ("ja", "内務省の内部文書", "document"),
    ("ja", "衛星画像", "imagery"),
    ("ja", "映像を見た住民", "eyewitness"),
    ("ja", "外務省", "official"),
    ("ja", "森田一郎氏", None),
    ("ru", "спутниковые снимки министерства", "imagery"),
    ("ru", "представитель жителей", "official"),
    ("ru", "жители посёлка у посольства", "eyewitness"),
    ("ru", "Айгуль Сапарова", None),
    ("fr", "des images du ministère", "imagery"),
    ("fr", "un décret du président", "document"),
    ("fr", "des habitants du quartier", "eyewitness"),
    ("fr", "Awa Diarra", None),
    ("es", "un informe del ministerio", "document"),
    ("es", "vecinos de Puno", "eyewitness"),
    ("es", "la portavoz del gobierno", "official"),
    ("es", "Rosa Quispe", None),
]


def grounds(code: str) -> Grounds:
    table = languages.table(code)
    return Grounds.build(table, spaces=bool(table.get("grammar", {}).get("spaces", True)))


@pytest.mark.parametrize(("code", "holder", "basis"), TOLD)
def test_a_holder_tells_what_it_goes_by(code, holder, basis):
    assert grounds(code).of(holder) == basis


@pytest.mark.parametrize(
    ("holders", "status", "basis"),
    [
        (["The Quiet Gazette", "two residents"], "asserted", "eyewitness"),
        (["the ministry", "Amal Deng"], "asserted", "official"),
        (["the ministry", "a leaked decree"], "asserted", "document"),
        (["Amal Deng"], "asserted", "unstated"),
        (["the ministry"], "rumoured", "hearsay"),
        ([], "asserted", "unstated"),
    ],
)
def test_the_innermost_holder_that_tells_decides(holders, status, basis):
    assert basis_of(holders, grounds("en"), status) == basis
