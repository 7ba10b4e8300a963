"""From an operation to its answer, on graphql-core directly: what was prepared once is only executed.

strawberry's own `Schema.execute` parses and validates each request anew, which costs eight times what executing a kept document does.
Its part at run time, the executor class, is used here; its schema extensions are not.
"""

import time
from collections.abc import AsyncGenerator, AsyncIterable, Callable, Sequence
from contextlib import aclosing
from inspect import isawaitable
from typing import Any, TypeVar

import strawberry
import structlog
from graphql import (
    ExecutionResult,
    Executor,
    GraphQLError,
    OperationType,
    create_source_event_stream,
    execute_root_selection_set,
    execute_subscription_event,
    map_source_to_response_event,
)
from graphql.pyutils import AwaitableOrValue
from strawberry.execution import optimized_is_awaitable

from api.graphql.counters import ActionCounters
from api.graphql.documents import NONE_REGISTERED, Documents, Prepared, Registered
from api.graphql.errors import Faults, Json, Told, cause
from api.graphql.limits import LIMITS, Limits
from api.graphql.operations import Operation, read_operation
from api.graphql.remembered import NOTHING_REMEMBERED, Remembered

Observe = Callable[[str, float, str], None]
"""Told a query's or mutation's label (one of few), its seconds, and how it ended: ok or fault."""

NewContext = Callable[[], object]

Declined = Callable[[Exception, Any], Told | None]
"""What is told if the domain declined where no union can say so, in the language of the context; None: it is a fault."""

T = TypeVar("T")


def _never(_: Exception, __: object) -> None:
    return None


class Engine:
    """For any schema. `new_error_id` makes the id under which a fault is logged and told; `away`: what a store that is away raises."""

    def __init__(
        self,
        schema: strawberry.Schema,
        *,
        new_error_id: Callable[[], str],
        counters: ActionCounters,
        observe: Observe,
        limits: Limits = LIMITS,
        registered: Registered = NONE_REGISTERED,
        away: tuple[type[Exception], ...] = (),
        declined: Declined = _never,
        remembered: Remembered = NOTHING_REMEMBERED,
    ) -> None:
        self._schema = schema
        self._declined = declined
        self._remembered = remembered
        self._counters = counters
        self._observe = observe
        self._limits = limits
        self.faults = Faults(new_error_id, away)
        self._documents = Documents(schema, limits=limits, registered=registered, faults=self.faults)

    def read(self, asked: object) -> Operation:
        """From decoded JSON. Raises Told."""
        return read_operation(asked, self._limits)

    async def admit(self, operation: Operation, *, key: str) -> Prepared:
        """Counted, within limits and valid. Raises Told."""
        await self._counters.admit(key)
        prepared = self._documents.kept(operation) or await self._prepared(operation, key)
        await self._counters.admit_actions(key, prepared.actions)
        structlog.contextvars.bind_contextvars(operation=prepared.label)
        return prepared

    async def _prepared(self, operation: Operation, key: str) -> Prepared:
        await self._counters.admit_new_document(key)
        return self._documents.prepare(operation)

    async def execute(self, prepared: Prepared, operation: Operation, context: object) -> Json:
        """A query's or a mutation's answer. Raises Told if its variables do not fit."""
        began = time.perf_counter()
        question = self._remembered.question(prepared.actions, operation, context)
        if known := self._remembered.answer(question):
            self._observe(prepared.label, time.perf_counter() - began, "ok")
            return known
        executor = self._executor(prepared, operation, context)
        result = await _settled(execute_root_selection_set(executor))
        seconds, (theirs, ours) = time.perf_counter() - began, self._whose(result.errors or (), context)
        self._observe(prepared.label, seconds, "fault" if ours else "ok")
        return self._remembered.keep(question, self._answer(result, theirs, ours))

    async def stream(self, prepared: Prepared, operation: Operation, new_context: NewContext) -> AsyncGenerator[Json, None]:
        """A subscription's answers, or the one answer of any other operation. Raises Told."""
        if prepared.kind is not OperationType.SUBSCRIPTION:
            yield await self.execute(prepared, operation, new_context())
            return
        context = new_context()
        try:
            async with aclosing(self._events(self._executor(prepared, operation, context), new_context)) as answers:
                async for answer in answers:
                    yield answer
        except Exception as error:
            if told := self._declined(error, context):
                raise told from None
            raise

    async def _events(self, executor: Executor[Any], new_context: NewContext) -> AsyncGenerator[Json, None]:
        """Raises whatever the subscription's source raises."""
        source: AsyncIterable[object] | ExecutionResult = await _settled(create_source_event_stream(executor))
        if isinstance(source, ExecutionResult):
            raise cause((source.errors or [])[0])
        async with aclosing(map_source_to_response_event(executor, source, _in_a_context_of_its_own(new_context))) as results:
            async for result in results:
                yield self._answer(result, *self._whose(result.errors or (), executor.context_value))

    def _executor(self, prepared: Prepared, operation: Operation, context: object) -> Executor[Any]:
        executor = self._schema.execution_context_class.build(
            self._schema._schema,
            prepared.document,
            context_value=context,
            raw_variable_values=operation.variables,
            operation_name=prepared.name,
            is_awaitable=optimized_is_awaitable,  # type: ignore[arg-type]  # says bool where graphql-core says TypeGuard
            hide_suggestions=True,
            operation_extensions=operation.extensions,
        )
        if isinstance(executor, list):
            raise self.faults.of_request(executor)
        return executor

    def _whose(self, errors: Sequence[GraphQLError], context: object) -> tuple[list[Json], list[GraphQLError]]:
        """What a field outside of any union declined, as it is told; and the faults of ours."""
        told = [(error, self._declined(cause(error), context)) for error in errors]
        theirs: list[Json] = [{**line, "path": error.path} for error, declined in told if declined for line in declined.errors]
        return theirs, [error for error, declined in told if declined is None]

    def _answer(self, result: ExecutionResult, theirs: Sequence[Json], ours: Sequence[GraphQLError]) -> Json:
        if not result.errors:
            return {"data": result.data}
        return {"data": result.data, "errors": [*theirs, *(self.faults.of_fields(ours) if ours else ())]}


def _in_a_context_of_its_own(new_context: NewContext) -> Callable[[Executor[Any]], AwaitableOrValue[ExecutionResult]]:
    """What is loaded once per request must be loaded afresh for each event of a subscription."""

    def resolve(event: Executor[Any]) -> AwaitableOrValue[ExecutionResult]:
        event.context_value = new_context()
        return execute_subscription_event(event)

    return resolve


async def _settled(value: AwaitableOrValue[T]) -> T:
    return await value if isawaitable(value) else value
