"""The team's list and pages: who sees what, the same number of queries for one and for three, bulk moves."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.models import Job, Role, User
from programmes.models import Intake
from talent.casework import answer_complaint, give_feedback
from talent.models import Application, Complaint, Feedback, Person, Review, State
from talent.reviewing import Draft, save_review, submit_review
from talent.views.candidates import Facet, FacetOption
from tests.factories.portal import RegionFactory, member, sign_in
from tests.factories.programmes import IntakeFactory
from tests.factories.talent import (
    AdjustmentFactory,
    ApplicationEventFactory,
    ApplicationFactory,
    DeclaredInterestFactory,
    PersonFactory,
    ReviewFactory,
    filled,
)

pytestmark = pytest.mark.django_db
NOW = timezone.now()
LIST = "/talent/candidates/"


def shown(response) -> list[Application]:
    return [row.application for row in response.context["rows"]]


def facet(response, name: str) -> dict[object, int]:
    options = next(facet.options for facet in response.context["facets"] if facet.name == name)
    return {option.value: option.count for option in options}


def scored(application: Application, reviewer: User, points: int) -> Review:
    review = ReviewFactory(application=application, reviewer=reviewer, no_conflict_at=NOW)
    keys = [c.key for c in application.question_set.questions.rubric]
    draft = Draft(dict.fromkeys(keys, points), dict.fromkeys(keys, "Seen."), "interview", "Yes.")
    save_review(review, draft, base_revision=0, by=reviewer, at=NOW)
    return submit_review(review, by=reviewer, at=NOW)


def test_facets_count_what_choosing_them_would_show(client: Client):
    sign_in(client, member(Role.TALENT_TEAM))
    intake = IntakeFactory()
    sift = [ApplicationFactory(state=State.SIFT, intake=intake) for _ in range(2)]
    review = ApplicationFactory(state=State.REVIEW, region=RegionFactory())

    response = client.get(LIST, {"state": "sift"})

    assert sorted(a.pk for a in shown(response)) == sorted(a.pk for a in sift)
    assert response.context["page"].paginator.count == 2
    assert facet(response, "state") == {"sift": 2, "review": 1}
    assert facet(response, "region") == {sift[0].region_id: 2}
    assert facet(response, "intake") == {intake.pk: 2}
    assert review not in shown(response)


def test_a_long_facet_shows_the_fullest_and_the_chosen_choices_and_folds_the_others():
    counts = [5, 1, 9, 2, 8, 3, 7, 4, 6, 1, 1, 1]
    options = [FacetOption(place, f"Intake {place}", count, place == 11) for place, count in enumerate(counts)]

    long, short = Facet("intake", "Intake", options), Facet("intake", "Intake", options[:11])

    assert [option.value for option in long.shown] == [0, 2, 4, 5, 6, 7, 8, 11]
    assert [option.value for option in long.folded] == [1, 3, 9, 10]
    assert (short.shown, short.folded) == (options[:11], [])


def test_a_lead_sees_the_region_and_counts_only_that(client: Client):
    lead = sign_in(client, member(Role.REGIONAL_LEAD))
    mine = ApplicationFactory(state=State.SIFT, region=lead.memberships.get().region)
    ApplicationFactory(state=State.SIFT)

    response = client.get(LIST)

    assert (shown(response), facet(response, "state")) == ([mine], {"sift": 1})


@pytest.mark.parametrize("why", ["conflict", "own", "draft"])
def test_what_is_not_theirs_is_nowhere(client: Client, why: str):
    staff = sign_in(client, member(Role.TALENT_TEAM))
    hidden = filled(
        ApplicationFactory(
            person=PersonFactory(user=staff) if why == "own" else PersonFactory(full_name="Quentin Hidden"),
            state=State.DRAFT if why == "draft" else State.SIFT,
        )
    )
    if why == "conflict":
        DeclaredInterestFactory(user=staff, application=hidden)

    listed, found = client.get(LIST), client.get(LIST, {"q": "merger"})

    assert shown(listed) == shown(found) == []
    assert facet(listed, "state") == facet(listed, "intake") == {}
    assert listed.context["page"].paginator.count == 0
    pages = ("candidate_detail", "candidate_reviews", "assignment_edit", "redaction_edit", "candidate_finding")
    assert [client.get(reverse(f"talent:{page}", args=[hidden.reference])).status_code for page in pages] == [404] * 5
    file = reverse("talent:candidate_file", args=[hidden.reference, hidden.attachments.get().pk])
    assert client.get(file).status_code == 404
    assert list(client.get(reverse("talent:sift_list", args=[hidden.intake_id])).context["page"]) == []
    assert list(client.get(reverse("talent:intake_list")).context["intakes"]) == []
    if why == "conflict":
        assert client.get(reverse("talent:person_detail", args=[hidden.person_id])).status_code == 404


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"q": "merger"}, ["Ada", "Bea"]),
        ({"q": "merger", "sort": "name", "state": "review"}, ["Bea"]),
        ({"attention": "sift"}, ["Ada"]),
        ({"attention": "adjustment"}, ["Bea"]),
        ({"attention": "reviewers"}, ["Bea"]),
        ({"attention": "feedback"}, ["Cy"]),
        ({"sent_from": "2100-01-01"}, []),
        ({"sent_to": "2100-01-01", "sort": "name"}, ["Ada", "Bea", "Cy"]),
        ({"sent_from": "not a day"}, []),
        ({"q": "\x00"}, []),
    ],
)
def test_filters(client: Client, query: dict[str, str], names: list[str]):
    sign_in(client, member(Role.TALENT_TEAM))
    filled(ApplicationFactory(person=PersonFactory(full_name="Ada"), state=State.SIFT))
    AdjustmentFactory(application=filled(ApplicationFactory(person=PersonFactory(full_name="Bea"), state=State.REVIEW)))
    ApplicationFactory(person=PersonFactory(full_name="Cy"), state=State.UNSUCCESSFUL)

    assert sorted(a.person.full_name for a in shown(client.get(LIST, query))) == names


def full_house() -> Intake:
    intake, one, two = IntakeFactory(), member(Role.REVIEWER), member(Role.REVIEWER)
    for state in (State.SIFT, State.REVIEW, State.DRAFT):
        application = filled(ApplicationFactory(intake=intake, state=state))
        if state == State.REVIEW:
            scored(application, one, 4)
            scored(application, two, 1)
    return intake


@pytest.mark.parametrize(
    ("name", "queries"),
    [
        ("candidate_list", 13),
        ("candidate_list?q=merger", 15),
        ("intake_list", 8),
        ("sift_list", 10),
        ("score_table", 11),
        ("draft_list", 9),
        ("complaint_list", 8),
    ],
)
def test_lists_ask_the_same_for_one_and_three(client: Client, django_assert_num_queries, name: str, queries: int):
    staff = sign_in(client, member(Role.TALENT_TEAM, is_administrator=True))
    intake = full_house()
    name, _, query = name.partition("?")
    address = reverse(f"talent:{name}", args=[intake.pk] if name in ("sift_list", "score_table") else [])
    Complaint.objects.create(reference="C-1", user=member(Role.REVIEWER), words="No.", made_at=NOW)

    with django_assert_num_queries(queries):
        assert client.get(f"{address}?{query}").status_code == 200

    rows = Application.objects.all()
    for application in list(rows) * 2:
        person = PersonFactory()
        copy = filled(
            ApplicationFactory(person=person, intake=intake, state=application.state, region=application.region)
        )
        if application.state == State.REVIEW:
            for review in application.reviews.all():
                scored(copy, review.reviewer, 2)
    for number in (2, 3):
        Complaint.objects.create(reference=f"C-{number}", user=member(Role.REVIEWER), words="No.", made_at=NOW)
    assert staff.pk

    with django_assert_num_queries(queries):
        assert client.get(f"{address}?{query}").status_code == 200


def test_the_reviewers_list_asks_the_same_for_one_and_three(client: Client, django_assert_num_queries):
    reviewer = sign_in(client, member(Role.REVIEWER))
    ReviewFactory(reviewer=reviewer)
    with django_assert_num_queries(8):
        client.get("/reviews/")
    for _ in range(2):
        ReviewFactory(reviewer=reviewer)

    with django_assert_num_queries(8):
        assert len(client.get("/reviews/").context["waiting"]) == 3


@pytest.mark.parametrize(
    ("state", "shown_to_staff"), [(State.SIFT, False), (State.REVIEW, False), (State.INTERVIEW, True)]
)
def test_political_activity_is_the_panels_at_interview(client: Client, state: State, shown_to_staff: bool):
    sign_in(client, member(Role.TALENT_TEAM))
    political = {"applies": ["none"], "details": "Stood for the Wombat Party"}
    application = filled(ApplicationFactory(state=state), political=political)

    page = client.get(reverse("talent:candidate_detail", args=[application.reference])).content.decode()

    assert ("Wombat" in page) is shown_to_staff


@pytest.mark.parametrize("state", [State.UNSUCCESSFUL, State.WITHDRAWN])
@pytest.mark.parametrize("was_invited", [False, True])
def test_whoever_never_came_to_interview_keeps_political_activity(client: Client, state: State, was_invited: bool):
    sign_in(client, member(Role.TALENT_TEAM))
    political = {"applies": ["none"], "details": "Stood for the Wombat Party"}
    application = filled(ApplicationFactory(state=state), political=political)
    if was_invited:
        ApplicationEventFactory(application=application, transition="invite", to_state=State.INTERVIEW)

    page = client.get(reverse("talent:candidate_detail", args=[application.reference])).content.decode()

    assert ("Wombat" in page) is was_invited


def test_a_reviewer_reads_a_pseudonym_and_nothing_that_gives_away(client: Client):
    reviewer = sign_in(client, member(Role.REVIEWER))
    application = filled(
        ApplicationFactory(person=PersonFactory(full_name="Asha Patel", phone="020 7946 0018"), state=State.REVIEW),
        leadership="I, Asha, led Harbour Housing's merger. Write to asha@example.org.",
    )
    AdjustmentFactory(application=application, needs="A hearing loop")
    ReviewFactory(application=application, reviewer=reviewer, no_conflict_at=NOW)
    other = scored(application, member(Role.REVIEWER), 1)
    review = Review.objects.get(reviewer=reviewer)

    page = client.get(reverse("talent:review_edit", args=[review.pk])).content.decode()

    given_away = [
        "Asha",
        "Patel",
        "Harbour Housing",
        "asha@",
        "7946",
        "LS1",
        "hearing loop",
        "cv.pdf",
        application.reference,
    ]
    assert [words for words in given_away if words in page] == []
    assert application.pseudonym in page
    assert "led <span" in page.replace("\n", " ") or "led" in page
    assert other.reviewer.full_name not in page


def test_a_reviewer_declares_before_reading(client: Client):
    reviewer = sign_in(client, member(Role.REVIEWER))
    review = ReviewFactory(application=filled(ApplicationFactory(state=State.REVIEW)), reviewer=reviewer)
    door = reverse("talent:review_interest", args=[review.pk])

    assert client.get(reverse("talent:review_edit", args=[review.pk])).url == door
    assert client.post(door, {}).context["form"].errors == {"kind": ["Choose what describes you and this applicant"]}
    assert client.post(door, {"kind": "none"}).url == reverse("talent:review_edit", args=[review.pk])


def test_autosave_keeps_and_tells_two_tabs(client: Client):
    reviewer = sign_in(client, member(Role.REVIEWER))
    review = ReviewFactory(reviewer=reviewer, no_conflict_at=NOW)
    door = reverse("talent:review_autosave", args=[review.pk])

    first = client.post(door, {"revision": "0", "overall": "One"})
    second = client.post(door, {"revision": "0", "overall": "Two"})

    assert (first.status_code, first.json()["revision"]) == (200, 1)
    assert (second.status_code, second.json()["revision"]) == (409, 1)
    assert Review.objects.get().overall == "One"


def test_a_bulk_move_says_what_came_of_each(client: Client):
    sign_in(client, member(Role.TALENT_TEAM))
    intake = IntakeFactory()
    plain = ApplicationFactory(intake=intake, state=State.SIFT)
    guaranteed = ApplicationFactory(intake=intake, state=State.SIFT, meets_essentials=True)
    AdjustmentFactory(application=guaranteed, guaranteed_interview=True)
    data = {"step": "fail_sift", "application": [plain.pk, guaranteed.pk]}
    door = reverse("talent:sift_bulk", args=[intake.pk])

    asked = client.post(door, data)
    unreasoned = client.post(door, data | {"confirmed": "yes", "reason": ""})
    done = client.post(door, data | {"confirmed": "yes", "reason": "No board-level work"})

    assert asked.context["form"].is_bound is False
    assert unreasoned.context["form"].errors == {"reason": ["Give the reason"]}
    assert {(o.application.pk, bool(o.refusal)) for o in done.context["outcomes"]} == {
        (plain.pk, False),
        (guaranteed.pk, True),
    }
    assert dict(Application.objects.values_list("pk", "state")) == {plain.pk: "unsuccessful", guaranteed.pk: "sift"}


def test_a_plan_is_shown_before_it_is_applied(client: Client):
    sign_in(client, member(Role.TALENT_TEAM))
    intake = IntakeFactory()
    for _ in range(2):
        filled(ApplicationFactory(intake=intake, state=State.REVIEW))
    for _ in range(2):
        member(Role.REVIEWER)
    door = reverse("talent:assignment_plan", args=[intake.pk])

    seen = client.post(door, {"each": "1"})
    assert (len(seen.context["rows"]), Review.objects.count()) == (2, 0)
    client.post(door, {"each": "1", "apply": "yes"})

    assert sorted(Review.objects.values_list("application", flat=True)) == sorted(
        Application.objects.values_list("pk", flat=True)
    )
    assert Review.objects.values("reviewer").distinct().count() == 2


def test_scores_show_totals_spread_severity_and_disagreement(client: Client):
    sign_in(client, member(Role.TALENT_TEAM))
    application, lenient, harsh = ApplicationFactory(state=State.REVIEW), member(Role.REVIEWER), member(Role.REVIEWER)
    scored(application, lenient, 4)
    scored(application, harsh, 1)

    report = client.get(reverse("talent:score_table", args=[application.intake_id])).context["report"]

    [row] = report.rows
    assert (row.standing.mean, row.standing.spread, row.standing.disagrees) == (62.5, 75, True)
    assert [(user, severity.by, severity.n) for user, severity in report.reviewers] == [
        (harsh, -75, 1),
        (lenient, 75, 1),
    ]
    assert row.advice == (("Invite to interview", 2),)


def test_complaints_are_for_administrators(client: Client):
    complaint = Complaint.objects.create(reference="C-1", user=member(Role.REVIEWER), words="No.", made_at=NOW)
    sign_in(client, member(Role.TALENT_TEAM))
    assert client.get(reverse("talent:complaint_answer", args=["C-1"])).status_code == 403

    sign_in(client, member(Role.TALENT_TEAM, is_administrator=True))
    client.post(reverse("talent:complaint_answer", args=["C-1"]), {"answer": "We are sorry."})

    complaint.refresh_from_db()
    assert complaint.answer == "We are sorry."


def test_a_person_page_shows_only_applications_one_works_on(client: Client):
    lead = sign_in(client, member(Role.REGIONAL_LEAD))
    person = PersonFactory()
    mine = ApplicationFactory(person=person, state=State.SIFT, region=lead.memberships.get().region)
    ApplicationFactory(person=person, state=State.SIFT)

    response = client.get(reverse("talent:person_detail", args=[person.pk]))

    assert list(response.context["applications"]) == [mine]
    assert Person.objects.count() == 1


def test_the_same_feedback_sent_twice_is_given_and_told_once():
    application, staff = ApplicationFactory(state=State.UNSUCCESSFUL), member(Role.TALENT_TEAM)
    words = {"strengths": "Clear.", "to_develop": "Boards.", "next_steps": "A pool."}

    first = give_feedback(application, **words, by=staff, at=NOW)
    second = give_feedback(application, **words, by=staff, at=NOW)

    assert (second, Feedback.objects.count()) == (first, 1)
    assert Job.objects.filter(kind="talent.tell_feedback").count() == 1


def test_the_same_answer_to_a_complaint_is_told_once():
    complaint = Complaint.objects.create(reference="C-2", user=member(Role.REVIEWER), words="No.", made_at=NOW)
    staff = member(Role.TALENT_TEAM, is_administrator=True)

    for seconds in range(2):
        answer_complaint(complaint, answer="Sorry.", by=staff, at=NOW + dt.timedelta(seconds=seconds))

    assert Job.objects.filter(kind="talent.tell_complaint_answered").count() == 1


def test_a_complaint_about_what_is_read_blind_names_nobody(client: Client):
    applicant, administrator = member(Role.REVIEWER), member(Role.TALENT_TEAM, is_administrator=True)
    application = ApplicationFactory(state=State.SIFT, person__user=applicant)
    Complaint.objects.create(
        reference="C-1", user=applicant, application=application, words="I was not heard.", made_at=NOW
    )
    sign_in(client, administrator)

    def named() -> list[bool]:
        pages = [reverse("talent:complaint_list"), reverse("talent:complaint_answer", args=["C-1"])]
        return [str(applicant) in client.get(page).content.decode() for page in pages]

    before = named()
    type(application.intake).objects.update(names_hidden=True)

    assert (before, named()) == ([True, True], [False, False])


def test_a_complaint_is_not_answered_by_who_has_a_conflict(client: Client):
    administrator = member(Role.TALENT_TEAM, is_administrator=True)
    application = ApplicationFactory(state=State.SIFT)
    Complaint.objects.create(
        reference="C-1", user=application.person.user, application=application, words="No.", made_at=NOW
    )
    Complaint.objects.create(reference="C-2", user=member(Role.REVIEWER), words="No.", made_at=NOW)
    DeclaredInterestFactory(user=administrator, application=application)
    sign_in(client, administrator)

    assert [c.reference for c in client.get(reverse("talent:complaint_list")).context["complaints"]] == ["C-2"]
    assert client.get(reverse("talent:complaint_answer", args=["C-1"])).status_code == 404
