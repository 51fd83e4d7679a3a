"""How a foreign name sounds in Japanese: keys by which a name in kana finds a place whose kana spelling no table holds.

Two steps of trust. ``romaji_key`` reads kana as Hepburn syllables without long vowels, which is how GeoNames transcribes many
kana names. ``sound_of_kana`` and ``sound_of_latin`` go further: they keep consonants, levelled to what Japanese can tell apart
(l and r, b and v), and the vowels a, i, e, o without the u and o that Japanese adds after consonants. That key is coarse, so it
is only asked where every table is silent, only of larger towns, and only taken where the country fits (gazetteer.py).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_ROWS = {
    "": "アイウエオ", "k": "カキクケコ", "g": "ガギグゲゴ", "s": "サシスセソ", "z": "ザジズゼゾ", "t": "タチツテト",
    "d": "ダヂヅデド", "n": "ナニヌネノ", "h": "ハヒフヘホ", "b": "バビブベボ", "p": "パピプペポ", "m": "マミムメモ",
    "r": "ラリルレロ",
}  # fmt: skip
_HEPBURN = {"si": "shi", "zi": "ji", "ti": "chi", "tu": "tsu", "di": "ji", "du": "zu", "hu": "fu"}
_SYLLABLE = re.compile(r"(?:(?:sh|ch|ts|[kgsztdnhbpmyrwfjv]y?)?[aiueo]|n)+")
_CONSONANTS = (
    ("sch", "s"), ("tch", "t"), ("kh", "h"), ("ch", "t"), ("sh", "s"), ("zh", "z"), ("gh", "g"), ("ph", "h"), ("th", "t"),
    ("dh", "d"), ("ts", "t"), ("tz", "t"), ("qu", "k"), ("ck", "k"), ("x", "ks"), ("q", "k"), ("l", "r"), ("v", "b"),
    ("f", "h"), ("j", "z"),
)  # fmt: skip


@cache
def _kana_table() -> dict[str, str]:
    table = {char: row + "aiueo"[index] for row, chars in _ROWS.items() for index, char in enumerate(chars)}
    table = {char: _HEPBURN.get(sound, sound) for char, sound in table.items()}
    table |= {"ヤ": "ya", "ユ": "yu", "ヨ": "yo", "ワ": "wa", "ヲ": "o", "ン": "n", "ヴ": "vu"}
    small = {"ャ": "ya", "ュ": "yu", "ョ": "yo", "ァ": "a", "ィ": "i", "ゥ": "u", "ェ": "e", "ォ": "o"}
    for base, sound in [*table.items(), ("テ", "te"), ("デ", "de"), ("ト", "to"), ("ド", "do")]:
        if len(sound) < 2:
            continue
        for sign, vowel in small.items():
            stem = sound[:-1]
            if sign in "ャュョ" and stem in ("sh", "ch", "j"):
                table[base + sign] = stem + vowel[1:]
            else:
                table[base + sign] = stem + vowel
    return table


def romaji_of_kana(name: str) -> str:
    """Return katakana in Hepburn letters without long vowels: バフムート is "bafumuto"."""
    table, text, out, at = _kana_table(), name.replace("ッ", "").replace("ー", ""), [], 0
    while at < len(text):
        size = 2 if text[at : at + 2] in table else 1
        out.append(table.get(text[at : at + size], ""))
        at += size
    return _plain("".join(out))


def katakana(name: str) -> str:
    """Return a name in kana as katakana without its dots, sounds not levelled."""
    text = unicodedata.normalize("NFKC", name)
    text = "".join(chr(ord(char) + 0x60) if "ぁ" <= char <= "ゖ" else char for char in text)
    return re.sub(r"[・=゠＝\s]", "", text)


def _plain(romaji: str) -> str:
    return (
        re.sub(r"([aiueo])\1+", r"\1", romaji)
        .replace("vu", "bu")
        .replace("v", "b")
        .replace("ou", "o")
        .replace("mb", "nb")
        .replace("mp", "np")
    )


def romaji_key(name: str) -> str:
    """Return the key of a lower-case transcription that reads as Japanese syllables; empty where it does not."""
    text = re.sub(r"[^a-z]", "", name)
    return _plain(text) if len(text) >= 4 and " " not in name and _SYLLABLE.fullmatch(text) else ""


def sound_of_latin(name: str) -> str:
    """Return the coarse sound of a name in Latin letters: Kramatorsk is "kramatrsk"."""
    text = unicodedata.normalize("NFD", name.casefold())
    text = re.sub(r"[^a-z]", "", text)
    # A final h is mute in transcriptions of Arabic, and Ukrainian -iv ends in the vowel that kana writes as u.
    text = re.sub(r"(?<=a)h$|(?<=i)v$", "", text)
    for letters, sound in _CONSONANTS:
        text = text.replace(letters, sound)
    text = re.sub(r"c(?=[ei])", "s", text).replace("c", "k")
    return _coarse(text)


def sounds_of_kana(name: str) -> list[str]:
    """Return what a name in kana may sound like, in the same code as :func:`sound_of_latin`, likeliest first."""
    text = romaji_of_kana(name)
    for letters, sound in (("sh", "s"), ("ch", "t"), ("ts", "t"), ("j", "z"), ("f", "h")):
        text = text.replace(letters, sound)
    sound = _coarse(text)
    # A soft l or t at the end is written with an i: マリウポリ.
    return [sound, sound[:-1]] if sound.endswith(("ri", "ti")) else [sound]


def _coarse(text: str) -> str:
    text = text.replace("y", "i").replace("w", "u")
    text = re.sub(r"(?<=[bdghkmnprstz])[uo](?![aie])", "", text).replace("u", "")
    return re.sub(r"(.)\1+", r"\1", text)
