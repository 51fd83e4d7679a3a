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
from foreshock.pipeline.joining import Step, join, join_codings, not_joined, sentence_vectors
from foreshock.pipeline.workbench import Progress, Workbench

__all__ = [
    "Progress",
    "Step",
    "Workbench",
    "attributions",
    "code",
    "coder_name",
    "gather",
    "join",
    "join_codings",
    "keep",
    "languages",
    "not_joined",
    "ontology_coverage",
    "published_by",
    "read",
    "sentence_vectors",
    "tell",
]
