from django.db import migrations

from search.triggers import OLD, laid, of_person

SOURCES = of_person("skill", "talent_personskill") | {
    "skill_name": (
        f"UPDATE ON talent_skill {OLD} NEW TABLE AS changed",
        """SELECT s.person_id, false FROM changed JOIN former USING (id)
           JOIN talent_personskill s ON s.skill_id = changed.id WHERE changed.name <> former.name""",
    ),
}


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0003_pending_without_constraint"),
        ("talent", "0012_skills"),
    ]
    operations = [
        *(laid(name, event, query) for name, (event, query) in SOURCES.items()),
        migrations.RunSQL(
            "SELECT search_mark(array_agg(DISTINCT person_id), false) FROM talent_personskill", migrations.RunSQL.noop
        ),
    ]
