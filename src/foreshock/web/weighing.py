"""What weighing says of a country, made ready for the board: numbers on one axis, evidence with its receipts, what is not known.

How likely something is and how sure the coding is are two scales; nothing here speaks of the second.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import log10

from foreshock import pipeline
from foreshock.briefs.locale import Reader
from foreshock.briefs.quotes import safe
from foreshock.briefs.retelling import retold
from foreshock.errors import LedgerError
from foreshock.model import Estimate, Evidence
from foreshock.pipeline import Precedent, Reckoning
from foreshock.pipeline.briefing import country_of
from foreshock.web.desk import Desk
from foreshock.web.picture import Picture

WIDTH = 340.0  # of the axis of probability, in pixels: logarithmic from LOWEST to 1
LOWEST = 1e-4
TICKS = (1e-4, 1e-3, 1e-2, 1e-1, 1.0)
WEIGHS = ("seen", "unseen")
LONGEST_BAR = 80.0  # of nats, in pixels to either side
BACKGROUND = "background"  # what no indicator looks for


@dataclass(frozen=True, slots=True)
class Cell:
    """A scenario at one horizon: how it is said, and its place on the axis; ``cut``: the interval goes on to the left."""

    estimate_id: str
    probability: str
    low: str
    high: str
    word: str
    prior: str
    base_rate: str
    at: float
    at_low: float
    at_high: float
    at_prior: float
    cut: bool
    share: float


@dataclass(frozen=True, slots=True)
class Row:
    """A scenario: its cell at each horizon; ``unmeasured`` says why there is none. ``calm`` is the one that nothing breaks."""

    id: str
    short: str
    question: str
    resolves: str
    calm: bool
    cells: Mapping[int, Cell]
    unmeasured: str
    asked: int
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of evidence: what it adds to one scenario, in nats, with the incidents that it stands on."""

    scenario: str
    estimate_id: str
    indicator: str
    nats: str
    low: str
    high: str
    width: float
    why: str
    incidents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the matrix of evidence: what was looked for, how often it was seen, and what it does to each scenario."""

    indicator: str
    gloss: str
    seen: str
    state: str
    cells: tuple[tuple[str, str], ...]
    diagnosticity: str
    incidents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Past:
    """A past crisis that is like this one."""

    name: str
    span: str
    summary: str
    rank: str
    alike: tuple[str, ...]
    differ: tuple[str, ...]
    unknown: int
    ended: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """The board of one country."""

    country: str
    name: str
    as_of: str
    state: str
    tier: str
    reasons: tuple[str, ...]
    rows: tuple[Row, ...]
    hidden: tuple[str, ...]
    earned: str
    coder: str
    unplaced: int
    ignored: tuple[tuple[str, int], ...]
    past: tuple[Past, ...]
    reckoning: Reckoning

    @property
    def horizons(self) -> tuple[int, ...]:
        """Days, the shortest first."""
        return tuple(sorted({one.horizon for one in self.reckoning.estimates}))


def boards(desk: Desk, picture: Picture, reader: Reader) -> tuple[Board, ...]:
    """Return a board for each country of the scope; none where it is of no one country or nothing was known.

    The numbers are those of ``foreshock weigh``: from all that the ledger knew by the day that is looked at.
    """
    return desk.behind.of(picture, ("boards", reader.language), lambda: _boards(desk, picture, reader))


def countries_of(picture: Picture) -> tuple[str, ...]:
    """Return the countries that a scope is of: that of the address, those of the crisis, or the one most documents tell of."""
    found = picture.shown.found
    if picture.ask.country:
        return (picture.ask.country,)
    if found.crisis and found.crisis.countries:
        return found.crisis.countries
    one = country_of(found)
    return (one,) if one else ()


def _boards(desk: Desk, picture: Picture, reader: Reader) -> tuple[Board, ...]:
    made: list[Board] = []
    for country in countries_of(picture):
        try:
            found = pipeline.weigh(desk.ledger, desk.bench, now=picture.made, country=country, as_of=picture.ask.as_of)
        except LedgerError:  # nothing was known by then: no number, and the page says so
            continue
        made += [_board(reader, one) for one in found]
    return tuple(made)


def place_of(p: float) -> float:
    """Return the place of a probability on the axis, in pixels; one below the lowest stands at its end.

    >>> place_of(1e-9), place_of(1e-2), place_of(1.0)
    (0.0, 170.0, 340.0)
    """
    return round(WIDTH * (log10(max(p, LOWEST)) - log10(LOWEST)) / -log10(LOWEST), 1)


def said_percent(reader: Reader, text: str) -> str:
    """Return a number of per cent as the reader's language says it; only the ends of the scale have words."""
    return reader.percent(text)


