"""A world whose joining was written down by hand: its dispatches read, coded, kept and joined, and where its phrases stand.

The format is that of ``tests/gold/joined``: a folder with origins, incidents, disputes, conditions and tallies as .yaml, and the
dispatches in its own ``dispatches/`` or in those of the example that has its name. A phrase is named by its dispatch and its
words; a final ``#n`` is the n-th time that they stand there.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from foreshock import pipeline
from foreshock.ledger import Ledger, Query
from foreshock.model import Claim, Document
from foreshock.pipeline import Situation, Workbench
from foreshock.settings import read_settings

EXAMPLES = Path(__file__).parents[1] / "examples"
TABLES = ("origins", "incidents", "disputes", "conditions", "tallies")
Phrase = tuple[str, str]


@dataclass
class World:
    """A joined world: its tables, its ledger and where each dispatch went.

    Attributes:
        tables: name of a table -> its content.
        ledger: every dispatch was kept at eight in the evening of its day, and joined after the last.
        documents: name of a dispatch -> its document.
        now: noon of the last day that a table speaks of.
        lost: phrases that were asked for and stand in no text as it was read.
        misses: what was not right, a line each, with its cause; for worlds that may be looked at.
    """

    tables: dict[str, Any]
    ledger: Ledger
    documents: dict[str, Document]
    bench: Workbench
    now: datetime
    lost: set[Phrase] = field(default_factory=set)
    misses: list[str] = field(default_factory=list)
    _situations: dict[str, Situation] = field(default_factory=dict)

    @cached_property
    def claims(self) -> dict[str, list[Claim]]:
        """Document id -> its claims."""
        found: dict[str, list[Claim]] = defaultdict(list)
        for one in self.ledger.claims(Query()):
            found[one.document_id].append(one)
        return found

    def situation(self, day: date | None = None) -> Situation:
        """Return what joining makes of all that was known at the end of a day; of everything without one."""
        key = day.isoformat() if day else ""
        if key not in self._situations:
            self._situations[key] = pipeline.situation(self.ledger, now=self.now, as_of=key or None)
        return self._situations[key]

    def span(self, phrase: Sequence[str]) -> tuple[str, int, int] | None:
        """Return the document and the span of a phrase; None where the text as it was read lacks it."""
        name, words = phrase
        plain, mark, number = words.rpartition("#")
        plain, times = (plain, int(number)) if mark and number.isdigit() else (words, 1)
        document = self.documents.get(name)
        at = -1
        for _ in range(times if document else 0):
            at = document.text.find(plain, at + 1) if document else -1
            if at < 0:
                break
        if document is None or at < 0:
            self.lost.add((name, words))
            return None
        return document.id, at, at + len(plain)

    def told(self, phrase: Sequence[str]) -> list[Claim]:
        """Return the claims whose span overlaps a phrase of a dispatch."""
        if (found := self.span(phrase)) is None:
            return []
        document, start, end = found
        return [one for one in self.claims[document] if one.start < end and one.end > start]

    def ids(self, phrase: Sequence[str]) -> set[str]:
        """Return the ids of the claims that stand for a phrase."""
        return {one.id for one in self.told(phrase)}


def share(right: int, of: int) -> float:
    """Return a share of something; nothing asked for is nothing wrong."""
    return round(right / of, 3) if of else 1.0


def join_world(data: Path, folder: Path, *, coder: str, limit: int | None) -> World:
    """Return the world of PATH, its first ``limit`` dispatches kept and joined in a ledger in a scratch folder.

    Raises:
        FileNotFoundError: PATH lacks a table, or its dispatches are nowhere.
    """
    tables = {name: yaml.safe_load((data / f"{name}.yaml").read_text(encoding="utf-8")) for name in TABLES}
    bench = Workbench(read_settings(folder, os.environ))
    now = datetime.combine(max(*tables["conditions"]["as_of"], *tables["tallies"]["latest"]), time(12), UTC)
    vault: dict[str, bytes] = {}
    ledger = Ledger(folder / "world.sqlite")
    documents: dict[str, Document] = {}
    for name, one in sorted(_named(_dispatches(data), bench, now, vault).items())[:limit]:
        at = datetime.combine(date.fromisoformat(name[:10]), time(20), UTC)
        pipeline.keep(one, bench, ledger, now=at, coder=coder, contents=vault.get(one.custody.sha256))
        documents[name] = one
    for _ in pipeline.join(ledger):
        pass
    kept = {one.id: one for one in ledger.latest_documents()}
    return World(tables, ledger, {name: kept[one.id] for name, one in documents.items()}, bench, now)


def _dispatches(data: Path) -> Path:
    for folder in (data / "dispatches", EXAMPLES / data.name / "dispatches"):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"{data} has no dispatches/, and there is no example {data.name!r} that has them")


def _named(folder: Path, bench: Workbench, now: datetime, vault: dict[str, bytes]) -> dict[str, Document]:
    """Return the dispatches by the names that the tables have for them: a name begins with the day of publication."""
    found = pipeline.gather(str(folder), settings=bench.settings, now=now, vault=vault.__setitem__)
    return {_name(one): one for one in found if isinstance(one, Document)}


def _name(document: Document) -> str:
    """Return the file of a dispatch; for a line of JSON the file, ``#`` and the id that the line gives itself."""
    file, _, line = document.custody.origin.partition("#line ")
    if not line:
        return Path(file).name
    row = json.loads(Path(file).read_text(encoding="utf-8").splitlines()[int(line) - 1])
    return f"{Path(file).name}#{row['id']}"
