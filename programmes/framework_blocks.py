"""The blocks of a framework: its domains, and in each the statements that a board or a team holds itself against."""

from wagtail.blocks import CharBlock, ListBlock, RichTextBlock, StreamBlock, StructBlock

from portal.blocks import NOTE


class StatementBlock(StructBlock):
    text = CharBlock(label="Statement", max_length=400)
    evidence = ListBlock(
        CharBlock(max_length=250, required=False),
        label="What shows it",
        help_text="What somebody would see, hear or read where the statement holds.",
        collapsed=True,
    )

    class Meta:
        icon = "list-ol"


class DomainBlock(StructBlock):
    """One domain under its own heading, its statements numbered."""

    title = CharBlock(max_length=120)
    intro = RichTextBlock(features=NOTE, required=False)
    statements = ListBlock(StatementBlock(), min_num=1)

    class Meta:
        icon = "folder-open-inverse"
        template = "programmes/blocks/domain.html"


class DomainsBlock(StreamBlock):
    domain = DomainBlock()
