"""Fingerprints of machine translation, read from a page's markup while it is there (the table is fingerprints.yaml)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from foreshock.knowledge import load_yaml
from foreshock.reading.extract.markup import Markup
from foreshock.reading.extract.tags import language_tag

Mark = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Service:
    """A row of the table: what a service leaves behind; see the head of fingerprints.yaml."""

    name: str
    applied: tuple[Mark, ...]
    offered: tuple[Mark, ...]
    source: tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """Services that a page is translated by, and the notes that give the mark for each, or why a switch is no proof."""

    translated: tuple[str, ...]
    notes: tuple[str, ...]


@cache
def services() -> tuple[Service, ...]:
    """Return the table."""
    text = files("foreshock.reading.extract").joinpath("fingerprints.yaml").read_text(encoding="utf-8")
    rows: dict[str, dict[str, Any]] = load_yaml(text)
    return tuple(
        Service(
            name=name,
            applied=tuple(row.get("applied", ())),
            offered=tuple(row.get("offered", ())),
            source=tuple(re.compile(one) for one in row.get("source", ())),
        )
        for name, row in rows.items()
    )


def find(markup: Markup, *, host: str = "") -> Findings:
    """Return the translation services that a page's markup shows.

    A mark of the service's work is proof. Its switch alone is not: a page that says its own language is the one the service
    was told to translate from is the original, and gets a note; any other page with a switch is taken as translated.
    """
    translated, notes = [], []
    for service in services():
        mark = _first(service.applied, markup, host)
        if mark is not None:
            translated.append(service.name)
            notes.append(f"machine translation: {service.name} ({mark})")
            continue
        mark = _first(service.offered, markup, host)
        if mark is None:
            continue
        source = _source(service, markup)
        if source is not None and source == markup.language:
            notes.append(f"{service.name} offers translations of this page; it is in the site's own language, {source}")
            continue
        translated.append(service.name)
        notes.append(
            f"machine translation likely: {service.name} is on the page ({mark}); the site's language: {source or 'not stated'}"
        )
    return Findings(tuple(translated), tuple(notes))


def _source(service: Service, markup: Markup) -> str | None:
    for pattern in service.source:
        for script in (*markup.scripts, *markup.addresses):
            if match := pattern.search(script):
                return language_tag(match[1])
    return None


def _first(marks: Sequence[Mark], markup: Markup, host: str) -> str | None:
    return next((f"{kind} {value}" for mark in marks for kind, value in mark.items() if _has(kind, value, markup, host)), None)


def _has(kind: str, value: str, markup: Markup, host: str) -> bool:
    match kind:
        case "class" | "id":
            names = markup.classes if kind == "class" else markup.ids
            return any(one.startswith(value[:-1]) for one in names) if value.endswith("*") else value in names
        case "attribute":
            return value in markup.attributes
        case "meta":
            return value in markup.metas
        case "generator":
            return any(value in one for one in markup.metas.get("generator", ()))
        case "address":
            return any(value in one.lower() for one in markup.addresses)
        case "script":
            return any(value in one.lower() for one in markup.scripts)
        case "host":
            return host.endswith(value)
    raise ValueError(f"fingerprints.yaml: {kind!r} is not a kind of mark")
