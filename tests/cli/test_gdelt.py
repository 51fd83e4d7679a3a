"""gdelt: events of invented lists, and our claims of the same pages beside them."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from foreshock.cli.app import group
from foreshock.ledger import Ledger
from foreshock.model import Actor
from foreshock.sources.record import address_id
from tests.ledger.records import CODER, DAY, claim, reading
from tests.sources.archives.gdelt_rows import event, mention

URL = "https://steppe.example/"
EXPORT = [
    event(1, f"{URL}1", code="173", actor="KAZCOP", actor_country="KAZ", recipient="RUSCVL", recipient_country="RUS", fips="RS"),
    event(2, f"{URL}1", code="173", actor="USACOP", actor_country="USA", fips="US", place="Elsewhere"),
    event(3, f"{URL}1", code="036", actor="=cmd", place="Almaty, Kazakhstan", fips="KZ"),
    event(4, f"{URL}8", code="190"),
    event(5, f"{URL}9", code="190"),
    event(6, "not on the web", code="190"),
    event(7, f"{URL}1", code=""),
    "broken",
]


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(group, list(map(str, words)), standalone_mode=False)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("gdelt")
    (folder / "x.export.CSV").write_text("\n".join(EXPORT))
    (folder / "x.mentions.CSV").write_text(mention(5, f"{URL}2"))
    with zipfile.ZipFile(folder / "y.export.CSV.zip", "w") as archive:
        archive.writestr("y.export.CSV", "\n".join(EXPORT))
    with Ledger(folder / "l.sqlite") as kept:
        for number in (1, 2):
            url = f"{URL}{number}"
            read = reading(url, "Calm. Then not calm at all.", url=url, id=address_id(url))
            detained = claim(read, 0, kind="COERCE", mode="arrest", actor=Actor("the police", "police", "KAZ", "COP"), figures=())
            burned = claim(read, 10, kind="ASSAULT", mode=None, actor=None, figures=())
            likened = claim(read, 20, kind="LIKEN", mode=None, figures=())
            kept.add(read, [detained, burned, likened] if number == 1 else [], coder=CODER, now=DAY)
    return folder


def compared(place: Path, *files: str) -> tuple[list[dict], str]:
    done = run("gdelt", "compare", *(place / name for name in files), "--ledger", place / "l.sqlite", "--format", "jsonl")
    assert done.exception is None, done.exception
    return [json.loads(line) for line in done.stdout.splitlines()], done.stderr


def test_events_are_listed_under_each_page(place: Path) -> None:
    done = run("gdelt", "list", place / "x.export.CSV", place / "x.mentions.CSV", "--format", "jsonl")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert sorted((row["id"], row["url"].removeprefix(URL)) for row in rows) == [
        ("1", "1"), ("2", "1"), ("3", "1"), ("4", "8"), ("5", "2"), ("5", "9"),
    ]  # fmt: skip
    assert rows[0]["date"] == "2022-01-05"
    assert "9 rows, 5 events on 4 pages" in done.stderr
    assert all(words in done.stderr for words in ("broken row 1", "no CAMEO code 1", "no web address 1"))


def test_what_is_of_one_act_stands_together(place: Path) -> None:
    found, told = compared(place, "x.export.CSV", "x.mentions.CSV")
    both = [row for row in found if row["verdict"] == "both"]
    # Of two events with the root the one whose actor agrees is taken; the recipient's country we do not know.
    assert [(row["root"], row["event"]["id"], row["agrees"], row["differs"]) for row in both] == [
        ("17", "1", ["actor"], ["place"])
    ]
    assert both[0]["ours"][0] == "KAZCOP"
    assert {row["event"]["id"] for row in found if row["verdict"] == "theirs"} == {"2", "3", "5"}
    ours = [row for row in found if row["verdict"] == "ours"]
    assert [(row["root"], row["event"]) for row in ours] == [("19", None)]
    assert {row["url"] for row in found} == {f"{URL}1", f"{URL}2"}
    assert "2 of 4 pages are in the ledger: 1 acts in both, 3 in theirs only, 1 in ours only" in told


def test_a_zip_file_and_what_list_printed_compare_alike(place: Path) -> None:
    plain, _ = compared(place, "x.export.CSV")
    assert compared(place, "y.export.CSV.zip")[0] == plain
    listed = run("gdelt", "list", place / "x.export.CSV", "--format", "jsonl").stdout
    (place / "kept.jsonl").write_text(listed + '{"id": 1}\n[]\nbroken\n')
    again, told = compared(place, "kept.jsonl")
    assert again == plain
    assert "broken row 3" in told


def test_cells_are_no_formulas(place: Path) -> None:
    done = run("gdelt", "list", place / "x.export.CSV", "--format", "csv")
    assert "'=cmd" in done.stdout


def test_other_files_are_refused_with_a_remedy(place: Path) -> None:
    (place / "x.gkg.csv").write_text("")
    done = run("gdelt", "list", place / "x.gkg.csv")
    assert "no list of events or mentions" in str(done.exception)
