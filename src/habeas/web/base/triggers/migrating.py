"""Setting refusals up in a migration."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython

from habeas.web.base.triggers.refusals import Refusal, making, removing


def set_up(*refusals: Refusal) -> RunPython:
    """The operation that sets these up, and takes them away when the migration is undone."""
    return RunPython(_executing(making, refusals), _executing(removing, refusals))


def take_down(*refusals: Refusal) -> RunPython:
    """The operation that takes these away before a table is rebuilt, and sets them up again when the migration is undone."""
    return RunPython(_executing(removing, refusals), _executing(making, refusals))


def _executing(
    statements: Callable[[str, Iterable[Refusal]], tuple[str, ...]], refusals: tuple[Refusal, ...]
) -> Callable[[Apps, BaseDatabaseSchemaEditor], None]:
    def execute(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001 - Django's signature
        for statement in statements(schema_editor.connection.vendor, refusals):
            schema_editor.execute(statement)

    return execute
