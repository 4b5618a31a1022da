from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "triptych.apps.people"
    label = "people"
