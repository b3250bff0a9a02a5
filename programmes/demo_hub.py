"""The hub's part of the demonstration: submissions in each state, replies, what readers answered, owners of pages."""

import datetime as dt
from random import Random

from portal.demo import SEED, Stage
from portal.models import User
from programmes import sharing
from programmes.models import FrameworkPage, GuidancePage, LibraryPage, Submission, Topic, UsefulAnswer
from programmes.replying import follow, reply

STORIES = (
    {
        "title": "Handover in the bay",
        "summary": "We moved the nurses’ handover from the office to the bay, in sight of the patients.",
        "wanted": "Three of our last ten falls were during handover, when everybody was behind a closed door.",
        "did": "Two nurses tried it for a week in one bay. They speak of what matters for the shift.",
        "happened": "No fall during handover in eleven weeks. It takes four minutes longer.",
        "result": "From three falls during handover in ten to none in eleven weeks.",
        "advice": "Agree first what is not said aloud.",
    },
    {
        "title": "A stay conversation for every new nurse",
        "summary": "Half an hour at three, six and twelve months, with somebody who can change something.",
        "wanted": "One new nurse in five left within the first year.",
        "did": "Matrons hold the conversations. What was promised goes on one list that the director of nursing sees.",
        "happened": "We have had 46 conversations. The most common wish was a locker.",
        "result": "",
        "advice": "Do the small things the same week.",
    },
    {
        "title": "Discharge letters before the weekend",
        "summary": "A pharmacist and a junior doctor write Monday’s letters on Friday.",
        "wanted": "Mondays were full of people who could have gone home on Saturday.",
        "did": "",
        "happened": "",
        "result": "",
        "advice": "",
    },
)
# For each: the steps it took, by whom, with which words.
STEPS = (
    (("submitted", "trust", ""),),
    (
        ("submitted", "trust", ""),
        ("returned", "editor", "Good. Say how many left before and since."),
    ),
    (),
)
SAID = (
    ("improvement-hub/twenty-days-without-a-fall", "thanks", ""),
    (
        "improvement-hub/twenty-days-without-a-fall",
        "tried",
        "We moved our drinks round too. Falls at tea time went from five in a month to two.",
    ),
    ("improvement-hub/a-rota-six-weeks-ahead", "thanks", "We have shown this to all our ward managers."),
)
REASONS = (("hard", "What is a moving range?"), ("not_found", ""), ("no_use", "We are a small community trust."))


def load(stage: Stage) -> None:
    writer, editor = stage.accounts["trust_administrator"], stage.accounts["editor"]
    trust = writer.memberships.get().organisation
    topics = {topic.slug: topic for topic in Topic.objects.all()}
    chosen = (topics["patient-safety"], topics["retention"], topics["patient-flow"])
    for number, (texts, steps, topic) in enumerate(zip(STORIES, STEPS, chosen, strict=True)):
        at = stage.days_ago(21 - 5 * number)
        row = sharing.begin_submission(trust, Submission.Kind.STORY, by=writer, at=at)
        row = sharing.write(row, texts, base_revision=0, topics=[topic], by=writer, at=at + dt.timedelta(minutes=40))
        for day, (kind, hand, words) in enumerate(steps, 1):
            by = writer if hand == "trust" else editor
            row = sharing.move_submission(row, kind, by=by, at=at + dt.timedelta(days=day), reason=words)
    pages = {page.url_path.split("/", 2)[2].strip("/"): page for page in LibraryPage.objects.all()}
    for path, kind, words in SAID:
        reply(pages[path], kind, trust=trust, words=words, by=writer, at=stage.days_ago(9))
    follow(topics["patient-safety"], by=writer, at=stage.days_ago(30))
    _answers(stage)
    _owners(editor, stage.accounts["talent_team"])


def _answers(stage: Stage) -> None:
    """Readers answered on every page; as they would: most found it useful, and few say why not."""
    chance = Random(SEED + 12)
    rows = []
    for page in LibraryPage.objects.live().order_by("pk"):
        for _ in range(chance.randrange(3, 15)):
            useful = chance.random() < 0.8
            reason, words = ("", "") if useful or chance.random() < 0.5 else chance.choice(REASONS)
            day = stage.days_ago(chance.randrange(1, 120)).date()
            rows.append(UsefulAnswer(page=page, was_useful=useful, reason=reason, words=words, answered_on=day))
    UsefulAnswer.objects.bulk_create(rows)


def _owners(editor: User, team: User) -> None:
    """Half of the pages are the editor's to look after, half the talent team's."""
    for model in (GuidancePage, FrameworkPage):
        for number, page in enumerate(model.objects.order_by("pk")):
            model.objects.filter(pk=page.pk).update(keeper=editor if number % 2 else team)
