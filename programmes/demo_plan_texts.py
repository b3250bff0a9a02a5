"""What the demonstration's improvement plans say, by collaborative."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Texts:
    problem: str
    drivers: tuple[str, ...]
    ideas: tuple[str, ...]


TEXTS = {
    "retention": Texts(
        "Four in ten of the nurses who leave us do so within two years of starting. They go from six wards above "
        "all, and "
        "most of them to a trust less than ten miles away.",
        (
            "Exit interviews name three things: rosters that come out late, no say over shifts, and a first year "
            "without "
            "anyone to ask.",
            "Newly qualified nurses rotate through wards that are short themselves. Those who stayed speak of a ward "
            "manager who knew their name by the second day.",
            "Nurses over 55 leave earlier than they need to: nobody spoke with them about fewer hours or a "
            "lighter role.",
        ),
        (
            "Publish every roster eight weeks ahead, with two self-chosen shifts a month",
            "Give each newly qualified nurse a preceptor with protected time for a year",
            "Hold a stay conversation with everyone at three, nine and eighteen months",
            "Open a transfer list, so that nurses can change wards without applying again",
            "Offer retire-and-return and a half-time mentor role from the age of 55",
        ),
    ),
    "falls": Texts(
        "Two care-of-the-elderly wards account for a third of our falls. Most happen between four and eight in "
        "the morning, "
        "on the way to the toilet.",
        (
            "Call bells out of reach, low lighting, and medicines reviewed only after a fall.",
            "Patients at risk are spread over bays, and handover does not say who they are.",
        ),
        (
            "Round every two hours at night: pain, position, toilet, belongings",
            "Review sedatives within a day of admission for everyone over 65",
            "Place patients at risk in one bay with a member of staff always in sight",
        ),
    ),
    "stop-the-pressure": Texts(
        "New ulcers of category 2 begin most often in the first three days of a stay, on heels, before a "
        "mattress has been "
        "changed.",
        (
            "Skin is inspected at admission, but not again when a patient has waited for hours on a trolley.",
            "Staff know the bundle; the right surface takes a day and a half to reach the ward.",
        ),
        (
            "Inspect skin and set out a repositioning plan within six hours of arrival",
            "Keep pressure-relieving mattresses on every ward, not in a store",
            "Review each new ulcer on the ward within two days and share what was learnt",
        ),
    ),
    "maternal-and-neonatal": Texts(
        "Our review of last year\u2019s cases found that concerns about slow growth were raised late in a third "
        "of them, and "
        "that warm-up times differ between theatres.",
        (
            "Measurements are taken in three places and compared in none.",
            "Escalation depends on who is on shift; midwives and doctors have not trained together for a year.",
        ),
        (
            "Ask about smoking and test for carbon monoxide at every booking",
            "Plot growth on one chart and refer within two days of a concern",
            "Keep preterm babies warm from birth to the unit, with a thermal bundle",
            "Train midwives, doctors and anaesthetists together on the heartbeat trace",
            "Hold a safety huddle at each change of shift",
        ),
    ),
}
OWNERS = (
    "Deputy director of nursing",
    "Head of workforce",
    "Matron, medicine",
    "Head of midwifery",
    "Clinical lead, quality improvement",
)
SUPPORT = (
    "Half a day with a trust that has done this already.",
    "Help with our data: three systems, and no one report.",
    "",
)
RETURNED = (
    "A good start. Two ideas have no measure that would show whether they work, and the roster change needs a "
    "ward to be "
    "tested on first. Name the wards, then send it again."
)
EVIDENCE = (
    "Seen on the visit: the first test is written up, and the team meets every fortnight with its figures on the wall."
)
CYCLE = {
    "planned": "On one ward, for four weeks. We expect requests to swap to halve.",
    "done": "Nineteen of twenty-six nurses chose. The first roster came out five weeks ahead, not eight.",
    "studied": "Requests to swap went from 31 to 14. Nobody on the ward gave notice in the month.",
    "acted": "Adapt: two more wards from next month, and a deputy who keeps the dates.",
}
