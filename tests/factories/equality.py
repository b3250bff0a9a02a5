"""Equality answers for tests: who answered, and a year whose figures stand published."""

import datetime as dt

from appointments import equality_baselines
from portal.models import User
from talent import equality
from talent.equality import People, Unit
from talent.models import State
from talent.published import WRES
from tests.factories.talent import ApplicationFactory

AT = dt.datetime(2018, 6, 4, 10, tzinfo=dt.UTC)
TITLE = "Quillfeather scheme, 2017-18"


def people(number: int, **answers: str) -> list[str]:
    """So many applicants with these answers: the vault's names for them."""
    found = []
    for _ in range(number):
        application = ApplicationFactory(state=State.UNSUCCESSFUL)
        equality.store(application, answers, at=AT)
        found.append(equality.subject_of(application))
    return found


def a_published_year(by: User) -> None:
    """2017-18: a scheme and the boards."""
    equality_baselines.load()
    white, bme = people(20, ethnicity="white", sex="female"), people(19, ethnicity="black", sex="male")
    shortlisted, appointed = frozenset([*white, *bme]), frozenset([*white[:16], *bme[:8]])
    stages = (
        People("shortlisted", "Shortlisted", None, shortlisted),
        People("appointed", "Appointed", "shortlisted", appointed),
    )
    equality.publish(Unit("scheme:q", 2017, TITLE, stages, (WRES,)), by=by, at=AT)
    boards = (People("all", "All voting members", None, frozenset([*white, *bme[:10]])),)
    equality.publish(Unit("boards", 2017, "Boards on 31 March 2018", boards), by=by, at=AT)
