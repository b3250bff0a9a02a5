from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("talent", "0017_cv_readings")]

    operations = [
        migrations.AddField(
            model_name="participation",
            name="mentor_name",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="participation",
            name="sponsor_name",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AlterField(
            model_name="participationoutcome",
            name="kind",
            field=models.CharField(
                choices=[
                    ("completed", "Completed the programme"),
                    ("left", "Left the programme early"),
                    ("chief_executive", "Became a chief executive"),
                    ("nurse_director", "Became a director of nursing"),
                    ("appointed", "Appointed to a post on a board"),
                    ("promoted", "Moved to a larger post"),
                ],
                max_length=20,
            ),
        ),
    ]
