"""Chair networks for the demonstration: managing directors, each region's sessions, through the acts."""

import datetime as dt
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile

from appointments.models import NetworkSession
from appointments.networking import add_action, add_paper, finish_action, plan_session, record_attendance
from appointments.networks import members_of
from portal.demo import SEED, Stage, london
from portal.demo_people import JOINED, make_users
from portal.models import Membership, Region, Role, User
from portal.pdf import html_to_pdf
from portal.trusts_import import the_body

# The three sessions that each region held in 2017/18: month, what about, what was agreed.
SESSIONS = (
    (dt.date(2017, 6, 6), "Well-led boards and the new framework", "Send round the self-review questions"),
    (dt.date(2017, 10, 3), "Retention of nurses: what boards can do", "Share each trust’s turnover by ward"),
    (dt.date(2018, 2, 6), "Succession for chairs and non-executive directors", "List the terms that end in 2018/19"),
)
RECENT, COMING = "What boards see of culture", "Board diversity: where each trust stands"
PLACES = {
    "London": "Skipton House, London SE1",
    "Midlands and East": "Victoria Square House, Birmingham",
    "North": "Quarry House, Leeds",
    "South": "South Plaza, Bristol",
}
PAPER = """<html lang="en-GB"><head><title>{title}</title></head><body><h1>{title}</h1>
<p>Chair network, {region}. A paper made up for the demonstration.</p>
<p>Chairs are asked to compare what their board sees with what the paper sets out, and to bring one example.</p>
</body></html>"""


def load_networks(stage: Stage) -> None:
    """A chance of its own, so that networks change nothing for the rest of the year."""
    chance = Random(SEED)
    for number, (region, lead) in enumerate(_managing_directors(stage)):
        for first, title, agreed in SESSIONS:
            day = first + dt.timedelta(days=7 * number + number)
            session = _plan(region, title, day, lead, at=london(day - dt.timedelta(days=60)))
            _hold(session, agreed, lead, chance, settled=True)
        recent = _plan(region, RECENT, stage.days_ago(20 + number).date(), lead, at=stage.days_ago(80))
        _hold(recent, "Bring the staff survey’s results to the next session", lead, chance, settled=False)
        _plan(region, COMING, stage.days_ago(-30 - number).date(), lead, at=stage.days_ago(10))


def _managing_directors(stage: Stage) -> list[tuple[Region, User]]:
    regions = list(Region.objects.order_by("name"))
    leads = make_users([stage.new_name() for _ in regions])
    body, title = the_body(), "Executive regional managing director"
    for region, lead in zip(regions, leads, strict=True):
        region.managing_director = lead
        region.save(update_fields=["managing_director"])
    Membership.objects.bulk_create(
        Membership(
            user=lead, organisation=body, role=Role.REGIONAL_LEAD, region=region, job_title=title, started_at=JOINED
        )
        for region, lead in zip(regions, leads, strict=True)
    )
    return list(zip(regions, leads, strict=True))


def _plan(region: Region, title: str, day: dt.date, lead: User, *, at: dt.datetime) -> NetworkSession:
    place = PLACES.get(region.name, "By video")
    session = plan_session(region, title=title, starts_at=london(day, hour=11), place=place, by=lead, at=at)
    content = html_to_pdf(PAPER.format(title=title, region=region), title=title)
    file = SimpleUploadedFile("paper.pdf", content, content_type="application/pdf")
    add_paper(session, file, title=title, by=lead, at=at)
    return session


def _hold(session: NetworkSession, agreed: str, lead: User, chance: Random, *, settled: bool) -> None:
    """Most came; one thing was agreed, and where it lies long ago it is done."""
    members = [member.person.pk for member in members_of(session.region, session.day).belonging]
    came = [pk for pk in members if chance.random() < 0.72]
    at = session.starts_at + dt.timedelta(hours=5)
    record_attendance(session, came=came, by=lead, at=at)
    action = add_action(session, what=agreed, owner=lead, due_on=session.day + dt.timedelta(days=28), by=lead, at=at)
    if settled:
        finish_action(action, by=lead, at=at + dt.timedelta(days=21))
