from django.apps import AppConfig


class HistoryConfig(AppConfig):
    name = "triptych.apps.history"
    label = "history"
