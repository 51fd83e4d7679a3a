"""Hashes by which the ledger vouches for its rows.

The digest of a row is SHA-256 over its salt and the JSON list of its values, in the order of the table's columns; without the
salt it says nothing about the row, since words could be tried. The digest of a coding has no salt: it covers its values, the
digest of its document's row and the digests of its claims' rows, so that what one of them said can be erased and the coding still
verifies. ``chain`` of a coding is SHA-256 over the chain of the coding before it and its digest: none can be taken out, put in or
moved.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import msgspec

SALT = 16  # bytes
START = bytes(32)  # the chain before the first coding
_encoder = msgspec.json.Encoder()


def row_digest(salt: bytes, values: Sequence[Any]) -> bytes:
    """Return the digest of a row: its values without salt and digest."""
    return hashlib.sha256(salt + _encoder.encode(values)).digest()


def coding_digest(values: Sequence[Any], document: bytes, claims: bytes) -> bytes:
    """Return the digest of a coding.

    Args:
        values: those of its row, without digest and chain.
        document: the digest of its document's row.
        claims: the SHA-256 of the digests of its claims' rows, one after the other in the order of their numbers.
    """
    return hashlib.sha256(_encoder.encode(values) + document + claims).digest()


def link(chain: bytes, digest: bytes) -> bytes:
    """Return the chain after a coding."""
    return hashlib.sha256(chain + digest).digest()
