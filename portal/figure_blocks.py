"""Charts that an editor makes by typing figures: the picture, its words, its table and its source."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.blocks import CharBlock, FloatBlock, ListBlock, StructBlock, StructBlockValidationError

from portal.charts import Line, LineChart, bar_chart, line_chart, simple_bars


class _ChartBlock(StructBlock):
    title = CharBlock(max_length=150)
    says = CharBlock(
        label="What the chart shows",
        max_length=300,
        help_text="One sentence, for people who cannot see the picture. It stands below the chart for everybody.",
    )
    source = CharBlock(max_length=200, help_text="Where the figures come from.")
    unit = CharBlock(required=False, max_length=20, help_text="Follows each figure, such as %.")


class BarBlock(StructBlock):
    label = CharBlock(max_length=80)
    value = FloatBlock(min_value=0)


class BarChartBlock(_ChartBlock):
    """A few figures side by side."""

    bars = ListBlock(BarBlock(), min_num=2, max_num=12)

    class Meta:
        icon = "table"
        template = "components/blocks/chart.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        rows = [(bar["label"], bar["value"], figure(bar["value"], value["unit"])) for bar in value["bars"]]
        context["picture"] = bar_chart(simple_bars(value["title"], value["says"], rows))
        context["head"] = ["", value["title"]]
        context["rows"] = [(label, [text]) for label, _, text in rows]
        return context


class LineBlock(StructBlock):
    label = CharBlock(max_length=60)
    values = ListBlock(FloatBlock(), min_num=2)


class LineChartBlock(_ChartBlock):
    """How figures went over time."""

    axis = ListBlock(CharBlock(max_length=20), label="Points in time", min_num=2, max_num=36)
    lines = ListBlock(LineBlock(), min_num=1, max_num=5)

    class Meta:
        icon = "table"
        template = "components/blocks/chart.html"

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        points = len(value["axis"])
        uneven = [line["label"] for line in value["lines"] if len(line["values"]) != points]
        if uneven:
            message = f"“{uneven[0]}” must have {points} figures, one for each point in time."
            raise StructBlockValidationError({"lines": ValidationError(message)})
        return value

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        lines = tuple(Line(line["label"], tuple(line["values"])) for line in value["lines"])
        axis = tuple(value["axis"])
        context["picture"] = line_chart(LineChart(value["title"], value["says"], axis, lines, value["unit"]))
        context["head"] = ["", *(line.label for line in lines)]
        texts = [[figure(number, value["unit"]) for number in line.values] for line in lines]
        context["rows"] = list(zip(axis, zip(*texts, strict=False), strict=False))
        return context


def figure(value: float, unit: str) -> str:
    """12%, 6.5 days: as it is read out."""
    gap = "" if unit in ("", "%") else " "
    return f"{value:,.10g}{gap}{unit}"
