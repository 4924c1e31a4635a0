"""No draft is shown as an edition that was superseded, without anybody having published it."""

from django.db import migrations

from habeas.web.base.triggers.migrating import set_up
from habeas.web.register.triggers import SUPERSEDED


class Migration(migrations.Migration):
    dependencies = [("register", "0004_drafts_can_be_discarded")]
    operations = [set_up(SUPERSEDED)]
