"""The texts whose words the pruned vocabulary must know: the corpus, and what lies in a folder of data."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

from corpus import read_all

MOST = 5_000


def corpus_texts() -> Iterator[str]:
    """Yield the texts of the corpus."""
    documents, _ = read_all()
    for document in documents:
        yield document.text


def treebank_texts(data: Path) -> Iterator[str]:
    """Yield the sentences of every treebank in CoNLL-U."""
    for path in sorted((data / "treebanks").rglob("*.conllu.gz")):
        with gzip.open(path, "rt", encoding="utf-8", errors="ignore") as lines:
            for line in lines:
                if line.startswith("# text = "):
                    yield line[9:].rstrip("\n")


def news_texts(data: Path) -> Iterator[str]:
    """Yield the first texts of each file of news: they are counted, never kept."""
    for path in sorted((data / "corpora").rglob("*.jsonl*")):
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines):
                if number >= MOST:
                    break
                yield " ".join(value for value in json.loads(line).values() if isinstance(value, str))[:2000]
