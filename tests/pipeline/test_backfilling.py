"""A backfill gives a document the claims that coding it alone gives, background too."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from foreshock import pipeline
from foreshock.pipeline.backfilling import InputFile, code_file
from foreshock.settings import read_settings

NOW = datetime(2033, 5, 6, tzinfo=UTC)
TEXTS = (
    "The harvest was the best in nine years, the statistics office said. Prices stayed where they were.",
    "Grain prices doubled within a week.",
    "Soldiers arrested the mayor of Goma on Tuesday. The road to the airport is in good repair, officials say.",
)


@pytest.fixture
def bench(gazetteer_path: Path) -> pipeline.Workbench:
    return pipeline.Workbench(read_settings(Path.cwd(), {"FORESHOCK_CACHE": str(gazetteer_path.parent)}))


@pytest.mark.parametrize("coder", ["rules", "auto"])
def test_the_claims_are_those_of_coding_each_document_alone(tmp_path: Path, bench: pipeline.Workbench, coder: str) -> None:
    path = tmp_path / "in.jsonl"
    rows = [{"id": str(n), "text": text, "published": "2033-05-05", "language": "en"} for n, text in enumerate(TEXTS)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    skipped: list[str] = []
    found = list(code_file(InputFile(path, None), bench, coder=coder, now=NOW, skip=skipped.append))
    assert (len(found), skipped) == (len(TEXTS), [])
    for one in found:
        reading = pipeline.read(one.reading.document, bench, now=NOW)
        assert one.claims == pipeline.code(reading, bench, coder=coder)
        assert one.persons == pipeline.persons(reading, one.claims, bench)
    assert {claim.kind for one in found for claim in one.claims} > {"COERCE"}
