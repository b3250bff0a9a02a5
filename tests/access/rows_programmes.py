"""The access table's rows for programmes (notation: tests/access/table.py).

improvement_lead leads own_collaborative, in which own_trust takes part; peer shows its charts to the others there.
other_trust takes part in a collaborative that nobody here has to do with.
"""

import datetime as dt

from programmes import answering
from programmes.models import FiguresUpload, ImprovementPlan
from tests.access.table import PAGE, PAGE_OF, SENDS, SIGN_IN, TO, TO_ADDRESS, Row, row
from tests.access.world import World
from tests.factories import pages
from tests.factories.collaboratives import CollaborativeFactory, EnrolmentFactory, TimelineStepFactory, counted
from tests.factories.portal import OrganisationFactory

# URL names whose views ask nobody who they are.
PUBLIC = {"programmes:useful_create", "programmes:useful_reason", "programmes:feed"}

TAKE_PART = ("trust", "improvement_lead", "talent_team")
DETAIL = "programmes:enrolment_detail"


def _all(answer: object) -> dict[str, object]:
    return {role: answer for role in TAKE_PART}


def _read(name: str, *more: str, answer: object = PAGE, **given: object) -> list[Row]:
    """For the trust's own people, who supports it, and the talent team."""
    others = [one.replace("own_", "other_") for one in more]
    none = _all(404) | {"talent_team": answer}
    return [
        row(name, "own_enrolment.pk", *more, anonymous=SIGN_IN, **_all(answer), others=403, **given),
        row(name, "other_enrolment.pk", *others, anonymous=SIGN_IN, **none, others=403, **given),
    ]


CODE = "own_measure.code"
PLAN = "programmes:plan_detail"


def _plan(name: str, *more: str, answer: object = PAGE, support: object = 403, **given: object) -> list[Row]:
    """For the trust's own people; `support` is answered to its buddies and the team."""
    others = [one.replace("own_", "other_") for one in more]
    own = {"trust": answer, "improvement_lead": support, "talent_team": support}
    none = _all(404) | {"talent_team": support}
    return [
        row(name, "own_plan.pk", *more, anonymous=SIGN_IN, **own, others=403, **given),
        row(name, "other_plan.pk", *others, anonymous=SIGN_IN, **none, others=403, **given),
    ]


