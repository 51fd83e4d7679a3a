"""The closed vocabularies of the records, and how an id is made."""

from __future__ import annotations

import hashlib
from typing import Literal

DamageKind = Literal[
    "lost_number", "suspect_number", "unit_mismatch", "doubled_punctuation", "glued_name",
    "mojibake", "translated_name", "fragment", "polarity_suspect",
]  # fmt: skip
Kind = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
    "HARM", "CONTROL", "OFFICE", "ADVISE", "ASSESS", "LIKEN", "STATE",
]  # fmt: skip
Status = Literal[
    "retracted", "denied", "ordered", "permitted", "advised", "requested", "promised", "threatened", "planned", "wished",
    "conditional", "forecast", "unknown", "rumoured", "alleged", "assessed", "asserted",
]  # fmt: skip
Certainty = Literal["certain", "probable", "possible"]
Phase = Literal["attempted", "foiled", "begun", "ongoing", "ended"]
Basis = Literal["eyewitness", "official", "document", "imagery", "hearsay", "unstated"]
HolderRole = Literal["document", "outlet", "speaker"]
FigureState = Literal["read", "suspect", "lost"]
FigureWhat = Literal[
    "killed", "injured", "missing", "displaced", "detained", "deployed", "strength", "participants", "votes", "waves",
    "age", "duration", "distance", "money", "other",
]  # fmt: skip
Bound = Literal["at_least", "at_most", "about", "nearly", "over", "dozens", "hundreds", "thousands", "range"]
PlacePrecision = Literal["site", "city", "admin2", "admin1", "country"]
WhenPrecision = Literal["part_of_day", "day", "month", "season", "year", "range"]
Depth = Literal["parsed", "surface"]
Span = tuple[int, int]
SpeechForm = Literal["direct", "indirect", "mixed"]
PersonRole = Literal["victim", "detainee", "witness", "minor", "suspect", "relative", "person"]
DateBasis = Literal["given", "dateline", "metadata"]


def record_id(*parts: object) -> str:
    """Return the id of a record: the first 20 hex digits of SHA-256 over its parts.

    Parts are joined by U+001F, which no address, kind or offset contains, so that ("ab", "c") and ("a", "bc") differ.
    """
    return hashlib.sha256("\x1f".join(str(part) for part in parts).encode("utf-8")).hexdigest()[:20]
