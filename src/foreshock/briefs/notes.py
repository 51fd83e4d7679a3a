"""The fixed sentences of a brief: what it says of itself and of this build. A note that is not here does not compile."""

from __future__ import annotations

from foreshock.briefs.locale import Reader

NOTICE = "Coded by machine, unofficial, not checked by a person."
NOTES: dict[str, tuple[str, ...]] = {
    "first": ("No earlier brief is kept, so nothing can be said of what changed.",),
    "compared": (
        "What is told otherwise than when the last brief was made. The first new reports are told here, all in their section.",
    ),
    "unchanged": ("Nothing that this brief tells has changed since the last one was made.",),
    "figures": (
        "Each figure stands by who gave it. None are summed and no midpoint is invented.",
        "A number that the text lost, or that its surroundings contradict, is shown as lost or in doubt.",
    ),
    "no_figures": ("No key figure was coded.",),
    "confirmed": (
        "Told by two independent origins of which one is no party to it, admitted against interest, or confirmed by a person.",
        "That is so of the act, its place and its day, not of every word that is quoted.",
    ),
    "no_confirmed": (
        "Nothing here is told by two independent origins of which one is no party to it, nor admitted against interest.",
    ),
    "reported": ("Each line stands by who told it. Copies and outlets that cite one source are one origin.",),
    "contested": (
        "Positions that cannot both hold, side by side with who takes them and how many independent origins stand behind each.",
        "A dispute is open until a person settles it; a lost number contradicts nothing.",
    ),
    "no_contested": ("No positions were found that cannot both hold. That is not agreement: reports may be missing.",),
    "denied": ("What a holder rejects or takes back. A denial says nothing of who is right.",),
    "no_denied": ("No denial or retraction was coded.",),
    "conditions": (
        "One line a condition, as it was last told by the holders named.",
        "What is past its stated end or long unconfirmed is marked so; it is neither current nor gone until somebody says so.",
    ),
    "no_conditions": ("No order, restriction or condition was coded. That is not proof that there is none.",),
    "assessments": ("Judgements and forecasts of the holders named, not of this brief.",),
    "no_assessments": ("No judgement, comparison or forecast was coded.",),
    "no_reported": ("No report was coded.",),
    "scenarios": (
        "How likely each scenario is by its measured history, moved by evidence only as far as such evidence has earned.",
        "The interval holds nine times in ten if the history is like today; what was never measured has no number.",
        "Evidence adds to the logarithm of the odds (nats); what is seen and was never measured weighs nothing.",
    ),
    "no_scenarios": ("Nothing was weighed: what was read is not about one country, or has no date.",),
    "precedents": (
        "Past crises that are nearest to this one. They are context and move no number.",
        "Comparisons that holders make stand under assessments.",
    ),
    "no_precedents": ("No past crisis was compared. Comparisons that holders make stand under assessments.",),
    "origins": (
        "Copies, rewrites and translations of a report, and all that one holder says, are one origin, whoever carries them.",
    ),
    "not_joined": ("Nothing was joined: origins are not counted, and what is contested, in force or confirmed is not known.",),
    "gaps": ("What is missing here is missing from the reading. It is not calm.",),
    "sources": (
        "Grades go from A to E by the record of each outlet in what was read; F is a record too thin to judge.",
        "They say nothing of what an outlet only carries.",
    ),
    "no_grades": ("Nothing was joined, so sources are not graded.",),
    # of charts
    "timeline": (
        "Each mark stands for incidents of one sort on one day: its shape says how they stand, the number beside it how many.",
        "Incidents without a day of their own, and those long before, stand in the table only.",
    ),
    "tallies": (
        "Each row is what one holder gave: the bar goes from the lowest to the highest number, the dot is the best one.",
        "An arrow says to which side it is open; a number that was lost has no place on the scale.",
    ),
    "paths": ("Dot or line: the probability. Bar or band: its interval. Tick or dashes: what history alone says.",),
    "coverage": (
        "The number in a field is how many documents of that day were read; a blank is no reading, never calm.",
        "Documents without a day, and those long before, stand in the table only.",
    ),
}


def note(reader: Reader, name: str) -> str:
    """Return a note in the reader's language."""
    glue = "" if reader.language == "ja" else " "
    return glue.join(reader.say(sentence) for sentence in NOTES[name])


def is_note(reader: Reader, text: str) -> bool:
    """Say whether a text is one of the notes of this build, in the reader's language, or empty."""
    return not text or any(text == note(reader, name) for name in NOTES)
