"""Pieces of plans to be used again."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from triptych.apps.people.records import Record, Terms
from triptych.apps.people.roles import Verb
from triptych.apps.project.patterns import faults_of


class Template(Record):
    """A piece of a plan to be planted again: `content` is a `Pattern`. `save_template` makes one of what there is,
    `plant_template` makes tasks of it."""

    TERMS: ClassVar[Terms] = Terms("template", home="", add=Verb.EDIT_PLAN, change=Verb.ADMINISTER)

    name = models.CharField(max_length=200)
    about = models.TextField(blank=True)
    content = models.JSONField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["workspace", "name"], name="template_once"),)

    def __str__(self) -> str:
        return self.name

    def faults(self) -> Mapping[str, str]:
        found = faults_of(self.content)
        return {"content": found} if found else {}
