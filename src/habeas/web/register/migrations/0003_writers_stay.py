"""No edition comes in published, and nobody takes back that they wrote in one."""

from django.db import migrations

from habeas.web.base.triggers.migrating import set_up
from habeas.web.register.triggers import WRITERS


class Migration(migrations.Migration):
    dependencies = [("register", "0002_triggers")]
    operations = [set_up(*WRITERS)]
