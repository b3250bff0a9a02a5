"""The access table's rows for the applicant's doors (notation: tests/access/table.py)."""

from django.utils import timezone

from portal.models import User
from talent import own_copy
from talent.models import Application, Complaint, Feedback, OwnCopy, Person, SectionAnswer, SectionRevision, State
from tests.access.table import PAGE, PAGE_OF, SENDS, SIGN_IN, TO, Row, row
from tests.access.world import World
from tests.factories.programmes import IntakeFactory
from tests.factories.talent import ApplicationFactory, AttachmentFactory

# The applicant's doors: one's own application and nobody else's, whatever the role; files also to staff in charge.
_OWN = {"anonymous": SIGN_IN, "others": 404}
_DETAIL = TO("talent:application_detail", "own_draft.reference")

ROWS: list[Row] = [
    row("talent:application_list", anonymous=SIGN_IN, others=PAGE),
    row("talent:mail_choice", anonymous=SIGN_IN, others=PAGE),
    row("talent:own_data_detail", anonymous=SIGN_IN, others=PAGE),
    row("talent:own_data_erase", anonymous=SIGN_IN, others=PAGE),
    row("talent:own_data_erased", public=True),
    row(
        "talent:own_data_ask",
        method="post",
        anonymous=SIGN_IN,
        others=TO("talent:own_data_detail"),
    ),
    row("talent:own_data_fetch", "own_copy.pk", applicant=SENDS("application/zip"), **_OWN),
    row("talent:own_data_fetch", "other_copy.pk", **_OWN),
    row("talent:own_data_remove", "own_copy.pk", method="post", applicant=TO("talent:own_data_detail"), **_OWN),
    row("talent:own_data_remove", "other_copy.pk", method="post", **_OWN),
    row("talent:complaint_create", anonymous=SIGN_IN, others=PAGE),
    row("talent:complaint_detail", "own_complaint.reference", applicant=PAGE, **_OWN),
    row("talent:complaint_detail", "other_complaint.reference", **_OWN),
    row("talent:eligibility", "intake.pk", public=True, alike="open to anybody"),
    row(
        "talent:eligibility_result",
        "intake.pk",
        others=TO("talent:eligibility", "intake.pk"),
        alike="the result is the browser's own",
    ),
    row(
        "talent:application_start",
        "intake.pk",
        anonymous=SIGN_IN,
        others=TO("talent:eligibility", "intake.pk"),
        alike="anybody may begin",
    ),
]
for _name, _applicant in {
    "application_detail": PAGE,
    "application_submit": PAGE,
    "application_submitted": _DETAIL,
    # Its template is the paper's; that a PDF is sent, tests/talent/test_journey.py says.
    "application_copy": PAGE_OF("papers/application.html"),
    "application_withdraw": PAGE,
    "adjustment_edit": PAGE,
    "equality_edit": PAGE,
    "equality_erase": PAGE,
    "offer_detail": _DETAIL,
    "feedback_detail": 404,
}.items():
    ROWS += [
        row(f"talent:{_name}", "own_draft.reference", applicant=_applicant, **_OWN),
        row(f"talent:{_name}", "other_application.reference", **_OWN),
    ]
ROWS += [
    row("talent:application_detail", "own_offered.reference", applicant=PAGE, **_OWN),
    row("talent:application_submitted", "own_offered.reference", applicant=PAGE, **_OWN),
    row("talent:offer_detail", "own_offered.reference", applicant=PAGE, **_OWN),
    row("talent:feedback_detail", "own_offered.reference", applicant=PAGE, **_OWN),
    row("talent:offer_answer", "own_offered.reference", "accept", applicant=PAGE, **_OWN),
    row("talent:offer_answer", "other_application.reference", "accept", **_OWN),
    row("talent:section_edit", "own_draft.reference", "section", applicant=PAGE, **_OWN),
    row("talent:section_edit", "other_application.reference", "section", **_OWN),
    row("talent:section_autosave", "own_draft.reference", "section", others=405, alike="a script posts to it"),
    row(
        "talent:section_autosave",
        "own_draft.reference",
        "section",
        method="post",
        applicant=SENDS("application/json"),
        **_OWN,
    ),
    row("talent:section_autosave", "other_application.reference", "section", method="post", **_OWN),
    row("talent:section_clash", "own_draft.reference", "section", "own_aside.pk", applicant=PAGE, **_OWN),
    row("talent:section_clash", "own_draft.reference", "section", "other_aside.pk", **_OWN),
    row("talent:section_clash", "other_application.reference", "section", "other_aside.pk", **_OWN),
    row("talent:attachment_remove", "own_draft.reference", "own_file.pk", applicant=PAGE, **_OWN),
    row("talent:attachment_remove", "own_draft.reference", "other_file.pk", **_OWN),
    row("talent:attachment_download", "own_draft.reference", "own_file.pk", applicant=SENDS("application/pdf"), **_OWN),
    row(
        "talent:attachment_download",
        "other_application.reference",
        "other_file.pk",
        anonymous=SIGN_IN,
        talent_team=SENDS("application/pdf"),
        others=404,
    ),
]


def build(world: World, person: Person) -> None:
    """A draft and an offer of the applicant's, a sent application of somebody else's outside every region here."""
    world.intake, world.section, world.accept = IntakeFactory(), "about-you", "accept"
    world.own_draft = ApplicationFactory(person=person)
    world.own_offered = ApplicationFactory(person=person, state=State.OFFERED)
    world.other_application = ApplicationFactory(state=State.SUBMITTED)
    world.own_file = AttachmentFactory(application=world.own_draft)
    world.other_file = AttachmentFactory(application=world.other_application)
    world.own_copy, world.other_copy = (_copy(user) for user in (person.user, world.stranger))
    world.own_aside, world.other_aside = (_aside(a) for a in (world.own_draft, world.other_application))
    world.own_complaint = _complaint("C-OWN", person.user)
    world.other_complaint = _complaint("C-OTHER", world.stranger)
    Feedback.objects.create(
        application=world.own_offered, at=timezone.now(), strengths="Clear.", to_develop="Money.", next_steps="Read."
    )


def _aside(application: Application) -> SectionRevision:
    answer = SectionAnswer.objects.create(application=application, section_key="about-you", saved_at=timezone.now())
    return answer.revisions.create(number=0, values={"full_name": "A"}, saved_at=timezone.now(), set_aside=True)


def _copy(user: User) -> OwnCopy:
    copy = own_copy.ask(user, by=user, at=timezone.now())
    return own_copy.make(copy, at=timezone.now(), progress=lambda done, of: None)


def _complaint(reference: str, user: User) -> Complaint:
    return Complaint.objects.create(reference=reference, user=user, words="Slow.", made_at=timezone.now())
