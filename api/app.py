"""The API as one application: routes, the GraphQL edge, and the middleware around them, assembled from parts."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from functools import partial

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.types import ASGIApp

from api.bodies import BodyLimits
from api.calendars import follow
from api.callbacks import callback_routes
from api.certificate_files import certificate_routes
from api.check_page import check_routes
from api.desks import Offices, offices
from api.employers import sheet_desk, staff_routes
from api.files import files_routes
from api.gate import SessionGate, origin_of
from api.graphql.counters import ActionCounters, Count, InLots
from api.graphql.declining import declined
from api.graphql.engine import Engine, Observe
from api.graphql.errors import Told
from api.graphql.gate import bearer_token, caller_of
from api.graphql.http import GraphQLOverHTTP
from api.graphql.limits import Limits
from api.graphql.remembered import Remembered
from api.graphql.sockets import GraphQLSockets
from api.health import health_routes
from api.logs import RequestLog, new_id
from api.logs import configure as configure_logs
from api.metrics import Backlog, Metrics
from api.own_data import own_data_routes
from api.parts import Parts, parts
from api.problems import store_away
from api.settings import Settings
from api.sign_in import sign_in_routes
from api.sweep import sweep
from api.upload_limits import upload_limits
from domain.acting import Acting
from domain.certificates.showing import verifier_at
from domain.clock import system_now
from integrations.mongo.database import AWAY
from integrations.redis import RedisCounters
from integrations.sealing import Sealing
from schema import schema

GUESSABLE = {
    "signIn": 120,
    "signInWithMiniProgram": 120,
    "refreshSession": 60,
    "checkCertificate": 60,
    "presentCertificate": 30,
    "revealValue": 30,
    "grantMandate": 30,
    "acceptMandate": 30,
    "takeMandateInPerson": 30,
    "beginAssistedSession": 30,
    "openCaseAtCounter": 60,
}
"""Times a minute for one caller, of what could be used to guess or to flood. A hall of fifty clerks signs in from one address."""

SAME_FOR_ALL = frozenset({"regions", "guide", "retirementForecast", "pensionEstimate"})
"""Answered by the catalogues that this process began with and the law of a day, whoever asks; without names or numbers of documents."""


def build_app(settings: Settings) -> ASGIApp:
    """The log stands outside everything, so that a failure too has its line and its request id."""
    configure_logs()
    metrics = Metrics()

    @asynccontextmanager
    async def living(app: Starlette) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            made = await stack.enter_async_context(parts(settings, metrics.observe))
            app.state.wording = made.wording
            office = await stack.enter_async_context(offices(made, metrics.observe))
            metrics.watch_backlogs(partial(_backlogs, made))
            app.router.routes.extend(routes_of(made, office, metrics))
            async with asyncio.TaskGroup() as background:
                chores = (made.bells.listen(), sweep(made.cases, made.bells, system_now), follow(made.calendars))
                tasks = [background.create_task(chore) for chore in chores]
                yield
                for task in tasks:
                    task.cancel()

    middleware = [
        Middleware(TrustedHostMiddleware, allowed_hosts=list(settings.allowed_hosts)),
        Middleware(BodyLimits),
    ]
    away = dict.fromkeys(AWAY, store_away)
    return RequestLog(Starlette(lifespan=living, middleware=middleware, exception_handlers=away))


def routes_of(made: Parts, office: Offices, metrics: Metrics) -> Sequence[BaseRoute]:
    gate = SessionGate(office.sign_in.live, office.desks, made.catalogues, made.wording, office.certificates, made.sealing, system_now)
    counters = RedisCounters(made.redis)
    engine = engine_for(
        introspection=made.settings.introspection,
        count=counters.count,
        count_all=InLots(counters.add).count,
        observe=metrics.observe_operation,
    )
    sockets = GraphQLSockets(engine=engine, gate=gate, allowed_origins=frozenset(made.settings.allowed_origins))
    metrics.watch_sockets(lambda: sockets.open)
    acting_of = partial(_acting_of, office, made.sealing)
    return [
        Route("/graphql", GraphQLOverHTTP(engine, gate)),
        WebSocketRoute("/graphql", sockets),
        *sign_in_routes(
            office.sign_in.pages,
            signals=office.sign_in.signals,
            wording=made.wording,
            public_url=made.settings.public_url,
            public_keys=office.sign_in.public_keys,
        ),
        *files_routes(office.uploads, acting_of, made.wording, upload_limits(counters.count, counters.add)),
        *staff_routes(sheet_desk(made), acting_of, made.wording),
        *own_data_routes(office.own_data, acting_of, made.wording),
        *certificate_routes(office.desks.certificates, acting_of, made.wording),
        *check_routes(office.desks.certificates.checks, made.wording, made.sealing),
        *callback_routes(made.callbacks, made.departments, now=system_now),
        *health_routes({"store": partial(made.database.command, "ping")}, {"redis": made.redis.ping}),
        Route("/metrics", metrics.endpoint),
    ]


def engine_for(*, introspection: bool, count: Count, observe: Observe, count_all: Count | None = None) -> Engine:
    """As the product has it: the depth and size of documents limited, what could be used to guess or to flood counted."""
    return Engine(
        schema,
        new_error_id=new_id,
        counters=ActionCounters(count=count, count_all=count_all, by_action=GUESSABLE),
        observe=observe,
        limits=Limits(introspection=introspection),
        away=AWAY,
        declined=declined,
        remembered=Remembered(SAME_FOR_ALL, lambda context: (context.language, context.today.isoformat())),
    )


async def _acting_of(office: Offices, sealing: Sealing, request: Request) -> Acting | None:
    try:
        token = bearer_token(request.headers.get("authorization"))
    except Told:
        return None
    acting, caller = await office.sign_in.live.acting_of(token) if token else None, caller_of(request)
    verifier = verifier_at(caller.address, caller.browser, sealing)
    return replace(acting, origin=origin_of(caller, verifier)) if acting else None


async def _backlogs(made: Parts) -> Sequence[Backlog]:
    """What each connected department has not answered."""
    now, found = system_now(), []
    for department in made.settings.department_secrets:
        waiting, since = await made.cases.backlog(department)
        found.append(Backlog(department, waiting, (now - since).total_seconds() if since else 0.0))
    return found
