"""Each row has a stamp that is another whenever the row is written: what was found is kept as long as no stamp changes."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """The column with its index; rows that are there already have stamps of 0 until they are written again."""

    dependencies = [("explore", "0001_initial")]

    operations = [
        migrations.AddField("searchrow", "stamp", models.BigIntegerField(default=0)),
        migrations.AddIndex("searchrow", models.Index(fields=["stamp"], name="search_stamp")),
    ]
