"""A word's letters in the other of two scripts, as a pattern: whoever wrote the name down, by whichever table of romanisation.

Latin and Cyrillic only: between them a letter has few others, and a pattern of all finds Iwanek for Иванек and Yuliya for Юлия.
What Arabic leaves out and Han does not sound like is given as an alias. Taken from what BGN/PCGN, ISO 9, GOST, the passports and
the English, German, French and Polish press write.
"""

from __future__ import annotations

import re

CYRILLIC = re.compile("[\u0400-\u04ff]")
LATIN = re.compile("[a-z]")
# Folded Cyrillic -> how it is written in folded Latin.
TO_LATIN = {
    "а": "a", "б": "b", "в": "(?:v|w|ff?)", "г": "(?:gh?|h)", "д": "d", "е": "(?:[yj]?e|[yj]?o|ie)", "ж": "(?:zh|j|z|sch|sh|dzh)",
    "з": "(?:z|s)", "и": "(?:[iy]|ie|ee)", "й": "(?:[yji]|)", "к": "(?:k|c|q)", "л": "l", "м": "m", "н": "n", "о": "[oa]",
    "п": "p", "р": "r", "с": "(?:ss?|c)", "т": "t", "у": "(?:u|ou|w)", "ф": "(?:f|ph)", "х": "(?:kh|ch|h|x|j)",
    "ц": "(?:ts|tz|cz?|z)", "ч": "(?:tsch|tch|ch|cz|c)", "ш": "(?:sch|sh|ch|sz|s)",
    "щ": "(?:shch|schtsch|chtch|szcz|sch|sc|s)", "ъ": "(?:y|'|)", "ы": "(?:y|i|ui)", "ь": "(?:[yj']|)", "э": "(?:e|ae)",
    "ю": "(?:[yji]?u|iou)", "я": "(?:[yji]?a)", "і": "(?:[iy])", "ї": "(?:[yj]?i)", "є": "(?:[yji]?e)", "қ": "(?:q|k)",
    "ғ": "(?:gh?|g)", "ң": "(?:ng?|n)", "ө": "o", "ұ": "u", "ү": "u", "һ": "h", "ә": "[ae]", "ј": "[jy]", "љ": "lj", "њ": "nj",
    "ћ": "c", "ђ": "dj?", "џ": "dzh?", "ў": "[uw]",
}  # fmt: skip
# Folded Latin -> how it is written in folded Cyrillic; the longest first.
TO_CYRILLIC = {
    "shch": "щ", "tsch": "ч", "szcz": "щ", "sch": "[шщ]", "tch": "ч", "dzh": "(?:дж|џ)", "sh": "ш", "zh": "ж", "kh": "х",
    "ch": "[чхш]", "cz": "[чц]", "sz": "ш", "rz": "(?:ж|рж)", "ts": "(?:ц|тс)", "tz": "ц", "gh": "[гґғ]", "ph": "ф",
    "th": "[тз]", "ya": "(?:ь?я|иа)", "ja": "(?:ь?я|джа)", "ia": "(?:и?я|иа|ья)", "yu": "ь?ю", "ju": "(?:ь?ю|джу)",
    "iu": "(?:ь?ю|иу)", "yo": "(?:[её]|ьо|йо)", "jo": "(?:[её]|йо|джо)", "ye": "(?:[еєэ]|ье)", "je": "(?:[еє]|дже)",
    "ie": "(?:[ие]|ие|ье|є)", "ou": "у", "oo": "у", "ee": "и", "ck": "к", "qu": "кв", "ll": "лл?", "ss": "сс?",
    "ff": "(?:фф?|в)", "nn": "нн?", "tt": "тт?", "yy": "йй?", "a": "[аяә]", "b": "б", "c": "(?:[кцсч]|дж)", "d": "д",
    "e": "[еэёє]", "f": "ф", "g": "(?:[гґғ]|дж)", "h": "[хгһ]?", "i": "[иійїы]", "j": "(?:дж|[йжхј])", "k": "[кқ]", "l": "л",
    "m": "м", "n": "[нң]", "o": "[оөе]", "p": "п", "q": "[кқ]", "r": "р", "s": "[сшз]", "t": "т", "u": "[уүұюа]",
    "v": "[вф]", "w": "[вуў]", "x": "(?:кс|х)", "y": "[йыиіуь]", "z": "[зжц]",
}  # fmt: skip
_LATIN_PARTS = re.compile("|".join(sorted(map(re.escape, TO_CYRILLIC), key=len, reverse=True)))


def other_script(word: str) -> str | None:
    """Return the pattern of a folded word in the other script; None where it is neither Latin nor Cyrillic."""
    if all(CYRILLIC.match(one) for one in word):
        return "".join(TO_LATIN.get(one, re.escape(one)) for one in word)
    if all(LATIN.match(one) for one in word):
        return "".join(f"{TO_CYRILLIC[part]}ь?" for part in _LATIN_PARTS.findall(word))
    return None
