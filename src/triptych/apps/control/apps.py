from django.apps import AppConfig


class ControlConfig(AppConfig):
    name = "triptych.apps.control"
    label = "control"
