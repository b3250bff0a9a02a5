"""Any page of the library as a PDF: its text, its pictures, where it stands and when it was last read through."""

import base64
import hashlib
import mimetypes
import re
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.template.loader import render_to_string

from portal.models import PortalPage
from portal.pdf import RENDERER, html_to_pdf

_PICTURE = re.compile(r'\bsrc="(?P<url>[^"]+)"')
_SRCSET = re.compile(r'\s(?:srcset|sizes)="[^"]*"')
_OWN_LINK = re.compile(r'\bhref="/(?!/)')
KEPT_SECONDS = 7 * 24 * 3600


def page_pdf(page: PortalPage, context: Mapping[str, Any]) -> bytes:
    """The page as a file; `context` is what its template is given. A paper is made once for each text."""
    html = page_html(page, context)
    key = hashlib.sha256(f"{RENDERER}\0{page.title}\0{html}".encode()).hexdigest()
    kept: bytes | None = cache.get(f"page-paper:{key}")
    if kept is None:
        kept = html_to_pdf(html, title=page.title)
        cache.set(f"page-paper:{key}", kept, KEPT_SECONDS)
    return kept


def page_html(page: PortalPage, context: Mapping[str, Any]) -> str:
    """Pictures stand in the file, and links lead back to the portal. `context` is that of the printed page."""
    html: str = render_to_string("papers/page.html", {**context, "page": page})
    html = _PICTURE.sub(lambda found: f'src="{_embedded(found["url"])}"', _SRCSET.sub("", html))
    return _OWN_LINK.sub(f'href="{settings.PORTAL_BASE_URL}/', html)


def _embedded(url: str) -> str:
    """A picture of ours as a data: address; anything else as it is, which the paper then refuses to fetch."""
    if not url.startswith(settings.MEDIA_URL):
        return url
    name = url.removeprefix(settings.MEDIA_URL).partition("?")[0]
    with default_storage.open(name) as file:
        content = base64.b64encode(file.read()).decode()
    return f"data:{mimetypes.guess_type(name)[0] or 'application/octet-stream'};base64,{content}"
