"""What stands before every view: the second factor, the CMS only for those whose role it is, nothing kept behind."""

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_cache_control

from portal.access import Viewer, may_use_cms, needs_second_factor
from portal.models import User

GetResponse = Callable[[HttpRequest], HttpResponseBase]

# Recovery codes alone are no second factor: they only stand in for one.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class SecondFactorMiddleware:
    """Who needs a second factor and has none reaches its set-up pages, signing out, and nothing else."""

    def __init__(self, get_response: GetResponse) -> None:
        # gunicorn runs no system checks, so a real installation without the second factor must not even start.
        if not settings.MFA_REQUIRED and not settings.DEMONSTRATION:
            raise ImproperlyConfigured("MFA_REQUIRED may be relaxed in the demonstration only.")
        self.get_response = get_response
        self.open_doors = tuple(reverse(name) for name in ("mfa_index", "account_logout", "account_reauthenticate"))

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not settings.MFA_REQUIRED or request.path.startswith(self.open_doors) or not lacks_factor(request.user):
            return self.get_response(request)
        messages.warning(request, "Your role needs a second step at sign-in. Set one up to continue.")
        return redirect("mfa_index")


def lacks_factor(user: Viewer) -> bool:
    """Whether `user` must hold a second factor and does not."""
    return needs_second_factor(user) and not Authenticator.objects.filter(user=user.pk, type__in=FACTORS).exists()


class CmsDoorMiddleware:
    """Signed-in people without a role in the CMS get a plain 403 there; Wagtail's own permissions come after."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.door = reverse("wagtailadmin_home")

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(self.door) and request.user.is_authenticated and not self._opens_to(request.user):
            raise PermissionDenied
        return self.get_response(request)

    @staticmethod
    def _opens_to(user: User) -> bool:
        """Wagtail is asked too: it sends whom it refuses to sign in, and from there the signed-in come back."""
        return may_use_cms(user) and user.has_perm("wagtailadmin.access_admin")


class NothingKeptMiddleware:
    """What a signed-in person sees is kept by no browser and no proxy: shared computers have a Back button."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.user.is_authenticated:
            patch_cache_control(response, private=True, no_store=True)
        return response
