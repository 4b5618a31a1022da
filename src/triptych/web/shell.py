"""The shell of the single-page application: one built page serves every address that is not the API's."""

from pathlib import Path

from django.http import HttpRequest, HttpResponse

PAGES = Path(__file__).parent / "pages"

NOT_BUILT = (
    "<!doctype html><meta charset=utf-8><title>Triptych</title>"
    "<p>The pages are not built. Run <code>python build_pages.py</code> and reload."
)


def page(request: HttpRequest) -> HttpResponse:
    """The application's page. Read anew each time, so that a rebuild needs no restart; it is 1 kB."""
    if request.method not in {"GET", "HEAD"}:
        return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
    index = PAGES / "index.html"
    text = index.read_text("utf-8") if index.is_file() else NOT_BUILT
    status = 200 if index.is_file() else 503
    return HttpResponse(text, status=status, headers={"Cache-Control": "no-cache"})
