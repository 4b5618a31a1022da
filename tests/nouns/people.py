"""Samples of what belongs to people."""

from tests.cast import Company
from triptych.apps.people.models import CustomRole, Team, TeamMember
from triptych.apps.people.records import Record
from triptych.apps.project.actions import add

from . import Sample, Values


def _member(company: Company) -> Values:
    team = add(Team, actor=company.alice, name="Movers").row
    return {"team": team, "user": company.bob}


SAMPLES: dict[type[Record], Sample] = {
    Team: Sample(lambda _: {"name": "Builders"}, {"name": "Painters"}),
    TeamMember: Sample(_member, {}),
    CustomRole: Sample(lambda _: {"name": "Auditor", "verbs": ["view", "see_money"]}, {"verbs": ["view"]}),
}
