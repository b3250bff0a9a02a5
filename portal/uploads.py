"""A limit on uploads that holds while they arrive: what is too large is dropped, the rest of the form is kept."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django import forms
from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from portal.files import too_large_text

View = Callable[..., HttpResponseBase]
Form = TypeVar("Form", bound=forms.BaseForm)


class LimitedUpload(FileUploadHandler):
    """Counts the bytes of each file; past the limit the file is read on but kept nowhere."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.received += len(raw_data)
        if self.received > settings.UPLOAD_MAX_BYTES:
            too_large(self.request).add(self.field_name)
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


def too_large(request: HttpRequest) -> set[str]:
    """The names of the file fields whose file went past the limit in this request."""
    if not hasattr(request, "_too_large"):
        request._too_large = set()
    return request._too_large


def form_with_file(kind: type[Form], request: HttpRequest, **kwargs: Any) -> Form:
    """The form as it was sent, which is not valid where a file went past the limit; unbound when nothing was sent."""
    if request.method != "POST":
        return kind(**kwargs)
    form = kind(request.POST, request.FILES, **kwargs)
    for name in too_large(request) & set(form.fields):
        form.errors.pop(name, None)  # that it is missing
        form.add_error(name, too_large_text())
    return form


def limited_uploads(view: View) -> View:
    """Puts the limit in front of the other upload handlers; CSRF is checked after that, as it reads the form."""

    @wraps(view)
    def protected(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return csrf_protect(view)(request, *args, **kwargs)

    @csrf_exempt
    @wraps(view)
    def limited(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST":
            request.upload_handlers.insert(0, LimitedUpload(request))
        return protected(request, *args, **kwargs)

    return limited
