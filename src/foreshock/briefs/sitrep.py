"""The situation brief: sections in the order of an OCHA situation report, built from claims by templates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import groupby

from foreshock.briefs.alike import confirmed_lines, line_of, told_alike
from foreshock.briefs.before import Before
from foreshock.briefs.brief import Brief, Fact, Header, Line, Section, SectionId
from foreshock.briefs.changes import change_lines
from foreshock.briefs.charts import chart_tables
from foreshock.briefs.conditions import condition_lines
from foreshock.briefs.contested import contested_lines
from foreshock.briefs.context import Context, ids_of
from foreshock.briefs.coverage import coverage, gaps, sources
from foreshock.briefs.locale import reader as reader_of
from foreshock.briefs.notes import NOTICE, note
from foreshock.briefs.numbers import counted, heading
from foreshock.briefs.origins import origin_facts
from foreshock.briefs.quotes import Codebook, safe
from foreshock.briefs.records import Records
from foreshock.briefs.scenarios import precedent_facts, scenario_facts
from foreshock.briefs.sorting import KEY_FIGURES, figure_matter, latest_first, merged, scope_of, section_of
from foreshock.briefs.tables import table
from foreshock.briefs.weighed import Weighed
from foreshock.dates import last_day, utc_stamp
from foreshock.model import Claim, Condition, Dispute, Figure, Grade, Incident, Link, Origin, Reading

TITLES: dict[SectionId, str] = {
    "changes": "What changed",
    "figures": "Key figures",
    "confirmed": "Confirmed",
    "reported": "Reported",
    "contested": "Contested",
    "denied": "Denied or taken back",
    "conditions": "Orders, restrictions and other conditions",
    "assessments": "Assessments, comparisons and forecasts",
    "scenarios": "Scenarios",
    "precedents": "Precedents",
    "origins": "Independent origins",
    "gaps": "Silence and gaps",
    "sources": "Sources",
}


def compose(
    readings: Sequence[Reading],
    claims: Sequence[Claim],
    *,
    now: datetime,
    as_of: str | None,
    title: str,
    language: str,
    codebook: Codebook | None = None,
    before: Before | None = None,
    incidents: Sequence[Incident] = (),
    disputes: Sequence[Dispute] = (),
    conditions: Sequence[Condition] = (),
    links: Sequence[Link] = (),
    origins: Sequence[Origin] = (),
    grades: Sequence[Grade] = (),
    weighed: Weighed | None = None,
) -> Brief:
    """Return the brief of what was read; it does no filtering: hand in the readings and claims known at ``as_of``.

    Args:
        readings: the documents read; each claim's document must be among them.
        claims: coded from those readings, in any order.
        now: the moment of making, aware.
        as_of: an ISO prefix, or None for "everything read until now".
        title: what the brief is about, in the reader's language.
        language: one of ``LANGUAGES``.
        codebook: gives kinds their gloss in the receipts.
        before: what was known when the last brief on the matter was made; without it nothing is said of changes.
        incidents, disputes, conditions, links, grades: what joining made of these claims; without them nothing is contested,
            in force or called confirmed. Claims that a record names and ``claims`` lacks are left out.
        weighed: how likely each scenario is, and precedents; without it the brief says that nothing was weighed.
        origins: of all the claims together.

    Raises:
        CatalogueError: there is no catalogue for ``language``.
        KeyError: a claim's document is not among ``readings``.
        ValueError: ``now`` has no time zone.
    """
    reader = reader_of(language)
    by_id = {reading.document.id: reading for reading in readings}
    today = last_day(as_of) if as_of else now.astimezone(UTC).date()
    records = Records(incidents, disputes, conditions, links, origins, grades, weighed)
    earlier = before.readings if before else {}
    context = Context(reader, by_id, latest_first(claims, by_id), codebook, today, records, earlier)
    stamp = utc_stamp(now)
    moment = reader.moment(now)
    as_of_line = (
        reader.say("As of {date}; made {moment}", date=reader.date(as_of), moment=moment)
        if as_of
        else reader.say("Everything read until {moment}", moment=moment)
    )
    header = Header(safe(title), as_of, stamp, as_of_line, reader.say(NOTICE), coverage(context))
    body = _told(context)
    charts = chart_tables(context, _figures(context))
    return Brief(language, header, (_changes(context, body, before), *body, *_about_reading(context)), charts)


def _section(context: Context, name: SectionId, lines: Sequence[Line | Fact], *notes: str) -> Section:
    text = note(context.reader, notes[0]) if notes else ""
    return Section(name, context.reader.say(TITLES[name]), tuple(lines), text)


def _told(context: Context) -> list[Section]:
    """Return the sections on the world; a claim that is contested or of a condition is told there and nowhere else."""
    records = context.records
    taken = records.contested | records.conditional
    homes: dict[str, list[Claim]] = {"reported": [], "denied": [], "assessments": []}
    for claim in context.claims:
        if claim.id not in taken:
            homes[section_of(claim)].append(claim)
    confirmed = confirmed_lines(context, homes["reported"])
    told = {claim_id for line in confirmed for claim_id in line.claim_ids}
    reported = [claim for claim in homes["reported"] if claim.id not in told]
    sections: list[tuple[SectionId, Sequence[Line | Fact]]] = [
        ("figures", _figures(context)),
        ("confirmed", confirmed),
        ("reported", _reported(context, reported)),
        ("contested", contested_lines(context)),
        ("denied", _plain(context, homes["denied"])),
        ("conditions", condition_lines(context)),
        ("assessments", _plain(context, homes["assessments"])),
    ]
    unknown = {"confirmed", "contested", "conditions"} if context.claims and not records.incidents else set()
    empty = {name: "not_joined" if name in unknown else f"no_{name}" for name, _ in sections}
    return [_section(context, name, lines, name if lines else empty[name]) for name, lines in sections]


def _about_reading(context: Context) -> list[Section]:
    weighed = context.records.weighed
    board, past = scenario_facts(context, weighed), precedent_facts(context, weighed)
    joined = "origins" if context.records.origins else "not_joined"
    return [
        _section(context, "scenarios", board, "scenarios" if board else "no_scenarios"),
        _section(context, "precedents", past, "precedents" if past else "no_precedents"),
        _section(context, "origins", origin_facts(context), joined),
        _section(context, "gaps", gaps(context), "gaps"),
        _section(context, "sources", sources(context), "sources" if context.records.grades else "no_grades"),
    ]


def _changes(context: Context, body: Sequence[Section], before: Before | None) -> Section:
    if before is None:
        return _section(context, "changes", (), "first")
    lines = change_lines(context, body, before)
    day = Fact(
        context.reader.say("Compared with what was known on {date}", date=context.reader.date(before.moment[:16])),
        ids_of(context.readings.values()),
    )
    return _section(context, "changes", [day, *lines] if context.readings else (), "compared" if lines else "unchanged")


def _plain(context: Context, claims: Sequence[Claim]) -> list[Line]:
    return [context.line(group) for group in merged(context.reader, claims)]


def _reported(context: Context, claims: Sequence[Claim]) -> list[Line]:
    """Group reports by topic, the topics in the order of the table, the latest first within each."""
    topics = table("topics.yaml")
    place = {kind: n for n, kinds in enumerate(topics.values()) for kind in kinds}
    names = list(topics)
    ordered = sorted(claims, key=lambda claim: place.get(claim.kind, len(names) - 1))
    lines = []
    for n, rows in groupby(ordered, key=lambda claim: place.get(claim.kind, len(names) - 1)):
        topic = context.reader.say(names[n])
        lines += [line_of(context, some, group=topic) for some in told_alike(context, list(rows))]
    return lines


def _figures(context: Context) -> list[Line]:
    rows: dict[tuple[object, ...], list[tuple[Claim, Figure]]] = {}
    for group in merged(context.reader, context.claims):
        for figure in group[0].figures:
            if figure.what in KEY_FIGURES:
                rows.setdefault(figure_matter(group[0], figure), []).append((group[0], figure))
    merged_with = {group[0].id: group for group in merged(context.reader, context.claims)}
    ordered = sorted(rows.items(), key=lambda row: KEY_FIGURES.index(str(row[0][0])))
    return [
        context.line(
            merged_with[claim.id],
            content=counted(context.reader, figure),
            group=heading(context.reader, figure, scope_of(context.reader, claim, figure)),
            figure=figure,
        )
        for _, matter in ordered
        for claim, figure in matter
    ]
