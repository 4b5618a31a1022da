"""Workspaces, users, their teams, and roles of a company's own making."""

from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from .records import Record, Terms
from .roles import Verb


class Workspace(models.Model):
    """One company. Nothing crosses its border."""

    name = models.CharField(max_length=200)
    created = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser):
    """A person who can sign in, by e-mail. What they may do is said by grants alone."""

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="users")
    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    joined = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def initials(self) -> str:
        """Two letters for a round badge."""
        words = self.name.split() or [self.email]
        letters = words[0][:1] + (words[-1][:1] if len(words) > 1 else words[0][1:2])
        return letters.upper()


class Team(Record):
    """People who work together. What is granted to a team is granted to each of them, anywhere:
    so it takes an administrator to rename or remove one."""

    TERMS: ClassVar[Terms] = Terms("team", home="", add=Verb.MANAGE_PEOPLE, change=Verb.ADMINISTER)

    name = models.CharField(max_length=200)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["workspace", "name"], name="team_once"),)

    def __str__(self) -> str:
        return self.name


class TeamMember(Record):
    """A person is in a team. Who joins gets the team's rights, so it takes an administrator to say so."""

    TERMS: ClassVar[Terms] = Terms("team member", home="", add=Verb.ADMINISTER, name="user")

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="teams")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["team", "user"], name="team_member_once"),)

    def __str__(self) -> str:
        return f"{self.user_id} in {self.team_id}"


class CustomRole(Record):
    """A role of the company's own making: a name, and what it may do. Whoever may do anything may see."""

    TERMS: ClassVar[Terms] = Terms("role", home="", add=Verb.ADMINISTER)

    name = models.CharField(max_length=200)
    verbs = models.JSONField(default=list)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["workspace", "name"], name="custom_role_once"),)

    def __str__(self) -> str:
        return self.name

    def faults(self) -> Mapping[str, str]:
        known = {each.value for each in Verb} - {Verb.ADMINISTER.value}
        if not isinstance(self.verbs, list) or not set(map(str, self.verbs)) <= known:
            return {"verbs": f"A role may do some of: {', '.join(sorted(known))}."}
        return {} if Verb.VIEW in self.verbs else {"verbs": "Whoever has a role may view."}
