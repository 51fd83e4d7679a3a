"""The corpus: short news texts in sixteen languages, every claim annotated (CC BY 4.0), with its checks and converters.

Texts are in ``corpus/texts/LANGUAGE/REGISTER.txt``, one file a language and register, in the markup of ``corpus/GUIDELINES.md``.
``python -m corpus --help`` lists the commands; ``make corpus`` checks everything and prints the tables.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from corpus.markup import Fault, read_file
from corpus.records import LANGUAGES, MiniDocument

HERE = Path(__file__).parent
TEXTS = HERE / "texts"
SECOND = HERE / "second"


def read_all(folder: Path = TEXTS, *, languages: Iterable[str] = LANGUAGES) -> tuple[list[MiniDocument], list[Fault]]:
    """Return all documents under a folder, languages in the order asked for, and every fault of the markup."""
    documents: list[MiniDocument] = []
    faults: list[Fault] = []
    for language in languages:
        for path in sorted((folder / language).glob("*.txt")):
            found, wrong = read_file(path)
            documents += found
            faults += wrong
    return documents, faults
