"""How staff pages come to the application they are about: by reference, within scope, or 404."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from talent.models import Application
from talent.models.application import ApplicationQuerySet

RELATED = ("person", "person__region", "partner", "intake__scheme", "region", "question_set")


def in_scope(request: HttpRequest) -> ApplicationQuerySet:
    return Application.objects.in_scope_of(request.user).select_related(*RELATED)


def worked_on(request: HttpRequest, reference: str) -> Application:
    return get_object_or_404(in_scope(request), reference=reference)
