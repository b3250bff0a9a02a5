"""A person's own profile: what they say of themselves, the posts they held, the pools they agreed to be in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from talent.applying import person_for
from talent.forms.profile import ConsentForm, PostForm, ProfileForm
from talent.models import Person, Pool, PoolMembership, PostHeld
from talent.pooling import join_pool, leave_pool


def own_person(request: HttpRequest) -> Person:
    return person_for(request.user, at=timezone.now())


@login_required
def profile_detail(request: HttpRequest) -> HttpResponse:
    person = own_person(request)
    today = timezone.localdate()
    memberships = PoolMembership.objects.filter(person=person).in_force(today).select_related("pool")
    joined = {membership.pool_id: membership for membership in memberships}
    pools = [(pool, joined.get(pool.pk)) for pool in Pool.objects.all()]
    context = {"person": person, "posts": person.posts.all(), "pools": pools}
    context["skills"] = person.skills.select_related("skill", "confirmed_by")
    return render(request, "talent/profile_detail.html", context)


@login_required
def profile_edit(request: HttpRequest) -> HttpResponse:
    form = ProfileForm(request.POST or None, instance=own_person(request))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Your profile is saved")
        return redirect("talent:profile_detail")
    return render(request, "talent/profile_edit.html", {"form": form})


@login_required
def post_add(request: HttpRequest) -> HttpResponse:
    return _edit_post(request, PostHeld(person=own_person(request)), "talent/post_add.html")


@login_required
def post_edit(request: HttpRequest, pk: int) -> HttpResponse:
    return _edit_post(request, get_object_or_404(own_person(request).posts, pk=pk), "talent/post_edit.html")


def _edit_post(request: HttpRequest, post: PostHeld, template: str) -> HttpResponse:
    form = PostForm(request.POST or None, instance=post)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Your posts are saved")
        return redirect("talent:profile_detail")
    return render(request, template, {"form": form, "post": post})


@login_required
def post_remove(request: HttpRequest, pk: int) -> HttpResponse:
    post = get_object_or_404(own_person(request).posts, pk=pk)
    if request.method == "POST":
        post.delete()
        messages.success(request, "The post is removed from your profile")
        return redirect("talent:profile_detail")
    return render(request, "talent/post_remove.html", {"post": post})


@login_required
def pool_join(request: HttpRequest, slug: str) -> HttpResponse:
    pool = get_object_or_404(Pool, slug=slug)
    form = ConsentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        membership = join_pool(own_person(request), pool, by=request.user, at=timezone.now())
        messages.success(request, f"You are in {pool.name} until {membership.expires_on:%-d %B %Y}")
        return redirect("talent:profile_detail")
    return render(request, "talent/pool_join.html", {"form": form, "pool": pool})


@login_required
def pool_leave(request: HttpRequest, slug: str) -> HttpResponse:
    person = own_person(request)
    membership = get_object_or_404(person.pool_memberships.filter(left_at=None), pool__slug=slug)
    if request.method == "POST":
        leave_pool(person, membership.pool, by=request.user, at=timezone.now())
        messages.success(request, f"You have left {membership.pool.name}")
        return redirect("talent:profile_detail")
    return render(request, "talent/pool_leave.html", {"pool": membership.pool})
