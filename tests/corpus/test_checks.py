"""Every check finds the fault that it is there for, and a sound document has none."""

from __future__ import annotations

import pytest

from corpus.checks import check
from corpus.markup import read_block

HEAD = "== a-1 | Stone Town, 2033-05-04 | TZA | The Spice Coast Wire"
SOUND = "[h1:The ministry] [q1:denied] that [c1:[a1:police] [t1:arrested] [r1:[n1:2] men] in [p1:Wete] [w1:on Monday]]."
LINE = (
    "> 1 COERCE/arrest denied; by body; actor TZA COP; recipient TZA CVL; place TZA city; when 2033-05-02 rel; figure detained 2"
)


def document(sentence: str, line: str, head: str = HEAD):
    return read_block([head, *sentence.split("\n"), line], language="en", register="wire", path="en/wire.txt", line=1)


def faults(sentence: str, line: str, head: str = HEAD) -> list[str]:
    return [fault.what for fault in check([document(sentence, line, head)])]


def test_a_sound_document():
    assert faults(SOUND, LINE) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("COERCE/arrest", "COERCE/jail", "has no mode 'jail'"),
        ("; actor TZA COP", "", "the line has no actor"),
        ("; place TZA city", "", "the line has no place"),
        ("; when 2033-05-02 rel", "", "go together"),
        ("; figure detained 2", "", "1 words marked [n1:...] and 0 figures"),
        ("; by body", "", "1 speakers are marked and by tells 0"),
        ("by body", "by body > role", "1 speakers are marked and by tells 2"),
        ("by body", "by pronoun", "a pronoun needs the holder"),
        ("denied", "not denied", "never negated"),
        ("actor TZA COP", "actor ZZZ COP", "ZZZ is no country"),
        ("place TZA city", "place - city TZA QQQ", "QQQ is no country"),
        ("when 2033-05-02 rel", "when 2033-05-02..2033-05-01 rel", "ends before it begins"),
        ("when 2033-05-02 rel", "when 1929-05-02 rel", "more than sixty years"),
        ("figure detained 2", "figure detained 3", "do not agree"),
        ("by body", "by body; outer alleged", "there is none"),
        ("by body", "by body; holder A > B", "holder names 2 of 1"),
    ],
)
def test_a_line_that_does_not_fit(old, new, told):
    assert old in LINE
    found = faults(SOUND, LINE.replace(old, new))
    assert any(told in one for one in found), found


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("[a1:police]", "police", "no words are marked [a1:...]"),
        ("[q1:denied] that [c1:", "denied [t1:that] [c1:", "the trigger stands outside the content"),
        ("[h1:The ministry] [q1:denied]", "[h1:The ministry [q1:denied]]", "overlap"),
        ("[h1:The ministry]", f"[h1:The ministry {'of the very long name ' * 5}there]", "is too long"),
        (" in [p1:Wete] [w1:on Monday]].", "].\n[c1:In [p1:Wete] [w1:on Monday]].", "runs over two sentences"),
    ],
)
def test_marks_that_do_not_fit(old, new, told):
    assert old in SOUND
    found = faults(SOUND.replace(old, new), LINE)
    assert any(told in one for one in found), found


def test_a_denial_needs_somebody_or_a_cue():
    assert faults("[a1:Police] [t1:arrested] two.", "> 1 COERCE/arrest denied; actor TZA COP") != []
    assert faults("It is [q1:not true] that [a1:police] [t1:arrested] two.", "> 1 COERCE/arrest denied; actor TZA COP") == []


def test_a_pronoun_may_stand_inside_the_cue():
    assert faults("Deux [t1:morts], [q1:a-t-[h1:il] dit].", "> 1 HARM/killed asserted; by pronoun; holder le préfet") == []


def test_ids_are_unique_in_a_language():
    twice = [document(SOUND, LINE), document(SOUND, LINE)]
    assert ["stands twice" in fault.what for fault in check(twice)] == [True]
    assert "QQQ is no country" in faults(SOUND, LINE, HEAD.replace("TZA", "QQQ"))[0]
