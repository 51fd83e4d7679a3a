"""GATHER: the outside world -> Document. A source is one file here with ``accepts`` and ``read``."""

from __future__ import annotations

from foreshock.sources.base import Extractor, Fetched, Fetcher, Item, Job, Limits
from foreshock.sources.gathering import gather

__all__ = ["Extractor", "Fetched", "Fetcher", "Item", "Job", "Limits", "gather"]
