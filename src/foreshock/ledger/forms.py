"""A person's name in all its forms, found in any text: case and width, accents, order, case endings, Latin and Cyrillic letters.

The text is folded as for the search (:mod:`foreshock.ledger.tokens`), so that José is jose and ё is е, and what is found is
brought back to the letters that stand there. What letters cannot tell (a pet name, another script, a married name) is an alias
that people give. Errs to the side of more: what is erased in vain is a word, what is left may be a life.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property
from html import unescape
from urllib.parse import unquote

from foreshock.errors import LedgerError
from foreshock.ledger.scripts import other_script
from foreshock.ledger.tokens import UNSPACED, fold, letters, parted

BLOCK = "█"
SHORTEST = 3  # letters of a name: fewer stand in too many other words; scripts without spaces write names in two
ENDING = 4  # letters that a case ending has at most
JOINED = 8  # letters of a whole name that is found without a space in it, as in the name of an account
VOWELS = "aeiouyаеиоуыэюяіїєαεηιουωйь"
FLEETING = re.compile("[eoеоє](?=[^aeiouyаеиоуыэюяіїєйь]$)")
PATRONYMIC = r"\w{2,12}(?:вич|вна|вне|вну|вной|чна|чне|чну|чной|ovich|evich|ovna|evna|oglu|ogly)\w{0,3}"
MIDDLE = rf"(?:\w|{PATRONYMIC}|al|el|bin|ibn|bint|de|da|dos|del|van|von|der|di)"
PARTICLES = frozenset(
    ("al", "el", "bin", "ibn", "bint", "abu", "de", "da", "do", "dos", "del", "della", "la", "le", "van", "von", "der", "den",
     "di", "du", "and", "the", "mr", "mrs", "ms", "dr")
)  # fmt: skip
# One character and the marks that are composed with it.
CLUSTER = re.compile("(?s).[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u3099\u309aﾞﾟ\u1161-\u11ff]*")
RUN = re.compile(r"[^\s<>\"'(){}\[\]]*%[0-9A-Fa-f]{2}[^\s<>\"'(){}\[\]]*")
GAP = "[ ',]"
# A word's end: after a case ending of a few letters.
END = rf"\w{{0,{ENDING}}}(?![^ ',{UNSPACED}])"
PROCLITICS = "وبلفكובלכמשה"


def blocks(text: str) -> str:
    """Return as many blocks as the text has code points."""
    return BLOCK * len(text)


class Forms:
    """The forms of one person's names.

    Args:
        names: the name and its aliases; words with spaces between them.

    Raises:
        LedgerError: one is so short that other words would be hit.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(dict.fromkeys(" ".join(name.split()) for name in names))
        for name in self.names:
            _check(name)
        self._words = [[word for word in fold(name).replace("'", " ").split() if word] for name in self.names]

    @cached_property
    def _whole(self) -> re.Pattern[str]:
        return _pattern(form for words in self._words for form in dict.fromkeys(_orders(words)))

    @cached_property
    def _part(self) -> re.Pattern[str] | None:
        some = {word for words in self._words if len(words) > 1 for word in words}
        forms = [
            _inflected(word, SHORTEST)
            for word in sorted(some)
            if word not in PARTICLES and (len(word) >= SHORTEST or (len(word) > 1 and _unspaced(word)))
        ]
        return _pattern(forms) if forms else None

    def found(self, text: str) -> set[str]:
        """Return the words that :meth:`erased` with ``parts`` takes out of a text, as they stand there."""
        left = self.erased(text, parts=True)
        pieces = re.finditer(f"{BLOCK}+", left) if left != text else ()
        return {text[piece.start() : piece.end()] for piece in pieces}

    def stand_in(self, text: str) -> bool:
        """Whether the name stands in a text, whole, in any form; in an address also behind its percent signs."""
        return any(self._whole.search(fold(one)) for one in _readings(text))

    def erased(self, text: str, *, parts: bool = False) -> str:
        """Return a text with blocks where the name stands; with ``parts`` also for its single words with a capital letter."""
        if "%" in text:
            text = RUN.sub(lambda run: blocks(run[0]) if self._whole.search(fold(unquote(run[0]))) else run[0], text)
        text = _replaced(text, self._whole)
        return _replaced(text, self._part, capital=True) if parts and self._part is not None else text


