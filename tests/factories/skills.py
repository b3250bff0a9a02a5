"""Skills for tests: `wants(board, "Digital change")` says that a board needs one."""

import factory
from django.utils import timezone
from django.utils.text import slugify

from appointments.models import BoardSkill
from portal.models import Organisation
from talent.models import PersonSkill, Skill
from tests.factories.portal import UserFactory
from tests.factories.talent import PersonFactory


class SkillFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Skill
        django_get_or_create = ("name",)

    name = factory.Sequence(lambda n: f"Skill {n}")
    code = factory.LazyAttribute(lambda o: slugify(o.name))
    group = Skill.Group.GOVERNANCE


class PersonSkillFactory(factory.django.DjangoModelFactory):
    """Said by the person: `confirmed_by=` and `confirmed_at=` for a confirmed one."""

    class Meta:
        model = PersonSkill

    person = factory.SubFactory(PersonFactory)
    skill = factory.SubFactory(SkillFactory)
    source = PersonSkill.Source.DECLARED
    evidence = "Led it for four years."
    added_at = factory.LazyFunction(timezone.now)


def wants(board: Organisation, name: str, *, essential: bool = False, reason: str = "It is growing.") -> BoardSkill:
    return BoardSkill.objects.create(
        board=board,
        skill=SkillFactory(name=name),
        essential=essential,
        reason=reason,
        set_by=UserFactory(),
        set_at=timezone.now(),
    )
