"""A word to PostgreSQL's planner after a great many rows were written in one transaction."""

from django.db import connection


def take_statistics() -> None:
    """Tells the planner what stands in the tables: nobody else sees the rows of a transaction that is still open.

    Without it a table that was empty when it was last looked at is read whole for each row of another.
    """
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
