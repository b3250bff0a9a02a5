"""Who sits in a seat, from when to when, and how we know: written only by the acts of appointments/seating.py."""

import datetime as dt

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Value

from appointments.models.seat import Seat
from appointments.terms import Spell
from portal.access import Viewer
from portal.ledger import LedgerRow
from portal.models import User
from talent.models import Person


class TenureManager(models.Manager["Tenure"]):
    """Every reader's: what was taken back was never so."""

    def get_queryset(self) -> "TenureQuerySet":
        return TenureQuerySet(self.model, using=self._db).filter(void=False)


class TenureQuerySet(models.QuerySet["Tenure"]):
    def sitting_on(self, day: dt.date) -> "TenureQuerySet":
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)

    def falling_vacant(self, first: dt.date, last: dt.date) -> "TenureQuerySet":
        """Those that end between two days and leave an open seat for which, on the first day, nobody was known."""
        known = self._known_on(first)
        successor = Tenure.objects.filter(known, seat=OuterRef("seat"), starts_on__gt=OuterRef("ends_on"))
        next_day = F("ends_on") + dt.timedelta(days=1)
        return self.filter(
            ~Exists(successor),
            Q(seat__closed_on=None) | Q(seat__closed_on__gt=next_day),
            Q(seat__board__closed_on=None) | Q(seat__board__closed_on__gt=next_day),
            Q(starts_on__lte=first) | known,
            ends_on__range=(first, last),
        )

    @staticmethod
    def _known_on(day: dt.date) -> Q:
        # A list, not a lookup for each row: PostgreSQL reads it once, also where it has no statistics yet.
        told = TenureEvent.objects.filter(kind=TenureEvent.Kind.BEGUN, at__date__lte=day)
        return Q(source=Tenure.Source.FIRST_LOAD) | Q(pk__in=told.values("tenure"))

    def found_beyond(self, day: dt.date) -> "TenureQuerySet":
        """Terms that earlier service, put right since, shows to be beyond the policy; until they end on their day, or
        the committee has decided on them again."""
        # By the decision: a correction of the appointment puts another tenure in the place of the flagged one.
        same = "tenure__appointments__decision__appointments__tenure"
        flags = TenureEvent.objects.filter(kind=TenureEvent.Kind.BEYOND, **{same: OuterRef("pk")})
        flags = flags.exclude(**{f"{same}__proposals__items__decision__at__gt": F("at")})
        return self.filter(Exists(flags), Q(ends_on=None) | Q(ends_on__gte=day))

    def of_user(self, user: User) -> "TenureQuerySet":
        """Their own, also at a record that was merged into theirs: who is loaded with a board has no account yet."""
        return self.filter(person__in=Person.objects.of_user(user).values("pk"))

    def visible_to(self, user: Viewer) -> "TenureQuerySet":
        return self.filter(seat__in=Seat.objects.visible_to(user).values("pk"))


class Tenure(models.Model):
    """One person in one seat for one unbroken time. An executive's has no end until there is one."""

    class Source(models.TextChoices):
        FIRST_LOAD = "first_load", "First load of the boards"
        DECISION = "decision", "A decision of the committee"
        NOTICE = "notice", "A foundation trust's notice"
        INTERIM = "interim", "The register of interim executives"

    class End(models.TextChoices):
        """How it ended before its time; empty while it runs or when it ran out."""

        RESIGNATION = "resignation", "Resignation"
        TERMINATION = "termination", "Termination"
        DEATH = "death", "Death"
        MOVE = "move", "Moved to another post"

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="tenures")
    person = models.ForeignKey("talent.Person", on_delete=models.PROTECT, related_name="tenures")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True, help_text="The last day.")
    acting = models.BooleanField(default=False)
    source = models.CharField(max_length=12, choices=Source.choices)
    source_note = models.CharField(max_length=200, blank=True)
    end_kind = models.CharField(max_length=12, choices=End.choices, blank=True)
    end_ground = models.CharField(max_length=200, blank=True)
    void = models.BooleanField(default=False, help_text="The appointment that made it was taken back.")

    objects = TenureManager.from_queryset(TenureQuerySet)()
    with_void = TenureQuerySet.as_manager()

    class Meta:
        ordering = ["seat", "starts_on"]
        base_manager_name = "with_void"
        constraints = [
            models.CheckConstraint(
                name="tenure_ends_after_start", condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on"))
            ),
            # Two ranges, so that core PostgreSQL can index both: no extension is needed.
            ExclusionConstraint(
                name="tenure_one_person_in_a_seat",
                index_type="gist",
                condition=Q(void=False),
                expressions=[
                    (Func(F("seat"), F("seat"), Value("[]"), function="int8range"), "&&"),
                    (Func(F("starts_on"), F("ends_on"), Value("[]"), function="daterange"), "&&"),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.seat}"

    def spell(self, *, until: dt.date) -> Spell:
        """As the terms' arithmetic wants it; one that still runs is taken to `until`."""
        last_on = self.ends_on or max(until, self.starts_on)
        loaded = self.source == Tenure.Source.FIRST_LOAD
        return Spell(self.seat.board_id, self.seat.role, self.starts_on, last_on, may_hold_several=loaded)


class TenureEvent(LedgerRow):
    """One act on a tenure: begun, ended, extended, taken back. Written once."""

    class Kind(models.TextChoices):
        BEGUN = "begun", "Begun"
        ENDED = "ended", "Ended"
        CORRECTED = "corrected", "Corrected"
        EXTENDED = "extended", "Extended"
        VOIDED = "voided", "Taken back"
        PAID = "paid", "Pay recorded"
        BEYOND = "beyond", "Found to be beyond the policy"

    tenure = models.ForeignKey(Tenure, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    facts = models.JSONField(default=dict)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.tenure}: {self.kind}"

    def _day(self, *names: str) -> dt.date | None:
        said = next((self.facts[name] for name in names if self.facts.get(name)), None)
        return dt.date.fromisoformat(said) if said else None

    @property
    def changes(self) -> list[tuple[str, str, str]]:
        """Of a correction: what was put right, from what, to what; a person is only said to be another."""
        if self.kind != self.Kind.CORRECTED:
            return []
        was, now = self.facts["was"], self.facts["now"]
        shown = {"starts_on": _day_in_words, "ends_on": _day_in_words, "source": lambda s: Tenure.Source(s).label}
        labels = {"starts_on": "First day", "ends_on": "Last day", "source": "How we know"}
        changed = [name for name in labels if was[name] != now[name]]
        found = [(labels[name], shown[name](was[name]), shown[name](now[name])) for name in changed]
        return found + ([("Who", "somebody else", "this person")] if was["person"] != now["person"] else [])

    @property
    def faults(self) -> list[str]:
        """Of a term found to be beyond the policy: what the policy has against it."""
        return list(self.facts.get("faults", ()))

    @property
    def first_on(self) -> dt.date | None:
        return self._day("starts_on", "from_on")

    @property
    def last_on(self) -> dt.date | None:
        return self._day("last_on", "ends_on")

    @property
    def pounds(self) -> int | None:
        """Of pay that was recorded: GBP a year."""
        found = self.facts.get("pounds")
        return found if isinstance(found, int) else None

    @property
    def planned_on(self) -> dt.date | None:
        return self._day("planned")


def _day_in_words(said: str | None) -> str:
    return f"{dt.date.fromisoformat(said):%-d %B %Y}" if said else "no end set"
