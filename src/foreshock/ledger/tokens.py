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
HARD_SPACES = "\u00a0\u2007\u2009\u202f"
# The voiced sounds of half-width kana are two characters.
HALF_MARKS = "ﾞﾟ"
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

_HARD = re.compile(f"(?<=\\d)[{HARD_SPACES}](?=\\d{{3}}(?!\\d))")
_RARE = re.compile("[\U00020000-\U0003ffff]")
# One match is a run of a script without spaces, a plain word, or words with a joiner in between.
_RUNS = re.compile(f"([{UNSPACED}]+)|([^ ,'{UNSPACED}]+(?:[,'][^ ,'{UNSPACED}]+)*)")
_COMMAS = re.compile(",(?:(?<![0-9],)|(?![0-9]))")
_APOSTROPHES = re.compile(f"'(?:(?<![^ ,'{UNSPACED}]')|(?![^ ,'{UNSPACED}]))")
_UNSPACED_RUN = re.compile(f"[{UNSPACED}]+")
_JOINER = re.compile("[,']")
# What stands for itself when it is folded: letters of Latin, Cyrillic, kana and Han without case and accent, digits, spaces.
PLAIN = "a-z0-9 \u0430-\u044f\u3041-\u3096\u30a1-\u30fa\u30fc\u4e00-\u9fff"
_ODD = re.compile(f"[^{PLAIN}]")
_LONG = re.compile(f"[^ ]{{{LONGEST + 1},}}")
_GROUPED = re.compile("[0-9]{1,3}(?:[,'][0-9]{3})+")
_SECTIONS = re.compile("[^,]+")
_PARTS = re.compile("[^']+")


class _Folding(dict[int, str | None]):
    """What a character of a normalised, case-folded text becomes; filled as characters are met."""

    def __missing__(self, code: int) -> str | None:
        self[code] = made = _folded(chr(code))
        return made


def _even(odd: re.Match[str]) -> str:
    return _FOLDING[ord(odd[0])] or ""


def _folded(char: str) -> str | None:
    if char in APOSTROPHES:
        return "'"
    if char in GROUPING:
        return ","
    if MARKS.match(char):
        return None
    plain = unicodedata.normalize("NFKC", char).casefold()
    if plain != char:
        return "".join([_FOLDING[ord(one)] or "" for one in plain])
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


def hardened(text: str) -> str:
    """Return a text, as long as before, in which a space that groups thousands is a comma."""
    return _HARD.sub(",", text) if any(space in text for space in HARD_SPACES) else text


def letters(text: str) -> str:
    """Return a text with one spelling for the many of a word; ``'`` and ``,`` stand for what may join, spaces for the rest."""
    if not text.isascii():
        text = hardened(text)
        # Characters are normalised one by one, which is much faster, unless some may have to be composed.
        if any(mark in text for mark in HALF_MARKS) or not unicodedata.is_normalized("NFC", text):
            text = unicodedata.normalize("NFKC", text)
        # Most characters stay as they are and are passed over by the regular expression.
        return _ODD.sub(_even, text.casefold())
    return text.casefold().translate(_FOLDING)


def parted(folded: str) -> str:
    """Return a folded text, as long as before, in which ``'`` and ``,`` are left only where they do join."""
    if "," in folded:
        folded = _COMMAS.sub(" ", folded)
    return _APOSTROPHES.sub(" ", folded) if "'" in folded else folded


def fold(text: str) -> str:
    """Return a text folded and parted.

    >>> fold("Pérou, İstanbul; ＫＧＢ № 1٬500")
    'perou  istanbul  kgb no 1,500'
    """
    return parted(letters(text))


def tokens(text: str) -> list[str]:
    """Return the tokens of a text in order; none where it holds no letter and no digit.

    >>> tokens("Kyiv's 自衛隊 fired 1,500 shells")
    ['kyiv', 's', 'kyivs', '自衛', '衛隊', '隊', 'fired', '1500', 'shells']
    """
    return line(text).split()


def line(text: str) -> str:
    """Return the tokens of a text with spaces between; most texts need no more than the regular expressions here."""
    folded = fold(text)
    if not folded.isascii():
        folded = _UNSPACED_RUN.sub(_pairs, folded)
    if "," in folded or "'" in folded:
        folded = _apart(folded)
    return _LONG.sub(_cropped, folded) if _LONG.search(folded) else folded


def _pairs(run: re.Match[str]) -> str:
    # Characters, the ones after them and spaces are laid side by side: a run of n makes n - 1 pairs and its last character.
    made = [" "] * (3 * len(run[0]))
    made[::3] = run[0]
    made[1:-2:3] = run[0][1:]
    return f" {''.join(made)}"


def _apart(folded: str) -> str:
    """Return a folded text with the tokens of each word that has joiners in its stead."""
    made, done = [], 0
    for joiner in _JOINER.finditer(folded):
        at = joiner.start()
        if at < done:
            continue
        start, end = folded.rfind(" ", 0, at) + 1, folded.find(" ", at) % (len(folded) + 1)
        word = folded[start:end]
        if "," in word or word[0].isdigit():
            made += [folded[done:start], " ".join([token for token, _, _ in _joined(word)])]
        else:
            made += [folded[done:start], word.replace("'", " "), " ", word.replace("'", "")]
        done = end
    return "".join([*made, folded[done:]])


def _cropped(word: re.Match[str]) -> str:
    return word[0][:LONGEST]


def cut(folded: str) -> list[tuple[str, int, int]]:
    """Return the tokens of a folded text, each with the span of the folded text that it stands for."""
    found: list[tuple[str, int, int]] = []
    for run in _RUNS.finditer(folded):
        start, end, unspaced = run.start(), run.end(), run[1]
        if unspaced:
            found += zip(map(str.__add__, unspaced, unspaced[1:]), range(start, end), range(start + 2, end + 1), strict=False)
            found.append((unspaced[-1], end - 1, end))
        elif "," in (word := run[2]) or "'" in word:
            found += [(token, start + first, start + last) for token, first, last in _joined(word)]
        else:
            found.append((word[:LONGEST], start, end))
    return found


def _joined(word: str) -> list[tuple[str, int, int]]:
    """Return the tokens of a word that may have joiners in it, each with its span of the word."""
    if _GROUPED.fullmatch(word):
        return [(word.replace(",", "").replace("'", "")[:LONGEST], 0, len(word))]
    found: list[tuple[str, int, int]] = []
    for section in _SECTIONS.finditer(word):
        at = section.start()
        parts = [(part[0], at + part.start(), at + part.end()) for part in _PARTS.finditer(section[0])]
        found += parts
        if len(parts) > 1:
            found.append(("".join([token for token, _, _ in parts]), parts[0][1], parts[-1][2]))
    return [(token[:LONGEST], start, end) for token, start, end in found]
