"""``python -m fuzz TARGET --seconds N`` fuzzes; ``--replay`` runs what is kept; ``--stretch`` looks for what grows too fast.

TARGET is one of the files of ``fuzz/targets``, or ``all``. Fuzzing needs atheris, the rest nothing.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import fuzz
from fuzz.keeping import smallest
from fuzz.stretch import stretched

MOST_STRETCHED, MOST_SEEDS = 24, 24


def main() -> int:
    """Parse the command line, run, and return 1 where something broke."""
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    parser.add_argument("target", choices=[*fuzz.names(), "all"])
    parser.add_argument("--seconds", type=int, default=180, help="for how long each target is fuzzed")
    parser.add_argument("--replay", action="store_true", help="run the kept corpus only")
    parser.add_argument("--stretch", action="store_true", help="repeat each input of the corpus, and tell what grows too fast")
    given = parser.parse_args()
    step = replay if given.replay else stretch if given.stretch else lambda name: search(name, given.seconds)
    return max(step(name) for name in (fuzz.names() if given.target == "all" else [given.target]))


def replay(name: str) -> int:
    """Run a target on its kept corpus and its seeds; return 1 where something breaks."""
    target, broken = fuzz.load(name), 0
    inputs = [*((path.name, path.read_bytes()) for path in fuzz.kept(name)), *(("seed", one) for one in target.seeds())]
    for which, data in inputs:
        try:
            target.run(data)
        except Exception as error:
            broken += 1
            print(f"{name} {which}: {type(error).__name__}: {str(error)[:600]}")  # noqa: T201
    print(f"{name}: {len(inputs)} inputs, {broken} broken")  # noqa: T201
    return min(broken, 1)


def stretch(name: str) -> int:
    """Return 1 where the time of a target grows faster than its input."""
    target = fuzz.load(name)
    inputs = [*(path.read_bytes() for path in fuzz.kept(name)), *target.seeds()]
    found = stretched(target, inputs[:: 1 + len(inputs) // MOST_STRETCHED])
    for one in found:
        print(f"{name}: {one}")  # noqa: T201
    print(f"{name}: {len(found)} inputs grow too fast")  # noqa: T201
    return min(len(found), 1)


def search(name: str, seconds: int) -> int:
    """Fuzz a target, and keep the smallest inputs that reach what was reached; return 1 where something broke."""
    shutil.rmtree(fuzz.FINDINGS / name, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=f"fuzz-{name}-") as scratch:
        folder = Path(scratch) / "inputs"
        folder.mkdir()
        target = fuzz.load(name)
        seeds = list(target.seeds())
        for data in (*(path.read_bytes() for path in fuzz.kept(name)), *seeds[:: 1 + len(seeds) // MOST_SEEDS]):
            (folder / hashlib.sha1(data, usedforsecurity=False).hexdigest()).write_bytes(data)
        log = Path(scratch) / "log"
        with log.open("wb") as out:
            done = subprocess.run(  # noqa: S603  (our own interpreter and module)
                [sys.executable, "-m", "fuzz.child", name, str(folder), str(seconds)], stdout=out, stderr=out, check=False
            )
        said = log.read_text(encoding="utf-8", errors="replace").splitlines()
        print("\n".join([line for line in said if "cov:" in line][-1:] or said[-20:]))  # noqa: T201
        kept = smallest(target, [path.read_bytes() for path in folder.iterdir()])
    into = fuzz.CORPUS / name
    shutil.rmtree(into, ignore_errors=True)
    into.mkdir(parents=True)
    for data in kept:
        (into / hashlib.sha1(data, usedforsecurity=False).hexdigest()[:16]).write_bytes(data)
    broken = sorted((fuzz.FINDINGS / name).glob("*.txt")) if (fuzz.FINDINGS / name).is_dir() else []
    for path in broken:
        print(f"--- {path.relative_to(fuzz.HERE)}\n{path.read_text(encoding='utf-8', errors='replace')[-900:]}")  # noqa: T201
    print(f"{name}: {len(kept)} inputs kept of {sum(map(len, kept)):,} bytes, {len(broken)} broken, exit {done.returncode}")  # noqa: T201
    return int(bool(broken) or done.returncode != 0)


if __name__ == "__main__":
    sys.exit(main())
