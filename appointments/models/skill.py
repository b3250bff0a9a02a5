"""What a board wants of its members' skills, and why."""

from django.db import models
from django.db.models import Q

from portal.access import Viewer, boards_visible_to
from portal.models import Organisation
from talent.models import Skill


class BoardSkillQuerySet(models.QuerySet["BoardSkill"]):
    def wanted(self) -> "BoardSkillQuerySet":
        return self.filter(ended_at=None)

    def visible_to(self, user: Viewer) -> "BoardSkillQuerySet":
        return self.filter(board__in=boards_visible_to(user).values("pk"))


class BoardSkill(models.Model):
    """One skill that one board needs. No longer needed, it is ended, never deleted: campaigns were begun from it."""

    board = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="wanted_skills")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="wanted_by")
    essential = models.BooleanField(
        "the board cannot do without it", default=False, help_text="A campaign asks for it as an essential criterion."
    )
    reason = models.CharField(max_length=300)
    set_by = models.ForeignKey("portal.User", on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    ended_by = models.ForeignKey("portal.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = BoardSkillQuerySet.as_manager()

    class Meta:
        ordering = ["board", "-essential", "skill__group", "skill__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "skill"], condition=Q(ended_at=None), name="boardskill_wanted_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.board}: {self.skill}"
