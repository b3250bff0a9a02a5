"""`python -m tests.bench.ledger [SIZE ...]`: the year-end report, the register and the board list over so many rows."""

import os
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")

SIZES = (1_000, 1_000_000)


def main() -> None:
    django.setup()
    # Everything that touches models is imported once Django is up.
    from tests.bench.__main__ import machine, measure, page, table  # noqa: PLC0415
    from tests.bench.ledger_rows import YEAR, figures, fill, prepare, reader  # noqa: PLC0415
    from tests.bench.scratch import scratch_database  # noqa: PLC0415

    sizes = [int(size) for size in sys.argv[1:]] or list(SIZES)
    results = {}
    with scratch_database():
        prepare()
        client = reader()
        for size in sizes:
            began = time.perf_counter()
            fill(size)
            print(f"{size:,} appointments are there after {time.perf_counter() - began:.0f} s", file=sys.stderr)
            register = f"/appointments/?year={YEAR}"
            wanted = [
                ("Report, the five figures about appointments", figures()["appointments"]),
                ("Report, every figure", figures()["all"]),
                ("Pipeline measures", figures()["pipeline"]),
                ("Report as a public page", page(client, f"/year-end-report/{YEAR}/")),
                ("Register, everything, first page", page(client, "/appointments/")),
                ("Register, one year", page(client, register)),
                ("Register, one year’s new chairs", page(client, f"{register}&kind=new&role=chair")),
                ("Register, a name searched", page(client, "/appointments/?q=bench+person+77")),
                ("Register, page 100", page(client, "/appointments/?page=100")),
                ("Board list, 50 of 238 trusts", page(client, "/boards/")),
                ("Board list, page 4", page(client, "/boards/?page=4")),
                ("Board list as a file, 238 trusts", figures()["boards"]),
                ("One board", page(client, figures()["a_board"])),
            ]
            results[size] = [measure(name, act, rounds=5) for name, act in wanted]
        print(table(results))
        print(f"\nMeasured on {machine()}.")


if __name__ == "__main__":
    main()
