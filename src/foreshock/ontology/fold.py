"""The key under which a name is kept and looked up: one spelling for the many that a name is written in.

Folding removes what writers vary without meaning another name: case, Latin diacritics, Arabic and Hebrew points, apostrophes,
hyphens, letters of Ethiopic that sound alike, traditional against simplified Han, long vowels and foreign sounds in katakana. It
keeps what tells names apart: the vowel signs of Indic and South-East Asian scripts, dakuten, every letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from foreshock.knowledge import load_yaml

# The same names come again and again: this many are remembered, those of at most so many characters.
REMEMBERED, SHORT = 8_192, 120
_MARKS = re.compile(
    "[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed]"
)
_DROPPED = re.compile("[\u2018\u2019\u02bb\u02bc\u02be\u02bf\u02b9\u02ba\u2032\u00b4'`´\"\u200b-\u200f\u00ad\u2060\ufeff.]")
_SPACED = re.compile(r"[\s\-‐-―−_,/()·•]+")
_THE = re.compile(r"^the (?=\w{3})|^ال(?=\w{3})")
_AL = re.compile(r"^(?:el|ash|ad|an|as|ar|az|at|er|ed) (?=\w{3})")
_SAINT = re.compile(r"\b(?:st|ste) (?=\w)")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u31f0-\u31ff]")
_KANA = re.compile(r"[ぁ-ヿ・=゠＝]")
_LETTERS = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "ŧ": "t", "ə": "a",
     "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ۍ": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه",
     "ኣ": "አ", "ዐ": "አ", "ዓ": "አ", "ሐ": "ሀ", "ኀ": "ሀ", "ሃ": "ሀ", "ሓ": "ሀ", "ኃ": "ሀ", "ሑ": "ሁ", "ኁ": "ሁ", "ሒ": "ሂ", "ኂ": "ሂ",
     "ሔ": "ሄ", "ኄ": "ሄ", "ሕ": "ህ", "ኅ": "ህ", "ሖ": "ሆ", "ኆ": "ሆ", "ሠ": "ሰ", "ሡ": "ሱ", "ሢ": "ሲ", "ሣ": "ሳ", "ሤ": "ሴ",
     "ሥ": "ስ", "ሦ": "ሶ", "ፀ": "ጸ", "ፁ": "ጹ", "ፂ": "ጺ", "ፃ": "ጻ", "ፄ": "ጼ", "ፅ": "ጽ", "ፆ": "ጾ", "ዑ": "ኡ", "ዒ": "ኢ", "ዔ": "ኤ",
     "ዕ": "እ", "ዖ": "ኦ",
     "ہ": "ه", "ھ": "ه", "ۀ": "ه", "ە": "ه", "ک": "ك", "ګ": "گ", "ڤ": "ف", "ґ": "г", "ё": "е", "ў": "у"}
)  # fmt: skip
_SMALL_KANA = str.maketrans("ァィゥェォヵヶヮ", "アイウエオカケワ")
_KANA_SOUNDS = (
    ("ヴァ", "バ"), ("ヴィ", "ビ"), ("ヴェ", "ベ"), ("ヴォ", "ボ"), ("ヴュ", "ビュ"), ("ヴ", "ブ"), ("ヂ", "ジ"), ("ヅ", "ズ"),
    ("ティ", "チ"), ("ディ", "ジ"), ("トゥ", "ト"), ("ドゥ", "ド"), ("テュ", "チュ"), ("イェ", "エ"), ("ウィ", "ウイ"),
    ("ウェ", "ウエ"), ("ウォ", "ウオ"), ("ツィ", "チ"), ("シェ", "セ"), ("ジェ", "ゼ"), ("チェ", "チエ"),
    ("ヰ", "イ"), ("ヱ", "エ"), ("ヲ", "オ"),
)  # fmt: skip


@cache
def han_table() -> Mapping[int, str]:
    """Return the table that folds traditional and Japanese Han characters to simplified ones (han.txt)."""
    text = files("foreshock.ontology").joinpath("han.txt").read_text(encoding="utf-8")
    pairs = (pair for line in text.splitlines() if not line.startswith("#") for pair in line.split())
    return {ord(pair[0]): pair[1] for pair in pairs}


def fold_kana(text: str) -> str:
    """Return katakana with long vowels, doubled consonants and foreign sounds levelled: アヤクーチョ and アヤクチョ are one."""
    if not _KANA.search(text):
        return text
    text = "".join(chr(ord(char) + 0x60) if "ぁ" <= char <= "ゖ" else char for char in text)
    for sound, plain in _KANA_SOUNDS:
        text = text.replace(sound, plain)
    return re.sub("[ーッ・=゠＝]", "", text.translate(_SMALL_KANA))


@cache
def _kana_only() -> re.Pattern[str]:
    return re.compile(r"[\u3040-\u30ff・=゠＝\s]+")


def fold(name: str) -> str:
    """Return the key of a name; empty where nothing of it is left.

    >>> fold("Alma-Ata"), fold("the Gambia"), fold("الخرطوم"), fold("哈爾科夫"), fold("アヤクーチョ")
    ('alma ata', 'gambia', 'خرطوم', '哈尔科夫', 'アヤクチョ')
    """
    return _remembered(name) if len(name) <= SHORT else _folded_name(name)


@lru_cache(maxsize=REMEMBERED)
def _remembered(name: str) -> str:
    return _folded_name(name)


def _folded_name(name: str) -> str:
    text = unicodedata.normalize("NFKC", name).casefold()
    if text.isascii():
        return _level(_SPACED.sub(" ", _DROPPED.sub("", text)).strip())
    text = unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFD", text)))
    text = _SPACED.sub(" ", _DROPPED.sub("", text.translate(_LETTERS))).strip()
    if _UNSPACED.search(text):
        text = text.replace(" ", "").translate(han_table())
        return fold_kana(text)
    return _level(text)


def _level(text: str) -> str:
    return _SAINT.sub("saint ", _AL.sub("al ", _THE.sub("", text)))


def is_kana(name: str) -> bool:
    """Tell whether a name is written in kana alone."""
    return bool(name) and _kana_only().fullmatch(name) is not None


@cache
def endings() -> Mapping[str, Any]:
    """Return the table of case endings, prefixes and place words by language (endings.yaml)."""
    text = files("foreshock.ontology").joinpath("endings.yaml").read_text(encoding="utf-8")
    return {language: _folded(table) for language, table in load_yaml(text).items()}


def _folded(table: Mapping[str, Any]) -> dict[str, Any]:
    """Fold the words of a table as keys are, so that it can be written in plain spelling."""
    done: dict[str, Any] = {name: [fold(str(word)) for word in words] for name, words in table.items() if isinstance(words, list)}
    done["prefixes"] = [_unmarked(prefix) for prefix in table.get("prefixes", ())]
    # Two endings may fold to one (ukrainian і and ї): what both stand for is tried.
    bent: dict[str, list[str]] = {}
    for ending, forms in (table.get("endings") or {}).items():
        bent.setdefault(_unmarked(ending), []).extend(_unmarked(form) for form in forms)
    done["endings"] = bent
    return done | {"least": table.get("least", 4), "people": table.get("people") or {}}


def _unmarked(text: str) -> str:
    bare = _MARKS.sub("", unicodedata.normalize("NFD", text.casefold()))
    return unicodedata.normalize("NFC", bare).translate(_LETTERS)


def bare_forms(key: str, language: str) -> list[str]:
    """Return what a folded key may be without its case ending or proclitic, likeliest first; the key itself is not among them.

    A stem shorter than the table's ``least`` is never offered, so that short words are not cut into names.
    """
    return list(_bare_forms(key, language) if len(key) <= SHORT else _forms(key, language))


@lru_cache(maxsize=REMEMBERED)
def _bare_forms(key: str, language: str) -> tuple[str, ...]:
    return _forms(key, language)


def _forms(key: str, language: str) -> tuple[str, ...]:
    table = endings().get(language) or {}
    least = int(table.get("least", 4))
    found: list[str] = []
    for prefix in table.get("prefixes", ()):
        if key.startswith(prefix) and len(key) - len(prefix) >= least:
            found.append(fold(key[len(prefix) :]))
    for ending, nominatives in table.get("endings", {}).items():
        if key.endswith(ending) and len(key) - len(ending) >= 2:
            stem = key[: len(key) - len(ending)]
            found += [stem + nominative for nominative in nominatives if len(stem + nominative) >= least]
    return tuple(dict.fromkeys(form for form in found if form and form != key))


def without_words(key: str, language: str) -> str:
    """Return a folded key without an adposition that came along with it ("в алматы", アルマトイデ); empty where there is none."""
    table = endings().get(language) or {}
    for word in table.get("words", ()):
        if _UNSPACED.search(word):
            if key.endswith(word) and len(key) - len(word) >= 2:  # words of the table are folded
                return key[: len(key) - len(word)]
        elif key.startswith(f"{word} "):
            return key[len(word) + 1 :]
    return ""
