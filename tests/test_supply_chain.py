"""What is installed is pinned by its hash, no file of ours can run code by being loaded, no code of ours loads one that could."""

from __future__ import annotations

import ast
import io
import json
import pickletools
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock", "deploy/requirements.lock")
CODE = [path for folder in ("src", "training", "bench", "tools", "examples") for path in sorted((ROOT / folder).rglob("*.py"))]
MODELS = sorted(path for path in (ROOT / "src" / "foreshock" / "models").rglob("*") if path.is_file())
UNPICKLE = {
    "pickle",
    "_pickle",
    "cPickle",
    "marshal",
    "shelve",
    "dill",
    "joblib",
    "cloudpickle",
    "jsonpickle",
    "pandas.io.pickle",
}
NEVER = {"eval", "exec", "compile", "os.system", "os.popen", "subprocess.getoutput", "subprocess.getstatusoutput",
         "yaml.unsafe_load", "yaml.full_load", "yaml.load_all", "tempfile.mktemp"}  # fmt: skip
SAFE_LOADERS = {"_SAFE", "yaml.SafeLoader", "yaml.CSafeLoader"}
# What of the standard library or of Babel its tables of locales are made of: plain values in a few classes of its own.
BABEL = {"babel.dates", "babel.plural", "babel.localedata", "babel.numbers"}


@pytest.mark.parametrize("name", LOCKS)
def test_every_requirement_has_a_hash_and_no_host_is_named(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    entries = [entry for entry in re.split(r"\n(?=[A-Za-z0-9])", re.sub(r"(?m)^\s*#.*\n?", "", text)) if entry.strip()]
    assert len(entries) > 20
    for entry in entries:
        assert re.match(r"[A-Za-z0-9._-]+(\[[a-z0-9,-]+\])?==\S+", entry), f"{entry.splitlines()[0]} is not pinned"
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), f"{entry.splitlines()[0]} has no hash"
    assert "://" not in text
    assert not re.search(r"(?m)^\s*(-i|--index-url|--extra-index-url|--find-links|--trusted-host|-e)\b", text)


def test_every_package_of_the_desk_has_an_integrity_and_no_host():
    text = (ROOT / "assets" / "package-lock.json").read_text(encoding="utf-8")
    packages = {name: one for name, one in json.loads(text)["packages"].items() if name}
    assert len(packages) > 50
    assert [name for name, one in packages.items() if not re.match(r"sha(256|384|512)-", one.get("integrity", ""))] == []
    assert [name for name, one in packages.items() if "resolved" in one] == []


def test_what_installs_asks_for_hashes():
    """No recipe installs what is locked without its hashes, but for the tool that does it."""
    for path in (ROOT / "Makefile", *(ROOT / "deploy").glob("Dockerfile*")):
        for line in path.read_text(encoding="utf-8").replace("\\\n", " ").splitlines():
            if re.search(r"pip install .*-r ", line):
                assert "--require-hashes" in line, f"{path.name}: {line.strip()}"


def keyword(call: ast.Call, name: str) -> str | None:
    return next((ast.unparse(one.value) for one in call.keywords if one.arg == name), None)


def wrong(node: ast.AST) -> str | None:
    """Return what is wrong with a node: it loads what can run code, or gives a text to a shell or an interpreter."""
    if isinstance(node, ast.Import | ast.ImportFrom):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
        return next((f"imports {name}" for name in names if name in UNPICKLE or name.split(".")[0] in UNPICKLE), None)
    if not isinstance(node, ast.Call):
        return None
    called = ast.unparse(node.func)
    if called in NEVER:
        return f"calls {called}"
    if keyword(node, "shell") not in (None, "False"):
        return f"{called} with a shell"
    if keyword(node, "allow_pickle") not in (None, "False") or (called == "np.load" and keyword(node, "allow_pickle") is None):
        return f"{called} may unpickle"
    if called == "yaml.load" and keyword(node, "Loader") not in SAFE_LOADERS:
        return f"{called} without a safe loader"
    if called == "torch.load" and keyword(node, "weights_only") != "True":
        return f"{called} may unpickle"
    if called.endswith((".read_pickle", ".extractall")) and keyword(node, "filter") is None:
        return f"calls {called}"
    return None


def test_no_code_of_ours_unpickles_or_runs_text():
    found = [
        f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)} {said}"
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (said := wrong(node))
    ]
    assert found == []


@pytest.mark.parametrize(
    "text",
    ["import pickle", "from marshal import loads", "eval('1')", "subprocess.run('ls', shell=True)", "np.load(x)",
     "np.load(x, allow_pickle=True)", "yaml.load(t, Loader=yaml.Loader)", "torch.load(x)", "os.system('ls')", "z.extractall(p)"],
)  # fmt: skip
def test_the_walk_sees_what_it_should(text):
    assert any(wrong(node) for node in ast.walk(ast.parse(text)))


def is_pickle(data: bytes) -> bool:
    """Whether bytes are a pickle from their first to their last: more than the stop of an empty one."""
    try:
        last = list(pickletools.genops(data))
    except Exception:  # pickletools raises what it likes
        return False
    return len(last) > 1


def parts(path: Path) -> list[tuple[str, bytes]]:
    """Return the files of an archive, or the file itself."""
    data = path.read_bytes()
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return [(path.name, data)]
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return [(name, packed.read(name)) for name in packed.namelist()]


def test_no_model_is_a_pickle():
    np = pytest.importorskip("numpy")
    assert len(MODELS) > 30
    for name, data in (part for path in MODELS for part in parts(path)):
        assert not name.endswith((".pkl", ".pickle", ".pt", ".pth", ".joblib", ".py", ".pyc")), name
        assert not is_pickle(data), name
        if name.endswith(".npy"):
            np.load(io.BytesIO(data), allow_pickle=False)


def test_a_pickle_would_be_seen():
    assert is_pickle(b"\x80\x04\x95\x05\x00\x00\x00\x00\x00\x00\x00]\x94(K\x01e.")
    assert is_pickle(b"cos\nsystem\n(S'ls'\ntR.")
    assert not is_pickle(b"\x80")  # an empty table of MessagePack


WATCHED = """
import sys
seen = set()
sys.addaudithook(lambda event, given: seen.add(given[0]) if event == "pickle.find_class" else None)
from foreshock.errors import ForeshockError
from foreshock.model import Sentence
from foreshock.reading import languages
text = "Goma 2024."
for code in sys.argv[1:]:
    try:
        languages.load(code).parse([Sentence("d", 0, 0, len(text), text, code)])
    except ForeshockError:
        pass
try:
    from foreshock.coding.encoder.model import load
    load(1)
except (ImportError, ForeshockError):
    pass
print(*sorted(seen))
"""


def test_no_parser_and_no_encoder_unpickles_when_it_is_loaded():
    """Third parties too: an audit hook hears every class that a pickle names. Babel's tables of locales are the one exception."""
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, "en", "ru", "es", "fr", "ja"], capture_output=True, text=True, check=True, timeout=120
    )
    assert set(done.stdout.split()) <= BABEL
