"""Who asks, and what a resolver is given for it: the edge's gate, made of the session desk and the desks of the product."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from strawberry.dataloader import DataLoader

from api.graphql.errors import Unauthenticated
from api.graphql.gate import Caller
from domain.acting import Acting, Origin
from domain.catalogue.store import Catalogues
from domain.certificates.certificate import Certificate
from domain.certificates.showing import Verifier, counted_at, verifier_at
from domain.clock import Now
from domain.sessions.live import LiveSessions
from domain.wording import Wording, language_of
from integrations.mongo.certificates import MongoCertificates
from integrations.sealing import Sealing
from resolvers.context import Context, Desks

LONGEST_NAME_OF_A_CLIENT = 200


@dataclass(frozen=True, slots=True)
class SessionGate:
    """The `Gate` of api/graphql."""

    live: LiveSessions
    desks: Desks
    catalogues: Catalogues
    wording: Wording
    certificates: MongoCertificates
    sealing: Sealing
    now: Now

    async def identify(self, caller: Caller) -> Acting | None:
        if caller.token is None:
            return None
        acting = await self.live.acting_of(caller.token)
        if acting is None:
            raise Unauthenticated
        return acting

    async def renewed(self, acting: Acting) -> Acting | None:
        return await self.live.acting_in(acting.session)

    def counting_key(self, caller: Caller, acting: Acting | None) -> str:
        who = acting.person.id if acting and acting.person else acting.session if acting else None
        return who or counted_at(caller.address, self.sealing)

    def context(self, caller: Caller, acting: Acting | None) -> Context:
        verifier = verifier_at(caller.address, caller.browser, self.sealing)
        origin = origin_of(caller, verifier)
        return Context(
            desks=self.desks,
            catalogues=self.catalogues,
            wording=self.wording,
            acting=replace(acting, origin=origin) if acting else None,
            language=language_of(caller.languages),
            now=self.now(),
            caller=verifier.known,
            address=verifier.counted,
            certificates=DataLoader(self._certificates),
            place=verifier.place,
            origin=origin,
        )

    async def _certificates(self, ids: Sequence[str]) -> Sequence[Certificate | None]:
        found = {certificate.id: certificate for certificate in await self.certificates.several(ids)}
        return [found.get(id) for id in ids]


def origin_of(caller: Caller, verifier: Verifier) -> Origin:
    return Origin(verifier.place, verifier.counted, caller.browser[:LONGEST_NAME_OF_A_CLIENT] or None)
