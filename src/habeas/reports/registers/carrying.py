"""An entry in the shape of another register's standard, with everything that got lost on the way told by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from habeas.reports.registers.entry import PublicEntry
from habeas.reports.registers.words import label_of
from habeas.terms.register import Field, FieldSet, Kind, Standard

NO_COUNTERPART = "-"

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """`record`: the entry in the standard's own fields. What follows says what a reader of it must know.

    `missing`: fields that the standard requires and the entry doesn't answer. `withheld`: the standard's fields that the entry
    withholds, each with ground and until. `not_carried`: answers for which the standard has no field. `warnings`: answers that the
    standard says less exactly, or that are longer than it allows; nothing is cut.
    """

    standard: str
    record: Record
    missing: tuple[str, ...]
    withheld: tuple[Mapping[str, str], ...]
    not_carried: tuple[Mapping[str, str], ...]
    warnings: tuple[str, ...]

    def document(self, entry: PublicEntry) -> dict[str, Any]:
        """The export as JSON values, with where it is from."""
        source = {"system": entry.system, "address": entry.address, "edition": entry.edition, "digest": entry.digest}
        imported = {"documented_by_others": entry.source} if entry.operator.documented_by_others else {}
        made_up = {"made_up": True} if entry.operator.made_up else {}
        return {
            "habeas": "register-export/1",
            "standard": self.standard,
            "from": {**source, **imported, **made_up},
            "record": dict(self.record),
            "missing": list(self.missing),
            "withheld": [dict(one) for one in self.withheld],
            "not_carried": [dict(one) for one in self.not_carried],
            "warnings": list(self.warnings),
        }


def names_in(field: Field, standard: Standard) -> tuple[str, ...]:
    """The standard's fields that a field of ours goes to, one for each column of rows; `-` where a column goes nowhere."""
    said = field.maps.get(standard)
    return tuple(said.split(", ")) if said is not None else ()


def carried(fields: FieldSet, standard: Standard) -> tuple[Field, ...]:
    """The fields of ours that the standard has a place for."""
    return tuple(field for field in fields.fields if standard in field.maps)


def withheld_in(entry: PublicEntry, fields: FieldSet, standard: Standard) -> tuple[Mapping[str, str], ...]:
    """What the entry withholds of what the standard has a place for."""
    places = {field.id: names_in(field, standard) for field in carried(fields, standard)}
    return tuple(
        {"field": name, "ground": one.ground, "until": one.until.isoformat()}
        for one in entry.withheld
        for name in places.get(one.field, ())
        if name != NO_COUNTERPART
    )


def lost(entry: PublicEntry, fields: FieldSet, standard: Standard) -> tuple[Mapping[str, str], ...]:
    """The answers, and columns of answers, that the standard has no place for."""
    return tuple(_lost(entry, fields, standard))


def _lost(entry: PublicEntry, fields: FieldSet, standard: Standard) -> Iterator[Mapping[str, str]]:
    for field in fields.fields:
        names = names_in(field, standard)
        if not entry.content.get(field.id):
            continue
        if not names:
            yield {"field": field.id, "label": field.label}
        elif len(names) == len(field.columns):
            for column, name in zip(field.columns, names, strict=True):
                if name == NO_COUNTERPART and any(row.get(column.id) for row in entry.rows(field.id)):
                    yield {"field": f"{field.id}.{column.id}", "label": f"{field.label}: {column.label}"}


def one_text(entry: PublicEntry, field: Field) -> str:
    """The answer to a field as the text that other registers take: the label of a choice, texts as they are."""
    value = entry.content.get(field.id, "")
    if isinstance(value, list):
        return "\n".join(label_of(field.options, item) for item in value if isinstance(item, str))
    return label_of(field.options, value) if field.kind is Kind.CHOICE else value
