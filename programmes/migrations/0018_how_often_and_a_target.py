"""A measure says how often it is counted, and what every trust is held against."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programmes", "0017_what_a_page_lists")]

    operations = [
        migrations.AddField(
            model_name="measure",
            name="frequency",
            field=models.CharField(
                choices=[("monthly", "Every month"), ("quarterly", "Every quarter")],
                default="monthly",
                help_text=(
                    "A quarter’s figures are entered under its last month: March, June, September or December."
                ),
                max_length=10,
                verbose_name="how often it is counted",
            ),
        ),
        migrations.AddField(
            model_name="measure",
            name="target",
            field=models.DecimalField(
                blank=True,
                decimal_places=2,
                help_text="In the unit above. A trust that sets its own target is held against that one.",
                max_digits=12,
                null=True,
                validators=[django.core.validators.MinValueValidator(0)],
                verbose_name="target for every trust",
            ),
        ),
        migrations.AlterField(
            model_name="measure",
            name="due_days",
            field=models.PositiveSmallIntegerField(
                default=20, help_text="Days after the end of a month or quarter by which its figures are due."
            ),
        ),
    ]
