"""The bench of attributions: brat files read, spans matched, tokens counted."""

from __future__ import annotations

from bench.attribution import Score, as_set, cover, match, read_gold, source_as_set
from foreshock.model import Attribution

TEXT = 'The dam burst, Ode, a guard, said. "It was old," he added.'
BRAT = """T1\tSource 15 28\tOde, a guard,
T2\tCue 29 33\tsaid
T3\tContent 0 13\tThe dam burst
T4\tAttribution 29 33\tsaid
E1\tAttribution:T4 Source:T1 Cue:T2 Content:T3
T5\tContent 35 48;49 51\t"It was old," he
T6\tAttribution-no-source 52 57\tadded
E2\tAttribution-no-source:T6 Content:T5
"""


def test_a_brat_file_with_a_discontinuous_span_and_no_source(tmp_path):
    path = tmp_path / "a_b.ann"
    path.write_text(BRAT, encoding="utf-8")
    assert read_gold(path) == [
        {"Source": ((15, 28),), "Cue": ((29, 33),), "Content": ((0, 13),)},
        {"Source": (), "Cue": (), "Content": ((35, 48), (49, 51))},
    ]


def test_what_is_as_marked_scores_one(tmp_path):
    path = tmp_path / "a_b.ann"
    path.write_text(BRAT, encoding="utf-8")
    score = Score()
    found = [
        Attribution((15, 27), ((29, 33),), ((0, 13),), "indirect", "Ode"),
        Attribution(None, (), ((36, 46), (49, 51)), "direct", None),
        Attribution(None, (), ((3, 6),), "indirect", None, within=0),
    ]
    score.add(TEXT, read_gold(path), found)
    result = score.result()
    assert (result["content_f1"], result["content_token_f1"], result["source_token_f1"]) == (1.0, 1.0, 1.0)


def test_an_extra_one_costs_precision():
    score = Score()
    gold = [{"Source": (), "Cue": (), "Content": ((0, 13),)}]
    found = [Attribution(None, (), span, "indirect", None) for span in (((0, 13),), ((35, 57),))]
    score.add(TEXT, gold, found)
    assert (score.result()["content_precision"], score.result()["content_recall"]) == (0.5, 1.0)


def test_matching_is_one_to_one_and_asks_for_half():
    tokens = [frozenset(range(10)), frozenset(range(5))]
    assert match([frozenset(range(10))], tokens) == [(0, 0)]
    assert match([frozenset(range(10))], [frozenset(range(4))]) == []


def test_conventions_of_the_set():
    text = "He said that it fell, Ode, who said so"
    assert as_set(text, [(13, 20)]) == ((8, 20),)
    assert source_as_set(text, (22, 25)) == (27, 30)
    assert cover([(0, 2), (3, 7)], [(0, 3)]) == {0}
