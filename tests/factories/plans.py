"""An improvement plan for tests: a trust with somebody of its own, a buddy, and a plan that is complete."""

import datetime as dt
from decimal import Decimal

from portal.models import Role
from programmes.models import Enrolment, ImprovementPlan
from programmes.planning import aim_for, begin_plan, put_idea, write_texts
from tests.factories.collaboratives import EnrolmentFactory
from tests.factories.portal import member

AT = dt.datetime(2017, 10, 2, 9, tzinfo=dt.UTC)
DUE = dt.date(2018, 3, 31)


def enrolled() -> Enrolment:
    """With `.person` of the trust, `.clinical_buddy`, `.measure`, and `.drawn_up`, its empty plan."""
    enrolment = EnrolmentFactory(clinical_buddy=member(Role.IMPROVEMENT_LEAD))
    enrolment.person = member(Role.TRUST_USER, organisation=enrolment.trust)
    enrolment.measure = enrolment.wave.collaborative.measures.get()
    enrolment.drawn_up = begin_plan(enrolment, by=enrolment.person, at=AT)
    return enrolment


def complete(own: Enrolment) -> ImprovementPlan:
    """Its texts, one idea due on DUE, and a target of 14 by its month."""
    said = {"by": own.person, "at": AT}
    texts = {"problem": "Leavers in the first year", "drivers": "Rotas known too late"}
    write_texts(own.drawn_up, texts, base_revision=0, **said)
    put_idea(own.drawn_up, what="Rotas six weeks ahead", owner="Matron, medicine", due_on=DUE, **said)
    aim_for(own.drawn_up, own.measure, value=Decimal(14), by_month=DUE, **said)
    own.drawn_up.refresh_from_db()
    return own.drawn_up
