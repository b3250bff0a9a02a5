"""Pictures that people send: judged by what they are, upright, smaller, and rid of where they were taken."""

import io
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image, ImageOps

from portal.files import FileRefused, refuse_infected

LONGEST_SIDE = 1600
MOST_PIXELS = 50_000_000
FORMATS = ("JPEG", "PNG", "WEBP")
REFUSED = "Your picture must be a JPEG, a PNG or a WebP that opens on your computer"


def sound_picture(upload: Any) -> ContentFile[bytes]:
    """The picture anew as a JPEG, without what the camera wrote into it. Raises FileRefused."""
    refuse_infected(upload)
    try:
        with Image.open(upload, formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise FileRefused("Your picture is too large. Make it smaller, then choose it again")
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except FileRefused:
        raise
    except Exception as error:  # Pillow raises many kinds for what is no picture
        raise FileRefused(REFUSED) from error
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    file = io.BytesIO()
    upright.save(file, "JPEG", quality=85)
    return ContentFile(file.getvalue(), "picture.jpg")
