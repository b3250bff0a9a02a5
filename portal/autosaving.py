"""What a page's script is told of what it sent to be saved; portal/static/portal/autosave.js knows these words."""

import datetime as dt
from http import HTTPStatus

from django import forms
from django.http import JsonResponse

from portal.words import clock


def saved(revision: int, *, at: dt.datetime) -> JsonResponse:
    return JsonResponse({"status": "saved", "revision": revision, "said": f"Saved at {clock(at)}"})


def clash(revision: int) -> JsonResponse:
    """Another page has saved meanwhile; `revision` is the one that stands."""
    return JsonResponse({"status": "clash", "revision": revision}, status=HTTPStatus.CONFLICT)


def closed(said: str) -> JsonResponse:
    """Nothing can be saved here any more."""
    return JsonResponse({"status": "closed", "said": said}, status=HTTPStatus.FORBIDDEN)


def refused(said: str) -> JsonResponse:
    return JsonResponse({"status": "refused", "said": said}, status=HTTPStatus.BAD_REQUEST)


def refused_form(form: forms.BaseForm) -> JsonResponse:
    return refused(" ".join(message for messages in form.errors.values() for message in messages))
