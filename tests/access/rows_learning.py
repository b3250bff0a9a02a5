"""The access table's rows for learning networks (notation: tests/access/table.py).

improvement_lead leads own_network, to which trust_user belongs; nobody here has to do with other_network.
"""

from programmes.models import NetworkMember
from programmes.network_mail import token_of
from tests.access.table import PAGE, SIGN_IN, TO, Row, row
from tests.access.world import World
from tests.factories.learning import JOINED, LearningNetworkFactory, NetworkNoteFactory, a_member


def _read(name: str, *more: str, member: object = PAGE, lead: object = PAGE, **given: object) -> list[Row]:
    """For members and leads; the talent team leads every network."""
    others = [one.replace("own_", "other_") for one in more]
    own = {"trust_user": member, "improvement_lead": lead, "talent_team": lead}
    return [
        row(name, "own_network.slug", *more, anonymous=SIGN_IN, **own, others=404, **given),
        row(name, "other_network.slug", *others, anonymous=SIGN_IN, talent_team=lead, others=404, **given),
    ]


def _off(whose: str, **answers: object) -> Row:
    return row(
        "programmes:note_take_off", f"{whose}_network.slug", f"{whose}_network_note.pk", method="post",
        anonymous=SIGN_IN, talent_team=TO("programmes:learning_detail", f"{whose}_network.slug"), others=404, **answers,
    )  # fmt: skip


PUBLIC = {"programmes:network_mail_end"}

ROWS: list[Row] = [
    row("programmes:learning_list", anonymous=SIGN_IN, others=PAGE),
    row("programmes:learning_join", "own_network.slug", anonymous=SIGN_IN, trust=PAGE, others=403),
    row("programmes:learning_join", "other_network.slug", anonymous=SIGN_IN, trust=PAGE, others=403),
    *_read("programmes:learning_detail"),
    *_read("programmes:learning_members"),
    *_read("programmes:learning_member_add", member=403),
    *_read("programmes:learning_member_end", "own_network_member.pk", member=403),
    row("programmes:network_mail_end", "own_network_stop", public=True),
    row("programmes:network_mail_end", "other_network_stop", others=404),
    *_read(
        "programmes:network_mail_choose",
        member=TO("programmes:learning_detail", "own_network.slug"),
        lead=TO("programmes:learning_detail", "own_network.slug"),
        method="post",
    )[:1],
    row(
        "programmes:network_mail_choose",
        "other_network.slug",
        method="post",
        anonymous=SIGN_IN,
        talent_team=TO("programmes:learning_detail", "other_network.slug"),
        others=404,
    ),
    *_read("programmes:note_begin"),
    *_read("programmes:note_detail", "own_network_note.pk"),
    _off("own", trust_user=403, improvement_lead=TO("programmes:learning_detail", "own_network.slug")),
    _off("other"),
]


def build(world: World) -> None:
    """Adds the records that the rows name."""
    world.own_network = LearningNetworkFactory(leads=[world.people["improvement_lead"]])
    world.other_network = LearningNetworkFactory()
    NetworkMember.objects.create(
        network=world.own_network, user=world.people["trust_user"], organisation=world.own_trust, joined_at=JOINED
    )
    for whose in ("own", "other"):
        network = getattr(world, f"{whose}_network")
        setattr(world, f"{whose}_network_member", network.members.get(user=a_member(network)))
        stop = token_of(getattr(world, f"{whose}_network_member"))
        setattr(world, f"{whose}_network_stop", stop if whose == "own" else f"{stop}x")
        setattr(world, f"{whose}_network_note", NetworkNoteFactory(network=network))
