"""The building blocks of every page's body: NHS.UK components that an editor can combine and not break."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.blocks import (
    BooleanBlock,
    CharBlock,
    ChoiceBlock,
    IntegerBlock,
    ListBlock,
    PageChooserBlock,
    RichTextBlock,
    StreamBlock,
    StructBlock,
    StructBlockValidationError,
    URLBlock,
)
from wagtail.models import Page
from wagtailnhsukfrontend import blocks as nhsuk

from portal.figure_blocks import BarChartBlock, LineChartBlock

# A page has one h1, its title: text starts at h2 and goes no deeper than h4.
PROSE = ["h2", "h3", "h4", "bold", "ol", "ul", "link", "document-link"]
NOTE = ["bold", "ol", "ul", "link", "document-link"]
HEADING_HELP = "2 for a heading of the page, 3 below one of those, 4 below that."


def _level(default: int = 3) -> IntegerBlock:
    return IntegerBlock(min_value=2, max_value=4, default=default, help_text=HEADING_HELP)


class ImageBlock(nhsuk.ImageBlock):
    """A picture, always with words for those who cannot see it."""

    alt_text = CharBlock(
        label="Alternative text",
        max_length=250,
        help_text="What the picture shows, for people who cannot see it. Leave out “picture of”.",
    )

    class Meta:
        template = "components/blocks/image.html"


class InsetTextBlock(nhsuk.InsetTextBlock):
    body = RichTextBlock(features=NOTE)

    class Meta:
        icon = "info-circle"


class WarningCalloutBlock(nhsuk.WarningCalloutBlock):
    heading_level = _level()
    body = RichTextBlock(features=NOTE)


class DoBlock(nhsuk.DoBlock):
    heading_level = _level()
    do = ListBlock(CharBlock(max_length=300), label="Things to do")

    class Meta:
        template = "components/blocks/do_list.html"


class DontBlock(nhsuk.DontBlock):
    heading_level = _level()
    dont = ListBlock(CharBlock(max_length=300), label="Things not to do")

    class Meta:
        template = "components/blocks/dont_list.html"


class SummaryListRowBlock(StructBlock):
    key = CharBlock(max_length=80)
    value = RichTextBlock(features=NOTE)


class SummaryListBlock(nhsuk.SummaryListBlock):
    rows = ListBlock(SummaryListRowBlock())


class TableBlock(StructBlock):
    """A small table; on a narrow screen each row becomes a list of its headings and cells."""

    caption = CharBlock(max_length=200)
    head = ListBlock(CharBlock(max_length=80), label="Column headings", min_num=2)
    rows = ListBlock(ListBlock(CharBlock(required=False, max_length=400), label="Cells"), label="Rows")
    first_cell_is_header = BooleanBlock(required=False, default=True, label="The first cell names its row")

    class Meta:
        icon = "table"
        template = "components/blocks/table.html"

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        columns = len(value["head"])
        uneven = [number for number, row in enumerate(value["rows"], 1) if len(row) != columns]
        if uneven:
            message = f"Row {uneven[0]} must have {columns} cells, one for each column heading."
            raise StructBlockValidationError({"rows": ValidationError(message)})
        return value

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        head = list(value["head"])
        context["rows"] = [list(zip(head, row, strict=False)) for row in value["rows"]]
        return context


class ActionLinkBlock(nhsuk.ActionLinkBlock):
    # A link that opens a new window takes the Back button away from people: not offered here.
    new_window = None

    class Meta:
        help_text = "Choose a page of this site, or give the address of another."


class DetailsBlock(nhsuk.DetailsBlock):
    class BodyStreamBlock(StreamBlock):
        richtext = RichTextBlock(label="Text", features=NOTE)
        action_link = ActionLinkBlock()
        inset_text = InsetTextBlock()
        summary_list = SummaryListBlock()
        table = TableBlock()

    body = BodyStreamBlock()

    class Meta:
        template = "components/blocks/details.html"


class ExpanderBlock(DetailsBlock):
    class Meta:
        icon = "plus-inverse"
        template = "components/blocks/expander.html"


class ExpanderGroupBlock(nhsuk.ExpanderGroupBlock):
    expanders = ListBlock(ExpanderBlock())


class CareCardBlock(nhsuk.CareCardBlock):
    """A card for help that somebody needs now: non-urgent, urgent or emergency."""

    heading_level = _level()

    class BodyStreamBlock(StreamBlock):
        richtext = RichTextBlock(label="Text", features=NOTE)
        action_link = ActionLinkBlock()

    body = BodyStreamBlock()

    class Meta:
        label = "Help card"
        template = "components/blocks/care_card.html"


class CardBlock(StructBlock):
    """One card that leads to a page of this site, or elsewhere."""

    heading = CharBlock(max_length=100)
    page = PageChooserBlock(required=False)
    url = URLBlock(label="Or an address elsewhere", required=False)
    text = CharBlock(required=False, max_length=250)

    class Meta:
        icon = "doc-full"

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if bool(value["page"]) == bool(value["url"]):
            raise StructBlockValidationError(
                {"page": ValidationError("Choose a page, or give an address: one of them.")}
            )
        return value


class CardGroupBlock(StructBlock):
    """Two or three cards side by side; one below the other on a narrow screen."""

    column = ChoiceBlock([("one-half", "Two in a row"), ("one-third", "Three in a row")], default="one-half")
    heading_level = _level(2)
    cards = ListBlock(CardBlock(), min_num=1)

    class Meta:
        icon = "grip"
        template = "components/blocks/card_group.html"


class PageListBlock(StructBlock):
    """Pages to read on, each with its kind and its summary; those that are no longer live leave by themselves."""

    heading = CharBlock(max_length=100)
    heading_level = _level(2)
    intro = CharBlock(required=False, max_length=300)
    pages = ListBlock(PageChooserBlock(), min_num=1)

    class Meta:
        icon = "list-ul"
        template = "components/blocks/page_list.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        chosen = [page.pk for page in value["pages"] if page]
        found = Page.objects.filter(pk__in=chosen).live().public().specific().in_bulk()
        context["pages"] = [found[pk] for pk in chosen if pk in found]
        return context


class BodyBlock(StreamBlock):
    """All that the body of a page may hold, in the order editors reach for them."""

    text = RichTextBlock(features=PROSE, icon="pilcrow", group="Words")
    inset_text = InsetTextBlock(group="Words")
    warning_callout = WarningCalloutBlock(group="Words")
    do_list = DoBlock(label="Do list", group="Words")
    dont_list = DontBlock(label="Don’t list", group="Words")
    expander_group = ExpanderGroupBlock(label="Questions and answers", group="Words")
    details = DetailsBlock(group="Words")
    summary_list = SummaryListBlock(group="Facts")
    table = TableBlock(group="Facts")
    bar_chart = BarChartBlock(group="Facts")
    line_chart = LineChartBlock(group="Facts")
    page_list = PageListBlock(label="List of pages", group="Links")
    card_group = CardGroupBlock(group="Links")
    action_link = ActionLinkBlock(group="Links")
    care_card = CareCardBlock(group="Links")
    image = ImageBlock(group="Pictures")
