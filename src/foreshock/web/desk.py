"""What every request stands on: one open ledger, the workbench, a clock, and pictures that are made once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from foreshock import pipeline
from foreshock.ledger import Ledger
from foreshock.model import Reading
from foreshock.web.behind import Behind
from foreshock.web.picture import Pictures
from foreshock.web.remembered import Pages

if TYPE_CHECKING:
    from starlette.requests import Request


def clock() -> datetime:
    """Return this moment in UTC."""
    return datetime.now(UTC)


@dataclass
class Desk:
    """The state of one running desk.

    Attributes:
        ledger: open for writing; shared by all threads, each statement has a connection of its own.
        bench: what coding needs, with the settings.
        now: the clock.
        example: whether what is shown is the invented example.
        pictures: the joined picture of each scope.
        behind: what takes long to make of them.
        pages: those that were written and still hold.
        readings: of the latest version of each document that a brief was told from.
    """

    ledger: Ledger
    bench: pipeline.Workbench
    now: Callable[[], datetime] = clock
    example: bool = False
    pictures: Pictures = field(init=False)
    behind: Behind = field(default_factory=Behind)
    pages: Pages = field(default_factory=Pages)
    readings: dict[tuple[str, str], Reading] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.pictures = Pictures(self.ledger, self.bench, self.now, self._forget)

    def _forget(self) -> None:
        """Forget what was made of the ledger: words in it were erased."""
        self.behind.forget()
        self.pages.forget()
        self.readings.clear()

    def close(self) -> None:
        """Stop what runs in the background and release the ledger."""
        self.behind.close()
        self.pictures.close()
        self.ledger.close()


def desk_of(request: Request) -> Desk:
    """Return the desk that a request came to."""
    found: Desk = request.app.state.desk
    return found
