"""Who holds which role where."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce

from triptych.apps.people.models import CustomRole, Team
from triptych.apps.people.roles import Role

from .tree import Node


class Grant(models.Model):
    """A user, or everybody in a team, holds a role on a node of the tree and all below it; on the workspace with
    `node` None. The role is one of the trade's, or, with `role` empty, one of the company's own."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="grants"
    )
    team = models.ForeignKey(Team, on_delete=models.CASCADE, null=True, related_name="grants")
    node = models.ForeignKey(Node, on_delete=models.CASCADE, null=True, related_name="grants")
    role = models.CharField(max_length=20, choices=Role, blank=True)
    custom = models.ForeignKey(CustomRole, on_delete=models.PROTECT, null=True, related_name="grants")

    class Meta:
        constraints = (
            # No number is 0; without it, what is null would be other than null, and no two grants ever the same.
            models.UniqueConstraint(
                Coalesce("user", 0),
                Coalesce("team", 0),
                Coalesce("node", 0),
                "role",
                Coalesce("custom", 0),
                name="granted_once",
            ),
            models.CheckConstraint(
                condition=models.Q(user__isnull=True) ^ models.Q(team__isnull=True), name="granted_to_one"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id or self.team_id} is {self.role or self.custom_id} of {self.node_id}"
