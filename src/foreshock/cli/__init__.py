"""The command line: parse, call, print. One file a command; a command is imported only when it is called."""

from foreshock.cli.app import main

__all__ = ["main"]
