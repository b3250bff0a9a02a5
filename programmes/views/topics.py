"""What stands under a topic, following it, and what trusts say to a page."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from portal.access import may_use_cms
from programmes import replying
from programmes.forms_hub import ReplyForm
from programmes.models import LibraryPage, Reply, Topic, TopicFollow
from programmes.replying import ReplyRefused
from programmes.views.hub import trust_people_only

PER_PAGE = 20


def topic_detail(request: HttpRequest, slug: str) -> HttpResponse:
    topic = get_object_or_404(Topic, slug=slug)
    pages = LibraryPage.objects.filter(topics=topic).readable().latest().specific()
    follows = request.user.is_authenticated and TopicFollow.objects.filter(user=request.user, topic=topic).exists()
    page_obj = Paginator(pages, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "programmes/topic_detail.html", {"topic": topic, "page_obj": page_obj, "follows": follows})


@login_required
@require_POST
def topic_follow(request: HttpRequest, slug: str) -> HttpResponse:
    topic = get_object_or_404(Topic, slug=slug)
    if request.POST.get("follow") == "yes":
        replying.follow(topic, by=request.user, at=timezone.now())
        messages.success(request, f"We will write to you when something new stands under “{topic}”.")
    else:
        replying.unfollow(topic, by=request.user)
        messages.success(request, f"You no longer follow “{topic}”.")
    return redirect("programmes:topic_detail", slug)


def follow_end(request: HttpRequest, token: str) -> HttpResponse:
    """From the mail, without signing in; a scanner that opens the link changes nothing."""
    following = replying.follow_of(token)
    if following is None:
        raise Http404
    if request.method == "POST":
        replying.unfollow(following.topic, by=following.user)
        messages.success(request, f"You no longer follow “{following.topic}”.")
        return redirect("programmes:topic_detail", following.topic.slug)
    return render(request, "programmes/follow_end.html", {"topic": following.topic})


@trust_people_only
def reply_create(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    page = get_object_or_404(LibraryPage.objects.readable(), pk=pk)
    specific = page.specific
    if kind not in Reply.Kind.values or not getattr(specific, "takes_replies", False):
        raise Http404
    needs_words = kind == Reply.Kind.TRIED
    form = ReplyForm(request.POST or None, user=request.user, needs_words=needs_words)
    if request.method == "POST" and form.is_valid():
        try:
            replying.reply(page, kind, **form.cleaned_data, by=request.user, at=timezone.now())
        except ReplyRefused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect(f"{page.get_url(request)}#replies")
    context = {"form": form, "page": specific, "heading": Reply.Kind(kind).label}
    return render(request, "programmes/reply_create.html", context)


@login_required
@require_POST
def reply_hide(request: HttpRequest, pk: int) -> HttpResponse:
    mine = {} if may_use_cms(request.user) else {"by": request.user}
    row = get_object_or_404(Reply.objects.filter(hidden_at=None, **mine).select_related("page"), pk=pk)
    replying.hide_reply(row, by=request.user, at=timezone.now())
    messages.success(request, "It was taken off the page.")
    return redirect(row.page.get_url(request) or "/")
