"""Run a bench: ``python -m bench NAME --data PATH [--coder rules|encoder|auto] [--limit N]`` prints one JSON object."""

from __future__ import annotations

import argparse
import importlib
import json
from pathlib import Path


def main() -> None:
    """Parse the command line, run one bench and print its figures."""
    files = [path for path in Path(__file__).parent.glob("[a-z]*.py") if "\ndef run(" in path.read_text(encoding="utf-8")]
    names = sorted(path.stem.replace("_", "-") for path in files)
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("name", choices=names)
    parser.add_argument("--data", type=Path, required=True, help="file or folder in the bench's format")
    parser.add_argument("--coder", choices=("rules", "encoder", "auto"), default="auto")
    parser.add_argument("--limit", type=int, default=None, help="measure on the first N items only")
    given = parser.parse_args()
    if not given.data.exists():
        parser.error(f"--data {given.data} does not exist; name a folder that holds the set")
    bench = importlib.import_module(f"bench.{given.name.replace('-', '_')}")
    print(json.dumps(bench.run(given.data, coder=given.coder, limit=given.limit), ensure_ascii=False))


if __name__ == "__main__":
    main()
