"""Numbers: those that a text holds, and those that we print and read again."""

from __future__ import annotations

from collections.abc import Iterator

from foreshock.coding.figure_grammar import figure_grammar_of
from foreshock.coding.figure_places import harmed_places, number_places
from foreshock.coding.figures import find_figures
from foreshock.coding.numbers import fold, numbers_of, value_of
from foreshock.coding.shallow.table import surface_table
from foreshock.model import Sentence
from foreshock.reading.languages import table
from foreshock.reading.languages.base import Parse
from fuzz.drawn import corpus_seeds, language_and_text, written
from fuzz.laws import in_time, must, must_stand, same

MODULES = (
    "foreshock.coding.numbers",
    "foreshock.coding.figures",
    "foreshock.coding.figure_places",
    "foreshock.coding.figure_context",
)
WORDS = (
    "1,200", "1.200,5", "1 200", "XNUMX", "?", "万", "億", "三百", "million", "mil", "тысяч", "killed", "人", "at least ",
    "-", "–", "％", "١٢", "hundred and ", "half a ", "between ", " and ", "from ", " to ", "dozens of ", "people",
)  # fmt: skip
DIGITS = ("0123456789", "٠١٢٣٤٥٦٧٨٩", "０１２３４５６７８９", "०१२३४५६७८९")


def seeds() -> Iterator[bytes]:
    """Yield texts with numbers of many kinds."""
    yield from corpus_seeds(4)
    yield written(
        "en", "Between 1,200 and 1.5 million people, XNUMX killed, half a million hurt, twenty-one of 3,000; 24,90 people."
    )
    yield written("ja", "少なくとも三百二十人、1万2千人、１２３人が死亡。XNUMX人。2億5000万円。")
    yield written("es", "Murieron 1.200 personas, mil millones, ciento diez mil, 1,2 millones y veintiún heridos.")
    yield written("ru", "Погибли не менее 1 200 человек, две тысячи триста, 1,5 млн, двадцать один.")
    yield written("ar", "قتل ١٢٠٠ شخص وأصيب ٣٤ آخرون.")
    yield written("fr", "quatre-vingt-dix-sept mille deux cents morts, 1 200 blessés, un demi-million")


def check(data: bytes) -> None:
    """Figures stand where they say; numbers that we print are read as what they are."""
    language, text = language_and_text(data)
    folded = fold(text)
    must(len(folded) == len(text), "folding moves offsets", text)
    own = surface_table(language)
    with in_time(data):
        grammar = figure_grammar_of(own)
        for place in [*number_places(folded, grammar), *harmed_places(folded, 0, (), grammar)]:
            must(0 <= place.start < place.end <= len(text), "a number outside the text", place)
        parse = Parse(Sentence("d", 0, 0, len(text), text, language, 0), (), ())
        figures = find_figures(parse, table=own, damage=(), reference="2033-05-04")
    must_stand(text, [(one.start, one.end, text[one.start : one.end]) for one in figures])
    for one in figures:
        must(one.state == "read" or one.best is None, "a lost number has a value", one)
        must(one.low is None or one.high is None or one.low <= one.high, "a range stands on its head", one)
        must(one.best is None or one.low is None or one.low <= one.best, "the best lies below the range", one)
        must(one.best is None or one.high is None or one.best <= one.high, "the best lies above the range", one)
    _printed(data, language)


def _printed(data: bytes, language: str) -> None:
    """Require that a whole number, grouped and not, in any script, comes back as it was."""
    number = int.from_bytes(data[1:6], "big")
    given = table(language).get("numbers") or {}
    numbers = numbers_of(table(language))
    plain = str(number)
    shapes = [plain, *(plain.translate(str.maketrans(DIGITS[0], one)) for one in DIGITS[1:])]
    if number >= 1000 and not numbers.kanji:
        shapes.append(f"{number:,}".replace(",", str(given.get("group", ","))[0]))
    for shape in shapes:
        same(value_of(fold(shape), numbers), float(number), f"{shape!a} is read as another number in {language}")
