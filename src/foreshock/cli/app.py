"""The group of commands, their exit codes and how an error reaches the reader."""

from __future__ import annotations

import errno
import importlib
import os
import sys
from typing import Any

import click

from foreshock.cli.plain import tell
from foreshock.errors import ForeshockError

# What each command is for, in the first sentence of its help: told here too, so that --help imports none of them.
COMMANDS = {
    "accounts": "Keep the accounts of the desk: who may sign in, as what, and with which password.",
    "alerts": "Print, raise, deliver and export the alerts of watches.",
    "attributions": "Print who is given which words in INPUT.",
    "audit": "Print the audit log, the latest first: who did what to what, when, how signed in, and from where.",
    "backfill": "Code INPUT into Parquet, one task a file, on all cores of this machine or on a Dask cluster.",
    "backtest": "Replay FOLDER, or any dated documents, day by day, and print the path that each probability takes.",
    "backup": "Copy the ledger to FILE as it stands at one moment; writers go on meanwhile.",
    "brief": "Print the situation brief of INPUT or of the ledger.",
    "claims": "Print the claims that the ledger holds.",
    "code": "Print the claims of INPUT.",
    "conditions": (
        "Print the register of conditions: who declared each, who holds it to be in force, when "
        "that was last said, its age in days."
    ),
    "crises": "Keep named filters: a crisis scopes incidents, disputes, conditions, tallies, exports and briefs.",
    "diff": "Print which claims the latest version of DOCUMENT added, changed or silently dropped, against the version before.",
    "disputes": (
        "Print disputes: a question, its positions, who holds each in which words, and how many origins stand behind it."
    ),
    "doctor": "Say what is missing on this machine, what cannot be done without it, and how to mend it; nothing is changed.",
    "export": "Write what the ledger holds into a folder, with a codebook, for spreadsheets, maps and other systems.",
    "feeds": "Keep what is watched: feeds, pages, mailboxes and folders; foreshock watch polls them.",
    "fit": "Fit priors and likelihood ratios on historical sets and write the tables that weighing reads.",
    "gazetteer": "Compile the gazetteer ahead of its first use.",
    "gdelt": "Print the events of GDELT's lists FILE, or compare them with the claims of the same pages.",
    "incidents": (
        "Print incidents, the latest first; with an ID, one of them with its claims, origins and the reasons that join them."
    ),
    "ingest": "Read INPUT, code it, keep it in the ledger and join it with what is there.",
    "join": "Join what was kept since the last time: copies to their origins, claims to incidents.",
    "judge": "Keep a decision on SUBJECT: append-only, and part of every later reading.",
    "kinds": "Print the kinds of the codebook, or all of one KIND.",
    "languages": "Print which languages are read how deep.",
    "load": "Add what foreshock backfill coded in DIR to the ledger, at the rate at which it takes whole batches.",
    "mcp": (
        "Answer a language model's questions about the ledger, by the Model Context Protocol over standard input and output."
    ),
    "migrate": "Bring the tables of a ledger of an earlier version up to those of this one, all or nothing.",
    "ontology": "Print how many cues, examples and near misses each kind has in each language, and what is missing.",
    "origins": (
        "Print the graph of origins, one link a row: a copy, a rewrite of an agency's report, a translation, a citation ..."
    ),
    "outcomes": "Keep what came of scenarios, so that estimates can be scored; nothing is concluded from silence.",
    "outlook": "Print the deaths that each of the next months may bring COUNTRY, and how likely 25 or more are in a year.",
    "precedents": (
        "Print the past crises nearest to a crisis, with what is alike, what differs, what is not known, and how each ended."
    ),
    "read": "Print how INPUT was read.",
    "redact": (
        "Erase a name everywhere, or the words of a document or claim, and leave a tombstone with "
        "a keyed hash of what was erased."
    ),
    "restore": "Fill an empty ledger from FILE, a backup, and verify it.",
    "scenarios": "List the scenarios, show one, or check what of them is measured.",
    "score": "Score every past estimate whose horizon has passed, against its prior and the base rate.",
    "search": "Find claims by their words and the names of their holders, actors and places, the latest first.",
    "serve": "Open the desk in a browser: on the ledger, or on an invented example where there is none yet.",
    "sources": "Print the sources with their Admiralty grade A to F and the record that it comes from; a thin record is F.",
    "tallies": "Print the tallies of a crisis, each number with its holder; nothing is summed, and a lost number stays lost.",
    "tokens": "Keep the tokens of the API: each acts for an account, within scopes, until it ends.",
    "verify": "Recompute every hash: of the kept bytes, of documents and claims, and the chain that ties the codings together.",
    "watch": "Poll feeds, pages, mailboxes and folders, each when it is due, and code, keep and join what they bring.",
    "watches": "Keep watches: saved filters with thresholds that raise alerts.",
    "weigh": "Weigh where a crisis is tipping: every scenario with its prior, its evidence, and what could not be seen.",
}
OK, FAILED, USAGE, PARTLY, INTERRUPTED = 0, 1, 2, 3, 130
# What the outside world can refuse to a write; every other OSError is a fault of ours and keeps its traceback.
REFUSALS = {
    errno.ENOSPC: "free space on that disk, then run the same command again",
    errno.EDQUOT: "free some of your quota, then run the same command again",
    errno.EFBIG: "raise the limit on the size of files, or name another place",
    errno.EIO: "the disk fails: name another place",
    errno.EROFS: "name a place that can be written",
    errno.EACCES: "name a place that you may write",
    errno.EPERM: "name a place that you may write",
    errno.ENOTDIR: "a part of that path is a file: name another place",
    errno.EEXIST: "a file stands where a folder should be: name another place",
    errno.EISDIR: "a folder stands where a file should be: name another place",
}


class Commands(click.Group):
    """Finds a command in the file of its name, so that ``foreshock --help`` loads no grammar."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names of the commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return the command of a name, or None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(f"foreshock.cli.{cmd_name}").command
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command to the end of its output; a reader that has gone (``| head``) is no error."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            _silence(sys.stdout)
            return OK
        return result


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="foreshock")
def group() -> None:
    """Read the news on a political crisis and keep who said what.

    Exit codes: 0 done; 1 nothing could be done, the message says why; 2 wrong usage; 3 done, but a part of the input could not be
    read and is named; 130 interrupted.
    """


def main() -> None:
    """Run the command line and leave with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    sys.exit(run())


def run() -> int:
    """Run the command that ``sys.argv`` names and return its exit code."""
    try:
        code = group(prog_name="foreshock", standalone_mode=False)
        sys.stdout.flush()
    except (click.Abort, KeyboardInterrupt):
        tell("interrupted; what was kept stays, the same command goes on from there")
        return INTERRUPTED
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except ForeshockError as error:
        tell(error)
        return FAILED
    except OSError as error:
        if error.errno not in REFUSALS:
            raise
        tell(f"{error.filename or 'the output'}: {error.strerror} ({REFUSALS[error.errno]})")
        _silence(sys.stdout)
        return FAILED
    return code if isinstance(code, int) else OK


def _silence(stream: Any) -> None:
    # What is left in the buffer goes nowhere; otherwise Python would try to write it again at exit.
    try:
        descriptor = stream.fileno()
    except (OSError, ValueError):
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)
