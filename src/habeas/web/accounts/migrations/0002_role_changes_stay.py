"""Nobody rewrites or removes who gave or ended a role."""

from django.db import migrations

from habeas.web.accounts.triggers import ROLE_CHANGES
from habeas.web.base.triggers.migrating import set_up


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [set_up(*ROLE_CHANGES)]
