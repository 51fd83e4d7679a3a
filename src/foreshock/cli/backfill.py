"""``foreshock backfill``: archives into Parquet, on this machine or on a cluster."""

from __future__ import annotations

import json
import os
import sys
import time
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from foreshock.cli.app import FAILED, PARTLY
from foreshock.cli.options import coder_option, now_option, workbench
from foreshock.cli.plain import plain, tell

if TYPE_CHECKING:
    from foreshock import batch

PLAIN_EVERY = 10.0  # seconds between two lines off a terminal
DRAW_EVERY = 0.5
FILE = click.Path(path_type=Path, dir_okay=False)


@dataclass
class Shown:
    """Shows progress on standard error: one line on a terminal, a line now and then elsewhere."""

    start: float = field(default_factory=time.monotonic)
    last: float = 0.0

    def __call__(self, progress: batch.Progress) -> None:
        """Show it, if it is time to."""
        from foreshock import batch

        now = time.monotonic()
        on_terminal = sys.stderr.isatty()
        if now - self.last < (DRAW_EVERY if on_terminal else PLAIN_EVERY):
            return
        self.last = now
        text = batch.line(progress, now - self.start)
        sys.stderr.write(f"\r\x1b[2K{text}" if on_terminal else f"{text}\n")
        sys.stderr.flush()

    def say(self, text: str) -> None:
        """Tell something, on a line of its own."""
        if sys.stderr.isatty():
            sys.stderr.write("\r\x1b[2K")
        tell(text)

    @property
    def elapsed(self) -> float:
        """Seconds since it was made."""
        return time.monotonic() - self.start


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="The folder to write into.")
@click.option("--scheduler", metavar="ADDRESS", help="Scheduler of a Dask cluster, such as tls://host:8786; else this machine.")
@click.option("--workers", type=click.IntRange(min=1), show_default="one a core", help="Processes on this machine.")
@click.option("--memory", default="4 GB", show_default=True, help="What a process on this machine may take before it is ended.")
@click.option("--tls-ca", type=FILE, help="Certificate of the authority that signed those of the cluster, PEM.")
@click.option("--tls-cert", type=FILE, help="Certificate that this command shows to the cluster, PEM.")
@click.option("--tls-key", type=FILE, help="Key of that certificate, PEM.")
@click.option("--insecure", is_flag=True, help="Allow a scheduler over a network without TLS: who reaches it runs code.")
@click.option("--wait", "patience", type=click.FloatRange(min=0), default=300.0, show_default=True,
              help="Seconds to wait for a scheduler or workers that are away.")  # fmt: skip
@click.option("--retry", is_flag=True, help="Try files again that ended their processes in an earlier run.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as one JSON object.")
@coder_option
@now_option
def command(*, inputs: tuple[str, ...], out: Path, coder: str, now: datetime, retry: bool, as_json: bool, **where: Any) -> None:
    """Code INPUT into Parquet, one task a file, on all cores of this machine or on a Dask cluster.

    INPUT is files and folders of them: archives of the web, JSON Lines, and whatever else is read. A file that is coded already
    and has not changed is not coded again: after an interruption, a crash or a full disk the same command goes on from there.
    """
    from foreshock import batch

    shown = Shown()
    output = batch.Output(out)
    output.prepare()
    todo = batch.plan(inputs, output, workbench(), coder=coder, now=now, again=retry)
    for error in todo.refused:
        tell(error)
    for told in todo.poisoned:
        tell(f"{told['input']['path']}: poisoned: {told['why']}; --retry tries it again")
    shown.start = time.monotonic()
    run = batch.Backfill(todo, output, show=shown, say=shown.say, patience=where["patience"])
    if todo.jobs:
        with _cluster(len(todo.jobs), where) as connect:
            run.run(connect)
    run.record()
    output.clean()
    _finish(_summary(output, run.progress, shown.elapsed), as_json=as_json, refused=len(todo.refused))


def _cluster(jobs: int, where: dict[str, Any]) -> AbstractContextManager[Any]:
    from foreshock import batch

    pem = [where[name] for name in ("tls_ca", "tls_cert", "tls_key")]
    if any(pem) and not all(pem):
        raise click.UsageError("--tls-ca, --tls-cert and --tls-key go together")
    if where["scheduler"] is None:
        if any(pem) or where["insecure"]:
            raise click.UsageError("--tls-ca, --tls-cert, --tls-key and --insecure go with --scheduler")
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        return batch.local(min(where["workers"] or cores, jobs), memory=where["memory"])
    if where["workers"]:
        raise click.UsageError("--workers are of this machine; those of a cluster are started there")
    tls = batch.Tls(*pem) if all(pem) else None
    return batch.connected(where["scheduler"], tls=tls, insecure=where["insecure"], patience=where["patience"])


def _summary(output: batch.Output, progress: batch.Progress, seconds: float) -> dict[str, Any]:
    from foreshock import batch

    found = batch.tally(output)
    told = progress.ended.values()
    manifests = [one["manifest"] for one in told if "manifest" in one]
    return {
        "out": str(output.folder),
        "files": {"all": progress.files, **{state: progress.count(state) for state in batch.ENDS}},
        "documents": sum(one["counts"]["documents"] for one in manifests),
        "claims": sum(one["counts"]["claims"] for one in manifests),
        "skipped": sum(one["counts"]["skipped"] for one in manifests),
        "repeated": sum(one["counts"]["repeated"] for one in manifests),
        "coded": {"documents": progress.documents_done, "claims": progress.claims_done},
        "stands": {"documents": found.documents, "distinct": found.distinct, "claims": found.claims},
        "seconds": round(seconds, 1),
        "documents_per_s": round(progress.documents_done / seconds, 1),
        "named": [
            {"path": one["input"]["path"], "state": one["state"], "why": one["why"]} for one in told if "why" in one
        ],
        "cut": [{"path": one["input"]["path"], "why": one["cut"]} for one in manifests if one["cut"]],
    }  # fmt: skip


def _finish(summary: dict[str, Any], *, as_json: bool, refused: int) -> None:
    """Print the summary and leave: with the code of a part where a file was named, of failure where nothing was coded."""
    files, stands = summary["files"], summary["stands"]
    if as_json:
        click.echo(json.dumps(summary, ensure_ascii=False))
    else:
        ends = ", ".join(f"{count} {state}" for state, count in files.items() if count and state != "all")
        click.echo(
            f"{plain(summary['out'])}: {files['all']} files: {ends}; {summary['documents']} documents with {summary['claims']} "
            f"claims, {summary['skipped']} broken records skipped; {stands['documents'] - stands['distinct']} documents "
            f"stand in a second file"
        )
    if summary["named"] or summary["cut"] or refused:
        raise click.exceptions.Exit(PARTLY if files["coded"] + files["unchanged"] else FAILED)
