"""The reader's language: messages by gettext, dates and numbers by Babel; catalogues are read from .po, no compile step."""

from __future__ import annotations

import gettext
import io
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from foreshock.dates import first_day
from foreshock.errors import CatalogueError

if TYPE_CHECKING:
    from babel import Locale

LANGUAGES: dict[str, str] = {"en": "en_GB", "ja": "ja_JP", "ru": "ru_RU", "es": "es_ES", "fr": "fr_FR"}


@dataclass(frozen=True, slots=True)
class Patterns:
    """How a language writes dates, in the letters of CLDR; ``joint`` stands between a day and a time."""

    year: str
    month: str
    day: str
    joint: str = ", "


# A Russian month alone stands in the nominative (LLLL), beside a day in the genitive (MMMM).
PATTERNS: dict[str, Patterns] = {
    "en": Patterns("yyyy", "MMMM yyyy", "d MMMM yyyy"),
    "ja": Patterns("y年", "y年M月", "y年M月d日", " "),
    "ru": Patterns("y 'г'.", "LLLL y 'г'.", "d MMMM y 'г'."),
    "fr": Patterns("y", "MMMM y", "d MMMM y", " à "),
    "es": Patterns("y", "MMMM 'de' y", "d 'de' MMMM 'de' y"),
}


@dataclass(frozen=True)
class Reader:
    """Says things in one language. Catalogue keys are the English messages, so an untranslated one stays readable English."""

    language: str
    locale: Locale
    catalogue: gettext.NullTranslations

    def say(self, message: str, **values: object) -> str:
        """Return a message in the reader's language with ``{name}`` filled in; values are never read as templates."""
        text = self.catalogue.gettext(message)
        return text.format(**values) if values else text

    def count(self, one: str, many: str, number: int, **values: object) -> str:
        """Return the message for ``number`` in the language's plural, with ``{n}`` localised unless it is handed in."""
        return self.catalogue.ngettext(one, many, number).format(**{"n": self.number(number), **values})

    def headed(self, head: str, text: str) -> str:
        """Return a text under its head, with the colon as the language sets it: "Languages: Russian", « Langues : russe »."""
        return self.say("{source}: {mentions}", source=head, mentions=text)

    def has(self, message: str) -> bool:
        """Say whether the language knows a message; English knows all its own."""
        return self.language == "en" or self.catalogue.gettext(message) != message

    def number(self, value: float) -> str:
        """Return a number in the language's form: 20000 -> "20,000"."""
        from babel.numbers import format_decimal  # noqa: PLC0415 - heavy: only a brief needs it

        return format_decimal(int(value) if value == int(value) else value, locale=self.locale)

    def percent(self, text: str) -> str:
        """Return a number of per cent as it is said; only the ends of the scale have words ("less than 0.01 %")."""
        from babel.numbers import get_decimal_symbol  # noqa: PLC0415 - heavy: only a brief needs it

        for words in ("less than", "more than"):
            if text.startswith(f"{words} "):
                return self.say(f"{words} {{p}}", p=self.percent(text.removeprefix(f"{words} ")))
        return text.replace(".", get_decimal_symbol(self.locale))

    def date(self, prefix: str) -> str:
        """Return an ISO prefix as precisely as it is known: "2022-01" is "January 2022", never a day."""
        from babel.dates import format_date  # noqa: PLC0415 - heavy: only a brief needs it

        day, written = first_day(prefix), PATTERNS[self.language]
        if len(prefix) == 4:
            return format_date(day, written.year, locale=self.locale)
        if len(prefix) == 7:
            return format_date(day, written.month, locale=self.locale)
        shown = format_date(day, self._day(day.day), locale=self.locale)
        return f"{shown}{written.joint}{prefix[11:16]}" if len(prefix) > 10 else shown

    def moment(self, moment: datetime) -> str:
        """Return a moment in UTC, to the minute."""
        from babel.dates import format_datetime  # noqa: PLC0415 - heavy: only a brief needs it

        return format_datetime(moment, f"{self._day(moment.day)}'{PATTERNS[self.language].joint}'HH:mm 'UTC'", locale=self.locale)

    def span(self, first: str, last: str) -> str:
        """Return two dates as a span, or one where they are the same."""
        from babel.dates import format_interval  # noqa: PLC0415 - heavy: only a brief needs it

        if first == last:
            return self.date(first)
        if len(first) == len(last) == 10:
            return format_interval(first_day(first), first_day(last), "yMMMMd", locale=self.locale)
        return self.say("{first} to {last}", first=self.date(first), last=self.date(last))

    def join(self, parts: list[str]) -> str:
        """Return a list as the language joins it: "a, b and c"."""
        from babel.lists import format_list  # noqa: PLC0415 - heavy: only a brief needs it

        return format_list(parts, locale=self.locale) if parts else ""

    def tongue(self, code: str) -> str:
        """Return the name of a language, or its code where CLDR has none."""
        from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - heavy: only a brief needs it

        try:
            return Locale.parse(code).get_display_name(self.locale) or code
        except (UnknownLocaleError, ValueError):
            return code

    def country(self, alpha3: str) -> str | None:
        """Return the name of a country by its ISO 3166 alpha-3 code, or None where CLDR has none."""
        from babel.core import get_global  # noqa: PLC0415 - heavy: only a brief needs it

        aliases: list[str] = get_global("territory_aliases").get(alpha3, [])
        return self.locale.territories.get(aliases[0]) if aliases else None

    def _day(self, number: int) -> str:
        """Return the pattern of a day of a month by its number; French says "1er" of the first one."""
        written = PATTERNS[self.language].day
        return f"d'er'{written[1:]}" if self.language == "fr" and number == 1 else written


@cache
def reader(language: str) -> Reader:
    """Return the reader of a language.

    Raises:
        CatalogueError: there is no catalogue for the language.
    """
    from babel import Locale  # noqa: PLC0415 - heavy: only a brief needs it
    from babel.messages.mofile import write_mo  # noqa: PLC0415 - heavy: only a brief needs it
    from babel.messages.pofile import read_po  # noqa: PLC0415 - heavy: only a brief needs it

    if language not in LANGUAGES:
        raise CatalogueError(f"no brief in {language!r}", remedy=f"choose one of {', '.join(LANGUAGES)}")
    source = files("foreshock.briefs").joinpath(f"locales/{language}/LC_MESSAGES/foreshock.po").read_bytes()
    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(source), locale=language, abort_invalid=True))
    compiled.seek(0)
    return Reader(language, Locale.parse(LANGUAGES[language]), gettext.GNUTranslations(compiled))


def isolated(text: str, language: str) -> str:
    """Return words of an original so that they keep their own direction within a line: those from right to left in isolates."""
    return f"\u2067{text}\u2069" if direction(language) == "rtl" else text


def direction(code: str) -> str:
    """Return the writing direction of a language: "rtl" for Arabic, Hebrew, Persian, Urdu and their like, else "ltr"."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - heavy: only a brief needs it

    try:
        return Locale.parse(code.replace("-", "_")).text_direction
    except (UnknownLocaleError, ValueError):
        return "ltr"
