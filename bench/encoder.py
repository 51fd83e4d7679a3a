"""The encoder: how fast, how large, how much memory, and how much faster than the rules read Japanese?

Source: our own corpus (``corpus/``); PATH is that folder. Sentences of English of 20 to 30 words (25 in the middle) are read as a
user's texts are, one thread, in documents of ten.

Metric: ``sentences_per_s`` is the networks with their tokenizer; ``coded_per_s`` the
whole coder with actors, places, times and figures. Speeds are by processor time, so that other work on the machine counts less;
each is the best of three. ``japanese_ratio`` is the encoder's speed over that of the rules with their parser, on the same
Japanese sentences in the same run. ``load_s`` is processor time from bytes to a model that answers; ``file_mb`` the file that
ships; ``peak_mb`` the most memory of a process that only codes with it (Linux).

Best of others: multilingual-e5-small whole, in eight bits, 236-294 sentences/s a core and 118 MB; it tells no claims.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.corpus import measured
from bench.standing import NOW
from corpus import read_all
from corpus.records import MiniDocument
from foreshock.coding.encoder.coder import EncoderCoder
from foreshock.coding.encoder.model import Model, facts, from_bytes, model_bytes
from foreshock.coding.encoder.told import told_of
from foreshock.coding.encoder.windows import windows_of
from foreshock.model import Custody, Document, Reading, record_id
from foreshock.pipeline import Workbench
from foreshock.reading.read import read
from foreshock.settings import read_settings

WORDS = range(20, 31)
TOGETHER = 10
MOST = 400
ROUNDS = 3
ALONE = "from bench.encoder import code_alone; code_alone()"


def run(data: Path, *, coder: str, limit: int | None) -> dict[str, Any]:  # noqa: ARG001 - every bench has the same arguments
    """Return the figures; ``limit`` is the number of sentences."""
    documents = [one for one in read_all(data / "texts")[0] if one.language in ("en", "ja")]
    english = _texts(documents, "en", lambda text: len(text.split()) in WORDS)[: limit or MOST]
    japanese = [one.text for one in measured(data) if one.language == "ja"][: (limit or MOST) // 4]
    bench = Workbench(read_settings(Path.cwd(), os.environ))
    began = time.process_time()
    model = from_bytes(model_bytes(), threads=1)
    model.read([[*model.before, *model.after]])
    load = time.process_time() - began
    encoder = EncoderCoder(bench.catalogue, bench.gazetteer, bench.codebook, model)
    some = _readings(english, "en")
    networks = _best(lambda: [_told(one, model) for one in some])
    whole = _best(lambda: [encoder.code(one) for one in some])
    ratio = _japanese(_readings(japanese, "ja"), bench, encoder)
    return {
        "sentences_per_s": round(len(english) / networks),
        "coded_per_s": round(len(english) / whole),
        "japanese_ratio": ratio,
        "load_s": round(load, 2),
        "file_mb": round(len(model_bytes()) / 1e6, 1),
        "peak_mb": _peak(),
        "sentences": len(english),
    }


def code_alone() -> None:
    """Code one sentence with nothing else loaded and print the most memory that took, in megabytes."""
    bench = Workbench(read_settings(Path.cwd(), os.environ))
    bench.encoder.code(_readings(["Soldiers arrested the mayor in Goma on Wednesday."], "en")[0])
    # The most memory since the program began; ru_maxrss would count that of the process that started it.
    told = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    print(round(int(told["VmHWM"].split()[0]) / 1024))


def _peak() -> int:
    told = subprocess.run([sys.executable, "-c", ALONE], check=True, capture_output=True, text=True)
    return int(told.stdout.split()[-1])


def _told(one: Reading, model: Model) -> int:
    return len(told_of(windows_of(one.sentences, model), model, least=float(facts()["trigger"])))


def _best(work: Callable[[], Any]) -> float:
    times = []
    for _ in range(ROUNDS):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return min(times)


def _japanese(some: list[Reading], bench: Workbench, encoder: EncoderCoder) -> float | None:
    rules = bench.coder("ja", "rules")
    if rules is None or not some:
        return None
    slow = _best(lambda: [rules.code(one) for one in some])
    fast = _best(lambda: [encoder.code(one) for one in some])
    return round(slow / fast, 1)


def _texts(documents: list[MiniDocument], language: str, wanted: Callable[[str], bool]) -> list[str]:
    some = (one.text[a:b] for one in documents if one.language == language for a, b in one.sentences)
    return [text for text in some if wanted(text)]


def _readings(texts: list[str], language: str) -> list[Reading]:
    out = []
    for first in range(0, len(texts), TOGETHER):
        text = "\n\n".join(texts[first : first + TOGETHER])
        custody = Custody(record_id(text), len(text), "2026-01-01T00:00:00Z", "bench")
        document = Document(
            record_id("speed", text), custody.sha256, "bench", None, language, None, text, None, None, "2026-01-01T00:00:00Z",
            "text/plain", custody,
        )  # fmt: skip
        out.append(read(document, now=NOW, published="2034-05-05", language=language))
    return out
