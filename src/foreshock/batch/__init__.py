"""Years of archives: one idempotent task a file over the processes of this machine or a Dask cluster, and back into a ledger."""

from foreshock.batch.backfill import Backfill
from foreshock.batch.cluster import Tls, connected, local
from foreshock.batch.counting import Tally, tally
from foreshock.batch.jobs import Plan, plan
from foreshock.batch.load import Loaded, load
from foreshock.batch.output import Output
from foreshock.batch.progress import ENDS, Progress, line

__all__ = [
    "ENDS",
    "Backfill",
    "Loaded",
    "Output",
    "Plan",
    "Progress",
    "Tally",
    "Tls",
    "connected",
    "line",
    "load",
    "local",
    "plan",
    "tally",
]