ACT, PAPER = PAGE_OF("programmes/plan_act.html"), PAGE_OF("papers/improvement_plan.html")
REPORT = PAGE_OF("papers/board_report.html")
TO_PLAN = TO(PLAN, "own_plan.pk")
ROWS: list[Row] = [
    row("programmes:feed", "feed_name", others=SENDS("application/atom+xml"), alike="what everybody may read"),
    row(
        "programmes:useful_create", "open_page.pk", method="post", data={"useful": "yes"},
        others=TO_ADDRESS("/guidance/open/"),
    ),
    row("programmes:useful_create", "draft_page.pk", method="post", data={"useful": "yes"}, others=404),
    row("programmes:useful_reason", "own_no", public=True),
    row("programmes:useful_reason", "other_no", others=404),
    *_plan(PLAN, support=PAGE),
    *_plan("programmes:plan_edit"),
    *_plan("programmes:plan_paper", answer=PAPER, support=PAPER),
    *_plan("programmes:board_report", answer=REPORT, support=REPORT),
    *_plan("programmes:plan_target", answer=ACT),
    *_plan("programmes:idea_create", answer=ACT),
    *_plan("programmes:idea_edit", "own_idea.pk", answer=ACT),
    *_plan("programmes:idea_finish", "own_idea.pk", answer=ACT),
    *_plan("programmes:cycle_begin", "own_idea.pk", answer=ACT),
    *_plan("programmes:cycle_end", "own_cycle.pk", answer=ACT),
    *_plan("programmes:idea_drop", "own_spare.pk", answer=TO_PLAN, method="post"),
    *_plan("programmes:plan_step", "submitted", answer=ACT, support=404),
    *_plan("programmes:plan_score", answer=403, support=ACT),
    *_plan(
        "programmes:plan_autosave", answer=SENDS("application/json"), method="post",
        data={"revision": "0", "problem": "New"},
    ),
    row(
        "programmes:plan_comment", "own_plan.pk", method="post", data={"reason": "Well argued"}, anonymous=SIGN_IN,
        **_all(TO_PLAN), others=403,
    ),
    row(
        "programmes:plan_comment", "other_plan.pk", method="post", data={"reason": "Well argued"}, anonymous=SIGN_IN,
        **_all(404) | {"talent_team": TO(PLAN, "other_plan.pk")}, others=403,
    ),
    row(
        "programmes:plan_begin", "own_enrolment.pk", method="post", anonymous=SIGN_IN, trust=TO_PLAN, others=403,
    ),
    row(
        "programmes:plan_begin", "other_enrolment.pk", method="post", anonymous=SIGN_IN, trust=404,
        improvement_lead=404, others=403,
    ),
    row("programmes:upload_create", anonymous=SIGN_IN, **_all(PAGE), others=403),
    row("programmes:upload_template", anonymous=SIGN_IN, **_all(SENDS("text/csv")), others=403),
    row("programmes:upload_detail", "own_upload.pk", anonymous=SIGN_IN, **_all(404) | {"trust_user": PAGE}, others=403),
    row("programmes:upload_detail", "other_upload.pk", anonymous=SIGN_IN, **_all(404), others=403),
    row("programmes:collaborative_list", anonymous=SIGN_IN, **_all(PAGE), others=403),
    *_read(DETAIL),
    *_read("programmes:figures_edit", "month"),
    *_read("programmes:note_create", CODE),
    *_read("programmes:target_edit", CODE),
    *_read("programmes:chart_detail", CODE),
    *_read("programmes:chart_csv", CODE, answer=SENDS("text/csv")),
    *_read("programmes:chart_png", CODE, answer=SENDS("image/png")),
    *_read("programmes:data_pack", answer=PAGE_OF("papers/data_pack.html")),
    row("programmes:chart_detail", "peer.pk", CODE, anonymous=SIGN_IN, **_all(PAGE), others=403),
    row(
        "programmes:chart_csv", "peer.pk", CODE, anonymous=SIGN_IN, **_all(SENDS("text/csv")), others=403
    ),
    row(
        "programmes:chart_png", "peer.pk", CODE, anonymous=SIGN_IN, **_all(SENDS("image/png")), others=403
    ),
    row(DETAIL, "peer.pk", anonymous=SIGN_IN, trust=404, improvement_lead=PAGE, talent_team=PAGE, others=403),
    row("programmes:peer_detail", "peer.pk", anonymous=SIGN_IN, **_all(404) | {"trust": PAGE}, others=403),
    row("programmes:peer_detail", "other_enrolment.pk", anonymous=SIGN_IN, **_all(404), others=403),
    row(
        "programmes:note_withdraw", "own_enrolment.pk", CODE, "own_note.pk", method="post", anonymous=SIGN_IN,
        **_all(TO("programmes:chart_detail", "own_enrolment.pk", CODE)), others=403,
    ),
    row(
        "programmes:note_withdraw", "other_enrolment.pk", "other_measure.code", "own_note.pk", method="post",
        anonymous=SIGN_IN, **_all(404), others=403,
    ),
    row(
        "programmes:step_hold", "own_enrolment.pk", "own_step.pk", anonymous=SIGN_IN, trust=403,
        improvement_lead=PAGE, talent_team=PAGE, others=403,
    ),
    row(
        "programmes:step_hold", "other_enrolment.pk", "other_step.pk", anonymous=SIGN_IN, trust=404,
        improvement_lead=404, talent_team=PAGE, others=403,
    ),
    row(
        "programmes:enrolment_share", "own_enrolment.pk", method="post", data={"shares": "yes"}, anonymous=SIGN_IN,
        trust=TO(DETAIL, "own_enrolment.pk"), others=403,
    ),
    row(
        "programmes:enrolment_share", "other_enrolment.pk", method="post", data={"shares": "yes"},
        anonymous=SIGN_IN, trust=404, improvement_lead=404, others=403,
    ),
    *(
        found
        for name, answer in (
            ("collaborative_detail", PAGE),
            ("collaborative_export", SENDS("text/csv")),
            ("trusts_choose", PAGE),
            ("wave_step", PAGE),
        )
        for found in (
            row(
                f"programmes:{name}", "own_collaborative.slug", anonymous=SIGN_IN, improvement_lead=answer,
                talent_team=answer, others=403,
            ),
            row(
                f"programmes:{name}", "other_collaborative.slug", anonymous=SIGN_IN, trust=404, improvement_lead=404,
                talent_team=answer, others=403,
            ),
        )
    ),
    # Where no trust was ticked one is led back to the choice.
    row(
        "programmes:trusts_confirm", "own_collaborative.slug", anonymous=SIGN_IN,
        improvement_lead=TO("programmes:trusts_choose", "own_collaborative.slug"),
        talent_team=TO("programmes:trusts_choose", "own_collaborative.slug"), others=403,
    ),
    row(
        "programmes:trusts_confirm", "other_collaborative.slug", anonymous=SIGN_IN, trust=404, improvement_lead=404,
        talent_team=TO("programmes:trusts_choose", "other_collaborative.slug"), others=403,
    ),
]  # fmt: skip


