"""The same answers in another description make a screen of their own. SQLite rebuilds the table for it, so its triggers are set up anew."""

from django.db import migrations, models

from habeas.web.base.triggers.migrating import set_up, take_down
from habeas.web.screening.triggers import FIRST


class Migration(migrations.Migration):
    dependencies = [("screening", "0002_triggers")]
    operations = [
        take_down(*FIRST),
        migrations.RemoveConstraint(model_name="screen", name="screen_once"),
        migrations.AddConstraint(
            model_name="screen", constraint=models.UniqueConstraint(fields=("description", "digest"), name="screen_once")
        ),
        set_up(*FIRST),
    ]
