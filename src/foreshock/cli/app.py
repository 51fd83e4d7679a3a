"""The group of commands, their exit codes and how an error reaches the reader."""

from __future__ import annotations

import importlib
import os
import sys

import click

from foreshock.errors import ForeshockError

COMMANDS = ("brief", "claims", "code", "gazetteer", "ingest", "kinds", "languages", "read")
OK, FAILED, USAGE, PARTLY, INTERRUPTED = 0, 1, 2, 3, 130


class Commands(click.Group):
    """Finds a command in the file of its name, so that ``foreshock --help`` loads no grammar."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of a name, or None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(f"foreshock.cli.{cmd_name}").command
        return command if isinstance(command, click.Command) else None


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
    try:
        code = group(standalone_mode=False)
    except click.exceptions.Exit as error:
        code = error.exit_code
    except click.Abort:
        click.echo("foreshock: interrupted; what was kept stays, the same command goes on from there", err=True)
        code = INTERRUPTED
    except KeyboardInterrupt:
        click.echo("foreshock: interrupted; what was kept stays, the same command goes on from there", err=True)
        code = INTERRUPTED
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except ForeshockError as error:
        click.echo(f"foreshock: {error}", err=True)
        code = FAILED
    except BrokenPipeError:
        # The reader of a pipe has gone (| head): close quietly, and keep Python from flushing into it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = OK
    except OSError as error:
        click.echo(f"foreshock: {error.strerror or error}: {error.filename or 'output'} (free space or name another place)", err=True)
        code = FAILED
    sys.exit(code if isinstance(code, int) else OK)
