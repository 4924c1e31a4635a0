"""The triggers: a migration that rebuilds one of these tables on SQLite must set them up again."""

from django.db import migrations

from habeas.web.base.triggers.migrating import set_up
from habeas.web.register.triggers import FIRST


class Migration(migrations.Migration):
    dependencies = [("register", "0001_initial")]
    operations = [set_up(*FIRST)]
