from django.db import migrations

# The account's address is the person's: letters never go to one that was given up (the account cannot reach up here).
WRITE = """
CREATE FUNCTION talent_follow_email() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE talent_person SET email = NEW.email WHERE user_id = NEW.id;
    RETURN NULL;
END $$
"""
TRIGGER = """
CREATE TRIGGER talent_follow_email AFTER UPDATE OF email ON portal_user
FOR EACH ROW WHEN (OLD.email IS DISTINCT FROM NEW.email) EXECUTE FUNCTION talent_follow_email()
"""


class Migration(migrations.Migration):
    dependencies = [("talent", "0005_saving_pages"), ("portal", "0003_access_events")]
    operations = [
        migrations.RunSQL(
            sql=[(WRITE, None), (TRIGGER, None)],
            reverse_sql=[
                ("DROP TRIGGER talent_follow_email ON portal_user", None),
                ("DROP FUNCTION talent_follow_email()", None),
            ],
        ),
    ]
