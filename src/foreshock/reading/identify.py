"""Which language a text is in, with the reason to trust the answer."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from foreshock.knowledge import load_table

# The languages that crisis news of this project comes in; more names would only add confusions (no, da, sv for short texts).
KNOWN = (
    "en", "ja", "ru", "fr", "es", "it", "de", "pt", "uk", "kk", "ar", "fa", "zh", "tr", "ko", "pl", "he", "nl", "ro", "ky", "be",
    "hy", "ka", "az", "uz", "ur", "hi", "id", "vi", "th", "my", "am", "sw", "el", "bg", "sr", "cs", "hu", "sv", "ps", "bn",
)  # fmt: skip
# Letters that one language has and its neighbours in the same script do not.
LETTERS = {
    "kk": "әіңғүұқөһӘІҢҒҮҰҚӨҺ", "uk": "їєґЇЄҐ", "be": "ўЎ", "ky": "ңүөҢҮӨ", "ru": "ыэъёЫЭЪЁ",
    "fa": "پچژگیک", "ur": "ٹڈڑںے", "ps": "ټډړښځڅ", "ar": "ةىيك",
}  # fmt: skip
SCRIPTS = (
    ("kana", re.compile(r"[\u3041-\u309f\u30a1-\u30fa]")),
    ("hangul", re.compile(r"[\uac00-\ud7a3]")),
    ("han", re.compile(r"[\u4e00-\u9fff]")),
    ("cyrillic", re.compile(r"[\u0400-\u04ff]")),
    ("arabic", re.compile(r"[\u0620-\u06ff]")),
    ("latin", re.compile(r"[A-Za-z\u00c0-\u024f]")),
    ("hebrew", re.compile(r"[\u05d0-\u05ea]")), ("greek", re.compile(r"[\u0370-\u03ff]")),
    ("thai", re.compile(r"[\u0e01-\u0e5b]")),
    ("devanagari", re.compile(r"[\u0900-\u097f]")), ("armenian", re.compile(r"[\u0531-\u058a]")),
    ("georgian", re.compile(r"[\u10a0-\u10ff]")), ("ethiopic", re.compile(r"[\u1200-\u137f]")),
    ("burmese", re.compile(r"[\u1000-\u109f]")), ("bengali", re.compile(r"[\u0980-\u09ff]")),
)  # fmt: skip
OF_SCRIPT = {
    "hangul": "ko", "hebrew": "he", "greek": "el", "thai": "th", "devanagari": "hi", "armenian": "hy", "georgian": "ka",
    "ethiopic": "am", "burmese": "my", "bengali": "bn",
}  # fmt: skip
CYRILLIC = ("ru", "uk", "kk", "ky", "be", "bg", "sr")
ARABIC = ("ar", "fa", "ur", "ps")
# Of the function words of a language two, and one word in so many, decide.
WORDS, ONE_IN = re.compile(r"[a-z]+"), 9
SAMPLE = 20_000
SHORT = 40
SURE = 0.9
UNKNOWN = 0.4


def identify(text: str, *, declared: str | None = None) -> tuple[str, str]:
    """Return the language of a text and why it is trusted.

    The script decides where it can; otherwise py3langid over the languages of that script, with its probability. A language
    that the container declares is believed where the letters do not decide, or where the text is too short to tell.

    Args:
        text: any length; the first 20,000 characters are looked at.
        declared: what metadata says, such as ``en`` or ``pt-BR``.

    Returns:
        An ISO 639 code, ``und`` where nothing can be said, and one English sentence.
    """
    sample = text[:SAMPLE]
    said = _declared(declared)
    letters = _letters(sample)
    total = sum(letters.values())
    if not total:
        return (said, "no letters; taken from the declaration") if said else ("und", "the text has no letters")
    code, sure, why = _by_script(sample, letters, total)
    if said and said != code and not sure:
        return said, f"declared {said}; the text itself is too little to contradict it ({why})"
    if said:
        why += f"; agrees with the declared {said}" if said == code else f"; the declared {said} is contradicted"
    if code == "und":
        return code, why
    doubt = f"; doubtful, only {total} letters" if total < SHORT and not sure else ""
    return code, why + doubt


def by_paragraph(text: str, spans: Iterable[tuple[int, int]], *, code: str) -> tuple[str, ...]:
    """Return a language for each span: that of the document, unless the span is long enough and surely in another."""
    found: list[str] = []
    for start, end in spans:
        sample = text[start:end]
        if _reads_as(sample, code):
            found.append(code)
            continue
        letters = _letters(sample)
        total = sum(letters.values())
        own, sure, _ = _by_script(sample, letters, total) if total >= SHORT else (code, False, "")
        found.append(own if sure else code)
    return tuple(found)


def _reads_as(sample: str, code: str) -> bool:
    """Return whether the function words of a language fill a text so that no other can be meant."""
    known = _function_words().get(code)
    if known is None:
        return False
    words = WORDS.findall(sample.lower())
    hits = sum(word in known for word in words)
    return hits > 1 and hits * ONE_IN >= len(words)


@functools.cache
def _function_words() -> dict[str, frozenset[str]]:
    table = load_table("foreshock.reading", "function_words.yaml")
    return {language: frozenset(map(str, words)) for language, words in table.items()}


def _declared(declared: str | None) -> str | None:
    code = re.split(r"[-_]", declared.strip().lower())[0] if declared else ""
    return code if re.fullmatch(r"[a-z]{2,3}", code) and code != "und" else None


def _letters(sample: str) -> Counter[str]:
    counts = {name: len(pattern.findall(sample)) for name, pattern in SCRIPTS}
    return Counter({name: count for name, count in counts.items() if count})


def _by_script(sample: str, letters: Counter[str], total: int) -> tuple[str, bool, str]:
    """Return the code, whether it is sure, and why."""
    east = letters["kana"] + letters["han"]
    if east > total * 0.4:
        if letters["kana"] >= max(2, east * 0.05):
            return "ja", True, f"kana are {letters['kana'] / total:.0%} of the letters"
        return "zh", letters["han"] >= 10, f"Han characters without kana are {letters['han'] / total:.0%} of the letters"
    script, count = letters.most_common(1)[0]
    if script in OF_SCRIPT:
        return OF_SCRIPT[script], count >= 10, f"{script} script is {count / total:.0%} of the letters"
    if script == "cyrillic":
        return _own_letters(sample, CYRILLIC, "Cyrillic", count)
    if script == "arabic":
        return _own_letters(sample, ARABIC, "Arabic", count)
    others = (*CYRILLIC, *ARABIC, *OF_SCRIPT.values(), "ja", "zh")
    return _ranked(sample, tuple(code for code in KNOWN if code not in others))


def _own_letters(sample: str, group: tuple[str, ...], script: str, count: int) -> tuple[str, bool, str]:
    """Decide among the languages of one script by letters of their own, then by the model."""
    shares = {code: sum(sample.count(letter) for letter in LETTERS.get(code, "")) / count for code in group}
    if script == "Cyrillic":
        # і stands in Ukrainian and Belarusian too: a text with their own letters is not Kazakh.
        if shares["uk"] > 0.003 and shares["ru"] < 0.003:
            return "uk", True, f"letters of uk (ї, є, ґ) are {shares['uk']:.1%} of the Cyrillic"
        if shares["kk"] > 0.03 and any(letter in sample for letter in "ғқұәҒҚҰӘ"):
            return "kk", True, f"letters of kk (ә, ғ, қ, ң, ө, ұ, ү, һ, і) are {shares['kk']:.1%} of the Cyrillic"
        if shares["kk"] < 0.005 and shares["uk"] == 0 and shares["be"] == 0 and shares["ru"] > 0.01:
            return (
                "ru",
                count >= SHORT,
                f"letters of ru (ы, э, ъ, ё) are {shares['ru']:.1%} of the Cyrillic, and none of its neighbours' own",
            )
    else:
        for code in ("ur", "ps"):
            if shares[code] > 0.02:
                return code, True, f"letters of {code} are {shares[code]:.1%} of the Arabic script"
        if shares["fa"] > 0.03 and shares["fa"] > shares["ar"]:
            return "fa", True, f"letters of fa (پ, چ, ژ, گ, ی, ک) are {shares['fa']:.1%} of the Arabic script"
        if shares["ar"] > 0.02 and shares["fa"] < 0.005:
            return "ar", True, f"letters of ar (ة, ى, ي, ك) are {shares['ar']:.1%} of the script and none of fa's own"
    return _ranked(sample, group)


def _ranked(sample: str, group: tuple[str, ...]) -> tuple[str, bool, str]:
    (best, first), (next_best, second) = _model(group).rank(sample)[:2]
    sure = first >= SURE and len(sample) >= SHORT
    if first < UNKNOWN:
        return "und", False, f"py3langid's best guess, {best}, has only {first:.2f}"
    return (
        best,
        sure,
        f"py3langid gives {best} {first:.2f} among {len(group)} languages of its script, next {next_best} {second:.2f}",
    )


@functools.cache
def _model(group: tuple[str, ...]) -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415  (heavy import)

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(set(group))
    return identifier
