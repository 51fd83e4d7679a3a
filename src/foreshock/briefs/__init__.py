"""TELL: claims and readings to a brief that compiles, and the brief to a terminal, a page, Markdown or data."""

from foreshock.briefs.brief import Brief, Cited, Fact, Header, Line, Quote, Section
from foreshock.briefs.compile import RULES, compile_brief
from foreshock.briefs.locale import LANGUAGES
from foreshock.briefs.render import Format, render
from foreshock.briefs.sitrep import compose

__all__ = [
    "LANGUAGES",
    "RULES",
    "Brief",
    "Cited",
    "Fact",
    "Format",
    "Header",
    "Line",
    "Quote",
    "Section",
    "compile_brief",
    "compose",
    "render",
]
