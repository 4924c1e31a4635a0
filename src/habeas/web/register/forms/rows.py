"""A field that holds rows: those that are there and three empty ones, without a script. A row that is left empty is no row."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms

from habeas.procedures.entries import MOST_ROWS
from habeas.terms.register import Field, Kind

EMPTY_ROWS = 3
"""How many empty rows stand below those that are filled."""

Row = dict[str, str]

_TYPES = {Kind.DAY: "date", Kind.ADDRESS: "url", Kind.EMAIL: "email"}


class RowsWidget(forms.Widget):
    """Draws one group of boxes a row; the boxes are called FIELD-ROW-COLUMN."""

    template_name = "register/widgets/rows.html"
    use_fieldset = True

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.field = field

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """For the template: the rows, each with its boxes."""
        given = super().get_context(name, value, attrs)
        rows: list[Row] = [*(value or []), *({} for _ in range(EMPTY_ROWS))][:MOST_ROWS]
        prefix = (given["widget"]["attrs"] or {}).get("id", f"id_{name}")
        given["widget"]["rows"] = [
            {"number": number + 1, "id": f"{prefix}_{number}", "empty": not row, "cells": self._cells(name, prefix, number, row)}
            for number, row in enumerate(rows)
        ]
        return given

    def _cells(self, name: str, prefix: str, number: int, row: Mapping[str, str]) -> list[dict[str, Any]]:
        return [
            {
                "column": column,
                "name": f"{name}-{number}-{column.id}",
                "id": f"{prefix}_{number}_{column.id}",
                "value": row.get(column.id, ""),
                "type": _TYPES.get(column.kind, "text"),
                "long": column.kind is Kind.TEXT,
            }
            for column in self.field.columns
        ]

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[Row]:  # noqa: ARG002 - Django's signature
        """The rows that were sent, in their order, as they were typed; rows without a word in any box left out."""
        box = re.compile(rf"{re.escape(name)}-([0-9]{{1,3}})-({'|'.join(re.escape(column.id) for column in self.field.columns)})")
        rows: dict[int, Row] = {}
        for key in data:
            found = box.fullmatch(key)
            text = str(data.get(key, "")).replace("\r\n", "\n").strip() if found else ""
            if found and text:
                rows.setdefault(int(found[1]), {})[found[2]] = text
        return [rows[number] for number in sorted(rows)]
