"""Messages of the catalogues: which there are in the code, and the .po files brought up to date with them.

``python -m tools.messages`` rewrites every catalogue in place: translations are kept, one that the code has no more is marked
obsolete, a new one is added empty. ``--missing`` only prints what has no translation yet. Keys are the English messages.
"""

from __future__ import annotations

import argparse
import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment, nodes

from foreshock.web.judging.form import CHOICES

SRC = Path(__file__).parent.parent / "src" / "foreshock"
ROOMS = {"foreshock": SRC / "briefs", "desk": SRC / "web"}
SAID = frozenset({"say", "count"})
Message = str | tuple[str, str]


def spoken(room: Path) -> Iterator[Message]:
    """Yield the messages that the code and the templates of a room say in so many words."""
    for path in sorted(room.rglob("*.py")):
        for node in ast.walk(_tree(path)):
            if isinstance(node, ast.Call) and _called(node.func) in SAID and node.args:
                yield from _of_python(node)
    for path in sorted(room.rglob("*.j2")):
        for call in _template(path).find_all(nodes.Call):
            if getattr(call.node, "name", getattr(call.node, "attr", "")) in SAID and call.args:
                yield from _of_jinja(call)


def tables(room: Path) -> Iterator[str]:
    """Yield the texts of those tables of a room's modules, in capitals, that a message is taken from by ``say(TABLE[…])``."""
    paths = sorted(room.rglob("*.py"))
    wanted = {(stem, name) for path in paths for stem, name in _wanted(path)}
    for path in paths:
        for node in _tree(path).body:
            target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
            value = getattr(node, "value", None)
            if isinstance(target, ast.Name) and (path.stem, target.id) in wanted and value is not None:
                yield from _texts(value)


