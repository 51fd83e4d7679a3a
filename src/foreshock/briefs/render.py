"""One door to the renderers."""

from __future__ import annotations

from typing import Literal

from foreshock.briefs.brief import Brief
from foreshock.briefs.html import render_html
from foreshock.briefs.json import render_json
from foreshock.briefs.markdown import render_markdown
from foreshock.briefs.terminal import render_terminal

Format = Literal["terminal", "html", "markdown", "json"]


def render(brief: Brief, *, format: Format, width: int | None = None, color: bool = False) -> str:
    """Return a compiled brief as text.

    Args:
        brief: what :func:`foreshock.briefs.compile.compile_brief` returned.
        format: terminal, html (one self-contained page), markdown or json.
        width: columns of the terminal; 100 where it is not given. The other formats take no notice.
        color: ANSI colours in the terminal; NO_COLOR in the environment overrides it.
    """
    if format == "terminal":
        return render_terminal(brief, width=width, color=color)
    return {"html": render_html, "markdown": render_markdown, "json": render_json}[format](brief)
