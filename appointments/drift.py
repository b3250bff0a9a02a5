"""Where a stage's people drift from the pool it began with: read from what is published, never from a live count."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from appointments.equality_report import Compared, Section


@dataclass(frozen=True, slots=True)
class Drift:
    """One reason to look at how people were chosen. Not a quota: it asks a question and sets no number."""

    title: str
    said: str


def drifts(sections: Sequence[Section], *, points: int | None) -> tuple[Drift, ...]:
    """Of each unit with stages: ratios beyond chance, then stages whose shares lie `points` or more below the pool's.

    Without a rule on record (None) no fall is said.
    """
    return tuple(drift for section in sections if not section.is_boards for drift in _of(section, points))


def _of(section: Section, points: int | None) -> Iterator[Drift]:
    for one in section.likelihoods:
        if one.ratio.differs:
            yield Drift(
                section.title,
                f"{one.words}: {one.ratio.text} times as likely to come from “{one.before}” to “{one.after}”, "
                f"more than chance ({one.ratio.interval_text}).",
            )
    for compared in section.compared:
        if points is not None:
            yield from _fallen(section.title, compared, points)


def _fallen(title: str, compared: Compared, points: int) -> Iterator[Drift]:
    for line, above in compared.against_pool:
        if above is not None and above <= -points:
            pool = compared.lines[0]
            yield Drift(
                title,
                f"{compared.label}: {pool.text} of “{pool.label}”, {line.text} of “{line.label}”, "
                "of those who gave one of the two answers.",
            )
