"""A brief as data: every record of :mod:`foreshock.briefs.brief`, field for field."""

from __future__ import annotations

import json

from foreshock.briefs.brief import Brief
from foreshock.model import to_json


def render_json(brief: Brief) -> str:
    """Return the brief as indented JSON with a final line break."""
    return json.dumps(to_json(brief), ensure_ascii=False, indent=2) + "\n"
