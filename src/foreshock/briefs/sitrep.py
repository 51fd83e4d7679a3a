"""The situation brief: sections in the order of an OCHA situation report, built from claims by templates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import groupby

from foreshock.briefs.brief import Brief, Fact, Header, Line, Section, SectionId, lines_of
from foreshock.briefs.context import Context
from foreshock.briefs.coverage import changed, coverage, gaps, sources
from foreshock.briefs.disputes import KEY_FIGURES, Dispute, disputes_of, figure_matter
from foreshock.briefs.locale import reader as reader_of
from foreshock.briefs.names import place_name
from foreshock.briefs.notes import NOTICE, note
from foreshock.briefs.numbers import counted, heading
from foreshock.briefs.quotes import Codebook, safe
from foreshock.briefs.sorting import age_of, latest_first, merged, section_of
from foreshock.briefs.tables import table
from foreshock.dates import last_day, utc_stamp
from foreshock.model import Claim, Figure, Reading

TITLES: dict[SectionId, str] = {
    "changes": "What changed",
    "figures": "Key figures",
    "reported": "Reported",
    "contested": "Contested",
    "denied": "Denied or taken back",
    "conditions": "Orders, restrictions and conditions reported in force",
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
    previous: Brief | None = None,
) -> Brief:
    """Return the brief of what was read; it does no filtering: hand in the readings and claims known at ``as_of``.

    Args:
        readings: the documents read; each claim's document must be among them.
        claims: coded from those readings, in any order.
        now: the moment of making, aware; the age of conditions counts from ``as_of`` where it is given, else from here.
        as_of: an ISO prefix, or None for "everything read until now".
        title: what the brief is about, in the reader's language.
        language: "en" or "ja".
        codebook: gives kinds their gloss in the receipts.
        previous: the last brief on the matter, if one is kept.

    Raises:
        CatalogueError: there is no catalogue for ``language``.
        KeyError: a claim's document is not among ``readings``.
        ValueError: ``now`` has no time zone.
    """
    reader = reader_of(language)
    by_id = {reading.document.id: reading for reading in readings}
    today = last_day(as_of) if as_of else now.astimezone(UTC).date()
    context = Context(reader, by_id, latest_first(claims, by_id), codebook, today)
    stamp = utc_stamp(now)
    moment = reader.moment(now)
    as_of_line = (
        reader.say("As of {date}; made {moment}", date=reader.date(as_of), moment=moment)
        if as_of
        else reader.say("Everything read until {moment}", moment=moment)
    )
    header = Header(safe(title), as_of, stamp, as_of_line, reader.say(NOTICE), coverage(context))
    body = _told(context)
    return Brief(language, header, (_changes(context, body, previous), *body, *_about_reading(context)))


def _section(context: Context, name: SectionId, lines: Sequence[Line | Fact], *notes: str) -> Section:
    text = note(context.reader, notes[0]) if notes else ""
    return Section(name, context.reader.say(TITLES[name]), tuple(lines), text)


def _told(context: Context) -> list[Section]:
    disputes = disputes_of(context.claims, context.readings)
    contested = {claim.id for dispute in disputes for claim in dispute.claims}
    homes: dict[str, list[Claim]] = {"reported": [], "denied": [], "conditions": [], "assessments": []}
    for claim in context.claims:
        if claim.id not in contested:
            homes[section_of(claim)].append(claim)
    sections: list[tuple[SectionId, list[Line]]] = [
        ("figures", _figures(context)),
        ("reported", _reported(context, homes["reported"])),
        ("contested", [line for dispute in disputes for line in _positions(context, dispute)]),
        ("denied", _plain(context, homes["denied"])),
        ("conditions", _conditions(context, homes["conditions"])),
        ("assessments", _plain(context, homes["assessments"])),
    ]
    return [_section(context, name, lines, name if lines else f"no_{name}") for name, lines in sections]


def _about_reading(context: Context) -> list[Section]:
    missing: tuple[SectionId, ...] = ("scenarios", "precedents", "origins")
    return [
        *(_section(context, name, (), name) for name in missing),
        _section(context, "gaps", gaps(context), "gaps"),
        _section(context, "sources", sources(context), "sources"),
    ]


def _changes(context: Context, body: Sequence[Section], previous: Brief | None) -> Section:
    if previous is None:
        return _section(context, "changes", (), "first")
    known = {claim_id for _, line in lines_of(previous) for claim_id in line.claim_ids}
    told = {id(line): line for section in body if section.id != "figures" for line in section.lines if isinstance(line, Line)}
    new = [line for line in told.values() if known.isdisjoint(line.claim_ids)]
    facts = changed(context, previous)
    return _section(context, "changes", [*facts, *new], "compared" if facts or new else "unchanged")


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
        lines += [context.line(group, group=topic) for group in merged(context.reader, list(rows))]
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
            group=heading(context.reader, figure, _scope(context, claim, figure)),
            figure=figure,
        )
        for _, matter in ordered
        for claim, figure in matter
    ]


def _scope(context: Context, claim: Claim, figure: Figure) -> str | None:
    if figure.scope:
        return safe(figure.scope)
    return place_name(context.reader, claim.place, claim.language) if claim.place else None


def _positions(context: Context, dispute: Dispute) -> list[Line]:
    if dispute.figures:
        pairs = list(zip(dispute.claims, dispute.figures, strict=True))
        matter = heading(context.reader, pairs[0][1], _scope(context, *pairs[0]))
        said = context.reader.say("{matter}: rival counts", matter=matter)
        return [context.line([one], content=counted(context.reader, figure), group=said, figure=figure) for one, figure in pairs]
    kind = context.reader.say(table("phrases.yaml").get(dispute.claims[0].kind, {}).get("label", dispute.claims[0].kind))
    said = context.reader.say("{matter}: reported and denied", matter=kind)
    return [context.line(group, group=said) for group in merged(context.reader, dispute.claims)]


def _conditions(context: Context, claims: Sequence[Claim]) -> list[Line]:
    lines = []
    for group in merged(context.reader, claims):
        last, age = age_of(group, context.readings, context.today)
        day = last.isoformat() if last else None
        said = {
            "recent": "; last claimed {date}",
            "ageing": "; last claimed {date}, ageing",
            "past": "; last claimed {date}, past its stated end",
            "unknown": "; date of the claim not known, age not known",
        }[age]
        if age == "past" and day is None:
            said = "; past its stated end"
        after = context.reader.say(said, **({"date": context.reader.date(day)} if day else {}))
        lines.append(context.line(group, after=after, last_claimed=day, age=age))
    return sorted(lines, key=lambda line: line.last_claimed or "", reverse=True)
