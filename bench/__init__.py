"""Public measures: one file a bench, each with ``run(data, *, coder, limit)`` that returns JSON-ready values."""
