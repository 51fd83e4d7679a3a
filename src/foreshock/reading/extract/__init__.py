"""Bytes of a page or file -> :class:`foreshock.model.Extract`; the type is chosen in choose.py, one file reads one type."""

from __future__ import annotations

from foreshock.reading.extract.choose import extract

__all__ = ["extract"]
