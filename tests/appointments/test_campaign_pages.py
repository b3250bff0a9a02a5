"""Campaign pages: what a panel reads in the sift and at interview, lists that stay cheap, adverts and feeds."""

import datetime as dt
import json
import xml.etree.ElementTree as ET

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from appointments.forms_campaign import RecommendForm
from appointments.models import Campaign, Mark
from portal.models import Role
from talent.models import DeclaredInterest, State
from tests.factories.campaigns import POLITICAL_WORDS, Run, a_campaign
from tests.factories.portal import OrganisationFactory, UserFactory, member, sign_in

pytestmark = pytest.mark.django_db

# What schema.org and search engines want of a JobPosting.
REQUIRED = {"title", "description", "datePosted", "hiringOrganization", "jobLocation"}


def reads(client: Client, run: Run, *, as_: int = 0) -> str:
    """The page on which a member of the panel reads the first applicant, after declaring no conflict."""
    sign_in(client, run.panel[as_])
    reference = run.applications[0].reference
    client.post(f"/panels/applications/{reference}/declare/", {"kind": "none"})
    return client.get(f"/panels/applications/{reference}/").text


def test_the_sift_is_blind_and_without_political_activity(client: Client):
    run = a_campaign("sift")

    html = reads(client, run)

    assert run.applications[0].pseudonym in html
    for hidden in (run.applications[0].person.full_name, "Asha Patel", "LS1 4AP", POLITICAL_WORDS, "Quillfeather"):
        assert hidden not in html


def test_at_interview_the_panel_sees_the_name_and_political_activity(client: Client):
    run = a_campaign("interview")

    html = reads(client, run)

    assert escape(run.applications[0].person.full_name) in html
    assert POLITICAL_WORDS in html


def test_political_activity_is_on_no_staff_page_or_export_of_the_sift(client: Client):
    run = a_campaign("sift")
    sign_in(client, run.team)
    pages = [
        f"/campaigns/{run.campaign.pk}/",
        f"/campaigns/{run.campaign.pk}/choose/shortlist/",
        f"/talent/candidates/{run.applications[0].reference}/",
        "/talent/candidates/?q=Quillfeather",
    ]

    answers = [client.get(page) for page in pages]
    export = client.post("/talent/candidates/export/", {"file_format": "csv", "reason": "For the panel"})
    rows = b"".join(export.streaming_content).decode()

    assert [answer.status_code for answer in answers] == [200] * len(pages)
    assert ["Quillfeather Party" in answer.text for answer in answers] == [False] * len(pages)
    assert run.applications[0].reference in rows
    assert "Quillfeather" not in rows


def test_nobody_reads_before_declaring_and_again_at_interview(client: Client):
    run = a_campaign("interview")
    sign_in(client, run.panel[0])
    reference = run.applications[0].reference

    answer = client.get(f"/panels/applications/{reference}/")

    assert answer.url == f"/panels/applications/{reference}/declare/"


def test_a_declared_conflict_takes_the_application_away(client: Client):
    run = a_campaign("sift")
    sign_in(client, run.panel[0])
    reference = run.applications[0].reference

    client.post(f"/panels/applications/{reference}/declare/", {"kind": "personal", "detail": "My cousin"})

    assert DeclaredInterest.objects.get().user == run.panel[0]
    assert client.get(f"/panels/applications/{reference}/").status_code == 404
    assert run.applications[0].pseudonym not in client.get(f"/panels/{run.campaign.pk}/").text


def test_scores_are_saved_whole_or_not_at_all(client: Client):
    run = a_campaign("sift")
    reads(client, run)
    address = f"/panels/applications/{run.applications[0].reference}/"
    criteria = list(run.campaign.criteria.all())
    typed = {f"points_{c.pk}": "3" for c in criteria} | {f"evidence_{c.pk}": "Chaired a board" for c in criteria}

    short = client.post(address, typed | {f"evidence_{criteria[0].pk}": ""})
    before = Mark.objects.count()
    done = client.post(address, typed)

    assert "Give the evidence for criterion 1" in short.text
    assert (before, Mark.objects.count(), done.url) == (0, len(criteria), f"/panels/{run.campaign.pk}/")


