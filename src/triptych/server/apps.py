from django.apps import AppConfig


class ServerConfig(AppConfig):
    name = "triptych.server"
    label = "server"

    def ready(self) -> None:
        from . import checks  # noqa: F401, PLC0415 - registers the checks, which need the app registry