def _readings(text: str) -> Iterable[str]:
    yield text
    if "%" in text:
        yield unquote(text)
    if "&" in text:
        yield unescape(text)
    if "\\u" in text:
        yield re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text)


def _replaced(text: str, pattern: re.Pattern[str], *, capital: bool = False) -> str:
    """Return a text with blocks for all that a pattern finds in its folding, also where two of these overlap."""
    if not pattern.search(fold(text)):
        return text
    folded, places = _placed(text)
    made = list(text)
    for found in pattern.finditer(folded):
        start, end = places[found.start(1)][0], places[found.end(1) - 1][1]
        first = text[start]
        if not capital or first.lower() == first.upper() or first != first.lower():
            made[start:end] = blocks(text[start:end])
    return "".join(made)


def _placed(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Return a text folded, and for each letter of that the span that it came from."""
    made: list[str] = []
    places: list[tuple[int, int]] = []
    for cluster in CLUSTER.finditer(text):
        one = letters(unicodedata.normalize("NFKC", cluster[0]))
        made.append(one)
        places += [cluster.span()] * len(one)
    return parted("".join(made)), places


def _pattern(forms: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern that finds each place at which one of some forms begins, and as its group the longest of them there."""
    # A name begins at a word's beginning, after a particle that Arabic and Hebrew write to it; scripts without spaces have none.
    start = f"(?:(?<![^ ',{UNSPACED}])|(?=[{UNSPACED}])|(?<=[ ',][{PROCLITICS}]))"
    return re.compile(f"{start}(?=({'|'.join(forms)}))")


def _orders(words: list[str]) -> Iterable[str]:
    """Yield the patterns of a name: with a middle name, the last word first, as given, the first and the last word alone."""
    if len(words) == 1:
        yield from (_ending(words[0], SHORTEST), _exact(words[0]))
        return
    far = f"{GAP}{{{0 if _unspaced(words[0]) else 1},4}}"
    *first, last = (_inflected(word, 2) for word in words)
    if not _unspaced(words[0]):
        yield f"{first[0]}{far}{MIDDLE}{far}(?:{MIDDLE}{far})?{last}"
        yield f"{last}{far}{first[0]}(?:{far}{PATRONYMIC})?"
    yield far.join([last, *first])
    yield far.join([*first, last])
    yield far.join([*first, _exact(words[-1])])
    if len(words) > 2 and not _unspaced(words[0]):
        yield f"{first[0]}{far}{last}"
    if sum(map(len, words)) >= JOINED:
        yield re.escape("".join(words))


def _exact(word: str) -> str:
    return f"{GAP}?".join(word) if _unspaced(word) else re.escape(word)


def _inflected(word: str, least: int) -> str:
    """Return the pattern of a word with any case ending, in Latin and Cyrillic; its stem keeps so many letters."""
    if _unspaced(word) or len(word) == 1:
        return _exact(word)
    other = other_script(_stem(word, least)) if len(word) >= least else None
    return f"(?:{'|'.join([_ending(word, least), *([other + END] if other else [])])})"


def _ending(word: str, least: int) -> str:
    if _unspaced(word):
        return _exact(word)
    stem, forms = _stem(word, least), []
    if len(stem) >= least:
        forms.append(re.escape(stem) + END)
    if (found := FLEETING.search(word)) and len(word) >= SHORTEST:
        forms.append(f"{re.escape(word[: found.start()])}ь?{re.escape(word[found.end() :])}{END}")
    return f"(?:{'|'.join([*forms, re.escape(word) + END])})"


def _stem(word: str, least: int) -> str:
    """Return a word without the vowels at its end, which case endings replace, but for so many letters."""
    return word[:least] + word[least:].rstrip(VOWELS)


def _unspaced(word: str) -> bool:
    return re.match(f"[{UNSPACED}]", word) is not None


def _check(name: str) -> None:
    least = "".join(fold(name).replace("'", "").split())
    if len(least) < (2 if _unspaced(least) else SHORTEST) or BLOCK in name:
        raise LedgerError(f"a name of {len(least)} letters stands in too many other words", remedy="give the whole name")
