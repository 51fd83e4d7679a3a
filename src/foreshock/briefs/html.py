"""A brief as one self-contained page: no script, no request, no referrer; every text escaped by the template engine."""

from __future__ import annotations

import base64
import hashlib
import re

from jinja2 import Environment, PackageLoader, StrictUndefined

from foreshock.briefs.brief import Brief, Line
from foreshock.briefs.charts import UNDRAWN, chart_style, charts_can_be_drawn, drawn_charts
from foreshock.briefs.locale import direction
from foreshock.briefs.locale import reader as reader_of
from foreshock.briefs.numbers import amount
from foreshock.briefs.quotes import safe
from foreshock.briefs.receipts import confidence, damage_notes, marks, origin, rows, standing
from foreshock.briefs.setting import BAR_WIDTH, STRUCK, bar, count, folded, more, opening, pieces, runs, top

# What is not seen or turns what follows; isolates that close and the letters' joiners are left, and so are the page's lines.
_UNSEEN = re.compile(
    "(\u2067[^<\u2066-\u2069]*\u2069)|[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\ue000-\uf8ff\U000e0000-\U000e0fff\U000f0000-\U0010fffd]"
)


def render_html(brief: Brief) -> str:
    """Return the page. It works without a network and under its own content security policy (style by hash, nothing else)."""
    reader = reader_of(brief.language)
    environment = Environment(
        loader=PackageLoader("foreshock.briefs"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    style = f"{environment.get_template('brief.css').render().strip()}\n{chart_style()}"
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    page = environment.get_template("brief.html.j2").render(
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
    return _UNSEEN.sub(lambda found: found[1] or "\ufffd", page)
