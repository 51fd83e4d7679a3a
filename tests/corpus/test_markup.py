"""The markup: marked words become plain words with exact offsets, and what it does not know is told."""

from __future__ import annotations

import pytest

from corpus.claim_line import ClaimLineError, read_claim_line
from corpus.markup import MarkupError, blocks, read_block, read_file, read_marked

MARKED = [
    ("[a1:Police] [t1:arrested] two.", "Police arrested two.", [("a", 1, "Police"), ("t", 1, "arrested")]),
    ("[c1:the [a1:army] [t1:fired]].", "the army fired.", [("a", 1, "army"), ("t", 1, "fired"), ("c", 1, "the army fired")]),
    ("[a1,2:Both] left", "Both left", [("a", 1, "Both"), ("a", 2, "Both")]),
    ("[h1 a2:Chad] denied", "Chad denied", [("h", 1, "Chad"), ("a", 2, "Chad")]),
    (r"a \[sic\] b \\ c", r"a [sic] b \ c", []),
    ("[t1:nahm] ihn [t1:fest]", "nahm ihn fest", [("t", 1, "nahm"), ("t", 1, "fest")]),
    ("[a1:警察]が二人を[t1:逮捕]した", "警察が二人を逮捕した", [("a", 1, "警察"), ("t", 1, "逮捕")]),
    ("[q1:أعلنت] [h1:الشرطة]", "أعلنت الشرطة", [("q", 1, "أعلنت"), ("h", 1, "الشرطة")]),
    ("[pf1:Oran] [pt1:Tunis]", "Oran Tunis", [("pf", 1, "Oran"), ("pt", 1, "Tunis")]),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "plain", "roles"), MARKED, ids=[plain for _, plain, _ in MARKED])
def test_marks(marked, plain, roles):
    words, marks = read_marked(marked, 10)
    assert words == plain
    assert sorted((one.role, one.claim, plain[one.start - 10 : one.end - 10]) for one in marks) == sorted(roles)


@pytest.mark.parametrize(
    ("marked", "told"),
    [
        ("[a1:Police arrested", "not closed"),
        ("Police] arrested", "closes nothing"),
        ("[z1:Police]", "'z' is no role"),
        ("[Police]", "opens no role"),
        ("[a:Police]", "opens no role"),
        ("[a1: Police]", "blanks at its ends"),
        ("[a1:]", "is empty"),
    ],
)
def test_marks_that_say_nothing(marked, told):
    with pytest.raises(MarkupError, match=told):
        read_marked(marked)


def test_a_claim_line():
    line = read_claim_line(
        "3 ASSAULT/heavy-weapons not alleged probable ongoing; by body > role; holder The union > its head; outer denied; "
        "basis hearsay; "
        "actor KEN COP = Police; recipient - CVL; place KEN city = Kisumu; when 2033-05-01..2033-05-03 rel part; "
        "figure killed 17 at_least of=civilians new scope=Kisumu_county asof=2033-05-03; figure injured 20-30; "
        "figure missing - dozens; form hearsay-mood"
    )
    assert line.number == 3
    told = line.fields
    assert (told["kind"], told["mode"], told["status"], told["negated"]) == ("ASSAULT", "heavy-weapons", "alleged", True)
    assert (told["certainty"], told["phase"], told["basis"], told["outer"]) == ("probable", "ongoing", "hearsay", "denied")
    assert told["holder_types"] == ("body", "role")
    assert told["holder_names"] == ("The union", "its head")
    assert (told["parties"]["a"].name, told["parties"]["a"].sector, told["parties"]["r"].country) == ("Police", "COP", None)
    assert (told["places"]["p"].name, told["places"]["p"].precision) == ("Kisumu", "city")
    assert (told["time"].start, told["time"].end, told["time"].form, told["time"].part) == (
        "2033-05-01",
        "2033-05-03",
        "relative",
        True,
    )
    first, second, third = told["counts"]
    assert (first.low, first.best, first.high, first.scope, first.as_of) == (17, 17, None, "Kisumu county", "2033-05-03")
    assert (second.low, second.best, second.high, second.bound) == (20, None, 30, "range")
    assert (third.best, third.bound) == (None, "dozens")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("COERCE asserted", "begin with number"),
        ("1 NONSENSE asserted", "'NONSENSE' is none of"),
        ("1 COERCE", "begin with number"),
        ("1 COERCE probable", "no status"),
        ("1 COERCE asserted firmly", "'firmly' is no status"),
        ("1 COERCE asserted; actor KEN", "country and sector"),
        ("1 COERCE asserted; actor KEN XYZ", "country and sector"),
        ("1 COERCE asserted; actor Kenya COP", "no country"),
        ("1 COERCE asserted; place KEN town", "'town' is none of"),
        ("1 COERCE asserted; when tomorrow rel", "ISO date"),
        ("1 COERCE asserted; when 2033-02-30 abs", "ISO date"),
        ("1 COERCE asserted; when 2033-05-01", "say rel"),
        ("1 COERCE asserted; figure killed", "how many"),
        ("1 COERCE asserted; figure killed many", "'many' is no number"),
        ("1 COERCE asserted; figure killed -", "no number"),
        ("1 COERCE asserted; figure killed 3-5 over", "no other bound"),
        ("1 COERCE asserted; figure dead 3", "'dead' is none of"),
        ("1 COERCE asserted; actor KEN COP; actor KEN MIL", "stands twice"),
        ("1 COERCE asserted; by pope", "'pope' is none of"),
        ("1 COERCE asserted; colour red", "no slot"),
    ],
)
def test_a_claim_line_that_says_nothing(line, told):
    with pytest.raises(ClaimLineError, match=told):
        read_claim_line(line)


