"""The reference page of a kind of file, made from the fields themselves, so that the two can't differ."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic.fields import FieldInfo

from habeas.runs.yaml_text.inline import inline
from habeas.runs.yaml_text.part import Part, inner_part, written_fields


def reference_markdown(top: type[Part], *, opening: str, whole: bool = False) -> str:
    """The page: `opening`, a table of the fields at the top, a section for each part below; `whole`: then every field at once, as YAML."""
    sections = [_section(places, part) for places, part in _parts(top).items()]
    return "\n\n".join([opening, _table(top), *sections, *([_whole(top)] if whole else [])]) + "\n"


def _parts(top: type[Part]) -> dict[str, type[Part]]:
    """Every part below the top, by the place (or places) where it stands."""
    places: dict[type[Part], list[str]] = {}
    for place, part in _inner_parts(top, above=""):
        places.setdefault(part, []).append(f"`{place}`")
    return {" and ".join(stands): part for part, stands in places.items()}


def _inner_parts(part: type[Part], *, above: str) -> Iterator[tuple[str, type[Part]]]:
    for name, field in written_fields(part).items():
        inner = inner_part(field.annotation)
        if inner is not None:
            yield f"{above}{name}", inner
            yield from _inner_parts(inner, above=f"{above}{name}.")


def _section(places: str, part: type[Part]) -> str:
    return f"### {places}\n\n{part.__doc__}\n\n{_table(part)}"


def _table(part: type[Part]) -> str:
    rows = [
        f"| `{name}` | {_needed(field)} | {field.description} | `{_example(name, field)}` |" for name, field in written_fields(part).items()
    ]
    return "\n".join(["| Field | Needed | Meaning | Example |", "|---|---|---|---|", *rows])


def _needed(field: FieldInfo) -> str:
    if field.is_required():
        return "yes"
    default = field.get_default(call_default_factory=True)
    return "no" if default in (None, (), {}) or isinstance(default, Part) else f"no: `{inline(default)}`"


def _example(name: str, field: FieldInfo) -> str:
    return f"{name}: {inline((field.examples or [None])[0])}"


def _whole(top: type[Part]) -> str:
    lines = [_example(name, field) for name, field in written_fields(top).items()]
    return "\n".join(["## Every field at once", "", "```yaml", *lines, "```"])
