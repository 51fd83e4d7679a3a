"""The example that a new desk opens on: invented dispatches on Kazakhstan, January 2022, kept as if read day by day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path

from foreshock import pipeline
from foreshock.dates import first_day
from foreshock.errors import SourceError
from foreshock.ledger import Ledger
from foreshock.model import Crisis, Document

NOW = datetime(2022, 1, 12, 8, tzinfo=UTC)  # the morning after the last dispatch: ages and the as-of line count to it
CRISIS = Crisis("Kazakhstan, January 2022", countries=("KAZ",), since="2022-01", until="2022-01")
NAME = "example-1.sqlite"  # raise the number when the example or the coder changes


def address(cache: Path) -> Path:
    """Return where the ledger of the example is kept."""
    return cache / NAME


def folder() -> Path:
    """Return the folder of the dispatches: in the package, or in the checkout that it is run from."""
    shipped = Path(str(files("foreshock").joinpath("example")))
    return shipped if shipped.is_dir() else Path(__file__).parents[3] / "examples" / "kazakhstan-2022" / "dispatches"


def now() -> datetime:
    """Return the moment at which the example stands still."""
    return NOW


def fill(ledger: Ledger, bench: pipeline.Workbench) -> Iterator[Document]:
    """Read, code, keep and join the dispatches in the order of their dates; yield each as it is there.

    What is kept already is not read again, so a desk that was stopped on the way goes on from there.

    Raises:
        SourceError: the dispatches are not where they should be.
    """
    kept: dict[str, bytes] = {}
    dated: list[tuple[datetime, str, Document]] = []
    for one in pipeline.gather(str(folder()), settings=bench.settings, now=NOW, vault=kept.__setitem__):
        if isinstance(one, SourceError):
            raise one
        published = pipeline.read(one, bench, now=NOW).document.published
        at = NOW if published is None else _evening(published)
        dated.append((at, one.id, one))
    ledger.keep_crisis(CRISIS, min((at for at, _, _ in dated), default=NOW))
    for at, _, document in sorted(dated, key=lambda one: one[:2]):
        added = pipeline.keep(document, bench, ledger, now=at, contents=kept.get(document.custody.sha256))
        if added.documents or added.claims:
            for _ in pipeline.join(ledger):
                pass
            yield document


def _evening(published: str) -> datetime:
    day = first_day(published)
    return min(datetime(day.year, day.month, day.day, 20, tzinfo=UTC), NOW - timedelta(minutes=1))
