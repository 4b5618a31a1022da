from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "triptych.apps.project"
    label = "project"
