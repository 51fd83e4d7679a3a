"""What joining remembers of words that were redacted: single words and their beginnings, in entries, keys and counters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from foreshock.ledger.erasing import STEM, Erase, eraser, loose_pattern
from foreshock.ledger.forms import Forms, blocks
from foreshock.ledger.rewriting import rekey, rows_of
from foreshock.ledger.tables import table

if TYPE_CHECKING:
    from sqlalchemy import Connection

WORD = re.compile(r"\w+")
# Fields of a value that hold codes, ids and dates, and never a word of the text.
CODES = frozenset({"id", "document_id", "claim_ids", "incident", "episode", "first", "to", "family", "language", "published",
                   "day", "version", "sketch", "reason", "merged", "merged_into", "vector"})  # fmt: skip
ID = re.compile(r"[0-9a-f]{20}")


class Words:
    """Words that are to be forgotten, also where joining keeps only the beginning of a longer one."""

    def __init__(self, texts: Iterable[str]) -> None:
        folded = (unicodedata.normalize("NFKC", text).casefold() for text in texts)
        self._words = {word for text in folded for word in WORD.findall(text) if len(word) > 1 and not word.isdigit()}
        self._beginnings = {word[:end] for word in self._words for end in range(STEM, len(word) + 1)} | self._words

    def __contains__(self, word: str) -> bool:
        return unicodedata.normalize("NFKC", word).casefold() in self._beginnings

    def erased(self, text: str) -> str:
        """Return a text with blocks where these words stand; an id stays."""
        return text if ID.fullmatch(text) else WORD.sub(lambda match: blocks(match[0]) if match[0] in self else match[0], text)

    def erased_value(self, value: Any, *, top: bool = True) -> Any:
        """Return a value as joining keeps it with these words erased; codes, ids and the names of fields stay."""
        if isinstance(value, str):
            return self.erased(value)
        if isinstance(value, list):
            return [self.erased_value(one, top=False) for one in value]
        if isinstance(value, dict):
            names = {name: name if top else self.erased(name) for name in value}
            return {
                names[name]: one if top and name in CODES else self.erased_value(one, top=False) for name, one in value.items()
            }
        return value


def forget_named(connection: Connection, forms: Forms) -> int:
    """Erase a whole name in the values, ids and keys of what joining remembers; return how many entries were changed."""
    loose = [eraser(loose_pattern(name)) for name in forms.names]

    def erase(text: str) -> str:
        if ID.fullmatch(text):
            return text
        for one in loose:
            text = one(text)
        return forms.erased(text)

    entries, changed = table("entries"), 0
    for row in rows_of(connection, "entries", "arrival"):
        value, keys, key = msgspec.json.decode(row.value), msgspec.json.decode(row.keys), erase(row.id)
        made, found = _within(value, erase), [erase(one) for one in keys]
        if (made, found, key) != (value, keys, row.id):
            same = (entries.c.space == row.space) & (entries.c.id == row.id) & (entries.c.arrival == row.arrival)
            texts = {"value": msgspec.json.encode(made).decode(), "keys": msgspec.json.encode(found).decode(), "id": key}
            connection.execute(entries.update().where(same).values(**texts))
            changed += 1
    for name, column in (("entry_keys", "key"), ("entry_keys", "id"), ("counters", "key")):
        rekey(connection, name, column, erase)
    return changed


def _within(value: Any, erase: Erase) -> Any:
    if isinstance(value, str):
        return erase(value)
    if isinstance(value, list):
        return [_within(one, erase) for one in value]
    if isinstance(value, dict):
        return {erase(name): _within(one, erase) for name, one in value.items()}
    return value


def forget(connection: Connection, ids: Collection[str], words: Words, *, documents: int) -> int:
    """Erase words in what joining remembers of documents and claims; return how many entries were changed.

    Args:
        connection: with the writers' lock.
        ids: of the documents that lost words and of their claims.
        words: that were erased.
        documents: how many documents lost them: a counter that counts no more than these goes, a common word stays counted.
    """
    from sqlalchemy import select

    entries = table("entries")
    columns = [entries.c[name] for name in ("space", "id", "arrival", "value", "keys")]
    changed = 0
    for row in connection.execute(select(*columns)).all():
        value, keys = msgspec.json.decode(row.value), msgspec.json.decode(row.keys)
        if row.id not in ids and not {value.get(name) for name in ("document_id", "carrier", "source")} & set(ids):
            continue
        made, found = words.erased_value(value), [words.erased(key) for key in keys]
        if (made, found) != (value, keys):
            _rewrite(connection, row, made, found)
            changed += 1
    _uncount(connection, words, documents)
    return changed


def _rewrite(connection: Connection, row: Any, value: Any, keys: Sequence[str]) -> None:
    entries, under = table("entries"), table("entry_keys")
    for kept in (entries, under):
        same = (kept.c.space == row.space) & (kept.c.id == row.id) & (kept.c.arrival == row.arrival)
        if kept is entries:
            texts = {"value": msgspec.json.encode(value).decode(), "keys": msgspec.json.encode(list(keys)).decode()}
            connection.execute(kept.update().where(same).values(**texts))
        else:
            connection.execute(kept.delete().where(same))
    rows = [{"space": row.space, "key": key, "id": row.id, "arrival": row.arrival} for key in dict.fromkeys(keys)]
    if rows:
        connection.execute(under.insert(), rows)


def _uncount(connection: Connection, words: Words, documents: int) -> None:
    from sqlalchemy import select

    counters = table("counters")
    rows = connection.execute(select(counters.c.space, counters.c.key).where(counters.c.n <= documents)).all()
    for row in [one for one in rows if any(word in words for word in WORD.findall(one.key))]:
        connection.execute(counters.delete().where(counters.c.space == row.space, counters.c.key == row.key))
