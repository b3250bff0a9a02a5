"""What people in the demonstration say of their background and wishes: drawn by person, so that nothing else shifts."""

from random import Random
from typing import Any

from portal.demo import SEED
from portal.models import Region
from talent.demo.careers import Career
from talent.demo.words import CAREERS
from talent.models import Background, Person, RoleSought, Sector, Travel

# By the careers of careers.toml: the profession, and the sectors that go with it.
BACKGROUNDS: dict[str, tuple[Background, tuple[Sector, ...]]] = {
    "finance": (Background.FINANCE, (Sector.PRIVATE, Sector.ACUTE)),
    "law": (Background.LAW, (Sector.PRIVATE, Sector.CENTRAL_GOVERNMENT)),
    "local_government": (Background.PUBLIC_SERVICE, (Sector.LOCAL_GOVERNMENT, Sector.COMMUNITY)),
    "technology": (Background.DIGITAL, (Sector.PRIVATE, Sector.CENTRAL_GOVERNMENT)),
    "housing": (Background.ESTATES, (Sector.HOUSING, Sector.MENTAL_HEALTH)),
    "charity": (Background.COMMUNITY, (Sector.CHARITY, Sector.PRIMARY_CARE)),
    "education": (Background.ACADEMIC, (Sector.EDUCATION, Sector.LOCAL_GOVERNMENT)),
    "science": (Background.ALLIED_HEALTH, (Sector.EDUCATION, Sector.SPECIALIST)),
    "engineering": (Background.ESTATES, (Sector.PRIVATE, Sector.CENTRAL_GOVERNMENT)),
    "emergency": (Background.OPERATIONS, (Sector.CENTRAL_GOVERNMENT, Sector.AMBULANCE)),
    "people": (Background.PEOPLE, (Sector.PRIVATE, Sector.ACUTE)),
}
OTHERWISE = (Background.COMMERCIAL, (Sector.PRIVATE, Sector.AMBULANCE))
ROLES = (RoleSought.NED, RoleSought.ASSOCIATE_NED, RoleSought.CHAIR)
FIGURES = {"n": (40, 120, 300, 900), "m": (2, 6, 14, 30), "pc": (8, 15, 22, 40)}


def wishes(career: Career, email: str) -> dict[str, Any]:
    """The profile's fields for somebody with that career, the CV among them."""
    random = Random(f"{SEED} {email}")
    background, sectors = BACKGROUNDS.get(career.background, OTHERWISE)
    return {
        "background": background,
        "sectors": list(sectors[: random.choice((1, 2, 2))]),
        "roles_sought": list(ROLES[: random.choice((1, 2, 2, 3))]),
        "travel_minutes": random.choice(Travel.values),
        "cv_text": _cv(career, random),
    }


def _cv(career: Career, random: Random) -> str:
    told = random.sample(CAREERS[career.background]["achievements"], 2)
    figures = {name: random.choice(values) for name, values in FIGURES.items()}
    return "\n\n".join(text.format(employer=career.now.employer, place=career.place, **figures) for text in told)


def would_serve() -> None:
    """Everyone serves at home, and some in one region more."""
    regions = list(Region.objects.all())
    places = []
    for person in Person.objects.exclude(region=None):
        random = Random(f"{SEED} {person.email} region")
        chosen = {person.region_id} | ({random.choice(regions).pk} if random.random() < 0.4 else set())
        places += [Person.works_in.through(person_id=person.pk, region_id=pk) for pk in sorted(chosen)]
    Person.works_in.through.objects.bulk_create(places)
