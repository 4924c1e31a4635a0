"""Nobody rewrites who withdrew an audit, when and why."""

from django.db import migrations

from habeas.web.audits.triggers import WITHDRAWN
from habeas.web.base.triggers.migrating import set_up


class Migration(migrations.Migration):
    dependencies = [("audits", "0002_triggers")]
    operations = [set_up(WITHDRAWN)]
