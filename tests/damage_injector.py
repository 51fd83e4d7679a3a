"""Damages clean sentences the way translation engines do, so that a test knows what was done and where.

Every function takes a seeded ``random.Random`` and returns the damaged text with the span of the damage.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

# Clean sentences of the project's own: one count, one year, one name of two words, and one outlet told something.
CLEAN = {
    "en": [
        "At least 34 people were killed in the worst unrest since 2017.",
        "The harbour stayed closed for 12 days, the port office said.",
        "Mayor Elena Costa asked residents to stay at home.",
        "The council met twice and published no statement.",
    ],
    "ja": [
        "少なくとも34人が死亡し、2017年の政変以来最悪の日となった。",
        "港は12日間閉鎖された、と港湾局は述べた。",
        "市長は住民に家にとどまるよう求めた。",
        "評議会は二度開かれたが、声明は出さなかった。",
    ],
    "ru": [
        "Погибли 34 человека, это худший день с 2017 года.",
        "Порт был закрыт 12 дней, сообщили в управлении.",
        "Мэр Елена Костина попросила жителей остаться дома.",
        "Совет собирался дважды и не сделал заявления.",
    ],
    "fr": [
        "Au moins 34 personnes ont été tuées, le pire bilan depuis 2017.",
        "Le port est resté fermé 12 jours, selon la capitainerie.",
        "La maire Elena Costa a demandé aux habitants de rester chez eux.",
        "Le conseil s'est réuni deux fois sans rien publier.",
    ],
    "es": [
        "Al menos 34 personas murieron en la peor jornada desde 2017.",
        "El puerto permaneció cerrado 12 días, según la capitanía.",
        "La alcaldesa Elena Costa pidió a los vecinos quedarse en casa.",
        "El consejo se reunió dos veces y no publicó nada.",
    ],
    "de": [
        "Mindestens 34 Menschen starben, so viele wie nie seit 2017.",
        "Der Hafen blieb 12 Tage geschlossen, teilte die Behörde mit.",
        "Die Bürgermeisterin Elena Costa bat die Bewohner, zu Hause zu bleiben.",
        "Der Rat tagte zweimal und veröffentlichte nichts.",
    ],
    "zh": [
        "至少34人死亡，这是2017年以来最严重的一天。",
        "港务局说，港口关闭了12天。",
        "市长要求居民留在家中。",
        "委员会开了两次会，没有发表声明。",
    ],
    "ar": [
        "قتل 34 شخصا في أسوأ يوم منذ عام 2017.",
        "بقي الميناء مغلقا 12 يوما كما قالت الإدارة.",
        "طلب رئيس البلدية من السكان البقاء في منازلهم.",
        "اجتمع المجلس مرتين ولم يصدر أي بيان.",
    ],
}
COUNTED = {code: sentences[0] for code, sentences in CLEAN.items()}
BYLINES = {
    "en": "(Rosa Keller, foreign policy)",
    "ja": "(ローザ・ケラー、外交政策)",
    "ru": "(Роза Келлер, внешняя политика)",
    "fr": "(Rosa Keller, politique étrangère)",
    "es": "(Rosa Keller, política exterior)",
    "de": "(Rosa Keller, Außenpolitik)",
    "zh": "（罗莎·凯勒，外交政策）",
    "ar": "(روزا كيلر، السياسة الخارجية)",
}
PLACEHOLDERS = ("XNUMX", "XNUM", "NUMX", "__NUM__", "{0}", "${DNT1}", "%s")
NAMES = (("Levan", "Beridze"), ("Julio", "Quiroga"), ("Volodymyr", "Hryn"), ("Elena", "Costa"), ("Omar", "Haddad"))


@dataclass(frozen=True, slots=True)
class Injected:
    """A damaged text, the kind of damage, its span and what stood there."""

    text: str
    kind: str
    start: int
    end: int
    was: str


def placeholder(language: str, rng: random.Random) -> Injected:
    """Put a placeholder for the count."""
    return _replaced(COUNTED[language], "34", rng.choice(PLACEHOLDERS), "lost_number")


def swapped_pair(language: str, rng: random.Random) -> Injected:
    """Move the year before the counter and leave a placeholder where it stood; the span is that of the placeholder."""
    year = str(rng.randint(1950, 2024))
    text = COUNTED[language].replace("2017", "XNUMX").replace("34", year)
    start = text.index("XNUMX")
    return Injected(text, "lost_number", start, start + 5, year)


def digit_beside(language: str, rng: random.Random) -> Injected:
    """Lose one count and keep the digits of another beside it, where the language has both in the table below."""
    sentence = {
        "en": "There were 20 waves, and XNUMX people took part.",
        "ja": "20回の波があり、XNUMX人が加わった。",
        "ru": "Было 20 атак, участвовало XNUMX человек.",
        "fr": "Il y eut 20 vagues et XNUMX personnes.",
        "es": "Hubo 20 ataques y XNUMX personas.",
        "de": "Es gab 20 Angriffe und XNUMX Menschen.",
        "zh": "发生20次袭击，XNUMX人参加。",
        "ar": "وقع 20 هجوم وشارك XNUMX شخص.",
    }[language]
    digits = str(rng.randint(11, 60))
    start = sentence.index("20")
    return Injected(sentence.replace("20", digits), "suspect_number", start, start + 2, "20")


def dropped_digit(language: str, rng: random.Random) -> Injected:
    """Drop a digit of a grouped number of people, so that the last group is short."""
    group = {"en": ",", "ja": ",", "zh": ",", "ar": ",", "es": ".", "de": "."}[language]
    damaged = f"{rng.randint(2, 90)}{group}{rng.randint(10, 99)}"
    return _replaced(COUNTED[language], "34", damaged, "suspect_number")


def swapped_unit(language: str, rng: random.Random) -> Injected:
    """Change the currency of a sum that stands twice."""
    amount = str(rng.randint(1100, 9800) * 10 + 1)
    first, second = {
        "en": (f"The fine was ${amount}.", f"They paid {amount} euros."),
        "ja": (f"罰金は{amount}ドルだった。", f"彼らは{amount}ユーロを払った。"),
        "ru": (f"Штраф составил {amount} долларов.", f"Они заплатили {amount} евро."),
        "fr": (f"L'amende est de {amount} dollars.", f"Ils ont payé {amount} euros."),
        "es": (f"La multa fue de {amount} dólares.", f"Pagaron {amount} euros."),
        "de": (f"Die Strafe betrug {amount} Dollar.", f"Sie zahlten {amount} Euro."),
        "zh": (f"罚款是{amount}美元。", f"他们付了{amount}欧元。"),
    }[language]
    text = f"{first} {second}"
    start = text.rindex(amount)
    return Injected(text, "unit_mismatch", start, start + len(amount), "")


def doubled(language: str, rng: random.Random) -> Injected:
    """Double the final stop."""
    clean = rng.choice(CLEAN[language])
    tail = {"ja": ["。。", "。."], "zh": ["。。", "。."]}.get(language, ["..", ".. ."])
    mark = rng.choice(tail)
    return Injected(clean[:-1] + mark, "doubled_punctuation", len(clean) - 1, len(clean) - 1 + len(mark), clean[-1])


def glued(language: str, rng: random.Random) -> Injected:
    """Glue a given name to a surname in Latin letters, in any language."""
    first, last = rng.choice(NAMES)
    text = f"{CLEAN[language][3]} ({first}{last})"
    start = text.index(first)
    return Injected(text, "glued_name", start, start + len(first + last), f"{first} {last}")


def mojibake(language: str, rng: random.Random) -> Injected:
    """Read one word's UTF-8 as Windows-1252 or Windows-1251, as its letters allow."""
    words = [match for match in re.finditer(r"[^\W\d_]{4,}", " ".join(CLEAN[language])) if not match[0].isascii()]
    text = " ".join(CLEAN[language])
    for match in rng.sample(words, len(words)):
        encoding = "cp1251" if language == "ru" else "cp1252"
        try:
            broken = match[0].encode().decode(encoding)
        except UnicodeDecodeError:
            continue
        damaged = text[: match.start()] + broken + text[match.end() :]
        return Injected(damaged, "mojibake", match.start(), match.start() + len(broken), match[0])
    raise ValueError(f"no word of {language} can be broken in cp1252")


def translated_outlet(language: str, rng: random.Random) -> Injected:
    """Close a paragraph with a bracketed byline whose outlet was translated as a common word."""
    clean = rng.choice(CLEAN[language])
    byline = BYLINES[language]
    text = f"{clean} {byline}"
    word = re.split(r"[,，、،]\s*", byline.strip("()（）"))[-1]
    start = text.rindex(word)
    return Injected(text, "translated_name", start, start + len(word), "Foreign Policy")


def _replaced(text: str, old: str, new: str, kind: str) -> Injected:
    start = text.index(old)
    return Injected(text.replace(old, new, 1), kind, start, start + len(new), old)