def build(world: World) -> None:
    """Adds the records that the rows name."""
    world.month = "2018-01"
    world.feed_name = "guidance"
    world.open_page, world.draft_page = pages.guidance_page("Open"), pages.guidance_page("Draft", live=False)
    # Whoever said no holds the link to the reason; a link for another row, made up, opens nothing.
    said_no = answering.answer(world.open_page, was_useful=False, on=dt.date(2018, 3, 1))
    world.own_no, world.other_no = answering.token_of(said_no), f"{said_no.pk}:made-up"
    for whose, leads in (("own", [world.people["improvement_lead"]]), ("other", [])):
        collaborative = CollaborativeFactory(leads=leads)
        measure, step = collaborative.measures.get(), TimelineStepFactory(collaborative=collaborative)
        trust = getattr(world, f"{whose}_trust")
        enrolment = EnrolmentFactory(wave__collaborative=collaborative, trust=trust)
        counted(trust, measure, [160, 150])
        for name, made in {
            "collaborative": collaborative, "measure": measure, "step": step, "enrolment": enrolment,
        }.items():  # fmt: skip
            setattr(world, f"{whose}_{name}", made)
    world.submitted = "submitted"
    for whose in ("own", "other"):
        plan = ImprovementPlan.objects.create(
            enrolment=getattr(world, f"{whose}_enrolment"), changed_at="2018-02-01T09:00Z", changed_by=world.stranger
        )
        idea, spare = (plan.ideas.create(what=what, owner="Matron", due_on="2018-03-01") for what in ("A", "B"))
        cycle = idea.cycles.create(
            measure=getattr(world, f"{whose}_measure"), starts_on="2018-01-08", planned="Two wards"
        )
        for name, made in {"plan": plan, "idea": idea, "spare": spare, "cycle": cycle}.items():
            setattr(world, f"{whose}_{name}", made)
    for whose, person in (("own", world.people["trust_user"]), ("other", world.stranger)):
        upload = FiguresUpload.objects.create(
            by=person, at="2018-02-01T09:00Z", name="figures.csv", number=1,
            rows=[[world.own_trust.pk, world.own_measure.pk, "2018-01", "150", "1000"]],
        )  # fmt: skip
        setattr(world, f"{whose}_upload", upload)
    world.own_note = world.own_measure.notes.create(
        trust=world.own_trust, month="2018-01-01", text="Exit interviews began", at="2018-02-01T09:00Z"
    )
    world.peer = EnrolmentFactory(wave=world.own_enrolment.wave, trust=OrganisationFactory(), shares=True)
    counted(world.peer.trust, world.own_measure, [170, 160])
