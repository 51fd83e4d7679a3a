"""The schemas of the API, made from the records themselves: what OpenAPI says of a claim is what the model says of it."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import TypeAdapter

from foreshock.briefs import Brief
from foreshock.model import (
    Claim,
    Condition,
    Crisis,
    Damage,
    Dispute,
    Estimate,
    Grade,
    Incident,
    Judgement,
    Link,
    Outcome,
    Tally,
)

REF = "#/components/schemas/"
RECORDS = (Claim, Incident, Dispute, Condition, Tally, Grade, Link, Crisis, Estimate, Outcome, Judgement, Damage, Brief)
TEXT: dict[str, Any] = {"type": "string"}
MAYBE: dict[str, Any] = {"type": ["string", "null"]}
NUMBER: dict[str, Any] = {"type": "integer", "minimum": 0}
IDS: dict[str, Any] = {"type": "array", "items": {"type": "string"}, "description": "Ids of claims."}
FREE: dict[str, Any] = {"type": "object", "additionalProperties": True}


def ref(name: str) -> dict[str, Any]:
    """Return a reference to a schema."""
    return {"$ref": f"{REF}{name}"}


def page(name: str) -> dict[str, Any]:
    """Return the schema of a page of records."""
    return {"allOf": [ref("Page"), thing(items={"type": "array", "items": ref(name)})]}


def one(name: str) -> dict[str, Any]:
    """Return the schema of an answer that is one record."""
    return {"allOf": [ref("Answer"), thing(item=ref(name))]}


def thing(required: tuple[str, ...] | None = None, /, **fields: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of an object whose fields, or those that are named, are always there."""
    return {"type": "object", "properties": fields, "required": list(required if required is not None else fields)}


def listed(of: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a list."""
    return {"type": "array", "items": of}


@cache
def schemas() -> dict[str, Any]:
    """Return all schemas by name, in order of names."""
    _, made = TypeAdapter.json_schemas(
        [(kind.__name__, "serialization", TypeAdapter(kind)) for kind in RECORDS], ref_template=f"{REF}{{model}}"
    )
    found: dict[str, Any] = made["$defs"]
    for name, schema in found.items():
        _as_told(name, schema)
    return dict(sorted((found | _own()).items()))


def _as_told(name: str, schema: dict[str, Any]) -> None:
    """Turn what pydantic makes of a record into what ``to_json`` prints of it: every field is there, and has no title."""
    fields = schema.get("properties", {})
    for one_field in fields.values():
        one_field.pop("title", None)
        one_field.pop("default", None)
    if "description" in schema:
        schema["description"] = " ".join(schema["description"].split()).replace("``", "")
    if schema.get("type") != "object":
        return
    schema["required"] = sorted(fields)
    if name == "Place":
        for own, shown in (("origin", "from"), ("destination", "to")):
            fields[shown] = fields.pop(own)
        schema["required"] = sorted(set(fields) - {"from", "to", "claimed_by"})
    if name == "Claim":
        for key, of in (("actor", "Actor"), ("recipient", "Actor"), ("place", "Place")):
            nobody = {"type": "object", "maxProperties": 0}
            fields[key] = {"anyOf": [ref(of), nobody], "description": "{} where it is not known."}


def _own() -> dict[str, Any]:
    """Return the schemas of what is told beside records."""
    stamp = {"type": "string", "format": "date-time"}
    said = {
        "notice": TEXT,
        "as_of": {"type": "string", "description": "The moment whose knowledge it holds, an ISO prefix."},
        "made_at": stamp,
        "claim_ids": {**IDS, "description": "Every claim that the answer stands on, once."},
    }
    document = {
        **dict.fromkeys(("url", "title", "published", "published_by", "licence"), MAYBE),
        **dict.fromkeys(("id", "version", "source", "language", "fetched_at", "media_type"), TEXT),
        "translated": listed(TEXT), "notes": listed(TEXT), "damage": listed(ref("Damage")), "length": NUMBER, "claim_ids": IDS,
        "custody": thing(sha256=TEXT, size=NUMBER, fetched_at=TEXT),
    }  # fmt: skip
    answering = thing(start=NUMBER, end=NUMBER, text=TEXT, marks=listed({"type": "array", "items": NUMBER}))
    version = {
        **dict.fromkeys(("published", "published_by"), MAYBE),
        **dict.fromkeys(("version", "fetched_at", "sha256", "coder", "known_at"), TEXT),
        "read_now": {"type": "boolean"}, "claim_ids": IDS,
    }  # fmt: skip
    standing = thing(claim=ref("Claim"), document=FREE, origin=MAYBE, incident_id=MAYBE, dispute_ids=listed(TEXT), grade=MAYBE)
    return {
        "Answer": thing(**said),
        "Page": thing(**said, next={**MAYBE, "description": "The address of the next page."}, cursor=MAYBE),
        "Problem": thing(
            ("type", "title", "status", "detail"), type=TEXT, title=TEXT, status={"type": "integer"}, detail=TEXT, instance=TEXT,
            remedy=TEXT, errors=listed(thing(("detail",), detail=TEXT, pointer=TEXT, parameter=TEXT)),
        ),
        "Document": thing(tuple(sorted(document)), **document, found=answering),
        "DocumentWithText": thing(**document, text=TEXT),
        "Version": thing(**version),
        "Change": thing(
            what={"enum": ["added", "changed", "dropped"]}, fields=listed(TEXT), claim_ids=IDS,
            **{side: {"anyOf": [ref("Claim"), {"type": "null"}]} for side in ("before", "after")},
        ),
        "Counts": thing(claims=NUMBER, counts=listed(thing(kind=TEXT, status=TEXT, claims=NUMBER))),
        "TallyWithId": {"allOf": [ref("Tally"), thing(id=TEXT)]},
        "GradeOfSource": {"allOf": [ref("Grade"), thing(claim_ids=IDS)]},
        "LinkOfDocuments": {"allOf": [ref("Link"), thing(claim_ids=IDS)]},
        "EstimateKept": {"allOf": [ref("Estimate"), thing(known_at=stamp)]},
        "OutcomeKept": {"allOf": [ref("Outcome"), thing(id=TEXT, known_at=stamp)]},
        "JudgementKept": {"allOf": [ref("Judgement"), thing(claim_ids=IDS)]},
        "Receipt": thing(
            kind=TEXT, record=FREE, claims=listed(standing), judgements=listed(ref("JudgementKept")), method=TEXT, limits=TEXT
        ),
        "Weighing": thing(
            subject=FREE, start=FREE, estimates=listed(ref("Estimate")), signals=FREE, first=FREE, blind=listed(FREE),
            hidden=listed(TEXT), changes=listed(FREE), precedents=listed(FREE), unplaced=NUMBER,
        ),
        "Precedents": thing(here=FREE, nearest=listed(FREE), named=FREE, of=NUMBER, from_sets=NUMBER),
        "State": thing(
            name=TEXT, version=TEXT, notice=TEXT, made_at=stamp, example={"type": "boolean"}, waiting=NUMBER,
            head=thing(**dict.fromkeys(("arrival", "joined", "judged", "named", "weighed", "came", "erased"), NUMBER)),
        ),
    }  # fmt: skip
