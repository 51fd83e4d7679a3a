"""The process that mutates: ``python -m fuzz.child TARGET FOLDER SECONDS`` fills FOLDER with inputs that reach new code.

What breaks a law does not end the run: it is kept, once for each place it comes from, and the search goes on.
"""

from __future__ import annotations

import hashlib
import sys
import traceback
from pathlib import Path

import fuzz

MEMORY_MB = 3_000
SLOWEST = 300  # seconds that one input may take before it ends the run; laws of time hold long before


def main(name: str, folder: str, seconds: str) -> None:
    """Fuzz one target for so many seconds."""
    import atheris  # noqa: PLC0415  (heavy import)

    # Modules are instrumented when they are first imported.
    with atheris.instrument_imports(include=_modules(name)):
        target = fuzz.load(name)
    findings = fuzz.FINDINGS / name
    findings.mkdir(parents=True, exist_ok=True)
    words = Path(folder).with_suffix(".dict")
    words.write_text("".join(f'"{_escaped(one)}"\n' for one in target.words), encoding="ascii")
    seen: set[str] = set()

    def one(data: bytes) -> None:
        try:
            target.run(data)
        except Exception as error:
            keep(error, data, findings, seen)

    options = [
        f"-max_total_time={seconds}", f"-max_len={target.longest}", f"-timeout={SLOWEST}", f"-rss_limit_mb={MEMORY_MB}",
        f"-artifact_prefix={findings}/", f"-dict={words}", "-print_final_stats=0", "-verbosity=1", "-reload=0", folder,
    ]  # fmt: skip
    atheris.Setup([sys.argv[0], *options], one)
    atheris.Fuzz()


def _modules(name: str) -> list[str]:
    text = (fuzz.HERE / "targets" / f"{name}.py").read_text(encoding="utf-8")
    listed = text.partition("MODULES = (")[2].partition(")")[0]
    return [one.strip().strip('"') for one in listed.split(",") if one.strip()]


def _escaped(word: str) -> str:
    data = word.encode()
    return "".join(chr(one) if 32 <= one < 127 and chr(one) not in '"\\' else f"\\x{one:02x}" for one in data)


def keep(error: Exception, data: bytes, findings: Path, seen: set[str]) -> None:
    """Keep an input that broke something, the first one from each place."""
    frames = [one for one in traceback.extract_tb(error.__traceback__) if "/fuzz/" not in one.filename or one.name != "must"]
    last = frames[-1] if frames else None
    ours = [f"{Path(one.filename).name}:{one.name}" for one in frames if "foreshock" in one.filename or "corpus" in one.filename]
    said = str(error).partition(":")[0] if isinstance(error, AssertionError) else ""
    place = f"{type(error).__name__} {said} {ours[-1:]} {last and last.lineno}"
    if place in seen:
        return
    seen.add(place)
    name = hashlib.sha256(place.encode()).hexdigest()[:12]
    (findings / name).write_bytes(data)
    (findings / f"{name}.txt").write_text("".join(traceback.format_exception(error)), encoding="utf-8", errors="replace")


if __name__ == "__main__":
    main(*sys.argv[1:])
