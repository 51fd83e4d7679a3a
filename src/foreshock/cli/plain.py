"""What a text may do to a terminal: be read, and nothing else."""

from __future__ import annotations

import re

import click

# Control characters (an escape sequence begins with one), and those that turn the direction of what follows.
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def plain(text: str) -> str:
    """Return a text with every control character but tab and newline made visible as U+FFFD."""
    return _UNSAFE.sub("�", text)


def tell(message: object) -> None:
    """Write a message to standard error, under the program's name."""
    click.echo(f"foreshock: {plain(str(message))}", err=True)
