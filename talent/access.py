"""Who may do what with people and applications."""

from django.db.models import Exists, Q

from portal.access import Viewer, access_of, has_role
from portal.models import Role, User
from talent.models import Application, DeclaredInterest, Person, Review


class Refused(Exception):
    """The act is not this person's to do, or not possible now; `str()` is fit for the screen."""


def own_record(user: Viewer) -> Person | None:
    """The record that stands for whoever signs in: theirs, or the one that it was merged into."""
    person = Person.objects.filter(user=user.pk).select_related("merged_into").first() if user.pk else None
    while person is not None and person.merged_into is not None:
        person = person.merged_into
    return person


def is_own(user: User, person: Person) -> bool:
    """Whether this is the user's own record, the one that theirs was merged into, or one that was merged into that.

    One query, none for the record that they sign in with.
    """
    return person.user_id == user.pk or Person.objects.of_user(user).filter(pk=person.pk).exists()


def account_of(person: Person) -> User | None:
    """Who signs in for this record: its own account, or that of the record which was kept."""
    while person.user_id is None and person.merged_into is not None:
        person = person.merged_into
    return person.user


def may_act_as_staff(user: Viewer, application: Application) -> bool:
    """Talent staff in scope, never on their own application nor on one they declared a conflict about."""
    access = access_of(user)
    if not access.is_talent_staff or application.is_of(user):
        return False
    if not access.is_talent_team and application.region_id not in access.region_ids:
        return False
    return not in_conflict(user, application)


def may_act_as_member(user: Viewer, application: Application) -> bool:
    """A committee's member, never on their own application nor on one they have a conflict about."""
    is_free = not application.is_of(user) and not in_conflict(user, application)
    return has_role(user, Role.COMMITTEE_MEMBER) and is_free


def in_conflict(user: Viewer, application: Application) -> bool:
    """An interest on record, or an application by a record that was merged with one's own. One query."""
    if not isinstance(user, User):
        return False
    interest = Q(Exists(DeclaredInterest.objects.between(user.pk, application.pk)))
    own = Q(pk__in=Application.objects.of_user(user).values("pk"))
    return Application.objects.filter(interest | own, pk=application.pk).exists()


def may_write_review(user: Viewer, review: Review) -> bool:
    """The reviewer it was given to, who said that there is no conflict, while it is open."""
    return (
        review.reviewer_id == user.pk
        and has_role(user, Role.REVIEWER)
        and review.is_open
        and review.no_conflict_at is not None
        and not in_conflict(user, review.application)
    )


def may_answer_complaints(user: Viewer) -> bool:
    """The talent team's administrators only: a complaint may be about anybody else."""
    return access_of(user).administers_all


def may_read_files(user: Viewer, application: Application) -> bool:
    """The owner, and staff who may act on it once names are shown. Never reviewers: a CV says who wrote it."""
    if application.is_of(user):
        return True
    return not application.intake.names_hidden and may_act_as_staff(user, application)


def may_read_equality(user: Viewer) -> bool:
    """The equality report, and its publication: the talent team. Not regional leads: a region is too few people."""
    return access_of(user).is_talent_team
