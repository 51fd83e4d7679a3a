"""Coverage-guided fuzzing of whatever reads what others wrote: ``python -m fuzz TARGET --seconds N``.

A target is one file of ``fuzz/targets``: what it takes, the laws that must hold of it, and seeds. Atheris mutates inputs towards
code that no input has reached yet. What breaks a law, or raises anything but an error of our own, is kept under
``fuzz/findings/TARGET``. ``fuzz/corpus/TARGET`` holds small inputs that together reach what was reached; tests replay them.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
CORPUS = HERE / "corpus"
FINDINGS = HERE / "findings"
LONGEST = 2_048  # bytes of an input, where a target says nothing else


@dataclass(frozen=True, slots=True)
class Target:
    """One thing that is fuzzed.

    Attributes:
        name: of its file.
        check: takes an input; raises where a law does not hold.
        seeds: yields inputs to begin with.
        modules: of our code, that guide the search.
        words: that inputs are made of.
        longest: bytes of an input.
    """

    name: str
    check: Callable[[bytes], None]
    seeds: Callable[[], Iterator[bytes]]
    modules: tuple[str, ...]
    words: tuple[str, ...] = ()
    longest: int = LONGEST

    def run(self, data: bytes) -> None:
        """Check an input; what fails must fail twice, since the first input of a language pays for its tables."""
        try:
            self.check(data)
        except Exception:
            self.check(data)


def names() -> list[str]:
    """Return the names of all targets."""
    return sorted(path.stem for path in (HERE / "targets").glob("[a-z]*.py"))


def load(name: str) -> Target:
    """Return a target by its name."""
    module = importlib.import_module(f"fuzz.targets.{name}")
    words, longest = getattr(module, "WORDS", ()), getattr(module, "LONGEST", LONGEST)
    return Target(name, module.check, module.seeds, module.MODULES, tuple(words), longest)


def kept(name: str) -> list[Path]:
    """Return the files of a target's kept corpus, in order of their names."""
    folder = CORPUS / name
    return sorted(path for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []
