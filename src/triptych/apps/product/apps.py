from django.apps import AppConfig


class ProductConfig(AppConfig):
    name = "triptych.apps.product"
    label = "product"
