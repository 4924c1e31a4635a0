"""The `habeas` command: finds the command named, runs it, and turns errors into a message and an exit code.

Exit codes of verdicts are 0, 1 and 2, so wrong usage leaves with 64 and errors with the code of their family
(`habeas.errors`), never with one that could be read as a verdict.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module

from habeas import __version__
from habeas.cli.streams import let_every_label_be_said, remark, say
from habeas.cli.usage import WrongUsage
from habeas.errors import HabeasError, exit_code

INTERRUPTED, CUT_OFF = 130, 141
"""As a shell reports a program stopped by SIGINT or SIGPIPE."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command: its words, what it is for, an example, and the module that has its `run` (arguments in, exit code out).

    The module is imported when the command is called, so that help and errors of usage come at once.
    """

    words: tuple[str, ...]
    purpose: str
    example: str
    module: str

    def run(self, arguments: Sequence[str]) -> int:
        """Run the command; return its exit code."""
        code: int = import_module(self.module).run(arguments)
        return code


COMMANDS = (
    Command(words=("audit",), purpose="audit a system by a plan", example="habeas audit plan.yaml --out report", module="habeas.cli.audit"),
    Command(
        words=("audit", "init"),
        purpose="draft a plan from a file of decisions",
        example="habeas audit init data.csv",
        module="habeas.cli.init",
    ),
    Command(
        words=("audit", "compare"),
        purpose="say what changed between two audits",
        example="habeas audit compare a.json b.json",
        module="habeas.cli.compare",
    ),
    Command(
        words=("screen",),
        purpose="screen a system by the rulebooks",
        example="habeas screen system.yaml",
        module="habeas.cli.screen.screen",
    ),
    Command(
        words=("screen", "init"),
        purpose="describe a system by questions",
        example="habeas screen init system.yaml",
        module="habeas.cli.screen.init",
    ),
    Command(
        words=("screen", "compare"),
        purpose="say what changed between two screens",
        example="habeas screen compare a.json b.json",
        module="habeas.cli.screen.compare",
    ),
    Command(
        words=("catalogue",),
        purpose="look up documented systems",
        example="habeas catalogue nl-cas",
        module="habeas.cli.catalogue",
    ),
    Command(
        words=("assess", "init"),
        purpose="draft an impact assessment",
        example="habeas assess init system.yaml ...",
        module="habeas.cli.assess.init",
    ),
    Command(
        words=("assess", "check"),
        purpose="say what an assessment still lacks",
        example="habeas assess check FILE",
        module="habeas.cli.assess.check",
    ),
    Command(
        words=("assess", "render"),
        purpose="write an assessment as a page",
        example="habeas assess render FILE ...",
        module="habeas.cli.assess.render",
    ),
    Command(
        words=("rules", "check"),
        purpose="check rulebooks and what they cover",
        example="habeas rules check uk.yaml",
        module="habeas.cli.rules.check",
    ),
    Command(
        words=("rules", "diff"),
        purpose="say what an amended rulebook changes",
        example="habeas rules diff uk uk.yaml",
        module="habeas.cli.rules.diff",
    ),
    Command(
        words=("rules", "show"),
        purpose="read rulebooks and their questions",
        example="habeas rules show uk",
        module="habeas.cli.rules.show",
    ),
    Command(
        words=("ledger", "init"),
        purpose="make a ledger of decisions",
        example="habeas ledger init FOLDER ...",
        module="habeas.cli.ledger.init",
    ),
    Command(
        words=("ledger", "append"),
        purpose="record what happened",
        example="habeas ledger append FOLDER FILE",
        module="habeas.cli.ledger.append",
    ),
    Command(
        words=("ledger", "checkpoint"),
        purpose="sign and publish what is recorded",
        example="habeas ledger checkpoint FOLDER",
        module="habeas.cli.ledger.checkpoint",
    ),
    Command(
        words=("ledger", "prove"),
        purpose="prove that the log holds an entry",
        example="habeas ledger prove FOLDER 0",
        module="habeas.cli.ledger.prove",
    ),
    Command(
        words=("ledger", "disclose"),
        purpose="show a court some fields of a record",
        example="habeas ledger disclose FOLDER 0 ...",
        module="habeas.cli.ledger.disclose",
    ),
    Command(
        words=("ledger", "erase"),
        purpose="forget a person; the log stays whole",
        example="habeas ledger erase FOLDER ...",
        module="habeas.cli.ledger.erase",
    ),
    Command(
        words=("ledger", "restrict"),
        purpose="leave a record to a court's key alone",
        example="habeas ledger restrict FOLDER 0 ...",
        module="habeas.cli.ledger.restrict",
    ),
    Command(words=("ledger", "fsck"), purpose="check a whole ledger", example="habeas ledger fsck FOLDER", module="habeas.cli.ledger.fsck"),
    Command(
        words=("ledger", "recover"),
        purpose="bring back what an old backup lost",
        example="habeas ledger recover FOLDER",
        module="habeas.cli.ledger.recover",
    ),
    Command(
        words=("ledger", "serve"),
        purpose="show a log's public files",
        example="habeas ledger serve FOLDER",
        module="habeas.cli.ledger.serve",
    ),
    Command(
        words=("ledger", "witness"),
        purpose="watch other people's logs",
        example="habeas ledger witness FOLDER ...",
        module="habeas.cli.ledger.witness",
    ),
    Command(
        words=("verify",),
        purpose="check evidence, offline",
        example="habeas verify evidence.json",
        module="habeas.cli.verify",
    ),
    Command(
        words=("verify", "log"),
        purpose="check a whole log, offline",
        example="habeas verify log FOLDER ...",
        module="habeas.cli.verify_log",
    ),
    Command(
        words=("site", "init"),
        purpose="make a site",
        example="habeas site init FOLDER ...",
        module="habeas.cli.site.init",
    ),
    Command(
        words=("site", "admin"),
        purpose="invite an organisation's administrator",
        example="habeas site admin FOLDER EMAIL ...",
        module="habeas.cli.site.admin",
    ),
    Command(
        words=("site", "demo"),
        purpose="make a site with made-up systems",
        example="habeas site demo FOLDER",
        module="habeas.cli.site.demo",
    ),
    Command(
        words=("site", "run"),
        purpose="serve a site, and work for it",
        example="habeas site run FOLDER",
        module="habeas.cli.site.run",
    ),
    Command(
        words=("site", "check"),
        purpose="look a site over",
        example="habeas site check FOLDER",
        module="habeas.cli.site.check",
    ),
    Command(
        words=("site", "backup"),
        purpose="save a whole site in one file",
        example="habeas site backup FOLDER OUT",
        module="habeas.cli.site.backup",
    ),
    Command(
        words=("site", "restore"),
        purpose="bring a saved site back",
        example="habeas site restore OUT FOLDER",
        module="habeas.cli.site.restore",
    ),
    Command(
        words=("site", "manage"),
        purpose="Django's own commands for a site",
        example="habeas site manage FOLDER ...",
        module="habeas.cli.site.manage",
    ),
    Command(words=("schema",), purpose="print a JSON Schema", example="habeas schema audit-plan", module="habeas.cli.schema"),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; none but a verdict leaves with 0, 1 or 2."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    let_every_label_be_said()
    try:
        return _run(given)
    except WrongUsage as wrong:
        remark(str(wrong))
        return wrong.code
    except HabeasError as error:
        remark(f"habeas: {error}")
        return exit_code(error)
    except BrokenPipeError:
        # whoever read our output (head, less) had enough: not an error, and nothing more can be said there
        return CUT_OFF
    except (KeyboardInterrupt, EOFError):
        remark("habeas: stopped; nothing half-written was left")
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - Python itself would leave with 1, which means "shown different"
        remark(_unforeseen(error))
        return exit_code(HabeasError())


def _run(given: list[str]) -> int:
    command = _named(given)
    if command is not None:
        return _called(command, given[len(command.words) :])
    if given in ([], ["-h"], ["--help"]):
        say(_help())
        return 0
    if given == ["--version"]:
        say(f"habeas {__version__}")
        return 0
    if given[0] in _groups():
        return _group(given[0], given[1:])
    raise WrongUsage(f"habeas: there is no command {' '.join(given[:2])}; the commands are:\n\n{_list()}")


def _called(command: Command, arguments: list[str]) -> int:
    """Run a command; under its help stand the commands that begin with its word."""
    try:
        return command.run(arguments)
    except SystemExit:
        # argparse leaves so once it has printed the help that was asked for
        more = [other for other in COMMANDS if other.words[:1] == command.words and other is not command]
        if more:
            say("\nCommands that begin with it:\n" + _lines(more))
        raise


def _groups() -> frozenset[str]:
    """Words that commands begin with, and that are no command by themselves."""
    return frozenset(command.words[0] for command in COMMANDS) - {command.words[0] for command in COMMANDS if len(command.words) == 1}


def _group(word: str, rest: Sequence[str]) -> int:
    """What may follow the word of a group: help for whoever asks for it, wrong usage otherwise."""
    first = next(command for command in COMMANDS if command.words[0] == word)
    told = f"{_list(word)}\n\nEach explains itself: habeas {' '.join(first.words)} --help"
    if list(rest) in (["-h"], ["--help"]):
        say(f"usage: habeas {word} COMMAND ...\n\n{told}")
        return 0
    wrong = f"there is no command {word} {rest[0]}; after {word} comes" if rest else f"{word} is not a command by itself; after it comes"
    raise WrongUsage(f"habeas: {wrong} one of these:\n\n{told}")


def _unforeseen(error: Exception) -> str:
    """Our own mistake, in words; with HABEAS_DEBUG=1 also where it happened."""
    what = " ".join(f"{type(error).__name__}: {error}".split())
    told = (
        f"habeas: something went wrong that was not foreseen ({what}); there is no verdict, and nothing was published. "
        "Please report it with the command that you gave, without what is personal in it; HABEAS_DEBUG=1 shows where it happened"
    )
    where = "".join(traceback.format_exception(error)) if os.environ.get("HABEAS_DEBUG") == "1" else ""
    return where + told


def _named(given: list[str]) -> Command | None:
    """The command with the most words that the arguments start with."""
    fitting = [command for command in COMMANDS if tuple(given[: len(command.words)]) == command.words]
    return max(fitting, key=lambda command: len(command.words), default=None)


def _help() -> str:
    return f"""habeas {__version__} - makes AI and automated decisions in criminal justice answerable

{_list()}

Each command explains itself: habeas audit --help

An audit leaves with 0: shown equal within the tolerance; 1: shown different;
2: this sample cannot tell. A screen leaves with 0: no prohibition found; 1:
prohibited; 2: blocked pending evidence. A verification leaves with 0: proven;
76: a step fails; 2: nothing is proven. 64 and above: an error, in words."""


def _list(group: str | None = None) -> str:
    """The commands, or those of a group."""
    return _lines([command for command in COMMANDS if group in (None, command.words[0])])


def _lines(commands: Sequence[Command]) -> str:
    return "\n".join(f"  {command.purpose:38} {command.example}" for command in commands)
