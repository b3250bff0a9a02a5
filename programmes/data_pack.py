"""The data pack of one trust: where it stands among its sector and over time: facts, html, pdf."""

import datetime as dt
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from portal.pdf import html_to_pdf
from programmes.charting import Drawn, drawn
from programmes.choosing import Candidate, Standing, field_of, months_of
from programmes.models import Enrolment
from programmes.series import series_of
from programmes.spc_chart import funnel_picture
from programmes.timeline import Stage, timeline_of

MONTHS = 6  # in the table; the whole series is a download


@dataclass(frozen=True, slots=True)
class MeasurePages:
    """One measure of the pack. `standing` is None where its sector cannot be compared."""

    chart: Drawn
    standing: Standing | None
    trust: str

    @property
    def funnel(self) -> SafeString | None:
        """The sector's funnel with this trust pointed out."""
        if self.standing is None or self.standing.spot is None or self.standing.funnel.chart is None:
            return None
        found = self.standing.funnel
        title = f"{found.measure}: {self.trust} among {found.sector.lower()} trusts, {found.month:%B %Y}"
        return funnel_picture(
            title,
            f"{self.standing.sentence} {found.alternative}",
            self.standing.funnel.chart,
            unit=found.measure.unit,
            marked=(self.standing.spot.key, self.trust),
        )


@dataclass(frozen=True, slots=True)
class DataPack:
    enrolment: Enrolment
    measures: tuple[MeasurePages, ...]
    stages: tuple[Stage, ...]


def data_pack_facts(enrolment: Enrolment, *, today: dt.date) -> DataPack:
    """Ten queries, however many months and trusts of its sector."""
    measures = list(enrolment.wave.collaborative.measures.order_by("aims__position", "pk"))
    series = series_of([enrolment.trust], measures)
    own = _among_its_sector(enrolment, today)
    standings = {one.funnel.measure.pk: one for one in own.readings} if own else {}
    pages = tuple(
        MeasurePages(drawn(series[enrolment.trust_id, measure.pk]), standings.get(measure.pk), str(enrolment.trust))
        for measure in measures
    )
    return DataPack(enrolment, pages, tuple(timeline_of(enrolment, today=today)))


def _among_its_sector(enrolment: Enrolment, today: dt.date) -> Candidate | None:
    """None for a trust without a sector, and while no figures were entered."""
    measures = list(enrolment.wave.collaborative.measures.order_by("aims__position", "pk"))
    months = months_of(measures, trust=enrolment.trust)
    if not (months and enrolment.trust.sector):
        return None
    found = field_of(
        enrolment.wave.collaborative, measures, sector=enrolment.trust.sector, month=months[0], today=today
    )
    return next((one for one in found.candidates if one.trust == enrolment.trust), None)


def data_pack_html(enrolment: Enrolment, *, today: dt.date) -> str:
    pack = data_pack_facts(enrolment, today=today)
    return render_to_string("papers/data_pack.html", {"pack": pack, "today": today, "months": MONTHS})


def data_pack_pdf(enrolment: Enrolment, *, today: dt.date) -> bytes:
    return html_to_pdf(data_pack_html(enrolment, today=today), title=f"Data pack: {enrolment.trust}")