def test_the_team_leads_a_campaign_by_its_pages(client: Client):
    run = a_campaign("closed")
    sign_in(client, run.team)
    at = f"/campaigns/{run.campaign.pk}"
    everybody = [a.pk for a in run.applications]

    shown = client.post(f"{at}/choose/longlist/", {"chosen": everybody[:1], "reason": "No board experience."})
    before = run.fresh().stage, run.states()
    client.post(f"{at}/choose/longlist/", {"chosen": everybody, "reason": "", "confirm": "yes"})
    client.post(f"{at}/steps/sift/")
    refused = client.post(f"{at}/choose/shortlist/", {"chosen": everybody, "reason": ""})

    assert [[a.pk for a in shown.context[part]] for part in ("going_on", "left_out")] == [everybody[:1], everybody[1:]]
    assert before == ("advertised", ["submitted", "submitted"])
    assert run.fresh().stage == "sift"
    assert "Scores are missing" in refused.text


def test_after_the_verdict_one_is_recommended_and_one_held_in_reserve(client: Client):
    run = a_campaign("verdict")
    first, second = run.applications
    sign_in(client, run.team)
    at = f"/campaigns/{run.campaign.pk}/outcome/"

    client.post(at, {f"rank_{second.pk}": "1"})
    form = client.get(f"{at}{first.reference}/recommend/").context["form"]
    client.post(f"{at}{first.reference}/recommend/", as_typed(form) | {"reason": "Strongest at interview"})

    assert run.states() == [State.RECOMMENDED, State.RESERVE]


def test_a_vacancy_becomes_a_campaign_by_its_page(client: Client):
    run = a_campaign("preparing")
    Campaign.objects.update(stage="cancelled")
    sign_in(client, run.team)
    day = timezone.localdate() + dt.timedelta(days=28)
    typed = {"about": "A board that listens.", "closes_on_day": day.day}
    typed |= {"closes_on_month": day.month, "closes_on_year": day.year}

    assert str(run.campaign.seat.board) in client.get("/campaigns/vacancies/").text
    answer = client.post(f"/campaigns/seats/{run.campaign.seat_id}/new/", typed)

    made = Campaign.objects.get(stage="preparing")
    assert (answer.url, made.closes_on) == (f"/campaigns/{made.pk}/specification/", day)


def as_typed(form: RecommendForm) -> dict[str, str]:
    """The suggested term as a browser sends it back."""
    days = {name: form.initial[name] for name in ("starts_on", "ends_on")}
    parts = {
        f"{name}_{part}": str(getattr(day, part)) for name, day in days.items() for part in ("day", "month", "year")
    }
    return parts | {"remuneration": str(form.initial["remuneration"])}


@pytest.mark.parametrize("number", [1, 3])
def test_lists_take_the_same_queries_however_long(client: Client, django_assert_num_queries, number):
    runs = [a_campaign("sift", applicants=number) for _ in range(number)]
    for run in runs[1:]:
        run.campaign.panel.create(user=runs[0].panel[0], added_at=run.at, added_by=run.team)
    team = runs[0].team

    sign_in(client, team)
    with django_assert_num_queries(9):
        client.get("/campaigns/")
    with django_assert_num_queries(8):
        client.get("/campaigns/vacancies/")
    with django_assert_num_queries(13):
        client.get(f"/campaigns/{runs[0].campaign.pk}/choose/shortlist/")
    sign_in(client, runs[0].panel[0])
    with django_assert_num_queries(8):
        client.get("/panels/")
    with django_assert_num_queries(10):
        client.get(f"/panels/{runs[0].campaign.pk}/")


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("stage", "step", "queries"),
    [("closed", "longlist", 12), ("interview", "verdicts", 13)],
    ids=["longlist", "verdict"],
)
def test_choosing_takes_the_same_queries_however_many(
    client: Client, django_assert_num_queries, number, stage, step, queries
):
    run = a_campaign(stage, applicants=number)
    sign_in(client, run.team)

    with django_assert_num_queries(queries):
        page = client.get(f"/campaigns/{run.campaign.pk}/choose/{step}/").text

    assert page.count('name="chosen"') == number


