"""Whatever a coder hands over, the composed brief compiles and renders: the builder and the rules agree."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from foreshock.briefs import compile_brief, compose, render
from foreshock.model import Actor, Claim, Figure, Holder, Kind, Place, Status, When
from tests.briefs import fixtures as fx

# Names as coders find them: phrases, with numbers, stops, brackets and words that rules look for.
NAMES = st.sampled_from(
    ["Kazakhstan", "U.S. Army", "the confirmed dead", "20 armed men", "some XNUMX men", "彼", "a {holder} of [x]", "likely heirs",
     "Dr. A. Likely, high confidence office", "", "x\ny", "Government of Kazakhstan", "2,500人の兵士"]
)  # fmt: skip
ACTORS = st.none() | st.builds(Actor, NAMES.filter(bool), NAMES, st.sampled_from([None, "KAZ"]), st.none())
SPEAKERS = st.lists(
    st.builds(Holder, NAMES.filter(bool), st.sampled_from(["speaker", "outlet"]), NAMES, st.sampled_from(["asserted", "denied"])),
    max_size=2,
)
PLACES = st.none() | st.builds(
    Place,
    NAMES.filter(bool),
    NAMES,
    st.sampled_from([None, "KAZ"]),
    st.none(),
    st.none(),
    st.sampled_from([None, "city", "country"]),
)
DAYS = st.sampled_from([None, "2022", "2022-01", "2022-01-07", "2022-01-07T21:30"])
TIMES = st.none() | st.builds(When, DAYS, DAYS, st.sampled_from(["day", "range"]), NAMES)
VALUES = st.none() | st.sampled_from([0.0, 1.0, 20.0, 0.1234567, 2500.0, 1e9])
FIGURES = st.builds(
    Figure,
    st.sampled_from(["killed", "waves", "age", "duration", "other", "money"]),
    st.sampled_from([None, "police", "20 men"]), st.sampled_from([None, "person", "day", "m2"]), VALUES, VALUES, VALUES,
    st.sampled_from([None, "at_least", "dozens", "range", "nearly"]), st.none(), st.sampled_from([None, "Block 9"]), DAYS,
    st.just("read"), st.just(()), st.just("20"), st.just(0), st.just(1),
)  # fmt: skip


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    base = draw(st.sampled_from(fx.CLAIMS))
    figures = [one if one.best is not None else replace(one, low=None, high=None) for one in draw(st.lists(FIGURES, max_size=2))]
    broken = [one for one in base.figures if one.state != "read"]
    return replace(
        base,
        id=draw(st.text("abcdef", min_size=12, max_size=12)),
        kind=draw(st.sampled_from(Kind.__args__)),  # type: ignore[attr-defined]
        mode=draw(st.sampled_from([None, "arrest", "curfew", "night_raid"])),
        status=draw(st.sampled_from(Status.__args__)),  # type: ignore[attr-defined]
        negated=draw(st.booleans()),
        certainty=draw(st.sampled_from(["certain", "probable", "possible"])),
        phase=draw(st.sampled_from([None, "ended", "ongoing"])),
        holders=(base.holders[0], *draw(SPEAKERS)),
        actor=draw(ACTORS),
        recipient=draw(ACTORS),
        place=draw(PLACES),
        when=draw(TIMES),
        figures=(*broken, *figures),
    )


@given(st.lists(claims(), max_size=5, unique_by=lambda one: one.id), st.sampled_from(["en", "ja"]), DAYS)
@settings(max_examples=80, deadline=None, derandomize=True)
def test_what_is_composed_compiles_and_renders(some: list[Claim], language: str, as_of: str | None) -> None:
    found = fx.joined(some)
    made = compose(fx.READINGS, some, now=fx.NOW, as_of=as_of, title="T", language=language, **found)
    assert compile_brief(made, some, fx.READINGS, **fx.records(found)) is made
    assert "\x1b" not in render(made, format="terminal", width=60)
    assert render(made, format="html").endswith("</html>")
    assert render(made, format="markdown").startswith("# T")
