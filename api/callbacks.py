"""POST /callbacks/departments/{department}: verified, kept raw, thanked with 202, and only then folded into its case."""

import structlog
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from domain.cases.callbacks import Callback, CallbackDesk
from domain.clock import Now
from domain.errors import Refusal
from integrations.departments import HttpDepartments, IllFormed, NotSigned

log = structlog.stdlib.get_logger("callbacks")


def callback_routes(desk: CallbackDesk, departments: HttpDepartments, *, now: Now) -> list[Route]:
    async def receive(request: Request) -> Response:
        department, body = request.path_params["department"], await request.body()
        try:
            departments.verify_callback(department, request.headers, body)
        except NotSigned as why:
            return JSONResponse({"error": str(why)}, status_code=401)
        except IllFormed as why:
            return JSONResponse({"error": str(why)}, status_code=400)
        callback = Callback(f"{department}.{request.headers['webhook-id']}", department, body, now())
        fresh = await desk.store.keep(callback)
        return Response(status_code=202, background=BackgroundTask(_fold_in, desk, callback) if fresh else None)

    return [Route("/callbacks/departments/{department}", receive, methods=["POST"])]


async def _fold_in(desk: CallbackDesk, callback: Callback) -> None:
    """Should it fail here, a worker finds it in two seconds."""
    try:
        await desk.fold_in(callback)
    except Refusal as busy:
        log.warning("callback left to a worker", department=callback.department, why=busy.code)
