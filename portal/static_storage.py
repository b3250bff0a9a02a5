"""Static files as we serve them: nothing in them points to another host or to a file that is not there."""

import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile, File
from whitenoise.storage import CompressedManifestStaticFilesStorage

# The bundled NHS.UK css loads a typeface from another host (and it is licensed to NHS bodies only).
_FOREIGN_FONT = re.compile(rb"@font-face\s*\{[^}]*url\(\s*[\"']?(?:https?:)?//[^}]*\}")
# Source maps are named but not shipped, which would stop the manifest.
_SOURCE_MAP = re.compile(rb"(?:/\*# sourceMappingURL=[^*]*\*/|//# sourceMappingURL=\S*)")


def cleaned(name: str, content: bytes) -> bytes:
    """The file without foreign fonts and source maps; other kinds of file as they are."""
    if name.endswith(".css"):
        content = _FOREIGN_FONT.sub(b"", content)
    return _SOURCE_MAP.sub(b"", content) if name.endswith((".css", ".js")) else content


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Hashed names and compressed copies (WhiteNoise), cleaned on the way in."""

    def _save(self, name: str, content: File) -> str:
        if name.endswith((".css", ".js")):
            content.open()
            content = ContentFile(cleaned(name, content.read()), name=name)
        return super()._save(name, content)

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        """Hashes what was collected, not what it was collected from."""
        yield from super().post_process({name: (self, name) for name in paths}, dry_run=dry_run, **options)
