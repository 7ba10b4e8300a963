"""Whether a region lets a case begin like this: by this channel, and with these services side by side."""

from collections.abc import Sequence

from domain.catalogue.types import Catalogue, FilingChannel, ServiceItem
from domain.errors import NotEligible, NotPermitted
from domain.reasons import Reason, Verdict
from domain.words import Text


def admit(items: Sequence[ServiceItem], catalogue: Catalogue, *, channel: FilingChannel, retired: bool) -> None:
    """`retired`: who is retired already. Raises NotPermitted for the channel, NotEligible for a joint service on its own (A26)."""
    if channel not in catalogue.channels:
        raise _not_offered(channel, catalogue)
    refuse_alone(items, catalogue, retired=retired)


def _not_offered(channel: FilingChannel, catalogue: Catalogue) -> NotPermitted:
    region = catalogue.region.name
    if not catalogue.channels:
        return NotPermitted(Text("refusal.only-to-read", {"region": region}))
    if channel is FilingChannel.PERSONAL:
        return NotPermitted(Text("refusal.not-by-phone", {"region": region}))
    return NotPermitted(Text("refusal.not-by-channel", {"region": region, "channel": Text(f"channel.{channel}")}))


def refuse_alone(items: Sequence[ServiceItem], catalogue: Catalogue, *, retired: bool) -> None:
    """Raises NotEligible, with a reason for each joint service that lacks the one it goes with."""
    alone = [] if retired else [item for item in items if is_alone(item, items)]
    if alone:
        raise NotEligible("refusal.joint-alone", reasons=[_goes_with(item, catalogue) for item in alone])


def is_alone(item: ServiceItem, items: Sequence[ServiceItem]) -> bool:
    """Whether it must be chosen together with another service, and none of those was chosen."""
    return bool(item.only_with) and not {one.code for one in items} & set(item.only_with)


def _goes_with(item: ServiceItem, catalogue: Catalogue) -> Reason:
    needed = catalogue.items[item.only_with[0]]
    return Reason("only-with", Verdict.NOT_MET, Text("reason.only-with", {"item": item.title, "with": needed.title}))
