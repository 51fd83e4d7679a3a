"""Scenarios: those of the contract are there, a new one takes ten lines, and what does not fit is refused with a remedy."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from foreshock.errors import CatalogueError
from foreshock.scenarios.indicators import load_indicators, read_indicators
from foreshock.scenarios.scenario import catalogue, load_scenarios, user_scenarios
from foreshock.scenarios.scenario_file import read_scenario

TEN_LINES = """\
id: curfew-lifted
question: Will the nationwide curfew end within {days} days?
short: the end of the curfew
horizon: [30, 90]
resolves: The government lifts it, or a week passes in which no outlet tells that it is enforced.
prior: {30: .2, 90: .5, source: our own reading of six curfews}
indicators: [concession, talks, emergency]
"""


def without(key: str) -> str:
    return "".join(line for line in TEN_LINES.splitlines(keepends=True) if not line.startswith(f"{key}:"))


def with_(key: str, value: str) -> str:
    return f"{without(key)}{key}: {value}\n"


def test_the_scenarios_of_the_contract_come_with_the_package():
    plain = {name for name, one in load_scenarios().items() if not one.outcomes}
    assert plain == {
        "coup-attempt", "armed-conflict", "foreign-troops", "invasion", "popular-removal", "armed-removal", "mass-killing",
        "settlement", "leadership-holds",
    }  # fmt: skip
    assert all(one.horizons == (30, 90, 365) for one in load_scenarios().values())


def test_what_no_history_measures_says_why():
    assert load_scenarios()["settlement"].unmeasured
    assert load_scenarios()["settlement"].history is None


def test_the_exclusive_question_is_made_of_scenarios_and_comes_last():
    assert [one.id for one in load_scenarios().values() if one.outcomes] == [list(load_scenarios())[-1]]
    assert list(load_scenarios())[-2] == "leadership-holds"


def test_a_new_scenario_takes_ten_lines(tmp_path: Path):
    path = tmp_path / "curfew.yaml"
    path.write_text(TEN_LINES, encoding="utf-8")
    assert len(TEN_LINES.splitlines()) <= 10
    (one,) = user_scenarios(path)
    assert (one.id, one.horizons, one.given, one.given_by) == (
        "curfew-lifted", (30, 90), {30: 0.2, 90: 0.5}, "our own reading of six curfews",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (without("horizon"), "has no horizon"),
        (without("prior"), "has no prior"),
        (without("question"), "has no question"),
        (without("resolves"), "has no resolves"),
        (with_("horizon", "soon"), "'soon'"),
        (with_("horizon", "[0]"), "0"),
        (with_("horizon", "true"), "True"),
        (with_("prior", "{30: 1.2, 90: .5, source: us}"), "1.2"),
        (with_("prior", "{30: .2, source: us}"), "at 90 days"),
        (with_("prior", "{30: .6, 90: .5, source: us}"), "falls"),
        (with_("prior", "{30: .2, 90: .5}"), "name a history"),
        (with_("indicators", "[earthquake]"), "'earthquake'"),
        (with_("weight", "9"), "'weight'"),
        (with_("outcomes", "{coup-attempt: .5, leadership-holds: .6}"), "sum to 1.1"),
        (with_("outcomes", "{coup-attempt: -0.5, leadership-holds: 1.5}"), "-0.5"),
        ("- a list", "list"),
        ("id: [", "not YAML"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_with_the_value(text: str, says: str):
    with pytest.raises(CatalogueError) as caught:
        read_scenario(text, "curfew.yaml")
    assert says in str(caught.value)
    assert caught.value.remedy


def test_two_of_one_name_and_an_outcome_that_is_no_scenario_are_refused():
    one = read_scenario(TEN_LINES, "curfew.yaml")
    with pytest.raises(CatalogueError, match="two scenarios"):
        catalogue([one, one])
    asked = read_scenario(
        "id: first\nquestion: What first?\nhorizon: 30\nresolves: The first.\noutcomes: [curfew-lifted, nothing]\n", "first.yaml"
    )
    with pytest.raises(CatalogueError, match="'nothing'"):
        catalogue([one, asked])


def test_a_file_that_is_not_there_is_refused(tmp_path: Path):
    with pytest.raises(CatalogueError, match="cannot be read from"):
        user_scenarios(tmp_path / "none.yaml")


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("{gloss: x, acts: [PROTEST]}", "not whole"),
        ("{gloss: x, window: 0, acts: [PROTEST]}", "is 0"),
        ("{gloss: x, window: 14, acts: [PROTEST], actor: [XYZ]}", "'XYZ'"),
        ("{gloss: x, window: 14, acts: [PROTEST], weight: 2}", "'weight'"),
    ],
)
def test_an_indicator_that_does_not_fit_is_refused(row: str, says: str):
    import yaml

    with pytest.raises(CatalogueError) as caught:
        read_indicators({"strange": yaml.safe_load(row)})
    assert says in str(caught.value)


def test_every_act_of_an_indicator_is_a_kind_or_mode_of_the_codebook():
    from foreshock.ontology.codebook import load_codebook

    book = load_codebook()
    for indicator in load_indicators().values():
        for act in indicator.acts:
            kind, _, mode = act.partition("/")
            assert kind in book.kinds, act
            assert not mode or mode in book[kind].modes, act


def test_the_documented_example_is_the_one_that_is_tested():
    page = (Path(__file__).parents[2] / "docs" / "add-a-scenario.md").read_text(encoding="utf-8")
    assert dedent(TEN_LINES).strip() in page.replace("six curfews since 2010", "six curfews")
