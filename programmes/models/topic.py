"""What guidance is about and whom it is for: short lists that editors keep."""

from django.db import models


class Topic(models.Model):
    """Something guidance is about, such as recruitment or retention."""

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(max_length=80, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Audience(models.Model):
    """A kind of reader guidance is written for, such as mentors or trust boards."""

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(max_length=80, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
