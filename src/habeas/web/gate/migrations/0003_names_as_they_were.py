"""An act keeps the name under which it was done. SQLite rebuilds the table for it, so its triggers are taken down and set up anew."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import OuterRef, Subquery

from habeas.web.base.triggers.migrating import set_up, take_down
from habeas.web.gate.triggers import FIRST


def _as_they_are_called_now(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001 - Django's signature
    names = apps.get_model("accounts", "User").objects.filter(pk=OuterRef("by")).values("name")
    apps.get_model("gate", "Act").objects.update(by_name=Subquery(names))


class Migration(migrations.Migration):
    dependencies = [("gate", "0002_triggers"), ("accounts", "0001_initial")]
    operations = [
        take_down(*FIRST),
        migrations.AddField("act", "by_name", models.CharField(default="", max_length=200), preserve_default=False),
        migrations.RunPython(_as_they_are_called_now, migrations.RunPython.noop),
        migrations.AddConstraint("act", models.CheckConstraint(condition=~models.Q(by_name=""), name="act_named")),
        set_up(*FIRST),
    ]
