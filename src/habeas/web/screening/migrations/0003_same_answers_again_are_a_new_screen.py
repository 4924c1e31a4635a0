"""The same answers in another description make a screen of their own. SQLite rebuilds the table for it, so its triggers are set up anew."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from habeas.web.screening.triggers import making, removing


def _make(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001 - Django's signature
    for statement in making(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def _remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001 - Django's signature
    for statement in removing(schema_editor.connection.vendor):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("screening", "0002_triggers")]
    operations = [
        migrations.RunPython(_remove, _make),
        migrations.RemoveConstraint(model_name="screen", name="screen_once"),
        migrations.AddConstraint(
            model_name="screen", constraint=models.UniqueConstraint(fields=("description", "digest"), name="screen_once")
        ),
        migrations.RunPython(_make, _remove),
    ]
