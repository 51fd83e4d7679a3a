"""Damage in texts, and the repair of wrongly decoded letters."""

from __future__ import annotations

from collections.abc import Iterator

from foreshock.model import Damage, Sentence
from foreshock.reading import languages, repair
from foreshock.reading.damage import detect
from foreshock.reading.segment import segment
from fuzz.drawn import corpus_seeds, language_and_text, written
from fuzz.laws import in_time, must, must_stand, same

MODULES = ("foreshock.reading.damage", "foreshock.reading.repair")
WORDS = (
    "XNUMX", "NUMX", "$DNT", "?", "□", "人", "年", "people", "2022", "24,90", "1,200,12", "Ð¡Ð¾", "Ã©", "â€œ", "�",
    "soldiers", "tanks", "(by ", "said", "killed", "wounded", "elections of ", "of the ", "человек", "personnes", "..", "、",
    "BBC", "The Guardian",
)  # fmt: skip


def seeds() -> Iterator[bytes]:
    """Yield texts of the corpus, and damaged ones."""
    yield from corpus_seeds(3)
    for language, text in (
        (
            "en",
            "XNUMX people were killed in the elections of 12. 2022 tanks. 24,90 people; 1,200,12 soldiers. said saidthe police.",
        ),
        ("ja", "XNUMX年に2021人が死亡。3年の政変。12345か国。人権。救急車数(へ通信社)□□"),
        ("ru", "Ð¡Ð¾Ð»Ð´Ð°Ñ‚Ñ‹ закрыли мост, XNUMX человек, в 12 году 2021 солдат."),
        ("fr", "Les soldats ont fermÃ© le pont, â€œselonâ€ XNUMX personnes en 12, 2021 chars."),
        ("zh", "XNUMX人死亡，2021辆坦克。在12年的选举中。"),
    ):
        yield written(language, text)
    yield written("en", "1" * 1500 + " countries")


def check(data: bytes) -> None:
    """Marks stand where they say and never twice; a repair leaves nothing that it would repair again."""
    language, text = language_and_text(data)
    spans = segment(text, split=languages.load("und" if language == "und" else language).split)
    sentences = [Sentence("d", n, s.start, s.end, text[s.start : s.end], language, s.paragraph) for n, s in enumerate(spans)]
    with in_time(data):
        found = detect(text, language=language, sentences=sentences)
        repaired = tuple(repair.find(text))
    must_stand(text, [(one.start, one.end, one.raw) for one in found], apart=False)
    kinds: dict[str, list[Damage]] = {}
    for one in found:
        must(one.why, "damage without a reason", one)
        kinds.setdefault(one.kind, []).append(one)
    for some in kinds.values():
        must_stand(text, [(one.start, one.end, one.raw) for one in some])
    _mended(text, repaired)


def _mended(text: str, repaired: tuple[Damage, ...]) -> None:
    must_stand(text, [(one.start, one.end, one.raw) for one in repaired])
    once = text
    for one in reversed(repaired):
        if one.proposal is not None:
            once = once[: one.start] + one.proposal + once[one.end :]
    twice = once
    for one in reversed(tuple(repair.find(once))):
        if one.proposal is not None:
            twice = twice[: one.start] + one.proposal + twice[one.end :]
    same(twice, once, "what was repaired is repaired again")
