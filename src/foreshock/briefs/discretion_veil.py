"""Words of one document that are withheld, and records without them: same-length where offsets count, else by label."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

from foreshock.model import Document, Span, record_id

MASK = "█"
# These hold words of Document.text, in which offsets count: what is withheld keeps its length.
SAME_LENGTH = frozenset({"text", "raw"})
# These are closed vocabularies, times, numbers and digests: no name stands there.
_CLOSED = frozenset(
    {"version", "coder", "kind", "mode", "status", "language", "media_type", "published", "published_by", "fetched_at",
     "known_at", "country", "precision", "state", "matter", "role", "sha256", "credibility", "reliability", "since", "until",
     "day", "last_confirmed", "freshness", "reason", "licence", "translated"}
)  # fmt: skip
_DIGEST = re.compile(r"[0-9a-f]{16,64}")
_LONGEST_ENDING = 4
_ADDRESS = "さん|ちゃん|くん|君|様|氏|容疑者|被告|先生|女士|小姐|씨"
Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Veil:
    """What of one document is withheld.

    Attributes:
        labels: for each group of the pattern the word that stands for it where the length need not stay: "[victim]".
        pattern: finds every form that is withheld; group ``w3`` is the form of the fourth label.
        spans: where they stand in ``Document.text``, beside what the pattern finds.
        slugs: words of names as an address spells them, each a set that must all be there.
    """

    labels: tuple[str, ...]
    pattern: re.Pattern[str]
    spans: tuple[Span, ...] = ()
    slugs: tuple[frozenset[str], ...] = ()

    def same_length(self, text: str, *, offset: int | None = None) -> str:
        """Return a text with each withheld letter as ``█``; with ``offset``, its place in the document, its spans too."""
        masked = self.pattern.sub(lambda hit: MASK * len(hit[0]), text)
        if offset is None:
            return masked
        for start, end in self.spans:
            low, high = max(start - offset, 0), min(end - offset, len(text))
            if low < high:
                masked = masked[:low] + MASK * (high - low) + masked[high:]
        return masked

    def labelled(self, text: str) -> str:
        """Return a text with a label for each withheld form."""
        return self.pattern.sub(lambda hit: self.labels[int((hit.lastgroup or "w0")[1:])], text)

    def address(self, url: str) -> str:
        """Return an address, cut to its site where a name stands in its path."""
        told = unquote(url)
        words = frozenset(re.split(r"[^a-z0-9]+", _plain(told)))
        if (
            self.pattern.search(told)
            or self.pattern.search(re.sub(r"[-_+./]+", " ", told))
            or any(slug <= words for slug in self.slugs)
        ):
            parts = urlsplit(url)
            return f"{parts.scheme}://{parts.netloc}/" if parts.netloc else "[address withheld]"
        return url

    def of(self, record: Record) -> Record:
        """Return a copy of a record without the withheld words; the record itself where it has none."""
        return _veiled(record, self, "", None)  # type: ignore[no-any-return]


def veil(forms: Iterable[tuple[str, str]], spans: Iterable[Span] = ()) -> Veil | None:
    """Return what withholds forms, each with its label; None where there is nothing to withhold."""
    ordered = sorted({(form, label) for form, label in forms if form.strip()}, key=lambda one: (-len(one[0]), one))
    held = tuple(sorted(spans))
    if not ordered and not held:
        return None
    shapes = "|".join(f"(?P<w{number}>{_shape(form)})" for number, (form, _) in enumerate(ordered))
    slugs = {frozenset(_plain(form).split()) for form, _ in ordered if len(form.split()) > 1 or len(form) > 5}
    return Veil(
        tuple(label for _, label in ordered),
        re.compile(shapes or r"(?!)"),
        held,
        tuple(slug for slug in slugs if slug),
    )


def _shape(form: str) -> str:
    """Return a pattern for a form: whole words with any ending of a case, in any capitals where it is a full name.

    A name of one Han character is found before a form of address only: 林さん, not 森林.
    """
    words = form.split()
    if not all(_spaced(word) for word in words):
        return rf"{re.escape(form)}(?={_ADDRESS})" if len(form) == 1 else re.escape(form)
    shape = r"\s+".join(_word(word) for word in words)
    whole = rf"(?<!\w){shape}(?!\w)"
    if len(words) > 1:
        return f"(?i:{whole})"
    return rf"{whole}|(?<!\w){re.escape(form.upper())}(?!\w)"


def _word(word: str) -> str:
    """Return a pattern for a word of a name in any case: Фосковой is Фоскова, Velkins is Velkin."""
    if "\u0400" <= word[0] <= "\u052f" and len(word) > 3:
        ending = 3 if len(word) > 7 else 2 if len(word) > 5 else 1
        return rf"{re.escape(word[:-ending])}\w{{0,{_LONGEST_ENDING}}}"
    return re.escape(word) + (r"\w{0,3}" if len(word) > 5 else "s?")


def _spaced(word: str) -> bool:
    return ord(word[0]) < 0x0590


def _plain(text: str) -> str:
    """Return a text in lower case without accents: as an address would spell it."""
    return "".join(one for one in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(one))


def _veiled(value: Any, held: Veil, name: str, offset: int | None) -> Any:
    if isinstance(value, str):
        return value if name in _CLOSED else _veiled_text(value, held, name, offset)
    if isinstance(value, (tuple, list)):
        return _veiled_items(value, held, name)
    if not hasattr(value, "__dataclass_fields__"):
        return value
    changes = {}
    start = _start_of(value)
    for field in value.__dataclass_fields__:
        old = getattr(value, field)
        new = _veiled(old, held, field, start)
        if new is not old:
            changes[field] = new
    return replace(value, **changes) if changes else value


def _start_of(record: object) -> int | None:
    """Return where the words of a record begin in its document's text, None where it does not say."""
    if isinstance(record, Document):
        return 0
    start = getattr(record, "start", None) if not hasattr(record, "span") else record.span[0]
    return start if isinstance(start, int) else None


def _veiled_items(items: Sequence[Any], held: Veil, name: str) -> Sequence[Any]:
    new = [_veiled(one, held, name, None) for one in items]
    same = all(a is b for a, b in zip(new, items, strict=True))
    return items if same else type(items)(new)  # type: ignore[call-arg]


def _veiled_text(value: str, held: Veil, name: str, offset: int | None) -> str:
    if not value or _DIGEST.fullmatch(value):
        return value
    if name in ("url", "origin", "final_url") and "/" in value:
        new = held.address(value)
    elif name in SAME_LENGTH:
        new = held.same_length(value, offset=offset)
    elif name == "id" or name.endswith("_id") or name in ("origins", "documents", "carriers", "claim_ids"):
        # An id may be made of a holder's name: another, the same for the same name, keeps references whole.
        new = value if held.labelled(value) == value else record_id("withheld", value)
    else:
        new = held.labelled(value)
    return value if new == value else new
