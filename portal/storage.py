"""Where uploads that need a permission are kept: no URL leads there."""

from django.core.files.storage import Storage, storages


def private_storage() -> Storage:
    return storages["private"]
