"""The applicant's list, and the page of one application: a task list before it is sent, its progress after."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from programmes import opportunities
from programmes.models import Intake
from talent import eligibility, equality
from talent.applying import change_reminders, person_for, unfinished
from talent.forms.after import MailChoiceForm
from talent.models import Application, PartnerInvitation, State
from talent.models.application import closing_time
from talent.pairs import pair_of
from talent.progress import timeline, what_next
from talent.tasks import deadline_of, has_closed, tasks_of, with_deadlines
from talent.views.applicant import as_written, own_application


@login_required
def application_list(request: HttpRequest) -> HttpResponse:
    """All one's applications with what each waits for, and where one may begin."""
    now = timezone.now()
    mine = list(with_deadlines(Application.objects.owned_by(request.user)).order_by("-started_at", "-pk"))
    begun = {application.intake_id for application in mine if application.state != State.WITHDRAWN}
    checked = Intake.objects.live(now).filter(pk__in=eligibility.checked_intakes(request.session))
    context = {
        "applications": [(one, deadline_of(one), has_closed(one, at=now)) for one in mine],
        "checked": [i for i in checked.select_related("scheme") if i.pk not in begun],
        "invitations": PartnerInvitation.objects.waiting_for(request.user).select_related(
            "application__intake__scheme", "application__person"
        ),
        "open_intakes": [i for i in opportunities.open_now(at=now) if i.pk not in begun],
    }
    return render(request, "talent/application_list.html", context)


@own_application
def application_detail(request: HttpRequest, application: Application) -> HttpResponse:
    now, closes_at = timezone.now(), closing_time(application)
    context = {"application": application, "closes_at": closes_at, "is_draft": application.state == State.DRAFT}
    if application.state == State.LAPSED and application.submitted_at is None:
        context |= {"closed_at": closes_at, "sections": as_written(application)}
        return render(request, "talent/application_closed.html", context)
    if application.state != State.DRAFT:
        return render(request, "talent/application_detail.html", context | _progress(application))
    if now >= closes_at:
        context |= {"closed_at": closes_at, "sections": as_written(application)}
        return render(request, "talent/application_closed.html", context)
    return render(request, "talent/application_detail.html", context | _tasks(application))


def _tasks(application: Application) -> dict[str, object]:
    left = unfinished(application)
    tasks = tasks_of(application, left)
    return {
        "tasks": tasks,
        "done": sum(task.is_done for task in tasks),
        "adjustment": getattr(application, "adjustment", None),
        "has_answered": equality.has_answered(application),
        "pair": pair_of(application) if application.intake.scheme.is_for_two else None,
    }


def _progress(application: Application) -> dict[str, object]:
    return {
        "may_answer": equality.is_asked(application)
        and timezone.now() < equality.takes_answers_until(application.intake),
        "steps": timeline(application.events.all()),
        "next": what_next(application),
        "adjustment": getattr(application, "adjustment", None),
        "feedback": application.feedback.first(),
        "has_answered": equality.has_answered(application),
        "placement": getattr(application, "placement", None),
    }


@login_required
def mail_choice(request: HttpRequest) -> HttpResponse:
    """Reminders on or off; what concerns an application itself is always sent."""
    person = person_for(request.user, at=timezone.now())
    form = MailChoiceForm(request.POST or None, initial={"reminders": not person.mail_opt_out})
    if request.method == "POST":
        change_reminders(person, wanted="reminders" in request.POST)
        messages.success(request, "Your choice is saved.")
        return redirect("talent:application_list")
    return render(request, "talent/mail_choice.html", {"form": form})
