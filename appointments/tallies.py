"""How many rows each ledger has: sealed with every decision, so that one that was truncated is found.

The decisions themselves are chained (chain.py). Of every other ledger of the third floor its number of rows is sealed
into each decision's facts: rows are only ever added, so later there are as many or more. Their words and columns are
guarded by the database's trigger alone.
"""

from collections.abc import Iterable

from django.apps import apps
from django.db import connection

from portal.ledger import LedgerRow


def ledgers() -> list[str]:
    """The tables of the third floor's ledgers but the register's own, which is chained."""
    models = apps.get_app_config("appointments").get_models()
    found = [m._meta.db_table for m in models if issubclass(m, LedgerRow)]
    return sorted(table for table in found if table != "appointments_decision")


def tally(tables: Iterable[str] | None = None) -> dict[str, int]:
    """Rows by table: one query. `tables` are those that are still there."""
    counted = ledgers() if tables is None else list(tables)
    if not counted:
        return {}
    each = " UNION ALL ".join(f"SELECT '{table}', count(*) FROM {table}" for table in counted)  # noqa: S608 (our own names)
    with connection.cursor() as cursor:
        cursor.execute(each)
        return dict(cursor.fetchall())


def shortfall(sealed: dict[str, int]) -> str:
    """The first ledger that has fewer rows than were sealed, in words; empty when none has."""
    known = set(ledgers())
    gone = sorted(set(sealed) - known)
    if gone:
        return f"{gone[0]}: the whole ledger is missing"
    now = tally(sealed)
    for table in sorted(sealed):
        if now[table] < sealed[table]:
            return f"{table}: {sealed[table] - now[table]} of the {sealed[table]} rows that were sealed are missing"
    return ""
