"""What each rule of a chart is in plain English, and who laid it down: for the chart's page and the guide."""

from collections.abc import Iterator
from dataclasses import dataclass

from programmes import run_chart
from programmes.spc import ASSURANCE_SOURCE, ENOUGH_POINTS, LIMIT, REBASE_SOURCE, SCREEN
from programmes.spc_rules import RULES, Rule

SAYS = {
    Rule.OUTSIDE_LIMITS: "outside the limits",
    Rule.TREND: "seven in a row in one direction",
    Rule.TWO_OF_THREE: "two of three close to a limit",
    Rule.SHIFT: "seven in a row on one side of the mean",
}
RUN_SAYS = {Rule.SHIFT: "six or more on one side of the median", Rule.TREND: "five or more going one way"}


@dataclass(frozen=True, slots=True)
class Basis:
    """One rule as a reader meets it. `name` is what files and programs call it, empty where it has no name there."""

    says: str
    source: str
    name: str = ""


def control_basis() -> Iterator[Basis]:
    """In the order in which a chart is worked."""
    yield Basis("The limits lie 2.66 mean moving ranges above and below the mean", LIMIT.source)
    yield Basis("A moving range above 3.267 times their mean is left out, and the mean taken again", SCREEN.source)
    for row in RULES:
        yield Basis(f"A month is marked: {SAYS[row.rule]}", row.source, str(row.rule))
    yield Basis("Limits on fewer than 13 months are trial limits", ENOUGH_POINTS.source)
    yield Basis("New limits from a month on", REBASE_SOURCE)
    yield Basis("Whether the process will meet its target", ASSURANCE_SOURCE)


def run_basis() -> Iterator[Basis]:
    for rule, source in run_chart.SOURCES.items():
        yield Basis(f"A month is marked: {RUN_SAYS[rule]}", source, str(rule))
    yield Basis("The line crosses the median too seldom or too often", run_chart.RUNS_SOURCE)
