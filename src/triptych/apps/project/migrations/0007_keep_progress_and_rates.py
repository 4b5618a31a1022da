from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("project", "0006_daily_work"),
    ]

    operations = [
        migrations.AddField(
            model_name="baselinerow",
            name="percent_complete",
            field=models.SmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="resource",
            name="rates",
            field=models.JSONField(default=list),
        ),
    ]
