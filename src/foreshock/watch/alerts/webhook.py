"""Webhooks: one signed POST an alert; whatever is no 2xx is tried again, a redirect is not followed."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from foreshock.briefs.exports.alert_text import alert_notice
from foreshock.errors import CatalogueError, SourceError
from foreshock.model import Alert, Channel, Delivery, to_json
from foreshock.pipeline.posting import Post
from foreshock.pipeline.thresholds import trigger_text
from foreshock.watch.alerts.outcome import Sent
from foreshock.watch.alerts.secrets import Secrets, signature

GONE = 410


def payload(alert: Alert, delivery_id: str, *, event: str = "alert") -> bytes:
    """Return the body of a webhook: JSON, UTF-8; the same bytes for every try of a delivery."""
    told: dict[str, Any] = {
        "event": event,
        "delivery": delivery_id,
        "notice": alert_notice(alert),
        "threshold": trigger_text(alert.trigger),
        "alert": to_json(alert),
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")


def send(alert: Alert, channel: Channel, delivery: Delivery, *, post: Post, secrets: Secrets, now: datetime, event: str) -> Sent:
    """Post an alert to a webhook and return how it went."""
    body = payload(alert, delivery.id, event=event)
    try:
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "Idempotency-Key": delivery.id,
            "Foreshock-Event": event,
            "Foreshock-Signature": signature(secrets.get(channel.secret or ""), body, moment=int(now.timestamp())),
        }
        status = post(channel.to, headers=headers, body=body)
    except CatalogueError as error:
        return Sent(done=False, why=error.message)
    except SourceError:
        # What it says holds the address, which may be a secret of its own.
        return Sent(done=False, why="the address is refused, does not answer or is too slow")
    if 200 <= status < 300:
        return Sent(done=True)
    why = f"status {status}" + (", a redirect, which is not followed" if 300 <= status < 400 else "")
    return Sent(done=False, why=why, final=status == GONE)
