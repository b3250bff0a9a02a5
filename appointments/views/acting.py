"""The usual way of a page with one form: what was typed goes to one act, and what the act refuses is said beside it."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

F = TypeVar("F", bound=forms.BaseForm)


def goes_on(request: HttpRequest, form: forms.BaseForm) -> bool:
    """Whether a form leads to the page that asks once more, or past it: not from there back to change what was typed,
    which stands in the form again."""
    return request.method == "POST" and form.is_valid() and "change" not in request.POST


def form_then_act(
    request: HttpRequest,
    form: F,
    act: Callable[[F], str],
    refused: type[Exception] | tuple[type[Exception], ...],
    template: str,
    context: dict[str, Any],
) -> HttpResponse:
    """`act` does its one thing with a valid form and says where to go; the page comes back with what it refused."""
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(act(form))
        except refused as said:
            form.add_error(None, str(said))
    return render(request, template, {"form": form, **context})
