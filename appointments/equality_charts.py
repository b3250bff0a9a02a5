"""The equality report's pictures: published figures to the shapes of portal/charts.py."""

from django.utils.safestring import SafeString

from appointments.equality_report import Section
from portal.charts import Bar, BarChart, Group, Mark, bar_chart


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
    """Each ratio with its interval, and 1 to compare with."""
    groups = tuple(
        Group(table.ratio_words, (Bar("", table.ratio.value, table.ratio.text, (table.ratio.low, table.ratio.high)),))
        for table in section.likelihoods
        if table.ratio
    )
    title = f"{section.title}: relative likelihood of appointment from the shortlist"
    words = "Ratios with their 95% intervals; 1 is alike. The table below has the same figures."
    return bar_chart(BarChart(title, words, groups, (Mark("Alike", 1),)))
