"""Rows that are written once: the base class, its QuerySet, and the migration operation that makes PostgreSQL agree."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.migrations.operations import RunSQL


class RewriteRefused(TypeError):
    """Somebody tried to change or delete a row that is written once."""


class AppendOnlyQuerySet(models.QuerySet[Any]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise RewriteRefused(f"{self.model.__name__} rows are written once; add a new row instead.")

    def delete(self) -> NoReturn:
        raise RewriteRefused(f"{self.model.__name__} rows are never deleted.")

    def erase_text(self, *columns: str) -> int:
        """Empties free text at a person's wish; facts stay. PostgreSQL refuses columns that are not erasable."""
        return super().update(**dict.fromkeys(columns, ""))


class LedgerRow(models.Model):
    """One thing that was done: who, when, why. Corrections are new rows."""

    at = models.DateTimeField(db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None and not self._state.adding:
            raise RewriteRefused(f"{type(self).__name__} rows are written once; add a new row instead.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise RewriteRefused(f"{type(self).__name__} rows are never deleted.")


# Text may be erased (a person's right), never reworded: a listed column may become '' and nothing else may change.
_FUNCTION = """
CREATE OR REPLACE FUNCTION portal_refuse_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    kept jsonb;
    erasable text;
BEGIN
    IF TG_OP = 'UPDATE' AND TG_NARGS > 0 THEN
        kept := to_jsonb(OLD);
        FOREACH erasable IN ARRAY TG_ARGV LOOP
            IF to_jsonb(NEW) ->> erasable = '' THEN
                kept := jsonb_set(kept, ARRAY[erasable], '""');
            END IF;
        END LOOP;
        IF to_jsonb(NEW) = kept THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION '% is written once: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
"""


# A test database is emptied between tests: its settings say so. Nothing else may; whoever owns the database can still
# take the trigger away, and that is found by the hash chain and the sealed counts (manage.py verify_ledger).
_TRUNCATE = """
CREATE OR REPLACE FUNCTION portal_refuse_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('portal.may_truncate', true) = 'yes' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION '% is written once: TRUNCATE refused', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""
_ON_TRUNCATE = (
    "CREATE OR REPLACE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION portal_refuse_truncate()"
)


def write_once(table: str, *, erasable: tuple[str, ...] = ("reason",), anew: bool = False) -> RunSQL:
    """The migration operation that makes PostgreSQL refuse UPDATE, DELETE and TRUNCATE on `table`, raw SQL included.

    Only the text columns named in `erasable` may be set to the empty string (AppendOnlyQuerySet.erase_text).
    `anew` is for a table that has its triggers already, with fewer columns.
    """
    columns = ", ".join(f"'{name}'" for name in erasable)
    # (sql, None): psycopg must not look for parameters behind the percent signs.
    return RunSQL(
        sql=[
            (_FUNCTION, None),
            *([(f"DROP TRIGGER {table}_write_once ON {table}", None)] if anew else []),
            (
                f"CREATE TRIGGER {table}_write_once BEFORE UPDATE OR DELETE ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION portal_refuse_rewrite({columns})",
                None,
            ),
            (_TRUNCATE, None),
            (_ON_TRUNCATE.format(table=table), None),
        ],
        reverse_sql=[
            (f"DROP TRIGGER {table}_write_once ON {table}", None),
            (f"DROP TRIGGER {table}_no_truncate ON {table}", None),
        ],
    )


def refuse_truncate() -> RunSQL:
    """The same for every ledger of a database that was made when write_once() left TRUNCATE alone."""
    each = f"""
    DO $$
    DECLARE
        ledger text;
    BEGIN
        FOR ledger IN SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE '%\\_write\\_once' LOOP
            EXECUTE replace('{_ON_TRUNCATE}', '{{table}}', ledger);
        END LOOP;
    END $$;
    """  # noqa: S608
    return RunSQL(sql=[(_TRUNCATE, None), (each, None)], reverse_sql=RunSQL.noop)
