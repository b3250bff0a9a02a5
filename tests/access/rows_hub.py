"""The access table's rows for the Improvement Hub and topics (notation: tests/access/table.py).

own_story is a draft of own_trust, own_sent was sent to an editor. The others belong to another trust: other_story, a
draft, is nobody's here to read, other_sent is the moderators'.
"""

from django.utils import timezone

from portal.models import Role
from programmes import replying, sharing
from programmes.models import Reply
from tests.access.table import PAGE, PAGE_OF, SENDS, SIGN_IN, TO, TO_ADDRESS, Row, row
from tests.access.world import World
from tests.factories import hub, pages
from tests.factories.portal import OrganisationFactory, member

PUBLIC = {"programmes:topic_detail", "programmes:topic_feed", "programmes:follow_end"}
MODERATE = ("talent_team", "editor")
DETAIL, ACT = "programmes:submission_detail", PAGE_OF("programmes/submission_act.html")


def _who(*, trust: object, moderators: object, others: object = 403) -> dict[str, object]:
    return {"anonymous": SIGN_IN, "trust": trust, **dict.fromkeys(MODERATE, moderators), "others": others}


def _writes(name: str, *more: str, answer: object = PAGE, **given: object) -> list[Row]:
    """On the trust's own draft; on a draft of another, nobody's; on what another sent, nobody writes."""
    others = [one.replace("own_", "other_") for one in more]
    return [
        row(name, "own_story.pk", *more, **_who(trust=answer, moderators=404), **given),
        row(name, "other_story.pk", *others, **_who(trust=404, moderators=404), **given),
    ]


ROWS: list[Row] = [
    row("programmes:topic_detail", "own_topic.slug", public=True),
    row("programmes:topic_detail", "no_topic", others=404),
    row("programmes:topic_feed", "own_topic.slug", others=SENDS("application/atom+xml")),
    row("programmes:topic_feed", "no_topic", others=404),
    row(
        "programmes:topic_follow", "own_topic.slug", method="post", data={"follow": "yes"}, anonymous=SIGN_IN,
        others=TO("programmes:topic_detail", "own_topic.slug"),
    ),
    row("programmes:topic_follow", "no_topic", method="post", anonymous=SIGN_IN, others=404),
    row("programmes:follow_end", "own_stop", public=True),
    row("programmes:follow_end", "other_stop", others=404),
    row("programmes:submission_list", **_who(trust=PAGE, moderators=PAGE)),
    row("programmes:submission_create", **_who(trust=PAGE, moderators=403)),
    row(DETAIL, "own_story.pk", **_who(trust=PAGE, moderators=404)),
    row(DETAIL, "other_story.pk", **_who(trust=404, moderators=404)),
    row(DETAIL, "own_sent.pk", **_who(trust=PAGE, moderators=PAGE)),
    row(DETAIL, "other_sent.pk", **_who(trust=404, moderators=PAGE)),
    *_writes("programmes:submission_edit"),
    *_writes(
        "programmes:submission_autosave", answer=SENDS("application/json"), method="post",
        data=hub.STORY | {"revision": "2", "title": "New"},
    ),
    *_writes("programmes:image_add", answer=ACT),
    *_writes("programmes:image_file", "own_image.pk", answer=SENDS("image/jpeg")),
    *_writes("programmes:image_drop", "own_image.pk", answer=TO(DETAIL, "own_story.pk"), method="post"),
    row("programmes:submission_file", "own_resource.pk", **_who(trust=SENDS("application/pdf"), moderators=404)),
    row("programmes:submission_file", "other_resource.pk", **_who(trust=404, moderators=404)),
    *_writes("programmes:submission_file_add", answer=ACT),
    *_writes("programmes:submission_file_drop", answer=TO(DETAIL, "own_story.pk"), method="post"),
    row("programmes:submission_step", "own_story.pk", "submitted", **_who(trust=ACT, moderators=404)),
    row("programmes:submission_step", "own_sent.pk", "published", **_who(trust=404, moderators=ACT)),
    row("programmes:submission_step", "other_sent.pk", "published", **_who(trust=404, moderators=ACT)),
    row(
        "programmes:submission_comment", "own_sent.pk", method="post", data={"reason": "Well told"},
        **_who(trust=TO(DETAIL, "own_sent.pk"), moderators=TO(DETAIL, "own_sent.pk")),
    ),
    row(
        "programmes:submission_comment", "other_sent.pk", method="post", data={"reason": "Well told"},
        **_who(trust=404, moderators=TO(DETAIL, "other_sent.pk")),
    ),
    row("programmes:reply_create", "own_page.pk", "thanks", anonymous=SIGN_IN, trust=PAGE, others=403),
    row("programmes:reply_create", "hidden_page.pk", "thanks", anonymous=SIGN_IN, trust=404, others=403),
    row(
        "programmes:reply_hide", "own_reply.pk", method="post", anonymous=SIGN_IN,
        **{who: TO_ADDRESS("/improvement-hub/told/") for who in ("trust_user", *MODERATE)}, others=404,
    ),
    row(
        "programmes:reply_hide", "other_reply.pk", method="post", anonymous=SIGN_IN,
        **dict.fromkeys(MODERATE, TO_ADDRESS("/improvement-hub/told/")), others=404,
    ),
]  # fmt: skip


def build(world: World) -> None:
    at = timezone.now()
    world.own_topic, world.no_topic = hub.topic("Watched"), "no-such-topic"
    world.submitted, world.published, world.thanks = "submitted", "published", "thanks"
    other = member(Role.TRUST_USER, organisation=OrganisationFactory())
    for whose, writer in (("own", world.people["trust_user"]), ("other", other)):
        story, sent = hub.submission(writer, title="Draft"), hub.submission(writer, title="Sent", state="submitted")
        image = sharing.add_image(story, hub.picture("JPEG"), alt_text="A ward", by=writer, at=at)
        resource = hub.resource(writer)
        for name, made in {"story": story, "sent": sent, "image": image, "resource": resource}.items():
            setattr(world, f"{whose}_{name}", made)
    world.own_page, world.hidden_page = pages.story_page("Told"), pages.story_page("Untold", live=False)
    for whose, writer in (("own", world.people["trust_user"]), ("other", other)):
        trust = writer.memberships.get().organisation
        said = Reply.objects.create(page=world.own_page, kind="thanks", trust=trust, by=writer, at=at)
        setattr(world, f"{whose}_reply", said)
    following = replying.follow(world.own_topic, by=world.stranger, at=at)
    world.own_stop, world.other_stop = replying.token_of(following), f"{following.pk}:made-up"
