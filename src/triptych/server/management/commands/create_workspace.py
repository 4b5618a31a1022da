"""`create_workspace`: open a workspace and its first administrator."""

import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from triptych.apps.history.writing import CLI
from triptych.apps.people.refusals import Refusal
from triptych.apps.project.actions import create_node, found_workspace
from triptych.apps.project.models import Kind


class Command(BaseCommand):
    help = "Open a workspace with its portfolio and its first administrator; the password is asked for."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="the company's name")
        parser.add_argument("--email", required=True, help="the administrator signs in with it")
        parser.add_argument("--person", required=True, help="the administrator's name")

    def handle(self, *_args: Any, **options: Any) -> None:
        password = getpass.getpass("Password: ")
        try:
            with transaction.atomic():
                user = found_workspace(
                    name=options["name"], email=options["email"], person=options["person"], password=password
                )
                # Somewhere to import the first plan into.
                create_node(actor=user, kind=Kind.PORTFOLIO, parent=None, name=options["name"], door=CLI)
        except Refusal as refusal:
            raise CommandError(f"{refusal} ({refusal.code})") from refusal
        self.stdout.write(f"{user.name} may sign in as {user.email}.")
