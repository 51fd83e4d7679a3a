"""``foreshock ontology coverage``."""

from __future__ import annotations

import json


def test_the_table_has_a_line_a_kind(foreshock):
    lines = foreshock("ontology", "coverage", "--language", "de", "--language", "en").out.splitlines()
    assert lines[0].split() == ["de", "en"]
    assert [line.split()[0] for line in lines[1:24]][:3] == ["AGREE", "CONSULT", "SUPPORT"]
    assert len(lines[1].split()) == 3
    assert lines[1].split()[2].count("/") == 2
    assert any(line.startswith("holes: ") for line in lines)


def test_modes_have_lines_of_their_own(foreshock):
    out = foreshock("ontology", "coverage", "--modes", "--language", "uk").out
    assert "  heavy-weapons" in out
    assert "THREATEN/territory: no cues in uk" in out


def test_the_json_has_cells_and_holes(foreshock):
    found = json.loads(foreshock("ontology", "coverage", "--language", "kk", "--format", "json").out)
    assert len(found["cells"]) == 23
    assert found["cells"][0].keys() == {"kind", "mode", "language", "cues", "examples", "near"}
    assert found["holes"] == []


def test_a_language_without_words_is_refused(foreshock):
    ran = foreshock("ontology", "coverage", "--language", "xx")
    assert ran.code == 1
    assert "no words in 'xx'" in ran.err
