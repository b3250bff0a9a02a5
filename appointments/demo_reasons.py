"""Why people in the demonstration propose and decide as they do about boards."""

from random import Random

from appointments.models import Proposal

Kind = Proposal.Kind

PROPOSED: dict[str, tuple[str, ...]] = {
    Kind.NEW_APPOINTMENT: (
        "The panel’s first choice from an open field: has chaired an audit committee through a merger of two councils.",
        "Appointable in every criterion. Knows the local communities from twelve years in housing.",
        "Brings the experience of digital change that the board lacks, from ten years in retail banking.",
        "A clinician by training and a chief officer of a large charity: the panel was of one mind.",
        "The strongest of four who were interviewed, with a record of turning services in difficulty round.",
        "Has led a workforce of six thousand and sat on two public boards. References are warm and exact.",
        "A former finance director of a university who asks plain questions and stays with them.",
        "Came through the NExT Director programme and was found appointable by an independent panel.",
    ),
    Kind.REAPPOINTMENT: (
        "A strong first term. The chair’s appraisal speaks of careful challenge and good preparation.",
        "Has led the quality committee through two inspections. The board asks for continuity.",
        "The appraisal is satisfactory throughout; the trust is midway through its financial recovery.",
        "Knows the services well, visits every month, and is trusted by staff and governors of partner trusts.",
        "A good term, with one development point on finance that has been taken up with training.",
        "The board’s skills review shows that nobody else brings experience of estates and capital.",
    ),
    Kind.EXTENSION: (
        "To see the trust through its merger, which is now due after the term would have ended.",
        "The search for a successor begins in the spring; a year more keeps the board quorate.",
        "To hold the audit committee steady until the accounts of the year are signed.",
        "The chair changes this year. A short extension avoids two leaving together.",
    ),
    Kind.REMUNERATION: (
        "The trust’s turnover has passed the limit of its band since the acquisition of community services.",
        "The chair has led two boards jointly since April and gives five days a week.",
    ),
    Kind.TERMINATION: ("Has attended two of nine board meetings and does not answer the chair’s letters.",),
    Kind.EXECUTIVE_MOVE: (
        "Appointed by the trust after open competition with an assessor from the region; pay within the range.",
        "A planned succession: deputy for three years, and on the region’s list of those ready now.",
        "Comes from a trust rated outstanding to lead one in special measures, at the region’s request.",
    ),
}
EXCEPTIONAL = (
    "The trust is in special measures and its chair left in the autumn. A third term of two years keeps the one member "
    "who knows its finances, and ends it with the recovery plan.",
    "The merger was approved for next year. Recruiting for a board that will be dissolved is not sensible.",
    "Two rounds of advertising found nobody appointable. The third will be run with neighbouring trusts.",
)
DECIDED = (
    "The committee agreed with the proposal and had no questions.",
    "Members were satisfied with the evidence of a fair and open process.",
    "The committee discussed the board’s balance of skills and agreed.",
    "Agreed. The region will report back on induction in six months.",
    "Agreed on the papers; the chair of the panel answered two questions.",
    "Members noted the appraisal and agreed.",
)
# What is said where the general words above would not fit.
DECIDED_ON: dict[str, str] = {
    Kind.TERMINATION: "The member was heard in writing. The committee finds absence without good cause.",
    Kind.REMUNERATION: "Members were satisfied that the higher band applies from the first of the month.",
    Kind.EXECUTIVE_MOVE: "Members noted the open competition and the range for the post, and agreed.",
}
REFUSED = (
    "Members were not persuaded that the field was wide enough and asked for the post to be advertised again.",
    "The references leave a question open that the committee would not decide around.",
)
DEFERRED = "One reference is outstanding. The committee takes this up again at its next meeting."


def decided(kind: str, chance: Random) -> str:
    said = chance.choice(DECIDED)
    return DECIDED_ON.get(kind, said)


def why(kind: str, chance: Random) -> str:
    return chance.choice(PROPOSED[kind])