@pytest.mark.parametrize("number", [1, 3])
def test_public_lists_take_the_same_queries_however_long(client: Client, django_assert_num_queries, number):
    for _ in range(number):
        a_campaign("advertised", live=True)

    with django_assert_num_queries(2):
        client.get("/opportunities/feed.json")
    with django_assert_num_queries(2):
        client.get("/opportunities/feed.rss")
    with django_assert_num_queries(5):
        client.get("/opportunities/")


def test_only_open_campaigns_that_may_be_shown_are_public(client: Client):
    shown = a_campaign("advertised", live=True).campaign
    asked = a_campaign("advertised", live=True, foundation=True).campaign
    unasked = a_campaign("advertised", live=True, foundation=True).campaign
    Campaign.objects.filter(pk=unasked.pk).update(trust_asked_on=None)
    closed, preparing = a_campaign("sift").campaign, a_campaign("preparing").campaign
    gone = a_campaign("advertised", live=True, board=OrganisationFactory()).campaign
    type(gone.seat.board).objects.filter(pk=gone.seat.board_id).update(closed_on=timezone.localdate())

    assert set(Campaign.objects.advertised(timezone.now())) == {shown, asked}
    for one in (closed, preparing, unasked, gone):
        assert client.get(f"/opportunities/{one.pk}/").status_code == 404
        assert f"/opportunities/{one.pk}/" not in client.get("/opportunities/").text
    assert "The foundation trust itself" in client.get(f"/opportunities/{asked.pk}/").text


def test_the_json_is_schema_org_with_all_that_is_required(client: Client, settings):
    settings.PORTAL_BASE_URL = "https://portal.example.org"
    run = a_campaign("advertised", live=True, days_a_month="2.5")

    answer = client.get("/opportunities/feed.json")
    listing = json.loads(answer.content)

    (entry,) = listing["itemListElement"]
    posting = entry["item"]
    assert (listing["@context"], listing["@type"], posting["@type"]) == ("https://schema.org", "ItemList", "JobPosting")
    assert set(posting) >= REQUIRED
    assert all(posting[name] for name in REQUIRED)
    assert posting["hiringOrganization"] == {"@type": "Organization", "name": run.campaign.seat.board.name}
    assert posting["jobLocation"]["address"]["addressCountry"] == "GB"
    assert dt.date.fromisoformat(posting["datePosted"]) == timezone.localdate(run.campaign.intake.opens_at)
    assert dt.datetime.fromisoformat(posting["validThrough"]) == run.campaign.intake.closes_at
    assert (posting["employmentType"], posting["workHours"]) == ("PART_TIME", "2.5 days a month")
    assert posting["baseSalary"] == {
        "@type": "MonetaryAmount",
        "currency": "GBP",
        "value": {"@type": "QuantitativeValue", "value": 13000, "unitText": "YEAR"},
    }
    assert posting["title"] == run.campaign.seat.title
    assert "A busy acute trust." in posting["description"]
    block = (
        client.get(f"/opportunities/{run.campaign.pk}/").text.split('application/ld+json">')[1].split("</script>")[0]
    )
    assert json.loads(block) == {"@context": "https://schema.org"} | posting
    assert posting["url"] == f"https://portal.example.org/opportunities/{run.campaign.pk}/"


