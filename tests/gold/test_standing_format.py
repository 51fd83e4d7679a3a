"""The gold tables of attribution, standing and times keep their format: words stand in their text, values are the contract's.

Says nothing of the rules; those are scored elsewhere.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

HERE = Path(__file__).parent
STANDING = sorted((HERE / "standing").glob("*.yaml"))
TIMES = sorted((HERE / "times").glob("*.yaml"))

STATUSES = frozenset(
    [
        "retracted",
        "denied",
        "ordered",
        "permitted",
        "advised",
        "requested",
        "promised",
        "threatened",
        "planned",
        "wished",
        "conditional",
        "forecast",
        "unknown",
        "rumoured",
        "alleged",
        "assessed",
        "asserted",
    ]
)
FORMS = frozenset({"direct", "indirect", "mixed"})
CERTAINTIES = frozenset({"certain", "probable", "possible"})
PHASES = frozenset({None, "attempted", "foiled", "begun", "ongoing", "ended"})
BASES = frozenset({"unstated", "official", "eyewitness", "document", "imagery", "hearsay"})
ISO_PREFIX = re.compile(r"\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2})?)?)?")


def span_of(text: str, words: str) -> tuple[int, int] | None:
    """Half-open code points of *words* in *text*; a final ``#n`` asks for the n-th occurrence. None where there is none."""
    plain, number, nth = words.rpartition("#")
    wanted = int(nth) if number and nth.isdigit() else 1
    sought = plain if number and nth.isdigit() else words
    start = -1
    for _ in range(wanted):
        start = text.find(sought, start + 1)
        if start < 0:
            return None
    return start, start + len(sought)


def quoted(document: dict[str, Any]) -> Iterator[str]:
    """Every string of the document's gold that is to stand in its text."""
    for attribution in document["attributions"]:
        yield from (attribution[key] for key in ("source", "cue") if attribution[key] is not None)
        yield from contents(attribution)
    yield from (claim["words"] for claim in document["claims"])


def contents(attribution: dict[str, Any]) -> list[str]:
    """The content of an attribution as a list, written as one string or as several."""
    content = attribution["content"]
    return [content] if isinstance(content, str) else list(content)


def load(path: Path) -> list[dict[str, Any]]:
    """The rows of one table."""
    rows: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return rows


def test_there_are_tables() -> None:
    assert STANDING
    assert TIMES


def test_ids_are_unique_over_all_tables() -> None:
    ids = [document["id"] for path in STANDING for document in load(path)]
    assert sorted(ids) == sorted(set(ids))


def test_no_text_stands_in_both_parts() -> None:
    texts = [document["text"] for path in STANDING for document in load(path)]
    assert len(texts) == len(set(texts))


@pytest.mark.parametrize("path", STANDING, ids=lambda path: path.stem)
def test_quoted_words_stand_in_their_text(path: Path) -> None:
    missing = [(doc["id"], words) for doc in load(path) for words in quoted(doc) if span_of(doc["text"], words) is None]
    assert missing == []


@pytest.mark.parametrize("path", STANDING, ids=lambda path: path.stem)
def test_values_are_the_contracts(path: Path) -> None:
    for document in load(path):
        for claim in document["claims"]:
            assert claim["status"] in STATUSES, document["id"]
            assert isinstance(claim.get("negated", False), bool), document["id"]
            assert claim.get("certainty", "certain") in CERTAINTIES, document["id"]
            assert claim.get("phase") in PHASES, document["id"]
            assert claim.get("basis", "unstated") in BASES, document["id"]
            assert isinstance(claim["holders"], list), document["id"]
        for attribution in document["attributions"]:
            assert attribution["form"] in FORMS, document["id"]


@pytest.mark.parametrize("path", STANDING, ids=lambda path: path.stem)
def test_nested_attributions_lie_in_the_content_of_another(path: Path) -> None:
    outside = []
    for document in load(path):
        rows = document["attributions"]
        for index, row in enumerate(rows):
            outer = row.get("within")
            if outer is None:
                continue
            assert outer in range(len(rows)), document["id"]
            assert outer != index, document["id"]
            holes = [span_of(document["text"], words) for words in contents(rows[outer])]
            inner = [span_of(document["text"], words) for words in contents(row)]
            if not all(part and any(hole and hole[0] <= part[0] and part[1] <= hole[1] for hole in holes) for part in inner):
                outside.append((document["id"], index))
    assert outside == []


@pytest.mark.parametrize("path", STANDING, ids=lambda path: path.stem)
def test_every_status_stands_twice_in_a_part(path: Path) -> None:
    statuses = [claim["status"] for document in load(path) for claim in document["claims"]]
    assert {status for status in STATUSES if statuses.count(status) < 2} == set()


@pytest.mark.parametrize("path", TIMES, ids=lambda path: path.stem)
def test_times_are_iso_prefixes_of_words_in_their_sentence(path: Path) -> None:
    for row in load(path):
        assert row["words"] in row["text"], row["text"]
        assert row["start"] is not None or row["end"] is not None, row["text"]
        for edge in (row["start"], row["end"]):
            assert edge is None or ISO_PREFIX.fullmatch(edge), row["text"]
        if row["start"] is not None and row["end"] is not None:
            assert row["start"] <= row["end"], row["text"]
