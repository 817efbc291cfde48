"""An authority's own timeframes name the version of the guidance over which they were laid."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0001_initial")]
    operations = [
        migrations.AddField(
            model_name="publishedtimeframes",
            name="base",
            field=models.CharField(default="1", max_length=40),
            preserve_default=False,
        ),
    ]
