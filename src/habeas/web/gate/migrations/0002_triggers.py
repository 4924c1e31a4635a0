"""The triggers: a migration that rebuilds one of these tables on SQLite must set them up again."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from habeas.web.gate.triggers import making, removing


def _make(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001 - Django's signature
    for statement in making(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def _remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001 - Django's signature
    for statement in removing(schema_editor.connection.vendor):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("gate", "0001_initial")]
    operations = [migrations.RunPython(_make, _remove)]
