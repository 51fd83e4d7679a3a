"""How the channels of a watch are printed."""

from __future__ import annotations

from urllib.parse import urlsplit

from foreshock.model import Channel


def shown_address(channel: Channel) -> str:
    """Return the address of a channel as it may be printed: the path of a webhook may be a key."""
    parts = urlsplit(channel.to)
    return f"{parts.scheme}://{parts.netloc}/…" if channel.kind == "webhook" else channel.to
