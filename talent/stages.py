"""How far applications came, the same five stages for schemes and campaigns, and whether nobody can come further."""

from collections.abc import Collection
from dataclasses import dataclass

from programmes.models import Intake, Scheme
from talent.models import Application, ApplicationEvent, State
from talent.models.application import FINAL


@dataclass(frozen=True, slots=True)
class Stage:
    key: str
    label: str
    reached_by: dict[str, tuple[State, ...]]  # of each track: any of these says that somebody came so far


SCHEME, CAMPAIGN = Scheme.Track.SCHEME, Scheme.Track.CAMPAIGN
STAGES = (
    Stage("applied", "Applied", {SCHEME: (State.SUBMITTED,), CAMPAIGN: (State.SUBMITTED,)}),
    Stage("sifted", "Passed the sift", {SCHEME: (State.REVIEW,), CAMPAIGN: (State.SIFT,)}),
    Stage("shortlisted", "Shortlisted", {SCHEME: (State.INTERVIEW,), CAMPAIGN: (State.SHORTLISTED,)}),
    Stage("appointable", "Found appointable", {SCHEME: (State.RECOMMENDED,), CAMPAIGN: (State.APPOINTABLE,)}),
    Stage("appointed", "Appointed", {SCHEME: (State.ACCEPTED,), CAMPAIGN: (State.APPOINTED, State.COMPLETED)}),
)
# From here nobody enters a stage any more; a draft cannot be sent after the last deadline (is_closed asks for it).
_SETTLED: dict[str, tuple[State, ...]] = {
    SCHEME: (*FINAL, State.DRAFT, State.ACCEPTED, State.PLACED),
    CAMPAIGN: (*FINAL, State.DRAFT),
}


def are_settled(intakes: Collection[Intake]) -> bool:
    """Whether no application of these intakes (scheme selected) can still enter a stage. One query a track."""
    return not any(
        Application.objects.filter(intake__in=some).exclude(state__in=_SETTLED[track]).exists()
        for track, some in _by_track(intakes).items()
    )


def reached(intakes: Collection[Intake]) -> list[tuple[Stage, set[int]]]:
    """The applications that ever came to each stage, by the ledger: leaving later changes nothing. One query a track.

    Whoever came to a stage counts at those before it too.
    """
    found: dict[str, set[int]] = {stage.key: set() for stage in STAGES}
    for track, some in _by_track(intakes).items():
        rows = ApplicationEvent.objects.filter(application__intake__in=some).values_list("application", "to_state")
        for application, state in rows:
            came_to = [number for number, stage in enumerate(STAGES) if state in stage.reached_by[track]]
            for stage in STAGES[: came_to[0] + 1] if came_to else ():
                found[stage.key].add(application)
    return [(stage, found[stage.key]) for stage in STAGES]


def _by_track(intakes: Collection[Intake]) -> dict[str, list[Intake]]:
    tracks: dict[str, list[Intake]] = {}
    for intake in intakes:
        tracks.setdefault(intake.scheme.track, []).append(intake)
    return tracks
