"""The flow; the only place that joins rooms: gather, read, code, keep, join, tell."""

from foreshock.pipeline.alert_scene import Scenes
from foreshock.pipeline.alerting import Evaluation, evaluate, raise_alerts
from foreshock.pipeline.backfilling import InputFile, code_file, coders_stamp, input_files
from foreshock.pipeline.brief_memory import last_brief, remember_brief
from foreshock.pipeline.correcting import amended, place_of_claim
from foreshock.pipeline.deciding import decide
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
from foreshock.pipeline.funnel import Coded
from foreshock.pipeline.gdelt import Compared, GdeltEvent, Listed, compare_gdelt, gdelt_events
from foreshock.pipeline.joining import Step, join, join_codings, judge, not_joined, sentence_vectors
from foreshock.pipeline.ledger_brief import Readings, brief_of_ledger, brief_of_situation
from foreshock.pipeline.opening import Opened, Row, Rows, list_documents, open_document
from foreshock.pipeline.polling import Polled
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
from foreshock.pipeline.reusing import Reusing, forget_codings
from foreshock.pipeline.scoring import TOO_FEW, Difference, Score, Scorecard, outcome, read_outcomes, score
from foreshock.pipeline.showing import Shown, show, shown_changes, shown_claims, shown_documents, shown_reports
from foreshock.pipeline.situation import Situation, of_store, scope_of, situation
from foreshock.pipeline.subscribing import Imported, export_opml, feed_at, import_opml, subscribe
from foreshock.pipeline.taking import Taken
from foreshock.pipeline.telling import tell, tell_situation
from foreshock.pipeline.thresholds import FORMS, trigger_of, trigger_text
from foreshock.pipeline.watching import Checked, WatchTools, check_feed, feed_fetcher, poll, take, watch_tools
from foreshock.pipeline.weighing import Reckoning, check_scenarios, weigh_situation
from foreshock.pipeline.workbench import Progress, Workbench

__all__ = [
    "FORMS",
    "TOO_FEW",
    "Checked",
    "Coded",
    "Compared",
    "Difference",
    "Evaluation",
    "GdeltEvent",
    "Imported",
    "InputFile",
    "Listed",
    "Opened",
    "Polled",
    "Precedent",
    "Progress",
    "Readings",
    "Reckoning",
    "Reusing",
    "Row",
    "Rows",
    "Said",
    "Scenes",
    "Score",
    "Scorecard",
    "Shown",
    "Situation",
    "Step",
    "Taken",
    "WatchTools",
    "Workbench",
    "amended",
    "as_data",
    "attributions",
    "brief_of_ledger",
    "brief_of_situation",
    "check_feed",
    "check_scenarios",
    "code",
    "code_file",
    "coder_name",
    "coders_stamp",
    "compare_gdelt",
    "decide",
    "discretion_of",
    "evaluate",
    "export",
    "export_opml",
    "feed_at",
    "feed_fetcher",
    "forget_codings",
    "gather",
    "gdelt_events",
    "identity",
    "import_opml",
    "input_files",
    "join",
    "join_codings",
    "judge",
    "keep",
    "keep_estimates",
    "languages",
    "last_brief",
    "list_documents",
    "not_joined",
    "of_store",
    "only_scenarios",
    "ontology_coverage",
    "open_document",
    "outcome",
    "percent",
    "persons",
    "place_of_claim",
    "poll",
    "published_by",
    "raise_alerts",
    "read",
    "read_outcomes",
    "remember_brief",
    "said_of",
    "scenario_ids",
    "scope_of",
    "score",
    "sentence_vectors",
    "show",
    "shown_changes",
    "shown_claims",
    "shown_documents",
    "shown_reports",
    "situation",
    "subscribe",
    "take",
    "tell",
    "tell_situation",
    "trigger_of",
    "trigger_text",
    "watch_tools",
    "weigh",
    "weigh_situation",
    "weighing_tables",
]
