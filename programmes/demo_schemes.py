"""The NExT Director scheme as data: what the demonstration loads and what the tests apply to."""

from typing import Any

Block = dict[str, Any]


def next_director() -> dict[str, Any]:
    """The fields of a Scheme, its StreamFields as raw data: `Scheme(**next_director())`."""
    return {
        "name": "NExT Director",
        "slug": "next-director",
        "code": "ND",
        "summary": (
            "Prepares senior people from groups under-represented on boards to become non-executive directors: "
            "12 months alongside the board of a trust near you, with a mentor."
        ),
        "track": "scheme",
        "outcome": "placement",
        "positive_action": True,
        "positive_action_reason": (
            "This scheme is positive action: it is for people from groups that are under-represented on NHS boards. "
            "You can still put yourself forward for non-executive roles through the talent pool."
        ),
        "guaranteed_interview": True,
        "placement_months": 12,
        "eligibility": [block("question", **question) for question in _ELIGIBILITY],
        "sections": [
            section("About you", "We use these details to reach you. Reviewers do not see them.", _about_you()),
            section("Posts held", "Start with the post you hold now and go back about ten years.", _posts_held()),
            section("Your experience", "Write about what you did yourself and what came of it.", _experience()),
            section("What you want to learn", "There are no wrong answers here.", _learning()),
            section("Your placement", "This helps us to find a board near you that suits you.", _placement()),
            section("Your CV", "Two pages are enough.", [_CV]),
            section(
                "Declarations",
                "Saying yes to something here does not rule you out. We ask so that nothing comes as a surprise later.",
                _declarations(),
            ),
        ],
        "rubric": [block("criterion", **criterion) for criterion in _RUBRIC],
    }


def block(kind: str, **value: Any) -> Block:
    return {"type": kind, "value": value}


def section(title: str, intro: str, questions: list[Block]) -> Block:
    return block("section", title=title, intro=intro, questions=questions)


def question(kind: str, key: str, label: str, hint: str = "", **more: Any) -> Block:
    condition = more.pop("shown_if", None)
    shown_if = [{"question": condition[0], "values": list(condition[1:])}] if condition else []
    if "choices" in more:
        more["choices"] = [{"value": value, "label": text} for value, text in more["choices"]]
    defaults = {"required": True, "identifying": False}
    return block(kind, key=key, label=label, hint=hint, shown_if=shown_if, **(defaults | more))


_ELIGIBILITY = (
    {
        "key": "senior_experience",
        "question": "Have you worked at a senior level for at least three years?",
        "hint": (
            "For example as a director, a clinical lead, a partner, or as somebody who runs a charity, a business or "
            "a public service. It does not have to be in the NHS."
        ),
        "reason_if_no": (
            "A board placement builds on experience of leading at a senior level. "
            "Other programmes help people to get there."
        ),
    },
    {
        "key": "first_board_role",
        "question": "Would this be your first non-executive role on an NHS board?",
        "hint": "Answer yes if you have been a governor, a trustee or a school governor, but not a non-executive.",
        "reason_if_no": (
            "The scheme prepares people for a first non-executive role. "
            "You have already held one, so the talent pool will serve you better."
        ),
    },
    {
        "key": "time_to_give",
        "question": "Can you give about two and a half days a month for 12 months?",
        "hint": "Some of it is in working hours: board and committee meetings.",
        "reason_if_no": (
            "A placement takes about two and a half days a month. "
            "You are welcome to apply to a later intake when you have the time."
        ),
    },
)


def _about_you() -> list[Block]:
    return [
        question("short_text", "full_name", "Full name", identifying=True),
        question("short_text", "phone", "Phone number", "We call only to arrange an interview.", identifying=True),
        question("short_text", "postcode", "Home postcode", "For example, LS1 4AP.", identifying=True),
        question(
            "short_text",
            "current_role",
            "Current or most recent role",
            "Your job title and employer.",
            identifying=True,
        ),
    ]


def _posts_held() -> list[Block]:
    return [
        question(
            "entries",
            "posts",
            "Posts held",
            "Paid and unpaid work both count.",
            max_entries=15,
            fields=[
                question("short_text", "title", "Job title"),
                question("short_text", "employer", "Employer", identifying=True),
                question("date", "started_on", "Start date"),
                question("date", "ended_on", "End date", "Leave this empty if you hold the post now.", required=False),
                question("yes_no", "board_level", "Was it at board level?"),
                question("short_text", "duties", "What you were responsible for", word_limit=40, required=False),
            ],
        ),
        question(
            "long_text",
            "gaps",
            "Gaps between posts",
            "For example caring for somebody, study or illness. Say only what you are happy to say.",
            word_limit=100,
            required=False,
        ),
    ]


