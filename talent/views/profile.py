"""A person's own profile: what they say of themselves, the posts they held, the pools they agreed to be in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from talent import readiness
from talent.applying import person_for
from talent.completeness import completeness_of
from talent.forms.profile import ConsentForm, PostForm, ProfileForm
from talent.merging import kept_record
from talent.models import Person, Pool, PostHeld
from talent.pooling import join_pool, leave_every_pool, leave_pool, pause, resume


def own_person(request: HttpRequest) -> Person:
    """The member's record; where it was merged into another, the one that was kept."""
    own = person_for(request.user, at=timezone.now())
    return own if own.merged_into_id is None else kept_record(own)


def own_posts(request: HttpRequest) -> QuerySet[PostHeld]:
    """The member's posts, also those that stand at a record that was merged with theirs: they are evidence too."""
    return PostHeld.objects.filter(person__in=Person.objects.of_user(request.user).values("pk"))


@login_required
def profile_detail(request: HttpRequest) -> HttpResponse:
    person = own_person(request)
    today = timezone.localdate()
    memberships = person.pool_memberships.filter(left_at=None, expires_on__gt=today).select_related("pool")
    joined = {membership.pool_id: membership for membership in memberships}
    skills, posts = list(person.skills.select_related("skill", "confirmed_by")), list(own_posts(request))
    regions = list(person.works_in.all())
    context = {
        "person": person,
        "is_merged": person.user_id != request.user.pk,
        "posts": posts,
        "skills": skills,
        "works_in": regions,
        "pools": [(pool, joined.get(pool.pk)) for pool in Pool.objects.all()],
        "is_paused": any(membership.paused_at for membership in joined.values()),
        "completeness": completeness_of(person, posts=len(posts), skills=len(skills), regions=len(regions)),
        "readiness_ends_on": readiness.ends_on(person),
    }
    return render(request, "talent/profile_detail.html", context)


@login_required
def profile_edit(request: HttpRequest) -> HttpResponse:
    form = ProfileForm(request.POST or None, instance=own_person(request))
    if request.method == "POST" and form.is_valid():
        # Saving the page says it anew, also where nothing changed.
        form.instance.readiness_on = timezone.localdate() if form.cleaned_data["readiness"] else None
        form.save()
        messages.success(request, "Your profile is saved")
        return redirect("talent:profile_detail")
    return render(request, "talent/profile_edit.html", {"form": form})


@login_required
def post_add(request: HttpRequest) -> HttpResponse:
    return _edit_post(request, PostHeld(person=own_person(request)), "talent/post_add.html")


@login_required
def post_edit(request: HttpRequest, pk: int) -> HttpResponse:
    return _edit_post(request, get_object_or_404(own_posts(request), pk=pk), "talent/post_edit.html")


def _edit_post(request: HttpRequest, post: PostHeld, template: str) -> HttpResponse:
    form = PostForm(request.POST or None, instance=post)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Your posts are saved")
        return redirect("talent:profile_detail")
    return render(request, template, {"form": form, "post": post})


@login_required
def post_remove(request: HttpRequest, pk: int) -> HttpResponse:
    post = get_object_or_404(own_posts(request), pk=pk)
    if request.method == "POST":
        post.delete()
        messages.success(request, "The post is removed from your profile")
        return redirect("talent:profile_detail")
    return render(request, "talent/post_remove.html", {"post": post})


@login_required
def pool_join(request: HttpRequest, slug: str) -> HttpResponse:
    pool = get_object_or_404(Pool, slug=slug)
    person = own_person(request)
    before = person.pool_memberships.filter(pool=pool, left_at=None).first()
    form = ConsentForm(request.POST or None, initial={"may_be_shared": before is not None and before.may_be_shared})
    if request.method == "POST" and form.is_valid():
        shared = form.cleaned_data["may_be_shared"]
        membership = join_pool(person, pool, by=request.user, at=timezone.now(), may_be_shared=shared)
        messages.success(request, f"You are in {pool.name} until {membership.expires_on:%-d %B %Y}")
        return redirect("talent:profile_detail")
    return render(request, "talent/pool_join.html", {"form": form, "pool": pool, "before": before})


@login_required
def pool_leave(request: HttpRequest, slug: str) -> HttpResponse:
    person = own_person(request)
    membership = get_object_or_404(person.pool_memberships.filter(left_at=None), pool__slug=slug)
    if request.method == "POST":
        leave_pool(person, membership.pool, by=request.user, at=timezone.now())
        messages.success(request, f"You have left {membership.pool.name}")
        return redirect("talent:profile_detail")
    return render(request, "talent/pool_leave.html", {"pool": membership.pool})


@login_required
def profile_pause(request: HttpRequest) -> HttpResponse:
    """Not found for a while, or found again: one page, whichever is the other."""
    person = own_person(request)
    is_paused = person.pool_memberships.filter(left_at=None).exclude(paused_at=None).exists()
    if request.method == "POST":
        act = resume if request.POST.get("act") == "resume" else pause
        act(person, by=request.user, at=timezone.now())
        messages.success(request, PAUSED if act is pause else "You can be found again")
        return redirect("talent:profile_detail")
    return render(request, "talent/profile_pause.html", {"is_paused": is_paused})


PAUSED = "Nobody finds you in the talent pools until you say so"


@login_required
def profile_leave(request: HttpRequest) -> HttpResponse:
    """Every consent taken back at once."""
    person = own_person(request)
    if request.method == "POST":
        leave_every_pool(person, by=request.user, at=timezone.now())
        messages.success(request, "You have left every talent pool")
        return redirect("talent:profile_detail")
    held = person.pool_memberships.filter(left_at=None).select_related("pool")
    return render(request, "talent/profile_leave.html", {"held": held})


@login_required
def consent_list(request: HttpRequest) -> HttpResponse:
    """Every consent ever given, with its words and dates."""
    held = own_person(request).pool_memberships.select_related("pool").prefetch_related("events")
    rows = held.order_by("-consented_at", "-pk")
    return render(request, "talent/consent_list.html", {"rows": rows, "today": timezone.localdate()})
