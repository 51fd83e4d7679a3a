"""Progress of long work: on a terminal only, on standard error, never in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
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


def counted(items: Sequence[Item], what: str) -> Iterator[Item]:
    """Yield items and show how many are done."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    shown: Iterable[Item] = items
    if console.is_terminal and len(items) > 1:
        shown = track(items, description=what, console=console, transient=True)
    yield from shown