def _wanted(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the tables that a module says messages of: the module each stands in, and its name."""
    tree = _tree(path)
    home = {
        alias.asname or alias.name: (node.module or "").rpartition(".")[2]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    loops = (ast.ListComp, ast.GeneratorExp, ast.DictComp, ast.SetComp)
    for node in ast.walk(tree):
        said = [one.args[0] for one in ast.walk(node) if isinstance(one, ast.Call) and _called(one.func) == "say" and one.args]
        if isinstance(node, loops) and any(isinstance(one, ast.Name) for one in said):
            said += [turn.iter for turn in node.generators]
        elif not (isinstance(node, ast.Call) and _called(node.func) == "say"):
            continue
        for name in (one for some in said for one in ast.walk(some)):
            if isinstance(name, ast.Name) and name.id.isupper():
                yield home.get(name.id, path.stem), name.id
            elif isinstance(name, ast.Attribute) and name.attr.isupper() and isinstance(name.value, ast.Name):
                yield name.value.id, name.attr


def desk_messages() -> set[Message]:
    """Return the messages of the desk's own pages; those of briefs are looked for there."""
    return {*spoken(ROOMS["desk"]), *tables(ROOMS["desk"]), *_listed(), *_scenarios(), *_choices(), *_grades()}


def _listed() -> Iterator[str]:
    """Yield what templates say by a variable: words of the model that stand in a list beside this file."""
    listed: list[str] = yaml.safe_load((Path(__file__).parent / "words.yaml").read_text("utf-8"))
    yield from listed


def _grades() -> Iterator[str]:
    """Yield why an incident has its grade."""
    told: dict[str, list[dict[str, str]]] = yaml.safe_load((SRC / "incidents" / "credibility.yaml").read_text("utf-8"))
    yield from (one["why"] for one in told["grades"])


def _choices() -> Iterator[str]:
    """Yield the values of the fields of a claim that a form lets choose."""
    yield from (value.replace("_", " ") for values in CHOICES.values() for value in values if value)


def _scenarios() -> Iterator[str]:
    """Yield the question of each scenario, and what resolves it."""
    for path in sorted((SRC / "scenarios" / "catalogue").glob("*.yaml")):
        told: dict[str, str] = yaml.safe_load(path.read_text("utf-8"))
        yield from (told[one] for one in ("short", "question", "resolves") if told.get(one))


def _of_python(node: ast.Call) -> Iterator[Message]:
    texts = [one.value for one in node.args[:2] if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    if _called(node.func) == "count":
        if len(texts) == 2:
            yield texts[0], texts[1]
    elif texts:
        yield texts[0]
    else:
        yield from _texts(node.args[0])


def _of_jinja(call: nodes.Call) -> Iterator[Message]:
    texts = [one.value for one in call.args[:2] if isinstance(one, nodes.Const)]
    name = getattr(call.node, "name", getattr(call.node, "attr", ""))
    if name == "count":
        if len(texts) == 2:
            yield texts[0], texts[1]
        return
    first = call.args[0]
    if isinstance(first, nodes.Const):
        yield first.value
        return
    for pair in (*([first] if isinstance(first, nodes.Pair) else []), *first.find_all(nodes.Pair)):
        yield from ([pair.value.value] if isinstance(pair.value, nodes.Const) else [])
    for choice in (*([first] if isinstance(first, nodes.CondExpr) else []), *first.find_all(nodes.CondExpr)):
        yield from (one.value for one in (choice.expr1, choice.expr2) if isinstance(one, nodes.Const))


def _texts(node: ast.AST) -> Iterator[str]:
    """Yield the texts of an expression that may be said: values of a dict, ends of a choice, items of a sequence."""
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str) and node.value:
            yield node.value
    elif isinstance(node, ast.Dict):
        for one in node.values:
            yield from _texts(one)
    elif isinstance(node, ast.IfExp):
        yield from (*_texts(node.body), *_texts(node.orelse))
    elif isinstance(node, ast.Tuple | ast.List):
        for one in node.elts:
            yield from _texts(one)
    elif isinstance(node, ast.Subscript):
        yield from _texts(node.value)


def _called(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


@cache
def _template(path: Path) -> nodes.Template:
    return Environment(autoescape=True).parse(path.read_text("utf-8"))


def catalogue(name: str, language: str) -> Catalog:
    """Return a catalogue as it stands, or an empty one."""
    path = ROOMS[name] / "locales" / language / "LC_MESSAGES" / f"{name}.po"
    if not path.is_file():
        return Catalog(locale=language, project="Foreshock", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def translated(found: Catalog, message: Message) -> bool:
    """Say whether a catalogue has a translation, and every plural of it."""
    entry: Any = found.get(message[0] if isinstance(message, tuple) else message)
    forms = (entry.string if isinstance(entry.string, tuple) else (entry.string,)) if entry else ()
    return bool(forms) and all(forms)


def messages_of(name: str) -> set[Message]:
    """Return the messages of a catalogue: those of the code, and what any of the catalogues has from tables."""
    if name == "desk":
        known = {_key(one) for one in messages_of("foreshock")}
        return {one for one in desk_messages() if _key(one) not in known}
    shared: set[Message] = set(spoken(ROOMS[name]))
    for path in sorted((ROOMS[name] / "locales").glob(f"*/LC_MESSAGES/{name}.po")):
        shared |= {_message(one.id) for one in catalogue(name, path.parts[-3]) if one.id}
    return {
        one for one in shared if isinstance(one, tuple) or not any(one == some[0] for some in shared if isinstance(some, tuple))
    }


def missing(name: str, language: str) -> list[Message]:
    """Return the messages that a language has no translation of, sorted."""
    found = catalogue(name, language)
    return sorted((one for one in messages_of(name) if not translated(found, one)), key=_key)


def update(name: str, language: str) -> None:
    """Bring a catalogue up to date, in place."""
    found, asked = catalogue(name, language), Catalog(project="Foreshock", fuzzy=False)
    for one in sorted(messages_of(name), key=_key):
        asked.add(one)
    kept = {_key(one.id): one.user_comments for one in found if one.id}
    found.update(asked, no_fuzzy_matching=True)
    for entry in found:
        if entry.id:
            entry.user_comments = kept.get(_key(entry.id), [])
    path = ROOMS[name] / "locales" / language / "LC_MESSAGES" / f"{name}.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, found, width=0, no_location=True)


def _message(found: Any) -> Message:
    return (found[0], found[1]) if isinstance(found, tuple | list) else str(found)


def _key(message: Any) -> str:
    return str(message[0] if isinstance(message, tuple | list) else message)


def main() -> None:
    """Update the catalogues of the languages named, or print what they lack."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("languages", nargs="*", default=["ja", "ru", "fr", "es"])
    asked.add_argument("--missing", action="store_true", help="print what has no translation, change nothing")
    given = asked.parse_args()
    for language in given.languages:
        for name in ROOMS:
            if not given.missing:
                update(name, language)
            for one in missing(name, language):
                print(f"{language} {name}: {one!r}")


if __name__ == "__main__":
    main()
