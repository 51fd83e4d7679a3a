"""Who holds a claim, as one name in every language (holders.yaml, and the catalogue of actors)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from foreshock.incidents.origins.marks import is_name, is_ourselves
from foreshock.incidents.origins.names import bare, catalogue, outlet_key, outlet_name
from foreshock.incidents.origins.topics import countries
from foreshock.knowledge import load_table
from foreshock.model import Holder
from foreshock.ontology import outlets
from foreshock.ontology.fold import bare_forms, fold

Sort = Literal["body", "person", "outlet", "pointing", "unnamed"]
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_KATAKANA = re.compile(r"[\u30a1-\u30fa][\u30a1-\u30fc・]{2,}")
_CASED = re.compile(r"[A-ZÀ-ÞА-ЯЁЄІЇҐΑ-Ω][\w’'’-]+")
LONGEST_NAME = 4
SHORT = 5
_ARTICLES = frozenset(
    [
        "the",
        "a",
        "an",
        "two",
        "three",
        "le",
        "la",
        "les",
        "un",
        "une",
        "el",
        "los",
        "las",
        "una",
        "der",
        "die",
        "das",
        "ein",
        "eine",
    ]
)


@dataclass(frozen=True, slots=True)
class Held:
    """Who a holder is: its ``key`` is one for its names in all languages; ``country`` is that of a body, where it is said."""

    sort: Sort
    key: str
    name: str
    country: str | None = None


UNNAMED = Held("unnamed", "", "")


@cache
def _table(part: str) -> tuple[tuple[str, str], ...]:
    """Return (folded word, what it stands for), the longest first."""
    table = load_table(__package__, "holders.yaml")[part]
    rows = table.items() if isinstance(table, dict) else [(part, table)]
    pairs = {(fold(str(word)), str(name)) for name, words in rows for word in words}
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair)))


def _match(folded: str, part: str) -> str | None:
    """Return what the longest word of a table that stands in the text stands for; a longer word may have a longer ending."""
    return next((name for pattern, name in _patterns(part) if pattern.search(folded)), None)


@cache
def _patterns(part: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(_loose(word)), name) for word, name in _table(part))


def _loose(word: str) -> str:
    if _DENSE.search(word):
        return re.escape(word)
    return rf"\b{re.escape(word)}\w{{0,{3 if len(word) > SHORT else 1}}}\b"


@lru_cache(maxsize=65536)
def held_by(name: str, raw: str, role: str, language: str) -> Held:
    """Return who a holder is.

    A known person comes first, then words that point back, a body, an outlet, and a person whose name is written; who is none of
    these is unnamed. A spokesman of somebody is that somebody: his words are his principal's.
    """
    spoken = tuple(dict.fromkeys((name, raw)))
    known = next((held for words in spoken if (held := _known(words, language))), None)
    if known and known.sort == "person":
        return known
    if is_ourselves(raw) or is_ourselves(name):
        return UNNAMED
    if _pointing(name) or _pointing(raw):
        return Held("pointing", fold(name), name)
    if role == "outlet" and not known and is_name(name) and fold(name) not in dict(_table("bodies")):
        return Held("outlet", outlet_key(name), outlet_name(name))
    body = next((held for words in spoken if (held := _body(words))), None)
    if body or known:
        return body or known or UNNAMED
    if _match(fold(raw), "unnamed") and not _names(raw, language):
        return UNNAMED
    person = _names(name, language) or _names(raw, language)
    return Held("person", fold(person), person) if person else UNNAMED


def _pointing(words: str) -> bool:
    folded = fold(words)
    return any(folded == word for word, _ in _table("pointing"))


def _body(words: str) -> Held | None:
    """Return the body that words name; words that begin with somebody unnamed ("relatives of policemen") name none."""
    folded = fold(words)
    first = folded.split(" ", maxsplit=1)[0]
    if any(first == word for word, _ in _table("unnamed")):
        return None
    if _match(folded, "local"):
        return Held("body", folded, bare(words))
    body = _match(folded, "bodies")
    where = sorted(countries(words)) if body else []
    return Held("body", body, body, where[0] if len(where) == 1 else None) if body else None


def _known(words: str, language: str) -> Held | None:
    """Return the actor of the catalogue, state or outlet that stands in the words, the longest name first."""
    tables = catalogue()
    parts = bare(words).split()
    sizes = range(min(LONGEST_NAME, len(parts)), 0, -1) if not _DENSE.search(words) else ()
    spans = [bare(words), *(" ".join(parts[at : at + size]) for size in sizes for at in range(len(parts) - size + 1))]
    spans += _runs(words)
    for span in spans:
        folded = fold(span)
        if len(folded) < 2 or (span != bare(words) and span[:1].islower()):
            continue
        for form in (folded, *bare_forms(folded, language)):
            actors = tables.known.get(form)
            if actors and (len(form) >= 4 or _DENSE.search(form) or span.isupper()):
                actor = actors[0]
                return Held("person" if actor.person else "body", fold(actor.name), actor.name)
    outlet = outlets.by_name(bare(words))
    if outlet:
        return Held("outlet", outlet_key(outlet.name), outlet.name)
    state = tables.states.get(fold(words))
    return Held("body", "government", "government", state[0]) if state else None


def _runs(words: str) -> list[str]:
    """Return the runs of katakana in words, and of Han where nothing else stands there, the longest first."""
    found = _KATAKANA.findall(words)
    return sorted({part for run in found for part in (run, *run.split("・"))}, key=lambda run: (-len(run), run))


def _names(words: str, language: str) -> str | None:
    """Return the proper name in words, or None: what has capitals within, katakana, or a Han name with its title."""
    plain = bare(words)
    if _DENSE.search(plain):
        runs = _runs(plain)
        if runs:
            return runs[0]
        titled = re.match(r"([\u3400-\u9fff]{2,4})(?:氏|さん|容疑者|先生|女士)", plain)
        return titled[1] if titled else None
    words_in = plain.split()
    # A capital at the beginning says nothing, unless the next word has one too or there is no next.
    first = len(words_in) == 1 or bool(words_in[1:] and _CASED.match(words_in[1]))
    capitals = [word for at, word in enumerate(words_in) if _CASED.match(word) and (at or first)]
    capitals = [word for word in capitals if fold(word) not in _first_words(language)]
    return " ".join(capitals) if capitals else None


@cache
def _first_words(language: str) -> frozenset[str]:
    """Return folded words that are no names though they begin with a capital: articles, titles, group words."""
    tables = catalogue()
    titles = {fold(title) for title in tables.titles.get(language, ())}
    voices = set(tables.voices.get(language, ()))
    pointing = {word for word, _ in _table("pointing")} | {word for word, _ in _table("unnamed")}
    return frozenset(titles | voices | pointing | _ARTICLES | set(tables.words.get(language, {})))


def chain(holders: Sequence[Holder], language: str) -> Held:
    """Return who holds a claim: the innermost holder that is named or points to one; an unnamed one stays with who heard it."""
    for holder in reversed(holders[1:]):
        held = held_by(holder.name, holder.raw, holder.role, language)
        if held.sort != "unnamed":
            return held
    return UNNAMED
