"""Answers to any scheme's questions, in the words of somebody with a career: by the question's kind and key."""

import datetime as dt
from dataclasses import dataclass, field
from random import Random
from typing import Any

from programmes.questions import NONE_OF_THESE, Kind, Question, Questions, Section
from talent.demo.careers import Career
from talent.demo.words import CAREERS, PARAGRAPHS, within

# Which paragraphs answer a long question: the first line with a word of the question's key decides.
TOPICS = (
    (("leadership", "experience", "led"), ("achievements", "achievements", "experience")),
    (("challeng", "support"), ("challenge", "experience")),
    (("communit", "divers", "inclusi", "patient"), ("inclusion", "contribution")),
    (("motivat", "why"), ("motivation", "motivation", "development")),
    (("learn", "develop", "goal"), ("development", "nhs")),
    (("nhs", "health"), ("nhs",)),
    (("time", "availab", "wish", "placement"), ("availability",)),
    (("bring", "contribut", "offer"), ("contribution",)),
)
DETAILS = {
    "political": "I stood as a candidate for the borough council in {place} in {year} and was not elected.",
    "interests": "My sister-in-law is a ward manager at a trust in {region}. I hold no shares in any supplier.",
    "disqualification": "None that I know of; I mention for completeness a disputed parking fine, paid.",
}


@dataclass(frozen=True, slots=True)
class Writer:
    """One applicant with the means to answer."""

    random: Random
    name: str
    phone: str
    postcode: str
    region: str
    career: Career
    on: dt.date
    written: set[str] = field(default_factory=set)  # paragraphs of this application: nobody says a thing twice

    def answers(self, questions: Questions) -> dict[str, dict[str, Any]]:
        """Every section's answers by section key; questions that are not shown stay unanswered."""
        so_far: dict[str, Any] = {}
        return {section.key: self._section(section, so_far) for section in questions.sections}

    def _section(self, section: Section, so_far: dict[str, Any]) -> dict[str, Any]:
        given: dict[str, Any] = {}
        for question in section.questions:
            if question.kind is Kind.FILE:
                continue
            shown = question.is_shown(so_far)
            given[question.key] = so_far[question.key] = self._answer(question) if shown else _nothing(question)
        return given

    def _answer(self, question: Question) -> Any:
        match question.kind:
            case Kind.SHORT_TEXT:
                return self._short(question)
            case Kind.LONG_TEXT:
                return self._long(question)
            case Kind.SINGLE_CHOICE:
                return self.random.choice(question.choices).value
            case Kind.MULTIPLE_CHOICE:
                wanted = self.random.randint(1, max(1, len(question.choices) - 2))
                chosen = set(self.random.sample([c.value for c in question.choices[:-1]], wanted))
                return [c.value for c in question.choices if c.value in chosen]
            case Kind.YES_NO:
                return "yes" if self.random.random() < 0.15 else "no"
            case Kind.DATE:
                return (self.on + dt.timedelta(days=self.random.randint(60, 150))).replace(day=1).isoformat()
            case Kind.ENTRIES:
                return self._entries(question)
            case Kind.DECLARATION:
                return self._declaration(question)

    def _short(self, question: Question) -> str:
        known = {
            "full_name": self.name,
            "phone": self.phone,
            "postcode": self.postcode,
            "current_role": self.career.headline,
            "nhs_employer": f"{self.career.place} Community Services",
        }
        return known.get(question.key, "How boards work with the public")

    def _long(self, question: Question) -> str:
        if not question.required and self.random.random() < 0.7:
            return ""
        topics = next((t for words, t in TOPICS if any(word in question.key for word in words)), ("motivation",))
        paragraphs: list[str] = []
        for topic in topics:
            bank = CAREERS[self.career.background]["achievements"] if topic == "achievements" else PARAGRAPHS[topic]
            paragraphs.append(self._filled(self._fresh(bank)))
        return within("\n\n".join(paragraphs), question.word_limit)

    def _fresh(self, bank: list[str]) -> str:
        """A paragraph that this application does not have yet; any, when the bank is used up."""
        paragraph = self.random.choice([p for p in bank if p not in self.written] or bank)
        self.written.add(paragraph)
        return paragraph

    def _filled(self, paragraph: str) -> str:
        return paragraph.format(
            employer=self.career.now.employer,
            role=self.career.now.title[:1].lower() + self.career.now.title[1:],
            place=self.career.place,
            sector=self.career.sector,
            region=self.region,
            n=self.random.choice((14, 26, 40, 75, 120, 340, 900)),
            m=self.random.choice((2, 3, 4, 6, 8, 11, 15, 24)),
            pc=self.random.choice((9, 12, 15, 18, 22, 27, 31, 38)),
        )

    def _entries(self, question: Question) -> list[dict[str, Any]]:
        rows = [
            {
                "title": post.title,
                "employer": post.employer,
                "started_on": post.started_on.isoformat(),
                "ended_on": post.ended_on.isoformat() if post.ended_on else "",
                "board_level": "yes" if post.board_level else "no",
                "duties": post.description,
            }
            for post in self.career.posts
        ]
        return [{part.key: row.get(part.key, "") for part in question.fields} for row in rows]

    def _declaration(self, question: Question) -> dict[str, Any]:
        rare = {"political": 0.08, "interests": 0.12}.get(question.topic or "", 0.0)
        if self.random.random() >= rare:
            return {"applies": [NONE_OF_THESE], "details": ""}
        details = DETAILS[question.topic or "interests"].format(
            place=self.career.place, region=self.region, year=self.on.year - 3
        )
        statement = "candidate" if question.topic == "political" else "relationship"
        known = [c.value for c in question.choices if c.value == statement] or [question.choices[0].value]
        return {"applies": known, "details": details}


def _nothing(question: Question) -> Any:
    return [] if question.kind in (Kind.MULTIPLE_CHOICE, Kind.ENTRIES) else ""
