"""The brief of a picture: compiled as every brief is, or the sentences that broke a rule; set for the desk once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from foreshock import pipeline
from foreshock.briefs import Brief
from foreshock.briefs.brief import Fact, Line, Section
from foreshock.briefs.locale import direction
from foreshock.briefs.numbers import amount
from foreshock.briefs.quotes import safe
from foreshock.briefs.receipts import damage_notes, marks, origin, standing
from foreshock.briefs.setting import BAR_WIDTH, STRUCK, bar, count, folded, groups, more, opening, pieces, runs, top
from foreshock.errors import BriefError
from foreshock.pipeline.brief_memory import last_brief
from foreshock.web.ask import Ask
from foreshock.web.desk import Desk
from foreshock.web.locale import reader as reader_of
from foreshock.web.picture import Picture
from foreshock.web.templating import environment

MOST_READINGS = 20_000
FOLDED = frozenset({"origins", "gaps", "sources"})
RECORDS = {"confirmed": "incident", "contested": "dispute", "conditions": "condition"}


@dataclass(frozen=True, slots=True)
class Told:
    """What came of compiling: the brief and its page, or each (rule, sentence, why) for which there is none.

    A brief with ``failures`` does not say what changed: that part of it broke a rule.
    """

    brief: Brief | None
    body: Markup | None = None
    failures: tuple[tuple[str, str, str], ...] = ()


def told_of(desk: Desk, picture: Picture, language: str, since: str | None = None) -> Told:
    """Return the brief of a picture in a language; the one before, where documents have arrived since and it is being made.

    Args:
        desk: whose ledger the picture is of.
        picture: of the scope.
        language: of the brief.
        since: ISO prefix of the day that it is compared with; :func:`compared_with` where not given.
    """
    return desk.behind.of(picture, ("brief", language, since), lambda: _told(desk, picture, language, since))


def told_within(desk: Desk, picture: Picture, language: str, since: str | None = None, *, seconds: float) -> Told | None:
    """Return the same where it is there in time; None while it is being made for the first time."""
    make = partial(_told, desk, picture, language, since)
    return desk.behind.within(picture, ("brief", language, since), make, seconds=seconds)


def compared_with(desk: Desk, picture: Picture) -> str | None:
    """Return the moment that a brief is compared with: the last brief of the scope that was remembered (a stamp).

    Where none was, it is the last day of arrivals before the latest one (ISO); None where all arrived on one day.
    """
    ask, found = picture.ask, picture.shown.found
    if ask == Ask(crisis=ask.crisis, as_of=ask.as_of) and (last := last_brief(desk.ledger, crisis=ask.crisis, as_of=ask.as_of)):
        return last
    days = sorted({report.known_at[:10] for report in found.told})
    return days[-2] if len(days) > 1 else None


def title_of(ask: Ask, language: str) -> str:
    """Return the title of a scope: the crisis, the country, or that it is everything."""
    reader = reader_of(language)
    where = (reader.country(ask.country) or ask.country) if ask.country else None
    return " · ".join(part for part in (ask.crisis, where) if part) or reader.say("Everything that is kept")


def _told(desk: Desk, picture: Picture, language: str, since: str | None) -> Told:
    if len(desk.readings) > MOST_READINGS:
        desk.readings.clear()
    earlier = since or compared_with(desk, picture)
    failures: tuple[tuple[str, str, str], ...] = ()
    # Where only what changed cannot be told, the rest is, and the page says which sentence of it broke what.
    for moment in dict.fromkeys((earlier, None)):
        try:
            brief = _compiled(desk, picture, language, moment)
        except BriefError as error:
            failures = failures or error.failures or (("", "", str(error)),)
        else:
            return Told(brief, _set(brief, picture.ask), failures)
    return Told(None, failures=failures)


def _compiled(desk: Desk, picture: Picture, language: str, since: str | None) -> Brief:
    return pipeline.brief_of_situation(
        desk.ledger,
        picture.shown.found,
        desk.bench,
        now=picture.made,
        title=title_of(picture.ask, language),
        language=language,
        since=since,
        readings=desk.readings,
    )


def _set(brief: Brief, ask: Ask) -> Markup:
    """Return the sections of a brief for the desk; the scope is in every link."""
    reader = reader_of(brief.language)
    body = environment().get_template("brief/body.html.j2")
    return Markup(  # noqa: S704 - made by a template that escapes
        body.render(
            brief=brief,
            say=reader.say,
            reader=reader,
            link=lambda path, **changes: path + ask.query(**changes),
            direction=direction,
            safe=safe,
            groups=groups,
            opening=opening,
            unfold=lambda rest: folded(reader, rest),
            pieces=pieces,
            runs=runs,
            struck=STRUCK,
            folded=FOLDED,
            width=BAR_WIDTH,
            bar=bar,
            top=top,
            is_line=lambda one: isinstance(one, Line),
            record=_record,
            standing=lambda line: standing(reader, line.status, negated=line.quotes[0].negated),
            marks=lambda line: marks(reader, line),
            origin=lambda quote: origin(reader, quote),
            notes=lambda quote: damage_notes(reader, quote),
            amount=lambda figure: amount(reader, figure),
            number=reader.number,
            more=lambda n: more(reader, n),
            counted=lambda section: count(reader, section),
        )
    )


def _record(section: Section, line: Line | Fact) -> tuple[str, str] | None:
    """Return kind and id of the receipt that a line or a fact leads to; None where it stands on all that was read."""
    if isinstance(line, Line):
        kind = RECORDS.get(section.id)
        return (kind, line.record) if kind and line.record else ("claim", line.claim_ids[0])
    if line.estimate_ids:
        return "estimate", line.estimate_ids[0]
    return ("document", line.document_ids[0]) if len(line.document_ids) == 1 else None