def _experience() -> list[Block]:
    return [
        question(
            "long_text",
            "leadership",
            "Leading at a senior level",
            "Tell us about a time when you led something large or difficult. What did you do, and what changed?",
            word_limit=300,
        ),
        question(
            "long_text",
            "challenge",
            "Challenging and supporting others",
            "Tell us about a time when you questioned a plan or a decision, and how you kept people with you.",
            word_limit=250,
        ),
        question(
            "long_text",
            "community",
            "Understanding local communities",
            "What do you know of the people a trust serves, and how would you bring their voice to a board?",
            word_limit=250,
        ),
    ]


def _learning() -> list[Block]:
    return [
        question("long_text", "motivation", "Why you want to be a non-executive director", "Why now?", word_limit=250),
        question(
            "multiple_choice",
            "bridges",
            "Which of these would you most like to learn about?",
            "Choose all that apply.",
            choices=[
                ("board_level", "Working at board level"),
                ("executive_to_non_executive", "Moving from an executive to a non-executive role"),
                ("scale", "Organisations of great size and complexity"),
                ("structures_money", "How the NHS is organised and paid for"),
                ("other", "Something else"),
            ],
        ),
        question("short_text", "bridges_other", "What else?", word_limit=50, shown_if=("bridges", "other")),
    ]


def _placement() -> list[Block]:
    return [
        question(
            "single_choice",
            "travel",
            "How far could you travel to board meetings?",
            choices=[
                ("half_hour", "Up to half an hour"),
                ("hour", "Up to an hour"),
                ("longer", "More than an hour"),
            ],
        ),
        question("date", "available_from", "When could you start?", "For example, 1 9 2017."),
        question(
            "yes_no",
            "works_in_nhs",
            "Do you work for an NHS trust now?",
            "You cannot be placed with your own employer.",
        ),
        question(
            "short_text",
            "nhs_employer",
            "Which trust?",
            identifying=True,
            shown_if=("works_in_nhs", "yes"),
        ),
        question(
            "long_text",
            "placement_wishes",
            "Anything else we should know when we look for a placement",
            word_limit=100,
            required=False,
        ),
    ]


_CV = question(
    "file",
    "cv",
    "Your CV",
    "A PDF, Word (.docx) or OpenDocument (.odt) file of up to 5 MB. Reviewers do not see it in the first round.",
    identifying=True,
)


def _declarations() -> list[Block]:
    return [
        question(
            "declaration",
            "political",
            "In the last five years, have you done any of these for a political party?",
            "It is no bar. The panel sees your answer at interview, and it is published if you are appointed.",
            topic="political",
            choices=[
                ("employed", "Been employed by a party"),
                ("office", "Held a significant office in a party"),
                ("candidate", "Stood as a candidate in an election"),
                ("spoken", "Spoken in public for a party or a candidate"),
                ("donated", "Made a donation or loan large enough to be reported"),
            ],
        ),
        question(
            "declaration",
            "interests",
            "Do any of these interests apply to you?",
            topic="interests",
            choices=[
                ("business", "I, or somebody close to me, own or run a business that works with the NHS"),
                ("role", "I hold a post in a body that pays for or regulates NHS care"),
                ("relationship", "I am close to somebody on the board of an NHS trust"),
                ("other", "Another interest that people might think affects my judgement"),
            ],
        ),
        question(
            "declaration",
            "disqualification",
            "Do any of these apply to you?",
            "By law some of them stop a person from becoming a non-executive director.",
            topic="disqualification",
            choices=[
                ("sentence", "In the last five years, a prison sentence of three months or more"),
                ("bankruptcy", "Bankrupt, or under a bankruptcy restriction"),
                ("dismissed", "Dismissed by a health body, other than by redundancy"),
                ("tenure_ended", "An earlier appointment ended early in the interests of the health service"),
                ("parliament", "A member of parliament, or a candidate for election as one"),
                ("commissioner", "A governing body member or employee of a clinical commissioning group"),
            ],
        ),
    ]


_RUBRIC = (
    {
        "key": "leadership",
        "label": "Leads at a senior level",
        "description": "Clear account of a large or difficult task, their own part in it and a result that lasted.",
        "weight": 3,
        "max_score": 4,
        "essential": True,
    },
    {
        "key": "challenge",
        "label": "Challenges and supports",
        "description": "Questions with evidence, listens, and keeps people's trust while disagreeing.",
        "weight": 2,
        "max_score": 4,
        "essential": True,
    },
    {
        "key": "community",
        "label": "Understands local communities",
        "description": "Knows whom a trust serves and has a practical way of bringing their voice to a board.",
        "weight": 2,
        "max_score": 4,
        "essential": True,
    },
    {
        "key": "readiness",
        "label": "Ready to learn the role",
        "description": "Knows what a non-executive does, why they want it, and what they have still to learn.",
        "weight": 1,
        "max_score": 4,
        "essential": False,
    },
)
