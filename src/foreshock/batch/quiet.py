"""Loaded by Dask into every worker of our own cluster: an interrupt from the terminal is for the command, which ends them."""

from __future__ import annotations

import signal
from typing import Any


def dask_setup(worker: Any) -> None:  # noqa: ARG001 -- Dask calls it so
    """Let an interrupt pass."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