def _board(reader: Reader, one: Reckoning) -> Board:
    subject, start = one.weighing.subject, one.weighing.start
    used = [it.weight for it in one.estimates if it.weight is not None]
    share = f"{min(used):.0%}" if used and min(used) == max(used) else f"{min(used):.0%} – {max(used):.0%}" if used else ""
    ignored: dict[str, int] = {}
    for told in one.happenings:
        if told.ignored and told.ignored != BACKGROUND:
            ignored[told.ignored] = ignored.get(told.ignored, 0) + 1
    return Board(
        country=subject.country,
        name=reader.country(subject.country) or subject.country,
        as_of=reader.date(subject.as_of.isoformat()),
        state=reader.say(start.state),
        tier=reader.say(start.tier),
        reasons=tuple(safe(retold(reader, why)) for why in start.reasons),
        rows=tuple(_rows(reader, one)),
        hidden=tuple(safe(retold(reader, line)) for line in one.hidden),
        earned=share,
        coder=subject.coder,
        unplaced=one.unplaced,
        ignored=tuple(sorted(ignored.items(), key=lambda row: -row[1])),
        past=tuple(_past(reader, one, it) for it in one.nearest),
        reckoning=one,
    )


def _rows(reader: Reader, one: Reckoning) -> list[Row]:
    found = []
    for name in dict.fromkeys(it.scenario for it in one.estimates):
        scenario = one.tables.scenarios[name]
        mine = [it for it in one.estimates if it.scenario == name]
        cells = {it.horizon: cell for it in mine if (cell := _cell(reader, it))}
        found.append(
            Row(
                id=name,
                short=reader.say(scenario.short),
                question=reader.say(scenario.question),
                resolves=reader.say(scenario.resolves),
                calm=scenario.calm,
                cells=cells,
                unmeasured="" if cells else reader.say(mine[0].unmeasured or ""),
                asked=len(mine[0].evidence),
                notes=tuple(dict.fromkeys(safe(note) for it in mine for note in it.notes)),
            )
        )
    longest = max((it.horizon for it in one.estimates), default=0)
    return sorted(found, key=lambda row: (row.calm, not row.cells, -(row.cells[longest].share if longest in row.cells else 0.0)))


def _cell(reader: Reader, it: Estimate) -> Cell | None:
    said = pipeline.said_of(it)
    if said is None or it.probability is None or it.low is None or it.high is None or it.prior is None:
        return None
    return Cell(
        estimate_id=it.id,
        probability=said_percent(reader, said.probability),
        low=said_percent(reader, said.low),
        high=said_percent(reader, said.high),
        word=reader.say(said.word),
        prior=said_percent(reader, said.prior),
        base_rate=said_percent(reader, said.base_rate),
        at=place_of(it.probability),
        at_low=place_of(it.low),
        at_high=place_of(it.high),
        at_prior=place_of(it.prior.probability),
        cut=it.low < LOWEST,
        share=it.probability,
    )


def moved(reader: Reader, board: Board, horizon: int) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return what speaks for and what speaks against scenarios at a horizon, the strongest first."""
    one = board.reckoning
    weighed = [(it, piece) for it in _at(one, horizon) for piece in it.evidence if piece.state in WEIGHS and piece.nats]
    most = max((abs(piece.nats) for _, piece in weighed), default=1.0)
    ordered = sorted(weighed, key=lambda row: -abs(row[1].nats))
    pieces = [(piece.nats > 0, _piece(reader, one, it, piece, most)) for it, piece in ordered]
    return tuple(it for up, it in pieces if up), tuple(it for up, it in pieces if not up)


def idle(reader: Reader, board: Board, horizon: int) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return what was seen and weighs nothing, once an indicator: why, and the incidents."""
    found: dict[str, Evidence] = {}
    weighing = set()
    for it in _at(board.reckoning, horizon):
        for piece in it.evidence:
            if piece.state in WEIGHS and piece.nats:
                weighing.add(piece.indicator)
            elif piece.happenings:
                found.setdefault(piece.indicator, piece)
    return tuple((safe(retold(reader, piece.why)), piece.happenings) for name, piece in found.items() if name not in weighing)


