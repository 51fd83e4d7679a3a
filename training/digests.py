"""``python -m training.digests``: writes the SHA-256 of every committed parser's files into ``reading/weights.yaml``."""

from __future__ import annotations

from pathlib import Path

from foreshock.reading.weights import digests

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "foreshock"
PIPELINES = ("es", "ja")
HEAD = "# SHA-256 of the files of the committed parsers; written by python -m training.digests, checked by weights.py at load.\n"


def table(models: Path) -> str:
    """Return the table of the pipelines in a folder of models, as YAML."""
    lines = [HEAD.rstrip("\n")]
    for name in PIPELINES:
        lines.append(f"{name}:")
        lines += [f"  {path}: {digest}" for path, digest in digests(models / name).items()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    (PACKAGE / "reading" / "weights.yaml").write_text(table(PACKAGE / "models"), encoding="utf-8")
