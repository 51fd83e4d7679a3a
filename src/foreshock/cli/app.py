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

COMMANDS = (
    "attributions", "backtest", "backup", "brief", "claims", "code", "conditions", "crises", "diff", "disputes", "export", "fit",
    "gazetteer", "incidents", "ingest", "join", "judge", "kinds", "languages", "migrate", "ontology", "origins",
    "outcomes", "outlook", "precedents", "read", "redact", "restore", "scenarios", "score", "search", "sources", "tallies",
    "verify", "weigh",
)  # fmt: skip
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