def turning(reader: Reader, board: Board, horizon: int) -> tuple[tuple[str, str, bool], ...]:
    """Return what would change a number at a horizon: the scenario, the sentence, whether its word would change too."""
    one = board.reckoning
    shorts = one.tables.scenarios
    rows = [it for it in one.changes if it.horizon == horizon]
    return tuple((reader.say(shorts[it.scenario].short), safe(retold(reader, it.why)), it.other_band) for it in rows[:10])


def first(reader: Reader, board: Board, horizon: int) -> tuple[tuple[str, str], ...]:
    """Return what comes first within a horizon, of outcomes that exclude one another: name and share, the likeliest first."""
    shares = board.reckoning.weighing.first.get(horizon, {})
    names = board.reckoning.tables.scenarios
    ordered = sorted(shares.items(), key=lambda row: -row[1])
    return tuple(
        (reader.say(names[name].short if name in names else name.replace("-", " ")), said_percent(reader, pipeline.percent(p)))
        for name, p in ordered
    )


def matrix(reader: Reader, board: Board, horizon: int) -> tuple[tuple[Row, ...], tuple[Line, ...]]:
    """Return hypotheses against evidence: the scenarios in columns, what was looked for in rows, the most telling first."""
    one = board.reckoning
    rows = [row for row in board.rows if not row.calm]
    cells = {(it.scenario, piece.indicator): piece for it in _at(one, horizon) for piece in it.evidence}
    spread = dict(zip(one.board(horizon).indicators, one.board(horizon).diagnosticity, strict=True))
    lines = []
    for name in dict.fromkeys(indicator for _, indicator in cells):
        signal = one.weighing.signals.get(name)
        if signal is None:
            continue
        usual = "–" if signal.usual is None else f"{signal.usual:.1f}"
        lines.append(
            (
                (-spread.get(name, 0.0), -signal.count, name),
                Line(
                    indicator=name,
                    gloss=reader.say(one.tables.indicators[name].gloss),
                    seen=reader.say("{n} seen, usual {usual}", n=reader.number(signal.count), usual=usual),
                    state=signal.state,
                    cells=tuple(_sign(cells.get((row.id, name))) for row in rows),
                    diagnosticity=f"{spread[name]:.2f}" if name in spread else "",
                    incidents=tuple(it.id for it in signal.happenings[:4]),
                ),
            )
        )
    return tuple(rows), tuple(line for _, line in sorted(lines, key=lambda row: row[0]))


def _sign(piece: Evidence | None) -> tuple[str, str]:
    """Return the state of a cell and what stands in it; only what weighs has a number other than 0."""
    if piece is None:
        return "unasked", ""
    if piece.state in WEIGHS:
        return ("for" if piece.nats > 0 else "against" if piece.nats < 0 else "even"), f"{piece.nats:+.2f}"
    return piece.state, "0"


def _at(one: Reckoning, horizon: int) -> Iterator[Estimate]:
    return (it for it in one.estimates if it.horizon == horizon)


def _piece(reader: Reader, one: Reckoning, it: Estimate, piece: Evidence, most: float) -> Piece:
    return Piece(
        scenario=reader.say(one.tables.scenarios[it.scenario].short),
        estimate_id=it.id,
        indicator=piece.indicator,
        nats=f"{piece.nats:+.2f}",
        low=f"{piece.low:+.2f}",
        high=f"{piece.high:+.2f}",
        width=round(LONGEST_BAR * abs(piece.nats) / most, 1),
        why=safe(retold(reader, piece.why)),
        incidents=piece.happenings[:5],
    )


def _past(reader: Reader, one: Reckoning, it: Precedent) -> Past:
    shorts = {name: scenario.short for name, scenario in one.tables.scenarios.items()}
    crisis = it.crisis
    came = [f"{reader.say(shorts.get(end.scenario, end.scenario))} ({reader.date(end.day)})" for end in it.endings]
    return Past(
        name=crisis.name,
        span=reader.span(crisis.start, crisis.end) if crisis.end else reader.date(crisis.start),
        summary=it.summary,
        rank=reader.say("{rank} of {all}", rank=reader.number(it.rank), all=reader.number(it.of)),
        alike=tuple(why.text for why in it.alike),
        differ=tuple(why.text for why in it.differ),
        unknown=len(it.unknown),
        ended=tuple(part for part in (*came, crisis.after) if part),
        sources=tuple(crisis.sources),
    )
