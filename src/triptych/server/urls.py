"""Every address that Django answers; the live stream and static files never get here."""

from django.urls import path, re_path

from triptych.api import api
from triptych.web.shell import page

from .faults import unknown_door

urlpatterns = [
    path("api/v1/", api.urls),
    re_path(r"^(?:api|static)/", unknown_door),
    re_path(r"^.*$", page, name="page"),
]

handler400 = "triptych.server.faults.bad_request"
handler403 = "triptych.server.faults.forbidden"
handler404 = "triptych.server.faults.not_found"
handler500 = "triptych.server.faults.failure"
