"""The word comes from the number, and how likely never stands beside how sure."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foreshock.briefs.locale import reader
from foreshock.briefs.tables import table
from foreshock.errors import CatalogueError
from foreshock.knowledge import load_table
from foreshock.scenarios.words import band, bands, percent, scales_met, spanned


@pytest.mark.parametrize(
    ("p", "word"),
    [
        (0, "less than 1 %"),
        (0.0099, "less than 1 %"),
        (0.01, "almost no chance"),
        (0.0499, "almost no chance"),
        (0.05, "very unlikely"),
        (0.1999, "very unlikely"),
        (0.2, "unlikely"),
        (0.4499, "unlikely"),
        (0.45, "roughly even chance"),
        (0.5499, "roughly even chance"),
        (0.55, "likely"),
        (0.7999, "likely"),
        (0.8, "very likely"),
        (0.9499, "very likely"),
        (0.95, "almost certain"),
        (0.99, "almost certain"),
        (0.9901, "more than 99 %"),
        (1, "more than 99 %"),
    ],
)
def test_the_bands_have_the_edges_of_the_directive(p, word):
    assert band(p).word == word


@settings(deadline=None)
@given(st.floats(0, 1), st.floats(0, 1))
def test_more_probable_is_never_a_lower_word(one, other):
    low, high = sorted((one, other))
    order = [each.word for each in bands()]
    assert order.index(band(low).word) <= order.index(band(high).word)
    assert spanned(low, high)[0] == band(low)
    assert spanned(low, high)[-1] == band(high)
    assert band(low).low <= low <= band(low).high


@pytest.mark.parametrize("p", [-0.1, 1.1, float("nan")])
def test_what_is_no_probability_has_no_word(p):
    with pytest.raises(CatalogueError, match="from 0 to 1"):
        band(p)


def test_an_interval_is_given_lower_end_first():
    with pytest.raises(CatalogueError, match="lower end first"):
        spanned(0.2, 0.1)


@pytest.mark.parametrize(
    ("p", "shown"),
    [(0, "0 %"), (0.00005, "less than 0.01 %"), (0.0034, "0.34 %"), (0.064, "6.4 %"), (0.5, "50 %"), (0.874, "87 %"),
     (0.934, "93.4 %"), (0.9966, "99.66 %"), (0.99995, "more than 99.99 %"), (1, "100 %")],
)  # fmt: skip
def test_no_small_probability_is_shown_as_none(p, shown):
    assert percent(p) == shown


@pytest.mark.parametrize(
    ("text", "language", "met"),
    [
        ("A coup attempt is very unlikely within 30 days. Our confidence in this is low.", "en", False),
        ("We have low confidence that a coup attempt is likely.", "en", True),
        ("With high confidence, it is almost certain!", "en", True),
        ("There is a roughly even chance (moderate confidence).", "en", True),
        ("High confidence\nlikely", "en", False),
        ("The likeliest is that it holds; confidence is another matter", "en", False),
        ("可能性は低い。確信度は低い。", "ja", False),
        ("確信度は低いが可能性は高い。", "ja", True),
    ],
)
def test_how_likely_and_how_sure_never_stand_in_one_sentence(text, language, met):
    assert (scales_met(text, language=language) is not None) is met


def test_the_words_of_a_band_are_known_to_the_rule_of_the_briefs_and_translated():
    for language in ("en", "ja"):
        for scale in ("likelihood", "confidence"):
            assert set(load_table("foreshock.scenarios", "words.yaml")[scale][language]) <= set(
                table("wording.yaml")[scale][language]
            )
    for one in bands():
        assert reader("ja").say(one.word) == one.ja
        if "%" not in one.word:
            assert scales_met(f"It is {one.word}, with low confidence.") is not None
