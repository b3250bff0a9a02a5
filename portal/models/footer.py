"""The links at the foot of every page, which editors choose."""

from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Orderable


@register_setting(icon="list-ul", order=100)
class Footer(ClusterableModel, BaseSiteSetting):
    """What stands at the foot of every page of one site."""

    panels = [InlinePanel("links", heading="Links", label="Link")]

    class Meta:
        verbose_name = "footer"


class FooterLink(Orderable):
    """One link at the foot: a page, and other words than its title where that is too long."""

    footer = ParentalKey(Footer, on_delete=models.CASCADE, related_name="links")
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    label = models.CharField(max_length=60, blank=True, help_text="Empty: the page’s own title.")

    panels = [FieldPanel("page"), FieldPanel("label")]

    class Meta(Orderable.Meta):
        verbose_name = "footer link"

    def __str__(self) -> str:
        return self.label or self.page.title
