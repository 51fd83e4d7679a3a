"""Progress of long work: on a terminal only, on standard error, never in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")


def show_compiling() -> Callable[[int, int, str], None]:
    """Return a function of (done, total, what) that draws one line; off a terminal it names each step once."""
    named: set[str] = set()

    def show(done: int, total: int, what: str) -> None:
        if sys.stderr.isatty():
            share = f" {100 * done // total:3d} %" if total else ""
            sys.stderr.write(f"\r\x1b[2Kgazetteer, once: {what}{share}" + ("\n" if total and done >= total else ""))
            sys.stderr.flush()
        elif what not in named:
            named.add(what)
            sys.stderr.write(f"gazetteer, once: {what}\n")

    return show


def counted(items: Iterable[Item], what: str) -> Iterator[Item]:
    """Yield items; on a terminal, show how many were begun (how many there are is not known before the last)."""
    if not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console

    with Console(stderr=True).status(what) as status:
        for number, item in enumerate(items, start=1):
            status.update(f"{what} {number}")
            yield item
