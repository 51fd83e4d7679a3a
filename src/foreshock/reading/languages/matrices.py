"""Which library multiplies matrices for a parser.

spaCy's own (BLIS) falls back to a reference kernel on processors that it does not know; numpy's is tuned for all of them. That
pays where the layers are wide (256 cells): a third of a parse's time. Narrow ones (English) gain nothing. Results agree
to rounding.
"""

from __future__ import annotations

from typing import Any

WIDEST = "tok2vec"


def use_numpy(pipeline: Any) -> Any:
    """Let the word layer of a spaCy pipeline multiply with numpy, in place; return the pipeline."""
    from thinc.backends import NumpyOps  # noqa: PLC0415 - heavy: only a text of a parsed language needs it

    if WIDEST in pipeline.pipe_names:
        ops = NumpyOps(use_blis=False)
        for layer in pipeline.get_pipe(WIDEST).model.walk():
            layer.ops = ops
    return pipeline
