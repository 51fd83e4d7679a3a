"""What was coded before is found again, whole and only where nothing has changed; the files are the owner's alone."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from foreshock import pipeline
from foreshock.errors import CatalogueError, CodingError
from foreshock.model import Document
from foreshock.pipeline import reusing
from foreshock.pipeline.kept_files import KeptFiles
from foreshock.settings import Settings, read_settings

NOW = datetime(2022, 1, 9, 12, 0, tzinfo=UTC)
EXAMPLE = Path(__file__).parents[2] / "examples" / "kazakhstan-2022"
# Parsed, by surface rules, out of a mail.
SOME = ("2022-01-03-steppe-ledger.en.txt", "2022-01-07-zhi-luotuo.zh.txt", "2022-01-10-felt-boot-gazette.en.eml")
TEXT = "ALMATY, 6 January 2022\n\nSoldiers arrested the mayor on Thursday, the teacher Aigul Serikova told reporters.\n"
DAMAGED = TEXT + "\nThe ministryâ€™s press office said 7,0�0 people left ███ by bus.\n"


@pytest.fixture
def settings(tmp_path: Path, gazetteer_path: Path) -> Settings:
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "gazetteer.sqlite").symlink_to(gazetteer_path)
    return read_settings(tmp_path, {"FORESHOCK_CACHE": str(tmp_path / "cache")})


def documents(settings: Settings, *, at: Path = EXAMPLE, now: datetime = NOW) -> list[Document]:
    return [one for one in pipeline.gather(str(at), settings=settings, now=now) if isinstance(one, Document)]


def one(settings: Settings, text: str = TEXT) -> Document:
    path = settings.cache.parent / "in.txt"
    path.write_text(text, encoding="utf-8")
    return documents(settings, at=path)[0]


def coded(settings: Settings, document: Document, *, coder: str = "auto", now: datetime = NOW) -> tuple[object, int]:
    """The reading with its coding, and how many codings were made for it."""
    again = pipeline.Reusing(pipeline.Workbench(settings))
    reading = again.read(document, now=now)
    return (reading, *again.code(reading, coder=coder)), again.made


def test_what_is_found_is_what_was_made(settings: Settings) -> None:
    bench = pipeline.Workbench(settings)
    of = [found for name in SOME for found in documents(settings, at=EXAMPLE / "dispatches" / name)]
    of.append(one(settings, DAMAGED))
    again = pipeline.Reusing(pipeline.Workbench(settings))
    seen = set()
    for turn in range(2):
        for document in of:
            expected = pipeline.read(document, bench, now=NOW)
            reading = again.read(document, now=NOW)
            assert reading == expected
            claims, named = again.code(reading)
            if turn:
                assert claims == pipeline.code(expected, bench)
                assert named == pipeline.persons(expected, claims, bench)
            seen |= {("mentions", bool(expected.mentions)), ("damage", bool(expected.document.damage))}
        assert again.made == len(of), "the second time nothing is coded"
    assert seen == {(what, has) for what in ("mentions", "damage") for has in (True, False)}


def test_a_changed_text_coder_or_table_is_coded_anew(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    first, made = coded(settings, one(settings))
    assert made == 1
    assert coded(settings, one(settings)) == (first, 0)
    assert coded(settings, one(settings, TEXT.replace("mayor", "minister")))[1] == 1
    assert coded(settings, one(settings), coder="encoder")[1] == 1
    actors = settings.cache.parent / "actors.yaml"
    actors.write_text("- {name: Harbour Watch, country: KAZ, sector: NGO, aliases: [HW Caspian]}\n", encoding="utf-8")
    own = replace(settings, actors=actors)
    assert coded(own, one(own))[1] == 1
    assert coded(own, one(own))[1] == 0
    os.utime(actors, (1, 1))
    assert coded(own, one(own))[1] == 1
    monkeypatch.setattr(reusing, "code_stamp", lambda: "another version")
    assert coded(settings, one(settings))[1] == 1


def test_the_stamp_changes_with_the_code_and_with_what_is_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stamp = reusing.code_stamp.__wrapped__
    before = stamp()
    assert stamp() == before
    (tmp_path / "a_parser-2.0.dist-info").mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    installed = stamp()
    package = tmp_path / "foreshock"
    for room in reusing.ROOMS:
        (package / room).mkdir(parents=True)
    (package / "coding" / "rules.py").write_text("A = 1\n", encoding="utf-8")
    monkeypatch.setattr(reusing.foreshock, "__file__", str(package / "__init__.py"))
    other = stamp()
    os.utime(package / "coding" / "rules.py", (1, 1))
    assert len({before, installed, other, stamp()}) == 4


def test_when_and_how_a_text_came_is_told_as_it_is_now(settings: Settings) -> None:
    document = one(settings)
    coded(settings, document)
    later = replace(
        document, fetched_at="2022-01-09T20:00:00Z", custody=replace(document.custody, fetched_at="2022-01-09T20:00:00Z")
    )
    (reading, *_), made = coded(settings, later)  # type: ignore[misc]
    assert (made, reading.document.fetched_at, reading.document.custody) == (0, later.fetched_at, later.custody)


def test_a_dateline_of_tomorrow_is_looked_at_again_the_day_after(settings: Settings) -> None:
    document = one(settings, TEXT.replace("6 January", "10 January"))
    early, _ = coded(settings, document, now=NOW - timedelta(days=3))
    late, _ = coded(settings, document)
    assert [found[0].document.published for found in (early, late)] == [None, "2022-01-10"]  # type: ignore[index]


def test_never_keeps_nothing(settings: Settings) -> None:
    off = replace(settings, reuse="never")
    assert [coded(off, one(off))[1] for _ in range(2)] == [1, 1]
    assert not (settings.cache / "codings").exists()


def test_an_unknown_coder_is_an_error_and_is_not_remembered(settings: Settings) -> None:
    for _ in range(2):
        with pytest.raises(CodingError, match="no coder 'best'"):
            coded(settings, one(settings), coder="best")


RUBBISH = {"empty": b"", "not packed": b"{}"} | {
    text: gzip.compress(text.encode()) for text in ("[1, 2", "{}", '[[{"a": 1}], 3]')
}


@pytest.mark.parametrize("rubbish", RUBBISH.values(), ids=RUBBISH)
def test_a_broken_file_is_made_anew(settings: Settings, rubbish: bytes) -> None:
    first, _ = coded(settings, one(settings))
    for path in (settings.cache / "codings").iterdir():
        path.write_bytes(rubbish)
    assert coded(settings, one(settings)) == (first, 1)
    assert coded(settings, one(settings)) == (first, 0)


def test_a_cache_that_cannot_be_written_costs_nothing_but_time(settings: Settings) -> None:
    (settings.cache / "codings").write_text("a file where the folder should be", encoding="utf-8")
    assert [coded(settings, one(settings))[1] for _ in range(2)] == [1, 1]
    pipeline.Reusing(pipeline.Workbench(settings)).kept.prune()
    assert pipeline.forget_codings(settings) == 0


def test_what_cannot_be_removed_is_told(settings: Settings) -> None:
    (settings.cache / "codings" / "a folder").mkdir(parents=True)
    with pytest.raises(CatalogueError, match="cannot be emptied"):
        pipeline.forget_codings(settings)


def test_files_are_the_owners_alone_and_hold_no_more_than_they_may(settings: Settings, tmp_path: Path) -> None:
    coded(settings, one(settings))
    folder = settings.cache / "codings"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    few = KeptFiles(tmp_path / "few", most=300)
    for number in range(6):
        few.put(str(number), os.urandom(100))
        os.utime(few.folder / str(number), (number, number))
    assert few.get("0") is not None  # asked for, so that it is now the youngest
    few.prune()
    assert sorted(path.name for path in few.folder.iterdir()) == ["0", "5"]


def test_vectors_are_found_again(settings: Settings) -> None:
    np = pytest.importorskip("numpy")
    calls = []

    def encode(sentences: list[str]) -> object:
        calls.append(list(sentences))
        return np.arange(2.0 * len(sentences)).reshape(-1, 2) / 7

    found = pipeline.Reusing(pipeline.Workbench(settings)).vectors(encode)
    first, again = found(["a", "b"]), found(["a", "b"])
    assert (first.tolist(), len(calls)) == (again.tolist(), 1)
    assert np.allclose(first, encode(["a", "b"]))
    found(["a"])
    assert calls[-1] == ["a"]


SCRIPT = (
    "import sys; from foreshock.cli import app; code = app.run(); print('spacy' in sys.modules, file=sys.stderr); sys.exit(code)"
)


def test_a_second_brief_says_the_same_and_loads_no_parser(settings: Settings) -> None:
    one(settings)
    command = [sys.executable, "-c", SCRIPT, "brief", "in.txt", "--now", "2022-01-09T12:00"]
    environment = os.environ | {"FORESHOCK_CACHE": str(settings.cache)}
    ran = [
        subprocess.run(command, cwd=settings.cache.parent, env=environment, capture_output=True, text=True, check=True)
        for _ in range(2)
    ]
    assert [run.stderr.split()[-1] for run in ran] == ["True", "False"]
    assert ran[0].stdout == ran[1].stdout
    assert "arrest" in ran[0].stdout


def test_redacting_empties_the_cache(settings: Settings) -> None:
    coded(settings, one(settings))
    assert pipeline.forget_codings(settings) == 2
    assert list((settings.cache / "codings").iterdir()) == []
    assert pipeline.forget_codings(replace(settings, reuse="never")) == 0
