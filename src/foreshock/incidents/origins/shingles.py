"""What a text shares with another, word for word: shingles, a sketch of them, and keys under which a copy is found.

The sketch is FracMinHash (Irber et al. 2022, "Lightweight compositional analysis of metagenomes with FracMinHash"): all hashes
below a bound. It tells the *containment* of a cut copy, which MinHash, made for equal lengths, does not; of a text up to SKETCH
shingles it holds them all, and the count is exact. Copies are found by bands of a MinHash of ``rensa`` (Broder 1997), which bear
edits everywhere, and by rarely sampled long shingles, which bear cuts.
"""

from __future__ import annotations

import base64
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

# A word of a spaced script, or one character of a script that does not space its words.
_TOKEN = re.compile(r"[\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]|[^\W_]+")
# The first letter of Thai: a single letter that sorts behind it is a token of a script without spaces.
_UNSPACED = "\u0e00"
WORDS, CHARACTERS = 3, 6
LONG_WORDS, LONG_CHARACTERS = 8, 16
SKETCH = 512
PERMUTATIONS, ROWS, SEED = 64, 4, 1
SAMPLE, MOST_SAMPLES = 16, 32


@dataclass(frozen=True, slots=True)
class Sketch:
    """Hashes (uint32, sorted) of ``count`` shingles, all below ``2**32 >> shift``; with shift 0 they are all there."""

    hashes: Any
    count: int
    shift: int

    def packed(self) -> str:
        """Return the hashes as base64 of little-endian uint32."""
        return base64.b64encode(self.hashes.astype("<u4").tobytes()).decode("ascii")


@lru_cache(maxsize=4_096)
def unpacked(text: str, count: int, shift: int) -> Sketch:
    """Return the sketch that :meth:`Sketch.packed` wrote."""
    import numpy as np  # noqa: PLC0415  (heavy import)

    return Sketch(np.frombuffer(base64.b64decode(text), dtype="<u4"), count, shift)


@dataclass(frozen=True, slots=True)
class Shared:
    """How many of ``of`` shingles of the shorter text ``shared`` are in the other; ``exact`` where none were left out."""

    shared: int
    of: int
    exact: bool

    @property
    def share(self) -> float:
        """Containment, 0 to 1."""
        return self.shared / self.of if self.of else 0.0


def tokens(text: str) -> list[str]:
    """Return words, or single characters of scripts without spaces, without case, width or marks of punctuation."""
    return _TOKEN.findall((text if text.isascii() else unicodedata.normalize("NFKC", text)).casefold())


def _runs(parts: list[str], words: int, characters: int) -> list[str]:
    if sum(1 for part in parts if len(part) == 1 and part > _UNSPACED) * 2 > len(parts):
        text = "".join(parts)
        return [text[at : at + characters] for at in range(len(text) - characters + 1)]
    return [" ".join(run) for run in zip(*(parts[at:] for at in range(words)), strict=False)]


def _mixed(found: Any) -> Any:
    """Return 32 bits of each hash, evenly spread: the finaliser of SplitMix64 (Steele, Lea and Flood 2014)."""
    import numpy as np  # noqa: PLC0415  (heavy import)

    z = np.array(found, dtype=np.uint64)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return ((z ^ (z >> np.uint64(31))) >> np.uint64(32)).astype(np.uint32)


def sketch_of(parts: list[str]) -> tuple[Sketch, tuple[str, ...]]:
    """Return the sketch of a text's tokens and the keys of its copies; no keys where it is too short to have any shingle."""
    import numpy as np  # noqa: PLC0415  (heavy import)
    from rensa import RMinHash  # noqa: PLC0415  (heavy import)

    runs, longer = _runs(parts, WORDS, CHARACTERS), _runs(parts, LONG_WORDS, LONG_CHARACTERS)
    if not runs:
        return Sketch(np.array([], dtype=np.uint32), 0, 0), ()
    hashed, sampled = RMinHash.hash_token_sets([runs, longer])
    unique = np.unique(_mixed(hashed))
    shift = 0
    kept = unique
    while len(kept) > SKETCH:
        shift += 1
        kept = kept[kept < (1 << (32 - shift))]
    minima = RMinHash(PERMUTATIONS, SEED)
    minima.update(runs)
    rows = minima.digest()
    bands = [f"b{at}:{hash_of(tuple(rows[at : at + ROWS]))}" for at in range(0, PERMUTATIONS, ROWS)]
    few = np.unique(_mixed(sampled)) if len(sampled) else np.array([], dtype=np.uint32)
    few = few[few < (1 << 32) // SAMPLE][:MOST_SAMPLES]
    return Sketch(kept, len(unique), shift), (*bands, *(f"w:{int(one):08x}" for one in few))


def hash_of(values: tuple[int, ...]) -> str:
    """Return 16 hex digits of a band, the same on every machine."""
    found = 0xCBF29CE484222325
    for value in values:
        found = ((found ^ int(value)) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return f"{found:016x}"


def shared(one: Sketch, other: Sketch) -> Shared:
    """Return what two sketches share, of the shorter text, at the coarser of their two scales."""
    import numpy as np  # noqa: PLC0415  (heavy import)

    shift = max(one.shift, other.shift)
    a, b = (
        sketch.hashes[sketch.hashes < (1 << (32 - shift))] if shift > sketch.shift else sketch.hashes for sketch in (one, other)
    )
    few, many = (a, b) if len(a) <= len(b) else (b, a)  # both in order
    at = many.searchsorted(few)
    both = int(np.count_nonzero(many.take(at, mode="clip") == few)) if len(few) else 0
    return Shared(both, min(len(a), len(b)), shift == 0)
