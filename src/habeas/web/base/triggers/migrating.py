"""Setting refusals up in a migration."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython

from habeas.web.base.triggers.refusals import Refusal, making, removing


def set_up(*refusals: Refusal) -> RunPython:
    """The operation that sets these up, and takes them away when the migration is undone."""

    def make(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001 - Django's signature
        for statement in making(schema_editor.connection.vendor, refusals):
            schema_editor.execute(statement)

    def remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001 - Django's signature
        for statement in removing(schema_editor.connection.vendor, refusals):
            schema_editor.execute(statement)

    return RunPython(make, remove)
