"""For migrations: the triggers that mark whoever a statement touched, on any table that documents are made of."""

from django.db import migrations

NEW, OLD = "REFERENCING NEW TABLE AS changed", "REFERENCING OLD TABLE AS former"
# name: (event, (person, whether it hides) of each row that the statement changed)
Sources = dict[str, tuple[str, str]]


def of_person(name: str, table: str) -> Sources:
    """For a table with a `person_id`: marks without hiding when a row comes, changes or goes."""
    return {
        f"{name}_insert": (f"INSERT ON {table} {NEW}", "SELECT person_id, false FROM changed"),
        f"{name}_update": (
            f"UPDATE ON {table} {OLD} NEW TABLE AS changed",
            "SELECT person_id, false FROM changed UNION SELECT person_id, false FROM former",
        ),
        f"{name}_delete": (f"DELETE ON {table} {OLD}", "SELECT person_id, false FROM former"),
    }


def laid(name: str, event: str, query: str) -> migrations.RunSQL:
    function = f"""
CREATE FUNCTION search_on_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM search_mark(array_agg(id), hiding) FROM ({query}) AS touched (id, hiding) GROUP BY hiding;
    RETURN NULL;
END $$
"""
    table = event.split(" ON ")[1].split()[0]
    calls = f"AFTER {event} FOR EACH STATEMENT EXECUTE FUNCTION search_on_{name}()"
    return migrations.RunSQL(
        sql=[(function, None), (f"CREATE TRIGGER search_on_{name} {calls}", None)],
        reverse_sql=[(f"DROP TRIGGER search_on_{name} ON {table}", None), (f"DROP FUNCTION search_on_{name}()", None)],
    )
