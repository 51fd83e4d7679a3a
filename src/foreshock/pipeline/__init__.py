"""The flow; the only place that joins rooms: gather, read, code, keep, join, tell."""

from foreshock.pipeline.exporting import discretion_of, export
from foreshock.pipeline.flow import (
    attributions,
    code,
    coder_name,
    gather,
    identity,
    keep,
    languages,
    ontology_coverage,
    persons,
    published_by,
    read,
)
from foreshock.pipeline.joining import Step, join, join_codings, judge, not_joined, sentence_vectors
from foreshock.pipeline.ledger_brief import Readings, brief_of_ledger
from foreshock.pipeline.precedents import Precedent
from foreshock.pipeline.reckoning import (
    Said,
    as_data,
    keep_estimates,
    only_scenarios,
    percent,
    said_of,
    scenario_ids,
    weigh,
    weighing_tables,
)
from foreshock.pipeline.scoring import TOO_FEW, Difference, Score, Scorecard, outcome, read_outcomes, score
from foreshock.pipeline.showing import Shown, show, shown_changes, shown_claims, shown_documents
from foreshock.pipeline.situation import Situation, of_store, situation
from foreshock.pipeline.subscribing import Imported, export_opml, feed_at, import_opml, subscribe
from foreshock.pipeline.telling import tell, tell_situation
from foreshock.pipeline.weighing import Reckoning, check_scenarios, weigh_situation
from foreshock.pipeline.workbench import Progress, Workbench

__all__ = [
    "TOO_FEW",
    "Difference",
    "Imported",
    "Precedent",
    "Progress",
    "Readings",
    "Reckoning",
    "Said",
    "Score",
    "Scorecard",
    "Shown",
    "Situation",
    "Step",
    "Workbench",
    "as_data",
    "attributions",
    "brief_of_ledger",
    "check_scenarios",
    "code",
    "coder_name",
    "discretion_of",
    "export",
    "export_opml",
    "feed_at",
    "gather",
    "identity",
    "import_opml",
    "join",
    "join_codings",
    "judge",
    "keep",
    "keep_estimates",
    "languages",
    "not_joined",
    "of_store",
    "only_scenarios",
    "ontology_coverage",
    "outcome",
    "percent",
    "persons",
    "published_by",
    "read",
    "read_outcomes",
    "said_of",
    "scenario_ids",
    "score",
    "sentence_vectors",
    "show",
    "shown_changes",
    "shown_claims",
    "shown_documents",
    "situation",
    "subscribe",
    "tell",
    "tell_situation",
    "weigh",
    "weigh_situation",
    "weighing_tables",
]
