"""A match as a paper for a committee: the criteria, the people with their reasons, how it was worked out."""

import datetime as dt

from django.template.loader import render_to_string

from portal.pdf import html_to_pdf
from search.matching import Matches
from search.vacancies import Vacancy


def match_html(vacancy: Vacancy, matches: Matches, *, at: dt.datetime) -> str:
    return render_to_string("papers/match.html", {"vacancy": vacancy, "matches": matches, "at": at})


def match_pdf(vacancy: Vacancy, matches: Matches, *, at: dt.datetime) -> bytes:
    title = f"People matched: {vacancy.title}, {vacancy.board}"
    return html_to_pdf(match_html(vacancy, matches, at=at), title=title)
