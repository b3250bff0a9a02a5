"""What a person is told about who has found them."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from search.recording import seen_by
from talent.access import own_record


@login_required
def seen_list(request: HttpRequest) -> HttpResponse:
    person = own_record(request.user)
    page = Paginator(seen_by(person) if person else [], 50).get_page(request.GET.get("page"))
    return render(request, "search/seen_list.html", {"page": page})
