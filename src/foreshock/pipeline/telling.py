"""Tell: what was read, joined and graded becomes a brief that names no private person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from foreshock.briefs import Brief, compile_brief, compose
from foreshock.briefs.before import Before
from foreshock.briefs.discretion import Discretion, mask_reading
from foreshock.dates import last_day, utc_stamp
from foreshock.incidents.origins import origins_of
from foreshock.incidents.parties import Parties
from foreshock.incidents.store import MemoryStore
from foreshock.model import Claim, Coding, Estimate, PrivatePerson, Reading, Report
from foreshock.pipeline.briefing import weighed_in
from foreshock.pipeline.flow import persons
from foreshock.pipeline.joining import Vectors, join_codings, sentence_vectors
from foreshock.pipeline.showing import Shown, tellable
from foreshock.pipeline.situation import Situation, of_store
from foreshock.pipeline.workbench import Workbench


def tell(
    readings: Sequence[Reading],
    claims: Sequence[Claim],
    bench: Workbench,
    *,
    now: datetime,
    title: str,
    language: str,
    as_of: str | None = None,
    named: Mapping[str, tuple[PrivatePerson, ...]] | None = None,
    vectors: Vectors | None = None,
) -> Brief:
    """Return the compiled brief of readings and their claims, which are joined in memory and kept nowhere.

    Args:
        readings: in any order; they are joined in the order of their publication, undated ones last.
        claims: of these readings.
        bench: what coding needs; finds private persons where ``named`` is not given.
        now: an aware moment; ages count to it, or to the end of ``as_of`` where that is earlier.
        title, language: of the brief; one of ``briefs.LANGUAGES``.
        as_of: for what day the brief is; readings and claims are those of that day already.
        named: document id -> where its text names private persons.
        vectors: sentences to unit vectors; :func:`sentence_vectors` where not given, loaded only if two documents may be copies.

    Raises:
        BriefError: a sentence of the brief breaks a rule; nothing is told.
    """
    codings = codings_of(readings, claims, bench, now=now, named=named)
    store = MemoryStore()
    join_codings(codings, store, vectors=vectors or sentence_vectors())
    reports = [
        Report(claim, one.document.source, one.document.published, one.known_at, one.arrival)
        for one in codings
        for claim in one.claims
    ]
    today = now.astimezone(UTC).date()
    found = of_store(reports, store, judgements=(), today=min(last_day(as_of), today) if as_of else today, as_of=None)
    found = replace(found, parties=Parties(bench.catalogue))
    held = Discretion.of(codings, now=now, language=language, sites=False)
    return tell_situation(found, readings, bench, discretion=held, now=now, title=title, language=language, as_of=as_of)


def tell_situation(
    found: Situation,
    readings: Sequence[Reading],
    bench: Workbench,
    *,
    discretion: Discretion,
    now: datetime,
    title: str,
    language: str,
    as_of: str | None = None,
    before: Before | None = None,
    kept: Sequence[Estimate] = (),
) -> Brief:
    """Return the compiled brief of a situation.

    Args:
        found: the claims and what joining made of them.
        readings: of all its documents, and of those without claims that belong to it.
        bench: its codebook explains the kinds.
        discretion: whose names are withheld; made of the codings of the same documents.
        now, title, language, as_of: as in :func:`tell`.
        before: what was known when the last brief was made.
        kept: estimates of earlier days, for the paths of probabilities.

    Raises:
        BriefError: a sentence of the brief breaks a rule; nothing is told.
    """
    told, claims = _masked(found, readings, discretion)
    incidents = tellable(map(discretion.incident, found.incidents))
    disputes = tellable(map(discretion.dispute, found.disputes))
    conditions = tellable(map(discretion.condition, found.conditions))
    weighed = weighed_in(Shown(found, discretion), bench, today=found.today, kept=kept) if found.reports else None
    brief = compose(
        told,
        claims,
        now=now,
        as_of=as_of,
        title=title,
        language=language,
        codebook=bench.codebook,
        incidents=incidents,
        disputes=disputes,
        conditions=conditions,
        links=[discretion.link(one) for one in found.links],
        origins=[discretion.origin(one) for one in origins_of(list(found.reports.values()), found.links)],
        grades=[discretion.grade(one) for one in found.grades],
        weighed=weighed,
        before=before,
    )
    return compile_brief(
        brief,
        claims,
        told,
        incidents=incidents,
        disputes=disputes,
        conditions=conditions,
        weighed=weighed,
        before=before,
    )


def codings_of(
    readings: Sequence[Reading],
    claims: Sequence[Claim],
    bench: Workbench,
    *,
    now: datetime,
    named: Mapping[str, tuple[PrivatePerson, ...]] | None = None,
) -> list[Coding]:
    """Return readings as codings, in the order of their publication, undated ones last, then as they are given."""
    of_version = _by_version(claims)
    stamp = utc_stamp(now)
    found = []
    for arrival, reading in enumerate(sorted(readings, key=lambda one: one.document.published or "9999"), 1):
        document = reading.document
        own = tuple(of_version.get((document.id, document.version), ()))
        private = persons(reading, own, bench) if named is None else named.get(document.id, ())
        found.append(Coding(document, own, own[0].coder if own else "none", 1, arrival, stamp, private))
    return found


def _masked(found: Situation, readings: Sequence[Reading], held: Discretion) -> tuple[list[Reading], list[Claim]]:
    of_version = _by_version(report.claim for report in found.reports.values())
    told: list[Reading] = []
    claims: list[Claim] = []
    for reading in readings:
        document = reading.document
        masked, own = mask_reading(reading, of_version.get((document.id, document.version), ()), held)
        told.append(masked)
        claims += own
    return told, claims


def _by_version(claims: Iterable[Claim]) -> dict[tuple[str, str], list[Claim]]:
    """Return claims by the document and the version of it that they were coded from."""
    found: dict[tuple[str, str], list[Claim]] = {}
    for claim in claims:
        found.setdefault((claim.document_id, claim.version), []).append(claim)
    return found
