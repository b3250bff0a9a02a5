"""The equality report's pictures: published figures to the shapes of portal/charts.py."""

from django.utils.safestring import SafeString

from appointments.equality_report import Section
from portal.charts import Bar, BarChart, Group, Mark, bar_chart
from talent.published import Likelihood


def compared_chart(section: Section) -> SafeString:
    """Women, BME and disabled people in each group of the unit, with the baselines below."""
    groups = tuple(
        Group(one.label, tuple(Bar(line.label, line.percent, line.text, quiet=line.is_baseline) for line in one.lines))
        for one in section.compared
    )
    title = f"{section.title}: women, Black, Asian and minority ethnic, and disabled people"
    words = "Shares in percent beside published baselines. A star is not shown. The table below has the same figures."
    return bar_chart(BarChart(title, words, groups, largest=100))


def likelihood_chart(section: Section) -> SafeString:
    """Each ratio with its interval, stage by stage, and 1 to compare with."""
    groups = tuple(
        Group(table.likelihoods[0].words, tuple(_likelihood(one) for one in table.likelihoods))
        for table in section.tables
        if table.likelihoods
    )
    title = f"{section.title}: relative likelihood of coming from stage to stage"
    words = "Ratios with their 95% intervals; 1 is alike. The table below has the same figures."
    return bar_chart(BarChart(title, words, groups, (Mark("Alike", 1),)))


def _likelihood(one: Likelihood) -> Bar:
    return Bar(one.way, one.ratio.value, one.ratio.text, (one.ratio.low, one.ratio.high))
