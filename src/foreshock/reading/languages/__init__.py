"""The registry of languages: the folder is the list.

One language is ``<code>.yaml`` with its grammar, and beside it one file a topic: ``attribution/<code>.yaml``,
``dates/<code>.yaml``, ``figures/<code>.yaml``, ``parties/<code>.yaml``; ``<code>.py`` where a parser stands behind it. Every
other language is read by the surface reader of ``und``, with the topics that it has.
"""

from __future__ import annotations

import functools
import importlib
import importlib.util
import re
from collections.abc import Mapping
from importlib.resources import files
from typing import Any, cast

import yaml

from foreshock.errors import ReadingError
from foreshock.knowledge import load_yaml
from foreshock.reading.languages import und
from foreshock.reading.languages.base import Language

CODE = re.compile(r"[a-z]{2,3}")
TOPICS = ("attribution", "dates", "figures", "parties")
# What a table without these takes from that of ``und``.
FILLED = ("dates", "figures")


def codes() -> tuple[str, ...]:
    """Return the codes of the languages that have a table of their own, sorted; ``und`` is not one of them."""
    names = (entry.name for entry in files(__name__).iterdir())
    return tuple(sorted(name[:-5] for name in names if name.endswith(".yaml") and name != "und.yaml"))


@functools.cache
def topic(code: str, name: str) -> Mapping[str, Any]:
    """Return what the file of one topic holds for a language ("dates", "fr"), or nothing where there is none.

    Raises:
        ReadingError: the file is not a YAML mapping.
    """
    entry = files(__name__).joinpath(name, f"{code}.yaml")
    return _mapping(entry.read_text(encoding="utf-8"), f"{name}/{code}.yaml") if entry.is_file() else {}


@functools.cache
def table(code: str) -> Mapping[str, Any]:
    """Return the table of a language, its topics joined: its own, or that of ``und`` where it has none.

    Raises:
        ReadingError: a file of the table is not a YAML mapping.
    """
    known = code if code in codes() else "und"
    whole = dict(_mapping(files(__name__).joinpath(f"{known}.yaml").read_text(encoding="utf-8"), f"{known}.yaml"))
    for name in TOPICS:
        whole.update(topic(known, name))
    for name in FILLED if known != "und" else ():
        whole.setdefault(name, table("und").get(name) or {})
    return whole


def _mapping(text: str, where: str) -> Mapping[str, Any]:
    try:
        value = load_yaml(text)
    except yaml.YAMLError as error:
        raise ReadingError(f"the language table {where} is not YAML: {error}", remedy=f"mend {where}") from error
    if not isinstance(value, dict):
        raise ReadingError(f"the language table {where} is {type(value).__name__}, not a mapping", remedy=f"mend {where}")
    return value


@functools.cache
def load(code: str) -> Language:
    """Return the language of an ISO 639 code.

    A language with a table and a module ``<code>.py`` is built by that module's ``build(table)``. Without a module, or where
    the parser that the module needs is not installed, it is read on the surface, with its own table where it has one.

    Raises:
        ReadingError: the code is not one of ISO 639, or the language's table is broken.
    """
    if not CODE.fullmatch(code):
        raise ReadingError(f"{code!r} is not a language code", remedy="pass a code of ISO 639 such as en, ja or kk")
    if code == "und":
        return und.build(table(code))
    if code not in codes() or importlib.util.find_spec(f"{__name__}.{code}") is None:
        return und.Surface(table(code), of=code)
    try:
        module = importlib.import_module(f"{__name__}.{code}")
        return cast(Language, module.build(table(code)))
    except ModuleNotFoundError:
        return und.Surface(table(code), of=code)
