"""Common Alerting Protocol 1.2 (OASIS, 2010) of an alert: always a Draft, which no system may act on or make public.

Nothing here was decided by an authority, so urgency and severity are "Unknown". Certainty is that of CAP for an estimate (Likely
above one half, Possible below it, Unlikely close to nought), else "Unknown": that somebody said so is no observation of ours.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Sequence

from foreshock.briefs.exports.alert_text import alert_notice, for_xml, stands_on
from foreshock.briefs.locale import LANGUAGES
from foreshock.briefs.locale import reader as reader_of
from foreshock.briefs.quotes import safe
from foreshock.model import Alert

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
RESTRICTION = "For the desk that keeps the watch; not checked by a person, not to be passed on as a warning."
UNLIKELY = 0.05


def cap_xml(alert: Alert, *, sender: str, follows: Sequence[Alert] = ()) -> bytes:
    """Return an alert as one CAP message.

    Args:
        alert: with the language of its title and sentences.
        sender: who sends it, an address or a name without blanks or commas.
        follows: earlier alerts on the same subject, which this one updates.
    """
    root = ET.Element("alert", {"xmlns": NAMESPACE})
    _add(root, "identifier", f"foreshock-{alert.id}")
    _add(root, "sender", _token(sender))
    _add(root, "sent", _stamp(alert.at))
    _add(root, "status", "Draft")
    _add(root, "msgType", "Update" if follows else "Alert")
    _add(root, "source", "Foreshock, coded by machine, unofficial")
    _add(root, "scope", "Restricted")
    _add(root, "restriction", RESTRICTION)
    _add(root, "note", alert_notice(alert))
    if follows:
        _add(root, "references", " ".join(f"{_token(sender)},foreshock-{one.id},{_stamp(one.at)}" for one in follows))
    root.append(_info(alert))
    made: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return made


def _info(alert: Alert) -> ET.Element:
    info = ET.Element("info")
    _add(info, "language", LANGUAGES[alert.language].replace("_", "-") if alert.language in LANGUAGES else alert.language)
    _add(info, "category", "Security")
    _add(info, "event", f"{alert.trigger.what}: {alert.change}")
    _add(info, "urgency", "Unknown")
    _add(info, "severity", "Unknown")
    _add(info, "certainty", _certainty(alert.probability))
    _add(info, "senderName", "Foreshock (coded by machine, unofficial)")
    _add(info, "headline", safe(alert.title))
    _add(info, "description", "\n".join(safe(line.text) for line in alert.lines))
    for name, value in (
        ("as-of", alert.as_of), ("watch", safe(alert.watch)), *(("stands-on", stands_on(line)) for line in alert.lines),
    ):  # fmt: skip
        parameter = ET.SubElement(info, "parameter")
        _add(parameter, "valueName", name)
        _add(parameter, "value", value)
    area = ET.SubElement(info, "area")
    country = reader_of("en").country(alert.country) if alert.country else None
    _add(area, "areaDesc", ", ".join(filter(None, (safe(alert.place or ""), country or alert.country))) or "not known")
    if alert.country:
        code = ET.SubElement(area, "geocode")
        _add(code, "valueName", "ISO3166-1-alpha-3")
        _add(code, "value", alert.country)
    return info


def _certainty(p: float | None) -> str:
    if p is None:
        return "Unknown"
    return "Likely" if p > 0.5 else "Possible" if p >= UNLIKELY else "Unlikely"


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = for_xml(text)


def _stamp(utc: str) -> str:
    """Return a UTC stamp as CAP writes it: no "Z" is allowed, and -00:00 is UTC."""
    return f"{utc.removesuffix('Z')}-00:00"


def _token(text: str) -> str:
    """Return a text as CAP lets an identifier be: no blank, comma, < or &."""
    return "".join("-" if one.isspace() or one in ",<&" else one for one in safe(text)) or "foreshock"
