"""The application: an address to an answer, an error to a page that says what and what to do."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterable, Sequence
from importlib.resources import files
from typing import Any

from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from index.errors import IndexBusy, NothingIndexed
from index.grammar import QueryError
from store import NoStore
from web import evidence, results
from web.asking import CHOICES, UI, Asking, read
from web.complaints import said
from web.desk import Desk, NotReady
from web.detail import detail, queries
from web.guard import check, protect
from web.render import environment, translator

PLACES = Map(
    [
        Rule("/", endpoint="search"),
        Rule("/page/<int:number>", endpoint="page"),
        Rule("/raw/<int:number>", endpoint="raw"),
        Rule("/static/<name>", endpoint="static"),
        Rule("/favicon.ico", endpoint="icon"),
    ]
)
STATIC = {"page.css": "text/css; charset=utf-8", "icon.svg": "image/svg+xml"}
AGAIN = 3  # seconds until a browser looks again whether the index is made
LARGEST = 2**63  # numbers of pages are below it
# Error → heading and status; the first that fits.
ERRORS: tuple[tuple[type[Exception], str, int], ...] = (
    (QueryError, "bad_query", 400),
    (NotReady, "making", 503),
    (IndexBusy, "making", 503),
    (NoStore, "no_data", 503),
    (NothingIndexed, "no_data", 503),
    (NotFound, "not_found", 404),
    (HTTPException, "refused", 400),
)


class Application:
    """A WSGI application over one desk. ``own`` is the address it is served at."""

    def __init__(self, desk: Desk, own: str = "") -> None:
        self.desk = desk
        self.own = own
        self.templates = environment()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer one request."""
        request = Request(environ)
        try:
            check(request, self.own)
            endpoint, values = PLACES.bind_to_environ(environ).match()
            answer = getattr(self, f"_{endpoint}")(request, **values)
        except Exception as error:
            answer = self._error(request, error)
        return protect(answer)(environ, start_response)

    def _search(self, request: Request) -> Response:
        asking = read(request.args)
        with self.desk.opened() as opened:
            if asking.is_empty:
                counts = {lang: v.count() for lang, v in opened.library.indexes.volumes.items()}
                concepts = self.desk.config.topic.concepts
                return self._page_of(
                    request, asking, "home.html", opened.notices, counts=counts, concepts=concepts
                )
            found = results.answers(opened.library, asking, self.desk.lexicon)
        return self._page_of(
            request,
            asking,
            "results.html",
            opened.notices,
            sides=results.sides(found, asking, self._ui(request)),
            total=sum(answer.total for answer in found.values()),
            values={name: results.values(found, name) for name in CHOICES},
            pager=results.pager(found, asking),
        )

    def _page(self, request: Request, number: int) -> Response:
        asking, wanted = read(request.args), request.args.get("v", "")
        with self.desk.opened() as opened:
            stored = opened.store.page(number) if number < LARGEST else None
            if stored is None:
                raise NotFound(f"no page has the number {number}")
            versions = opened.store.versions(stored.url)
            places = {str(place): version for place, version in enumerate(versions, 1)}
            if wanted and wanted not in places:
                raise NotFound(f"there is no version {wanted}; there are {len(versions)}")
            version = places.get(wanted)
            sought = queries(opened.library, asking, self.desk.lexicon)
            if version is not None and version.is_current:
                version = None
            shown = detail(stored, versions, version, sought, self.desk.concepts_in)
        known = self.desk.lexicon.concepts
        return self._page_of(
            request, asking, "page.html", opened.notices, d=shown, stored=stored, known=known
        )

    def _raw(self, request: Request, number: int) -> Response:
        with self.desk.opened() as opened:
            stored = opened.store.page(number) if number < LARGEST else None
            if stored is None:
                raise NotFound(f"no page has the number {number}")
            return evidence.answer(stored, evidence.found(opened.store, stored))

    def _static(self, request: Request, name: str) -> Response:
        if name not in STATIC:
            raise NotFound("there is no such file")
        return Response((files("web") / "static" / name).read_bytes(), content_type=STATIC[name])

    def _icon(self, request: Request) -> Response:
        return self._static(request, "icon.svg")

    def _ui(self, request: Request) -> str:
        asked = request.args.get("ui", "")
        return asked if asked in UI else request.accept_languages.best_match(UI) or UI[0]

    def _page_of(
        self,
        request: Request,
        asking: Asking,
        template: str,
        notices: Sequence[str] = (),
        status: int = 200,
        **values: Any,
    ) -> Response:
        ui = self._ui(request)
        other = asking.but(ui="en" if ui == "zh" else "zh", page=asking.page)
        version = {"v": request.args["v"]} if "v" in request.args else {}
        shared: dict[str, Any] = {
            "a": asking,
            "notices": [said(one, ui) for one in notices],
            "topic": self.desk.config.topic,
            "other_address": other.address(request.path, **version),
            "values": {name: {} for name in CHOICES},
            "choices": CHOICES,
        }
        speak = translator(ui)
        html = self.templates.get_template(template).render(shared | speak | values)
        return Response(html, status, content_type="text/html; charset=utf-8")

    def _error(self, request: Request, error: Exception) -> Response:
        heading, status = _heading(error)
        if heading == "bug":
            traceback.print_exception(error, file=sys.stderr)
        try:
            asking = read(request.args)
        except QueryError:
            asking = Asking(q=request.args.get("q", ""), ui=self._ui(request))
        message = "" if heading == "bug" else _said(error)
        answer = self._page_of(
            request,
            asking,
            "error.html",
            (),
            status,
            heading=heading,
            message=said(message, self._ui(request)),
            place=_place(error),
        )
        if heading == "making":
            answer.headers["Retry-After"] = str(AGAIN)
            answer.headers["Refresh"] = str(AGAIN)
        return answer


def _heading(error: Exception) -> tuple[str, int]:
    for kind, heading, status in ERRORS:
        if isinstance(error, kind):
            return heading, getattr(error, "code", None) or status
    return ("broken", 500) if isinstance(getattr(error, "exit_code", None), int) else ("bug", 500)


def _said(error: Exception) -> str:
    if isinstance(error, QueryError):
        return error.message
    return str(error.description) if isinstance(error, HTTPException) else str(error)


def _place(error: Exception) -> tuple[str, str, str] | None:
    """A wrong query in three pieces: before the place, the character there, and the rest."""
    if not isinstance(error, QueryError) or not error.query.strip():
        return None
    query, at = error.query, error.place
    return query[:at], query[at : at + 1], query[at + 1 :]
