"""The tokens under which words are indexed and found, made here so that both engines agree on every script.

Databases cut words by rules of their own, which differ and know no Chinese or Japanese. Here a text is folded first (width, case,
Latin accents, Arabic and Hebrew points, digits of all scripts) and then cut:

- scripts without spaces (Han, kana, Thai, Lao, Khmer, Burmese) into overlapping pairs of characters and the last one alone, so
  that a word of any length is found within a run: 自衛隊は is 自衛, 衛隊, 隊は, は, and 自衛隊 is the phrase 自衛 衛隊;
- all others into words. Hyphens part words. An apostrophe parts them too, and what it joins is kept beside the parts, since it is
  a sound in one language and a seam in another: "Sana'a" is sana, a, sanaa;
- digits that are grouped by thousands into one number: "1,500" is 1500.
"""

from __future__ import annotations

import re
import unicodedata

# Longer tokens are cut: a database has a limit (PostgreSQL: 2,046 bytes), and nobody types them.
LONGEST = 64

# What writers vary without meaning another word, beside case, width and the accents of Latin and Greek letters.
LETTERS = {
    "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "ŧ": "t", "ə": "a", "ŋ": "n",
    "ё": "е", "ґ": "г", "ў": "у",
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ۍ": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه",
    "ہ": "ه", "ھ": "ه", "ۀ": "ه", "ە": "ه", "ک": "ك", "ګ": "گ", "ڤ": "ف",
}  # fmt: skip
APOSTROPHES = "'’‘ʼʻʽʾʿʹʺ`´′ˈ՚׳"
# Between digits these may group thousands; elsewhere they part words.
GROUPING = ",.٬٫"
# Spaces that are no seam of words when they group thousands; folding would make them plain.
HARD_SPACES = re.compile("(?<=\\d)[\u00a0\u2007\u2009\u202f](?=\\d{3}(?!\\d))")
# Accents and points that are left out wherever they are left over; the vowel signs of other scripts are letters.
MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\ua9e0-\ua9ff\uaa60-\uaa7f\u3005-\u3007\u3021-\u302f\u3031-\u3035\u303b\u303c"
    "\u3040-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U0001aff0-\U0001b16f\U00020000-\U0003ffff"
)
HANGUL = re.compile("[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]")

_RUNS = re.compile(f"[{UNSPACED}]+|[^{UNSPACED}]+")
_UNSPACED = re.compile(f"[{UNSPACED}]")
_RARE = re.compile("[\U00020000-\U0003ffff]")
_GROUPED = re.compile("[0-9]{1,3}(?:[,'][0-9]{3})+")
_SPECIAL = re.compile(f"[,'{UNSPACED}]")
_SEAM = re.compile("[,']")
_LONG = re.compile(f"[^ ]{{{LONGEST + 1}}}")
_SECTIONS = re.compile("[^,]+")
_PARTS = re.compile("[^']+")


class _Folding(dict[int, str | None]):
    """What a character of a normalised, case-folded text becomes; filled as characters are met."""

    def __missing__(self, code: int) -> str | None:
        self[code] = made = _folded(chr(code))
        return made


def _folded(char: str) -> str | None:
    if char in APOSTROPHES:
        return "'"
    if char in GROUPING:
        return ","
    if MARKS.match(char):
        return None
    category = unicodedata.category(char)
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if category == "Cf":
        return None
    if category[0] in "LMN" or _RARE.match(char):
        return LETTERS.get(char) or _without_accents(char)
    return " "


def _without_accents(char: str) -> str:
    bare = MARKS.sub("", unicodedata.normalize("NFD", char))
    name = unicodedata.name(bare[:1], "")
    return "".join(LETTERS.get(one, one) for one in bare) if name.startswith(("LATIN", "GREEK")) else char


_FOLDING = _Folding()


def fold(text: str) -> str:
    """Return a text with one spelling for the many of a word: spaces between words, ``'`` and ``,`` where they may join.

    >>> fold("Pérou, İstanbul; ＫＧＢ № 1٬500")
    'perou, istanbul  kgb no 1,500'
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", HARD_SPACES.sub(",", text))
    return text.casefold().translate(_FOLDING)


def tokens(text: str) -> list[str]:
    """Return the tokens of a text in order; none where it holds no letter and no digit.

    >>> tokens("Kyiv's 自衛隊 fired 1,500 shells")
    ['kyiv', 's', 'kyivs', '自衛', '衛隊', '隊', 'fired', '1500', 'shells']
    """
    folded = fold(text).replace(", ", " ")
    pieces = folded.split()
    special = _SEAM if folded.isascii() else _SPECIAL
    if not special.search(folded) and len(max(pieces, key=len, default="")) <= LONGEST:
        return pieces
    found: list[str] = []
    for piece in pieces:
        if special.search(piece) or len(piece) > LONGEST:
            found += [token for token, _, _ in cut(piece)]
        else:
            found.append(piece)
    return found


def line(text: str) -> str:
    """Return the tokens of a text with spaces between; much faster than joining :func:`tokens` where no word needs cutting."""
    folded = fold(text).replace(", ", " ")
    special = _SEAM if folded.isascii() else _SPECIAL
    return " ".join(tokens(text)) if special.search(folded) or _LONG.search(folded) else folded


def cut(piece: str) -> list[tuple[str, int, int]]:
    """Return the tokens of a folded piece without spaces, each with the span of the piece that it stands for."""
    found: list[tuple[str, int, int]] = []
    for run in _RUNS.finditer(piece):
        start, end, words = run.start(), run.end(), run[0]
        if _UNSPACED.match(words):
            pairs = map(str.__add__, words, words[1:])
            found += zip(pairs, range(start, end), range(start + 2, end + 1), strict=False)
            found.append((words[-1], end - 1, end))
        else:
            found += [(token[:LONGEST], start + first, start + last) for token, first, last in _spaced(words)]
    return found


def _spaced(run: str) -> list[tuple[str, int, int]]:
    bare = run.strip(",'")
    if _GROUPED.fullmatch(bare):
        start = run.index(bare)
        return [(bare.replace(",", "").replace("'", ""), start, start + len(bare))]
    found: list[tuple[str, int, int]] = []
    for section in _SECTIONS.finditer(run):
        at = section.start()
        parts = [(part[0], at + part.start(), at + part.end()) for part in _PARTS.finditer(section[0])]
        found += parts
        if len(parts) > 1:
            found.append(("".join(token for token, _, _ in parts), parts[0][1], parts[-1][2]))
    return found
