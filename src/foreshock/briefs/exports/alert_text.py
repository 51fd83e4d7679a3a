"""An alert as a page of text, as a fragment of HTML, and as the notice that goes with each: for mail and feeds."""

from __future__ import annotations

import re
from html import escape

from foreshock.briefs.exports.notice import Notice
from foreshock.briefs.locale import direction
from foreshock.briefs.quotes import safe
from foreshock.model import Alert, AlertLine

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def alert_notice(alert: Alert) -> str:
    """Return what every alert says of itself: coded by machine, unofficial, as of when."""
    return Notice(title=alert.watch, made_at=alert.at, as_of=alert.at, until=alert.as_of).sentence


def alert_text(alert: Alert) -> str:
    """Return an alert as plain text: its title, each sentence with what it stands on, the notice."""
    parts = [safe(alert.title), ""]
    for line in alert.lines:
        parts += [f"- {safe(line.text)}", f"  [{stands_on(line)}]"]
    return "\n".join([*parts, "", alert_notice(alert), f"Alert {alert.id}, watch: {safe(alert.watch)}", ""])


def alert_html(alert: Alert) -> str:
    """Return an alert as HTML in which every word of it is text: nothing is fetched, nothing runs, nothing is linked."""
    rows = "".join(
        f'<li dir="auto" style="margin:0 0 .6em"><span>{escape(safe(line.text))}</span><br>'
        f'<small style="color:#5b6470">{escape(stands_on(line))}</small></li>'
        for line in alert.lines
    )
    return (
        f'<div lang="{escape(alert.language)}" dir="{direction(alert.language)}" '
        f'style="font:16px/1.5 sans-serif;max-width:44em;color:#1c2430">'
        f'<h1 dir="auto" style="font-size:1.2em;margin:0 0 .8em">{escape(safe(alert.title))}</h1><ul>{rows}</ul>'
        f'<p style="color:#5b6470"><small>{escape(alert_notice(alert))}<br>'
        f"Alert {escape(alert.id)}, watch: {escape(safe(alert.watch))}</small></p></div>"
    )


def for_xml(text: str) -> str:
    """Return a text with every character that XML 1.0 cannot hold as U+FFFD."""
    return _NOT_XML.sub("\ufffd", text)


def stands_on(line: AlertLine) -> str:
    """Return the ids that a sentence stands on."""
    parts = (("claim", line.claim_ids), ("estimate", line.estimate_ids), ("document", line.document_ids))
    return "; ".join(f"{name}{'s' if len(ids) > 1 else ''} {', '.join(ids)}" for name, ids in parts if ids)
