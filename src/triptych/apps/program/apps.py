from django.apps import AppConfig


class ProgramConfig(AppConfig):
    name = "triptych.apps.program"
    label = "program"
