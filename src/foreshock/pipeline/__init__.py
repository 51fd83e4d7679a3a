"""The flow; the only place that joins rooms: gather, read, code, keep, join, tell."""

from foreshock.pipeline.flow import (
    attributions,
    code,
    coder_name,
    gather,
    keep,
    languages,
    ontology_coverage,
    published_by,
    read,
    tell,
)
from foreshock.pipeline.workbench import Progress, Workbench

__all__ = [
    "Progress",
    "Workbench",
    "attributions",
    "code",
    "coder_name",
    "gather",
    "keep",
    "languages",
    "ontology_coverage",
    "published_by",
    "read",
    "tell",
]
