"""Run a bench: ``python -m bench NAME --data PATH [--coder rules|encoder|auto] [--limit N]`` prints one JSON object.

Benches that need nothing but time (``soak``) take ``--minutes`` and no ``--data``.
"""

from __future__ import annotations

import argparse
import importlib
import inspect
import json
from pathlib import Path


def main() -> None:
    """Parse the command line, run one bench and print its figures."""
    files = [path for path in Path(__file__).parent.glob("[a-z]*.py") if "\ndef run(" in path.read_text(encoding="utf-8")]
    names = sorted(path.stem.replace("_", "-") for path in files)
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("name", choices=names)
    parser.add_argument("--data", type=Path, help="file or folder in the bench's format")
    parser.add_argument("--coder", choices=("rules", "encoder", "auto"), default="auto")
    parser.add_argument("--limit", type=int, default=None, help="measure on the first N items only")
    parser.add_argument("--minutes", type=float, help="for how long, where a bench runs for a time")
    parser.add_argument("--profile", action="store_true", help="print time and memory by stage too (speed)")
    given = parser.parse_args()
    bench = importlib.import_module(f"bench.{given.name.replace('-', '_')}")
    takes = inspect.signature(bench.run).parameters
    if given.data is None and takes["data"].default is inspect.Parameter.empty:
        parser.error("--data is needed; name the file or folder that holds the set")
    if given.data is not None and not given.data.exists():
        parser.error(f"--data {given.data} does not exist; name a folder that holds the set")
    if given.minutes is not None and "minutes" not in takes:
        parser.error(f"--minutes: {given.name} does not run for a time")
    if given.profile and "profile" not in takes:
        parser.error(f"--profile: {given.name} has no stages")
    extra = {name: value for name in ("data", "minutes") if (value := getattr(given, name)) is not None}
    if given.profile:
        extra["profile"] = True
    print(json.dumps(bench.run(coder=given.coder, limit=given.limit, **extra), ensure_ascii=False))


if __name__ == "__main__":
    main()
