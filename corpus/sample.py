"""The sample for a second annotation: documents chosen by their hash, bare of every mark."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from corpus.records import MiniDocument

SALT = "second annotation 1"


def sampled(documents: Iterable[MiniDocument], *, share: float = 0.05, least: int = 14) -> list[MiniDocument]:
    """Return documents with at least ``share`` of the sentences of each language, and no fewer than ``least``.

    They are taken in the order of their hashes, so a document that is added changes little, and annotators choose nothing.
    """
    by_language: dict[str, list[MiniDocument]] = defaultdict(list)
    for document in documents:
        by_language[document.language].append(document)
    chosen: list[MiniDocument] = []
    for mine in by_language.values():
        wanted = max(least, share * sum(len(document.sentences) for document in mine))
        got = 0
        for document in sorted(mine, key=_hash):
            if got >= wanted:
                break
            chosen.append(document)
            got += len(document.sentences)
    return chosen


def write_bare(documents: Iterable[MiniDocument], folder: Path) -> list[Path]:
    """Write the documents without marks, claims, group and topic, in files of the corpus's own layout; return the files.

    Raises:
        FileExistsError: a file is there already; a second annotation is not overwritten.
    """
    files: dict[Path, list[str]] = defaultdict(list)
    for document in documents:
        path = folder / document.language / f"{document.register}.txt"
        lines = [f"== {document.id} | {document.town}, {document.published} | {document.country} | {document.outlet}"]
        for number, (start, end) in enumerate(document.sentences):
            if number and document.text[start - 1] == "\n":
                lines.append("¶")
            lines.append(escaped(document.text[start:end]))
        files[path].append("\n".join(lines) + "\n")
    for path, blocks in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as out:
            out.write("\n".join(blocks))
    return list(files)


def escaped(text: str) -> str:
    """Return text in which brackets stand for themselves in the markup."""
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")


def _hash(document: MiniDocument) -> str:
    return hashlib.sha256(f"{SALT}\x1f{document.language}\x1f{document.id}".encode()).hexdigest()
