"""Which documents are the test sixth: by a hash of the document or its pair group, so that a new text moves no old one."""

from __future__ import annotations

import hashlib
from typing import Literal

from corpus.records import MiniDocument

Part = Literal["train", "test"]
SALT = "foreshock corpus 1"
ONE_IN = 6


def part_of(document: MiniDocument) -> Part:
    """Return the part of the split: ``test`` for one document or group in six.

    The hash is SHA-256 of language and group, or id where there is none; texts of a group differ in little and stay together.
    """
    name = f"{SALT}\x1f{document.language}\x1f{document.group or document.id}"
    return "test" if int.from_bytes(hashlib.sha256(name.encode()).digest()[:8]) % ONE_IN == 0 else "train"
