"""The fixed sentences of a brief: what it says of itself and of this build. A note that is not here does not compile."""

from __future__ import annotations

from foreshock.briefs.locale import Reader

NOTICE = "Coded by machine, unofficial, not checked by a person."
NOTES: dict[str, tuple[str, ...]] = {
    "first": ("No earlier brief is kept, so nothing can be said of what changed.",),
    "compared": ("Compared with the earlier brief that was given.",),
    "unchanged": ("Nothing changed since the earlier brief that was given.",),
    "figures": (
        "Each figure stands by who gave it. None are summed and no midpoint is invented.",
        "A number that the text lost, or that its surroundings contradict, is shown as lost or in doubt.",
    ),
    "no_figures": ("No key figure was coded.",),
    "reported": (
        "Independent origins are not counted in this build, so nothing is called certain because several outlets carry it.",
    ),
    "contested": (
        "Rival counts of one matter, and denials beside reports of the same kind, place or party: read the words of each.",
        "Independent origins are not counted in this build.",
    ),
    "no_contested": ("No rival counts and no denial beside a report were found. That is not agreement: reports may be missing.",),
    "denied": ("What a holder rejects or takes back. A denial says nothing of who is right.",),
    "no_denied": ("No denial or retraction was coded.",),
    "conditions": ("Reported in force by the holders named; older than seven days is marked as ageing, not as over.",),
    "no_conditions": ("No order, restriction or condition was coded. That is not proof that there is none.",),
    "assessments": ("Judgements and forecasts of the holders named, not of this brief.",),
    "no_assessments": ("No judgement, comparison or forecast was coded.",),
    "no_reported": ("No report was coded.",),
    "scenarios": ("This build does not weigh scenarios.",),
    "precedents": ("This build does not search precedents. Comparisons that holders make stand under assessments.",),
    "origins": ("This build does not count independent origins: copies of one report are not told apart from separate reports.",),
    "gaps": ("What is missing here is missing from the reading. It is not calm.",),
    "sources": ("Sources are not graded in this build.",),
}


def note(reader: Reader, name: str) -> str:
    """Return a note in the reader's language."""
    glue = "" if reader.language == "ja" else " "
    return glue.join(reader.say(sentence) for sentence in NOTES[name])


def is_note(reader: Reader, text: str) -> bool:
    """Say whether a text is one of the notes of this build, in the reader's language, or empty."""
    return not text or any(text == note(reader, name) for name in NOTES)
