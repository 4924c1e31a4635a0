"""The settings of a ledger, `ledger.yaml`: where its parts are kept.

Whatever is a path is taken from the folder of the file, so that the folder can be moved as a whole.
"""

from __future__ import annotations

import difflib
import os
from dataclasses import dataclass, fields
from pathlib import Path

from habeas.errors import BadInput, NotFound, Unavailable
from habeas.runs.yaml_text.document import Document
from habeas.runs.yaml_text.written import Written, read

FILE = "ledger.yaml"
FORMAT = "ledger/1"
MOST_BYTES = 20_000
DOCUMENT = Document(
    noun="settings file",
    one="the settings of a ledger",
    format=FORMAT,
    draft="make a ledger by `habeas ledger init FOLDER`",
    mistaken="is this a ledger's folder?",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where the parts of a ledger are.

    `store`: an SQLite file or `postgresql://...`. `tiles`: a folder or `s3://...`, served to everyone. `second_place`: where the last
    signed checkpoint is kept once more, out of reach of what restores `store` from a backup. `persons`: the persons' keys, to be kept out
    of backups that live long. `log_keys`: the key files that sign checkpoints. `persons_key`: the key file that locks `persons`.
    `policy`: a trust policy that names the witnesses to ask, or None. `interval_s`: seconds between checkpoints while `append` or
    `checkpoint --watch` runs.
    """

    origin: str
    store: str = "log.sqlite"
    tiles: str = "public"
    second_place: str
    persons: str = "persons.sqlite"
    log_keys: tuple[str, ...] = ("keys/log-ed25519.json", "keys/log-ml-dsa-44.json")
    persons_key: str = "keys/persons.json"
    policy: str | None = None
    interval_s: float = 1.0

    def __post_init__(self) -> None:
        if not self.log_keys:
            raise BadInput("log_keys: expected at least one key file; got none: name the files that `habeas ledger init` made")
        if not 0 < self.interval_s <= 3600:  # noqa: PLR2004 - an hour
            raise BadInput(f"interval_s: expected seconds between 0 and 3600; got {self.interval_s}: write e.g. interval_s: 1")


def settings_text(settings: Settings) -> str:
    """The settings as YAML that `parse_settings` reads back, with a word on each."""
    lines = [
        f"habeas: {FORMAT}",
        f"origin: {_quoted(settings.origin)} # the log's name; it can't change",
        f"store: {_quoted(settings.store)} # entries and sealed fields: an SQLite file, or postgresql://...",
        f"tiles: {_quoted(settings.tiles)} # what everyone may read: a folder, or s3://bucket/prefix?endpoint=...&region=...",
        f"second_place: {_quoted(settings.second_place)} # the last signed checkpoint once more: best on another disk or machine",
        f"persons: {_quoted(settings.persons)} # the persons' keys: keep it out of backups that live long",
        f"log_keys: [{', '.join(map(_quoted, settings.log_keys))}] # they sign the checkpoints",
        f"persons_key: {_quoted(settings.persons_key)} # it locks the persons' keys",
    ]
    if settings.policy is not None:
        lines.append(f"policy: {_quoted(settings.policy)} # names the witnesses that are asked to cosign")
    lines.append(f"interval_s: {settings.interval_s:g} # seconds between checkpoints")
    return "\n".join(lines) + "\n"


def parse_settings(text: str, *, name: str) -> Settings:
    """The settings that `text` (YAML) holds; `name` is what messages call it.

    Raises:
        BadInput: it isn't YAML, a field is unknown, missing or of the wrong kind; the message names the line and what to write.
    """
    reading = read(text, document=DOCUMENT)
    if reading.value is None or reading.complaints:
        where = reading.complaints[0].line if reading.complaints else None
        raise BadInput(f"{name}{_at(where)}: expected the settings of a ledger in YAML; this can't be read as such: mend it there")
    given = dict(reading.value)
    if _word(given.pop("habeas", None)) != FORMAT:
        raise BadInput(f"{name}: expected a file that starts with habeas: {FORMAT}; got another format: is this a ledger's folder?")
    known = {field.name for field in fields(Settings)}
    for key in given:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            hint = f"did you mean {near[0]}?" if near else f"its fields are {', '.join(sorted(known))}"
            raise BadInput(f"{name}{_at(reading.line((key,)))}: {key} is not a field of a ledger's settings; {hint}")
    for key in ("origin", "second_place"):
        if key not in given:
            raise BadInput(f"{name}: expected the field {key}; it is missing: add it")
    return _settings({key: _typed(key, value, f"{name}{_at(reading.line((key,)))}") for key, value in given.items()})


def read_settings(folder: Path) -> Settings:
    """The settings in a ledger's folder.

    Raises:
        NotFound: the folder holds no ledger.
        BadInput: the settings can't be used.
        Unavailable: they are there but can't be read.
    """
    path = folder / FILE
    try:
        with path.open("rb") as file:
            text = file.read(MOST_BYTES + 1).decode("utf-8")
    except (FileNotFoundError, NotADirectoryError):
        raise NotFound(f"expected a ledger in {folder}; there is no {FILE}: check the name, or make one by `habeas ledger init`") from None
    except UnicodeDecodeError:
        raise BadInput(f"{path}: expected text in UTF-8; got a byte that is none: save it as UTF-8") from None
    except OSError as problem:
        raise Unavailable(
            f"{path} can't be read ({problem.strerror}); expected the settings of a ledger: check that you may read it"
        ) from None
    return parse_settings(text, name=str(path))


def address(folder: Path, place: str) -> str:
    """A place of the settings as the stores want it: URLs as they are, paths taken from the ledger's folder."""
    return place if "://" in place else os.path.normpath(folder.resolve() / place)


def _settings(given: dict[str, object]) -> Settings:
    return Settings(**given)  # type: ignore[arg-type] # each value was given the type of its field just before


def _typed(key: str, value: object, where: str) -> object:
    """The value as the field wants it: text, a list of text, or seconds."""
    if key == "log_keys":
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        raise BadInput(f"{where}: expected log_keys to be a list of key files; write e.g. log_keys: [keys/log-ed25519.json]")
    if key == "interval_s":
        if isinstance(value, Written) and isinstance(value.value, float):
            return value.value
        raise BadInput(f"{where}: expected interval_s to be a number of seconds; write e.g. interval_s: 1")
    if value is None and key == "policy":
        return None
    if isinstance(value, str) and value:
        return value
    raise BadInput(f"{where}: expected {key} to be text; put it in quotes")


def _word(value: object) -> object:
    return value.text if isinstance(value, Written) else value


def _at(line: int | None) -> str:
    return "" if line is None else f" line {line}"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
