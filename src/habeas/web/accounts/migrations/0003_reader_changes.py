"""Who opened drafts to another organisation's auditors, and who closed them, is kept; nobody rewrites or removes it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from habeas.web.accounts.triggers import READER_CHANGES
from habeas.web.base.triggers.migrating import set_up


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_role_changes_stay"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReaderChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=6)),
                ("until", models.DateField(null=True)),
                ("at", models.DateTimeField()),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reader_changes", to="accounts.organisation"
                    ),
                ),
                ("reader", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation")),
            ],
            options={
                "indexes": [models.Index(fields=["owner", "id"], name="reader_change_order")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("kind__in", ("opened", "closed"))), name="reader_change_kind"),
                    models.CheckConstraint(
                        condition=models.Q(("kind", "opened"), ("until__isnull", False), _connector="OR"), name="reader_change_end"
                    ),
                ],
            },
        ),
        set_up(*READER_CHANGES),
    ]