BLOCK = """== wete-1 | Stone Town, 2033-05-04 | TZA | The Spice Coast Wire | group wete
[h1:The ministry] [q1:denied] that [c1:[a1:police] had [t1:arrested] two].
> 1 COERCE/arrest denied; by body; actor TZA COP
¶
[a2:It] has [t2:apologised].
> 2 CONCEDE asserted; actor TZA GOV"""


def test_a_block():
    document = read_block(BLOCK.splitlines(), language="en", register="wire", path="en/wire.txt", line=7)
    assert document.text == "The ministry denied that police had arrested two.\nIt has apologised."
    assert [document.text[start:end] for start, end in document.sentences][1] == "It has apologised."
    first, second = document.claims
    assert document.text[slice(*first.around("c"))] == "police had arrested two"
    assert document.text[slice(*second.around("c"))] == "It has apologised"  # the sentence without its stop
    assert (document.town, document.published, document.group, first.line) == ("Stone Town", "2033-05-04", "wete", 9)


def test_japanese_sentences_are_joined_by_nothing():
    lines = ["== a | 東京, 2033-05-04 | JPN | 紙 | about weather", "雨が降った。", "風も強い。"]
    assert read_block(lines, language="ja", register="wire", path="ja/wire.txt", line=1).text == "雨が降った。風も強い。"


@pytest.mark.parametrize(
    ("lines", "line", "told"),
    [
        (["== a | Rome | ITA | Foglio", "Rain."], 1, "no town and day"),
        (["== A b | Rome, 2033-05-04 | ITA | Foglio", "Rain."], 1, "small letters"),
        (["== a | Rome, 2033-05-04 | Italy | Foglio", "Rain."], 1, "three letters"),
        (["== a | Rome, 2033-05-04", "Rain."], 1, "no header"),
        (["== a | Rome, 2033-05-04 | ITA | Foglio | about rain", "Rain."], 1, "about sport"),
        (["== a | Rome, 2033-05-04 | ITA | Foglio", "Rain."], 1, "say what it is about"),
        (["== a | Rome, 2033-05-04 | ITA | Foglio | about weather"], 1, "0 sentences"),
        (["== a | Rome, 2033-05-04 | ITA | Foglio", "[t1:Rain]."], 1, "no line"),
        (["== a | Rome, 2033-05-04 | ITA | Foglio", "Rain.", "> 1 AID asserted"], 3, "no trigger"),
        (["== a | Rome, 2033-05-04 | ITA | Foglio", "[t1:Aid].", "> 1 AID asserted", "> 1 AID denied"], 1, "one number"),
        (["== a | Rome, 2033-05-04 | ITA | Foglio", "Aid.", "> 1 HELP asserted"], 3, "'HELP' is none of"),
        (["== a | Rome, 2033-05-04 | ITA | Foglio | about fiction", "[t1:Aid].", "> 1 AID asserted"], 1, "without claims"),
    ],
)
def test_a_fault_names_its_line(tmp_path, lines, line, told):
    path = tmp_path / "it" / "wire.txt"
    path.parent.mkdir()
    path.write_text("\n".join(lines), encoding="utf-8")
    documents, faults = read_file(path)
    assert not documents
    assert [fault.line for fault in faults] == [line]
    assert told in faults[0].what
    assert str(faults[0]).startswith(f"it/wire.txt:{line}: ")


def test_a_file_is_named_for_a_register(tmp_path):
    path = tmp_path / "it" / "gossip.txt"
    path.parent.mkdir()
    path.write_text("", encoding="utf-8")
    assert "'gossip' is no register" in read_file(path)[1][0].what


def test_lines_before_the_first_header_are_comment():
    assert list(blocks("a note\n# more\n== one\nx\n== two\ny")) == [(3, ["== one", "x"]), (5, ["== two", "y"])]
