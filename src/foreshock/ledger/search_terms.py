"""The language of a search box, and what it asks of each engine.

Words must all be there; "quoted words" one after the other; ``word*`` begins so; ``-word`` must not be there; ``OR`` stands
between alternatives and binds closer than the rest: ``curfew Almaty OR Astana`` is curfew and one of the two towns. Everything
else is a word or nothing: no input can be wrong in the grammar of an engine, since engines are handed quoted tokens only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from foreshock.errors import LedgerError
from foreshock.ledger.tokens import APOSTROPHES, HANGUL, UNSPACED, fold, tokens

# A search box; longer input is no search. FTS5 takes 256 terms in one expression.
MOST_TERMS = 60
MOST_TOKENS = 200
# The beginning of a word must say something: one letter would gather a tenth of everything.
SHORTEST_PREFIX = 2

_ITEM = re.compile(r'(-?)"([^"]*)"?(\*?)|(\S+)')
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂「」『』〝〞〟", '"'))
_ENDS_UNSPACED = re.compile(f"[{UNSPACED}]$")
_POSSESSIVE = re.compile(f"(?<=\\w)[{re.escape(APOSTROPHES)}]s$", re.IGNORECASE)
_APOSTROPHE = re.compile(f"(?<=\\w)[{re.escape(APOSTROPHES)}](?=\\w)")


@dataclass(frozen=True, slots=True)
class Term:
    """Tokens that stand one after the other; with ``prefix`` the last one is the beginning of a token."""

    tokens: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Terms:
    """What a search asks: of each group of ``required`` one term, and none of ``excluded``."""

    required: tuple[tuple[Term, ...], ...]
    excluded: tuple[Term, ...] = ()


def terms(words: str) -> Terms:
    """Return what the words of a search box ask.

    >>> terms('curfew Almaty OR Astana -"state media"').required[1]
    (Term(tokens=('almaty',), prefix=False), Term(tokens=('astana',), prefix=False))

    Raises:
        LedgerError: no word is left that must be there, a beginning is too short, or there are too many words.
    """
    required: list[tuple[Term, ...]] = []
    excluded: list[Term] = []
    joined = False
    for item in _ITEM.finditer(words.translate(_QUOTES)):
        if item[4] in ("OR", "|"):
            joined = True
            continue
        negated, found = _asked(item)
        if not found:
            continue
        if negated:
            excluded += found
        elif joined and required:
            required[-1] += found
        else:
            required.append(found)
        joined = False
    _check(words, [one for group in (*required, excluded) for one in group], required)
    return Terms(tuple(required), tuple(excluded))


def fts5(asked: Terms) -> str:
    """Return the MATCH expression of SQLite's FTS5.

    >>> fts5(terms("自衛隊 OR army* -drill"))
    '("自衛" + "衛隊" OR "army" *) NOT ("drill")'
    """
    groups = " AND ".join(f"({' OR '.join(_fts5(one) for one in group)})" for group in asked.required)
    if not asked.excluded:
        return groups
    whole = f"({groups})" if len(asked.required) > 1 else groups
    return f"{whole} NOT ({' OR '.join(_fts5(one) for one in asked.excluded)})"


def tsquery(asked: Terms) -> str:
    """Return the text of PostgreSQL's tsquery, to be cast; no text-search parser reads it.

    >>> tsquery(terms("自衛隊 OR army* -drill"))
    "('自衛' <-> '衛隊' | 'army':*) & !('drill')"
    """
    groups = [f"({' | '.join(_tsquery(one) for one in group)})" for group in asked.required]
    if asked.excluded:
        groups.append(f"!({' | '.join(_tsquery(one) for one in asked.excluded)})")
    return " & ".join(groups)


def _asked(item: re.Match[str]) -> tuple[bool, tuple[Term, ...]]:
    """Return whether an item is excluded, and the alternatives that it stands for; none where it holds no token."""
    if item[4] is None:
        return bool(item[1]), _term(tokens(item[2]), item[2], prefix=bool(item[3]))
    word = item[4].lstrip("-+")
    prefix = word.endswith("*")
    word = _POSSESSIVE.sub("", word.rstrip("*.,;:!?"))
    apart = _term(tokens(_APOSTROPHE.sub(" ", word)), word, prefix=prefix)
    whole = _term(tokens(_APOSTROPHE.sub("", word)), word, prefix=prefix)
    return item[4].startswith("-"), tuple(dict.fromkeys(apart + whole))


def _term(found: list[str], raw: str, *, prefix: bool) -> tuple[Term, ...]:
    if not found:
        return ()
    if _ENDS_UNSPACED.search(fold(raw).rstrip(" ,'")):
        # The last character alone stands in the index at the end of a run only, and what is sought may go on.
        lone = len(found) == 1 or not _ENDS_UNSPACED.search(found[-2]) or len(found[-2]) == 1
        return (Term(tuple(found), prefix=True),) if lone else (Term(tuple(found[:-1]), prefix=False),)
    if HANGUL.search(found[-1]):
        prefix = True  # Korean joins its particles to the word.
    elif prefix and len(found[-1]) < SHORTEST_PREFIX:
        raise LedgerError(f"{raw!r} begins too many words", remedy=f"give at least {SHORTEST_PREFIX} letters before the *")
    return (Term(tuple(found), prefix=prefix),)


def _check(words: str, asked: list[Term], required: list[tuple[Term, ...]]) -> None:
    if not required:
        shown = words if len(words) <= 40 else f"{words[:40]}…"
        raise LedgerError(f"{shown!r} has no word to look for", remedy="give at least one word that is not excluded")
    count = sum(len(one.tokens) for one in asked)
    if len(asked) > MOST_TERMS or count > MOST_TOKENS:
        raise LedgerError(
            f"the search has {len(asked)} words and phrases of {count} tokens",
            remedy=f"look for at most {MOST_TERMS} of {MOST_TOKENS} tokens together",
        )


def _fts5(one: Term) -> str:
    return " + ".join(f'"{token}"' for token in one.tokens) + (" *" if one.prefix else "")


def _tsquery(one: Term) -> str:
    return " <-> ".join(f"'{token}'" for token in one.tokens) + (":*" if one.prefix else "")
