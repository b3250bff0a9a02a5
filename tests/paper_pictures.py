"""`script/paper-pictures`: pages of the demonstration's papers as pictures, for docs/papers."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import django
from django.utils import timezone
from tqdm import tqdm

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.development")
FOLDER = Path(__file__).parents[1] / "docs" / "papers"
WIDTH = 700  # of a picture, in dots


@dataclass(frozen=True, slots=True)
class Picture:
    """One page of one paper; `says` finds the page."""

    name: str
    paper: str
    says: str


PICTURES = (
    Picture("pack-cover", "pack", "Personal and in confidence"),
    Picture("pack-agenda", "pack", "Agenda and contents"),
    Picture("pack-item", "pack", "What is proposed"),
    Picture("pack-seat", "pack", "Who sits on"),
    Picture("pack-board", "pack", "Seats that vote"),
    Picture("pack-candidate", "candidates", "What the reviews say"),
    Picture("minutes", "minutes", ""),
    Picture("letter", "letter", ""),
    Picture("year-end-report", "report", ""),
)


def papers() -> dict[str, Callable[[], bytes]]:
    # Imported once Django is up.
    from appointments.models import Decision, Meeting, Proposal  # noqa: PLC0415
    from appointments.pack_papers import pack_facts, pack_pdf  # noqa: PLC0415
    from appointments.packs import items_for  # noqa: PLC0415
    from appointments.papers import letter_pdf, minutes_pdf  # noqa: PLC0415
    from appointments.report_papers import report_pdf  # noqa: PLC0415
    from appointments.years import ReportingYear  # noqa: PLC0415

    held = Meeting.objects.filter(state=Meeting.State.HELD).order_by("-starts_at")
    about_seats = held.filter(items__proposal__kind=Proposal.Kind.REAPPOINTMENT).first()
    about_candidates = held.filter(items__application__isnull=False, items__proposal=None).first()
    new = Proposal.Kind.NEW_APPOINTMENT
    letters = Decision.objects.filter(item__proposal__kind=new, outcome=Decision.Outcome.APPROVED)

    def pack(meeting: Meeting) -> bytes:
        seat = next(seat for seat in meeting.seats(meeting.starts_at) if items_for(meeting, seat.user))
        facts = pack_facts(meeting, seat, items_for(meeting, seat.user)[:12])
        return pack_pdf(facts, at=meeting.starts_at, told=lambda done, of: None)

    return {
        "pack": lambda: pack(about_seats),
        "candidates": lambda: pack(about_candidates),
        "minutes": lambda: minutes_pdf(about_seats, reader=about_seats.seats(about_seats.starts_at)[0].user),
        "letter": lambda: letter_pdf(letters.order_by("number").last(), None),
        "report": lambda: report_pdf(ReportingYear.parse("2017-18"), today=timezone.localdate()),
    }


def main() -> None:
    if shutil.which("pdftoppm") is None:
        sys.exit("pdftoppm is not here: install poppler-utils.")
    django.setup()
    from tests.screenshots import keep  # noqa: PLC0415

    FOLDER.mkdir(parents=True, exist_ok=True)
    made, wanted = papers(), sys.argv[1:]
    chosen = [each for each in PICTURES if not wanted or each.name in wanted]
    with tempfile.TemporaryDirectory() as scratch:
        files = {name: Path(scratch) / f"{name}.pdf" for name in {each.paper for each in chosen}}
        for name, file in tqdm(files.items(), desc="Papers"):
            file.write_bytes(made[name]())
        for each in chosen:
            size = keep(
                drawn(files[each.paper], page_that_says(files[each.paper], each.says)), FOLDER / f"{each.name}.png"
            )
            print(f"{each.name}: {size // 1024} KB")


def page_that_says(file: Path, words: str) -> int:
    """The first page with the words. Raises LookupError where none has them."""
    for number, text in enumerate(pages_of(file), start=1):
        if words in " ".join(text.split()):
            return number
    raise LookupError(f"no page of {file.name} says “{words}”")


def pages_of(file: Path) -> Iterator[str]:
    said = subprocess.run(["pdftotext", file, "-"], capture_output=True, check=True).stdout  # noqa: S603, S607
    yield from said.decode().split("\f")


def drawn(file: Path, page: int) -> bytes:
    command = [
        "pdftoppm",
        "-png",
        "-f",
        str(page),
        "-l",
        str(page),
        "-scale-to-x",
        str(WIDTH),
        "-scale-to-y",
        "-1",
        file,
    ]
    return subprocess.run(command, capture_output=True, check=True).stdout  # noqa: S603


if __name__ == "__main__":
    main()
