"""A brief as one self-contained page: no script, no request, no referrer; every text escaped by the template engine."""

from __future__ import annotations

import base64
import hashlib

from jinja2 import Environment, PackageLoader, StrictUndefined

from foreshock.briefs.brief import Brief, Line
from foreshock.briefs.charts import UNDRAWN, chart_style, charts_can_be_drawn, drawn_charts
from foreshock.briefs.locale import direction
from foreshock.briefs.locale import reader as reader_of
from foreshock.briefs.numbers import amount
from foreshock.briefs.quotes import safe
from foreshock.briefs.receipts import confidence, damage_notes, marks, origin, rows, standing
from foreshock.briefs.setting import BAR_WIDTH, STRUCK, bar, count, folded, more, opening, pieces, runs, top


def render_html(brief: Brief) -> str:
    """Return the page. It works without a network and under its own content security policy (style by hash, nothing else)."""
    reader = reader_of(brief.language)
    environment = Environment(
        loader=PackageLoader("foreshock.briefs"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    style = f"{environment.get_template('brief.css').render().strip()}\n{chart_style()}"
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    return environment.get_template("brief.html.j2").render(
        brief=brief,
        style=style,
        digest=digest,
        say=reader.say,
        safe=safe,
        charts=drawn_charts(brief),
        undrawn="" if charts_can_be_drawn() or not brief.charts else reader.say(UNDRAWN),
        direction=direction,
        page_direction=direction(brief.language),
        opening=opening,
        folded=lambda rest: folded(reader, rest),
        pieces=pieces,
        runs=runs,
        struck=STRUCK,
        is_line=lambda one: isinstance(one, Line),
        standing=lambda line: standing(reader, line.status, negated=line.quotes[0].negated),
        marks=lambda line: marks(reader, line),
        origin=lambda quote: origin(reader, quote),
        rows=lambda quote: rows(reader, quote),
        confidence=lambda value: confidence(reader, value),
        notes=lambda quote: damage_notes(reader, quote),
        amount=lambda figure: amount(reader, figure),
        bar=bar,
        top=top,
        width=BAR_WIDTH,
        number=reader.number,
        more=lambda n: more(reader, n),
        count=lambda section: count(reader, section),
    )
