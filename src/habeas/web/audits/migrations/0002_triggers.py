"""The triggers: a migration that rebuilds one of these tables on SQLite must set them up again."""

from django.db import migrations

from habeas.web.audits.triggers import FIRST
from habeas.web.base.triggers.migrating import set_up


class Migration(migrations.Migration):
    dependencies = [("audits", "0001_initial")]
    operations = [set_up(*FIRST)]
