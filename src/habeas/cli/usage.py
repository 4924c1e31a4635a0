"""Reading arguments so that wrong usage can't be mistaken for a verdict."""

from __future__ import annotations

import argparse
from datetime import UTC, date, datetime
from typing import NoReturn

from habeas.cli.streams import say
from habeas.terms.answers import parse_day

USAGE = 64
"""EX_USAGE of sysexits.h; argparse's own 2 would read as 'this sample cannot tell'."""


class WrongUsage(Exception):
    """The command was called wrongly; the message says how to call it."""

    code = USAGE


class Parser(argparse.ArgumentParser):
    """argparse with our exit codes and without a traceback."""

    def print_help(self, file: object | None = None) -> None:  # noqa: ARG002 - argparse's own signature
        """Print the help where results go; a stream that can't be written is an error like any other."""
        say(self.format_help().rstrip("\n"))

    def error(self, message: str) -> NoReturn:
        """Say how the command is called."""
        raise WrongUsage(f"{self.format_usage()}\n{self.prog}: {message}; see {self.prog} --help")


def parser(prog: str, description: str) -> Parser:
    """A parser that keeps the line breaks of its description."""
    return Parser(prog=prog, description=description, formatter_class=argparse.RawDescriptionHelpFormatter)


def day(text: str) -> date:
    """A day given as an argument, such as 2026-11-22."""
    found = parse_day(text)
    if found is None:
        raise argparse.ArgumentTypeError(f"expected a day, year-month-day such as 2026-11-22; got {text!r}")
    return found


def today() -> date:
    """The day on which the command is given (UTC)."""
    return datetime.now(UTC).date()
