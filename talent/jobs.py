"""What the worker does for people and applications: telling the applicant."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from portal import outbox
from portal.mail import send
from portal.models import Job
from talent import own_copy, readiness
from talent.models import (
    Application,
    ApplicationEvent,
    Complaint,
    Feedback,
    OwnCopy,
    PartnerInvitation,
    Person,
    PoolMembership,
    State,
)
from talent.models.application import closing_time
from talent.pooling import TOLD_BEFORE
from talent.workflow import transition

_WHO = ("application__person", "application__partner", "application__intake__scheme")


def _addresses(application: Application) -> list[str]:
    return [person.email for person in application.applicants]


@outbox.job("talent.tell_applicant")
def tell_applicant(job: Job) -> None:
    """Mails the applicant about one step, in the applicant's words."""
    event = ApplicationEvent.objects.select_related(*_WHO).get(pk=job.payload["event"])
    application = event.application
    step = transition(application.intake.scheme.track, event.transition)
    context = {"application": application, "event": event, "closes_at": closing_time(application)}
    send(step.message, to=_addresses(application), context=context)


@outbox.job("talent.tell_feedback")
def tell_feedback(job: Job) -> None:
    """Mails the applicant that feedback is there to read; what it says stays behind the sign-in."""
    feedback = Feedback.objects.select_related(*_WHO).get(pk=job.payload["feedback"])
    application = feedback.application
    send("feedback_given", to=_addresses(application), context={"application": application})


@outbox.job("talent.tell_complaint_answered")
def tell_complaint_answered(job: Job) -> None:
    """Mails whoever complained that an answer is there to read."""
    complaint = Complaint.objects.select_related("user").get(pk=job.payload["complaint"])
    send("complaint_answered", to=[complaint.user.email], context={"complaint": complaint})


@outbox.job("talent.remind_draft")
def remind_draft(job: Job) -> None:
    """Reminds somebody of an unsent application; nothing if it was sent or mail was stopped since."""
    application = Application.objects.select_related("person", "partner", "intake__scheme").get(
        pk=job.payload["application"]
    )
    if application.state != State.DRAFT:
        return
    context = {
        "application": application,
        "closes_at": closing_time(application),
        "opt_out_url": _opt_out_url(),
    }
    wanted = [person.email for person in application.applicants if not person.mail_opt_out]
    send("application_draft_reminder", to=wanted, context=context)


def _opt_out_url() -> str:
    return f"{settings.PORTAL_BASE_URL}{reverse('talent:mail_choice')}"


@outbox.job("talent.tell_consent_ends")
def tell_consent_ends(job: Job) -> None:
    """Writes to a pool's member before the consent ends; nothing if they left, renewed or stopped mail since."""
    soon = timezone.localdate() + TOLD_BEFORE
    ending = PoolMembership.objects.in_force(timezone.localdate()).filter(expires_on__lte=soon)
    wanted = ending.filter(pk=job.payload["membership"], person__mail_opt_out=False)
    for membership in wanted.select_related("person", "pool"):
        context = {"membership": membership, "opt_out_url": _opt_out_url()}
        send("consent_ends", to=[membership.person.email], context=context)


@outbox.job("talent.tell_readiness_ends")
def tell_readiness_ends(job: Job) -> None:
    """Asks anew how ready somebody is; nothing if they have said it again or stopped mail since."""
    ending = readiness.ending(timezone.localdate())
    for person in ending.filter(pk=job.payload["person"], mail_opt_out=False):
        context = {"person": person, "ends_on": readiness.ends_on(person), "opt_out_url": _opt_out_url()}
        send("readiness_ends", to=[person.email], context=context)


@outbox.job("talent.acknowledge_complaint")
def acknowledge_complaint(job: Job) -> None:
    """Tells whoever complained that it arrived; what it says stays behind the sign-in."""
    complaint = Complaint.objects.select_related("user").get(pk=job.payload["complaint"])
    send("complaint_acknowledged", to=[complaint.user.email], context={"complaint": complaint})


@outbox.job("talent.remind_offer")
def remind_offer(job: Job) -> None:
    """Reminds of an offer that is still open; one that was answered meanwhile is left in peace."""
    offered = Application.objects.select_related("person", "partner", "intake__scheme").filter(
        pk=job.payload["application"], state=State.OFFERED
    )
    for application in offered:
        send("application_offer_reminder", to=_addresses(application), context={"application": application})


@outbox.job("talent.invite_partner")
def invite_partner(job: Job) -> None:
    """Mails somebody who was asked to apply together; nothing if that was taken back since."""
    asked = PartnerInvitation.objects.select_related("application__person", "application__intake__scheme")
    for invitation in asked.filter(pk=job.payload["invitation"], state=PartnerInvitation.State.WAITING):
        send("partner_invited", to=[invitation.email], context={"invitation": invitation})


@outbox.job("talent.tell_of_partner")
def tell_of_partner(job: Job) -> None:
    """Mails one of two that the other joined, said no, or left."""
    rows = PartnerInvitation.objects.select_related("application__person", "application__intake__scheme")
    person = Person.objects.get(pk=job.payload["person"])
    context = {"invitation": rows.get(pk=job.payload["invitation"]), "person": person}
    send(f"partner_{job.payload['what']}", to=[person.email], context=context)


@outbox.job(own_copy.MAKE, is_long=True)
def make_own_copy(job: Job) -> None:
    """Gathers what is held about a member; the page shows how far it is. Dropped if they were erased meanwhile."""
    copy = OwnCopy.objects.select_related("user").filter(pk=job.payload["copy"]).first()
    if copy is None:
        return

    def progress(done: int, of: int) -> None:
        Job.objects.filter(pk=job.pk).update(progress_done=done, progress_total=of)

    if own_copy.make(copy, at=timezone.now(), progress=progress).made_at:
        outbox.enqueue("talent.tell_own_copy", {"copy": copy.pk}, at=timezone.now(), key=f"own-copy-ready:{copy.pk}")


@outbox.job("talent.tell_own_copy")
def tell_own_copy(job: Job) -> None:
    """Mails that the copy is there; the link works for whoever signs in as the member."""
    for copy in OwnCopy.objects.fetchable(timezone.now()).select_related("user").filter(pk=job.payload["copy"]):
        url = f"{settings.PORTAL_BASE_URL}{reverse('talent:own_data_detail')}"
        send("own_copy_ready", to=[copy.user.email], context={"copy": copy, "url": url})