def test_the_rss_names_each_open_role(client: Client):
    run = a_campaign("advertised", live=True)

    channel = ET.fromstring(client.get("/opportunities/feed.rss").content).find("channel")  # noqa: S314

    assert [item.findtext("title") for item in channel.findall("item")] == [str(run.campaign)]
    assert channel.find("item").findtext("link").endswith(f"/opportunities/{run.campaign.pk}/")


def test_the_applicant_sees_their_stage_and_no_verdict(client: Client):
    run = a_campaign("verdict")
    sign_in(client, run.applications[0].person.user)

    html = client.get(f"/applications/{run.applications[0].reference}/").text

    assert "Waiting for a decision" in html
    assert "ppointable" not in html


def test_a_trust_user_of_that_board_sees_nothing_of_the_campaign(client: Client):
    run = a_campaign("sift")
    sign_in(client, member(Role.TRUST_USER, organisation=run.campaign.seat.board))

    assert client.get(f"/campaigns/{run.campaign.pk}/").status_code == 403
    assert client.get(f"/panels/{run.campaign.pk}/").status_code == 404


def test_where_nobody_waits_for_a_step_the_page_says_so_and_asks_nothing(client: Client):
    run = a_campaign("interview")
    sign_in(client, run.team)

    page = client.get(f"/campaigns/{run.campaign.pk}/choose/longlist/").text

    assert ["Nobody in this campaign is waiting for this step" in page, 'name="chosen"' in page] == [True, False]


def look_for(client: Client, run: Run, words: str) -> str:
    return client.get(f"/campaigns/{run.campaign.pk}/panel/new/", {"q": words}).text


def test_a_panel_member_is_found_by_name_and_trust_and_added(client: Client):
    run, trust = a_campaign(), OrganisationFactory(name="Elm Valley NHS Trust")
    named = {"full_name": "Zoë Adeyemi"}
    at_elm = member(Role.TRUST_USER, user=UserFactory(**named), organisation=trust)
    elsewhere = member(Role.REVIEWER, user=UserFactory(**named))
    sign_in(client, run.team)

    nothing_asked = client.get(f"/campaigns/{run.campaign.pk}/panel/new/").text
    both, one, nobody = (look_for(client, run, words) for words in ("zoe ade", "Adeyemi elm", "deyemi elm"))
    there = f"/campaigns/{run.campaign.pk}/panel/new/?q=Adeyemi+elm"
    client.post(there, {"user": at_elm.pk, "role": "member"})

    ids = [f'value="{user.pk}"' for user in (at_elm, elsewhere)]
    assert [[each in page for each in ids] for page in (nothing_asked, both, one, nobody)] == [
        [False, False],
        [True, True],
        [True, False],
        [False, False],
    ]
    assert "(trust user, Elm Valley NHS Trust)" in one
    assert "Nobody who can sit on this panel is found by these words" in nobody
    assert run.campaign.panel.sitting().filter(user=at_elm).count() == 1
    assert ids[0] not in look_for(client, run, "Adeyemi")


def test_talent_staff_are_not_found_for_a_panel_nor_taken_if_sent_all_the_same(client: Client):
    run = a_campaign()
    staff = member(Role.TALENT_TEAM, user=UserFactory(full_name="Zoë Adeyemi"))
    sign_in(client, run.team)

    said = client.post(f"/campaigns/{run.campaign.pk}/panel/new/?q=Adeyemi", {"user": staff.pk, "role": "member"}).text

    assert "Nobody who can sit on this panel" in said
    assert not run.campaign.panel.sitting().filter(user=staff).exists()


@pytest.mark.parametrize("number", [1, 3, 21])
def test_looking_for_a_panel_member_takes_the_same_queries(client: Client, django_assert_num_queries, number):
    run = a_campaign()
    for _ in range(number):
        member(Role.REVIEWER, user=UserFactory(full_name="Zoë Adeyemi"))
    sign_in(client, run.team)

    with django_assert_num_queries(10):
        page = look_for(client, run, "adeyemi")

    assert (page.count('name="user"'), "The first 20" in page) == (min(number, 20), number > 20)
