"""Spanish as desks and data bases really write it: record keys before a note, its place in capitals behind it, accents left out.

What the parser is shown has the length of what was written, so that offsets hold: accents are put back where the dictionary knows
the word only with them, and a line in capitals is shown as a sentence.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from foreshock.reading.languages import topic
from foreshock.reading.languages.es_lexicon import INFINITIVE, known

_TABLE = topic("es", "lexicon")
BEFORE_NOUNS = frozenset(_TABLE["before_nouns"])
OBJECTS = frozenset(_TABLE["before_objects"])
ACCENTS = {"a": "á", "e": "é", "i": "í", "o": "ó", "u": "ú"}
ACCENTED = re.compile(r"[áéíóúüñ]", re.IGNORECASE)
QUOTED = re.compile(r"[\"«»“”:]")
WORD = re.compile(r"[^\W\d_]+")
PLAIN = re.compile(r"(?<![^\W_])[a-z]{4,}(?![^\W_])|(?<![^\W_])(?:via|pais|rio|dia)s?(?![^\W_])")
# Fields that hold a digit and no blank, each closed by a tab or an upright stroke: "2019-3-1<tab>N_77 | ".
RECORD_KEYS = re.compile(r"\A(?:[\w.:/-]*\d[\w.:/-]*\s*[\t|]\s*)+")
# A place in capitals has this many letters at least, so that a short form of a body is none.
PLACE_LETTERS = 4
# Words of one sentence in small letters that must stand before places in capitals.
TOLD = 3
# Words in capitals from which a line is a heading.
HEADING = 3


def cuts(text: str) -> Iterator[int]:
    """Yield the offsets in a paragraph where a note begins behind its record keys and where the places behind it begin.

    >>> list(cuts("2019\\tN_7 | Un grupo hirió a dos mineros , TOLIMA , EL BANCO"))
    [11, 42]
    """
    keys = RECORD_KEYS.match(text)
    start = keys.end() if keys else 0
    if 0 < start < len(text):
        yield start
    places = _places(text[start:])
    if places is not None:
        yield start + places


def _places(text: str) -> int | None:
    """Return where the places in capitals at the end of a text begin, None where there are none."""
    at, found = len(text), None
    while (comma := text.rfind(",", 0, at)) >= 0 and _is_place(text[comma + 1 : at]):
        at = comma
        found = comma + 1 + len(text[comma + 1 :]) - len(text[comma + 1 :].lstrip())
    told = len(re.findall(r"(?<!\w)[a-záéíóúñ]+(?!\w)", text[:at]))
    return found if told >= TOLD else None


def _is_place(piece: str) -> bool:
    """Whether a piece between commas is in capitals; a letter whose accent was lost may be small ("BOLiVAR")."""
    words = WORD.findall(piece)
    letters = "".join(words)
    if len(letters) < PLACE_LETTERS or re.search(r"[;:!?\"]", piece):
        return False
    return all(word[0].isupper() and sum(map(str.isupper, word)) * 2 > len(word) for word in words)


def restored(text: str) -> str:
    """Return a sentence of the same length with the accents that were left out, a heading in capitals in small letters.

    >>> restored("La policia desalojo a los jovenes .")
    'La policía desalojó a los jóvenes .'
    """
    if text.isupper() and len(WORD.findall(text)) >= HEADING:
        text = text[:1] + text[1:].lower()
    if ACCENTED.search(text) or QUOTED.search(text):
        return PLAIN.sub(lambda match: accented(match[0]), text)
    return PLAIN.sub(lambda match: _past(accented(match[0]), *_beside(text, match)), text)


def _beside(text: str, match: re.Match[str]) -> tuple[str, str]:
    """Return the words right before and behind a match, "" where there is none."""
    before, behind = re.search(r"(\w+)\s*\Z", text[: match.start()]), re.match(r"\s+(\w+)", text[match.end() :])
    return before[1].lower() if before else "", behind[1].lower() if behind else ""


@functools.lru_cache(maxsize=16384)
def accented(word: str) -> str:
    """Return a word with its accent where the dictionary knows it with one only; other words as they are.

    >>> accented("jovenes"), accented("policia"), accented("casa")
    ('jóvenes', 'policía', 'casa')
    """
    if known(word):
        return word
    tries = (word[:at] + ACCENTS[word[at]] + word[at + 1 :] for at in range(len(word) - 1, -1, -1) if word[at] in ACCENTS)
    return next((one for one in tries if known(one)), word)


def _past(word: str, before: str, behind: str) -> str:
    """Return "ataco" as "atacó": where no accents are written, nobody in a note speaks of himself.

    What is a noun as well ("desalojo") is a verb behind a noun and before an object.
    """
    past, lemma = f"{word[:-1]}ó", known(word)
    if not word.endswith("o") or not INFINITIVE.search(known(past)):
        return word
    if lemma != word:
        return past if lemma == known(past) else word
    return past if before and before not in BEFORE_NOUNS and behind in OBJECTS else word
