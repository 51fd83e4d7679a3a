"""Which clauses bear a claim, and over which words: sentence -> the claims' words, in order."""

from __future__ import annotations

import pytest

# language, text, the words of each claim. A text that is one line without a full stop is a ticker, whose words are all that
# there is; the same line above a body is its heading, whose facts are told again below it.
BORNE = [
    ("en", "The minister said that police had arrested two men.", ["police had arrested two men"]),
    ("en", "The governor ordered police to arrest the organisers.", ["The governor ordered police to arrest the organisers"]),
    ("en", "Rebels took the bridge, and the soldiers fled.", ["Rebels took the bridge", "the soldiers fled"]),
    ("en", "Unrest in Tunis", ["Unrest in Tunis"]),
    ("en", "Unrest in Tunis\n\nPolice arrested two men.", ["Police arrested two men"]),
    ("en", "If rain falls, the road closes.", ["If rain falls, the road closes"]),
    ("ja", "大臣は、警察が男二人を逮捕したと述べた。", ["警察が男二人を逮捕した"]),
    ("ja", "知事は警察に主催者を逮捕するよう命じた。", ["知事は警察に主催者を逮捕するよう命じた"]),
    ("ja", "反乱軍は橋を制圧し、兵士は逃げた。", ["反乱軍は橋を制圧し", "兵士は逃げた"]),
    ("ja", "チュニスで騒乱", ["チュニスで騒乱"]),
    ("ja", "チュニスで騒乱\n\n警察が男二人を逮捕した。", ["警察が男二人を逮捕した"]),
]
# Lines that tell nothing: headings after the first, bylines, a voice alone.
SILENT = [
    (
        "en",
        "Police arrested two men.\n\nA long night\n\nRebels took the bridge.",
        ["Police arrested two men", "Rebels took the bridge"],
    ),
    ("en", "Police arrested two men. (Lena Marsh, The Harbour Post)", ["Police arrested two men"]),
    ("ja", "警察が男二人を逮捕した。\n\n長い夜\n\n反乱軍が橋を制圧した。", ["警察が男二人を逮捕した", "反乱軍が橋を制圧した"]),
    ("ja", "警察が男二人を逮捕した。(HarbourPostのLenaMarsh)", ["警察が男二人を逮捕した"]),
]


@pytest.mark.parametrize(("language", "text", "words"), BORNE)
def test_a_claims_words_are_its_clause(desk, language, text, words):
    assert [one.text for one in desk.coded(text, language)[1]] == words


@pytest.mark.parametrize(("language", "text", "words"), SILENT)
def test_headings_and_bylines_bear_no_claim(desk, language, text, words):
    assert [one.text for one in desk.coded(text, language)[1]] == words


@pytest.mark.parametrize(
    ("language", "text", "unheld"),
    [
        ("en", "If the army shells the town, the mayor will resign.", "ASSAULT"),
        ("ja", "軍が町を砲撃すれば、市長は辞任するだろう。", "ASSAULT"),
    ],
)
def test_what_is_only_supposed_is_not_told(desk, language, text, unheld):
    claims = desk.coded(text, language)[1]
    assert claims
    assert unheld not in {one.kind for one in claims}
