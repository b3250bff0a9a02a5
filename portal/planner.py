"""A word to PostgreSQL's planner after a great many rows were written in one transaction."""

from django.db import connection


def take_statistics() -> None:
    """Tells the planner what stands in the tables: nobody else sees the rows of a transaction that is still open.

    Without it a table that was empty when it was last looked at is read whole for each row of another.
    Our own tables only: those of the server would stay locked for every other database until the transaction ends.
    """
    tables = ", ".join(connection.ops.quote_name(name) for name in sorted(connection.introspection.table_names()))
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {tables}")
