"""Signing and believing after Standard Webhooks, as the departments' technical standard asks: webhook-id, -timestamp, -signature.

The signature is HMAC-SHA256 over `id.timestamp.body` with the department's secret; what is older than five minutes is not believed.
"""

from base64 import b64encode
from collections.abc import Mapping
from datetime import UTC, datetime

from standardwebhooks import Webhook, WebhookVerificationError


def development_secret(code: str) -> str:
    """The secret of a department for which none was given."""
    return "whsec_" + b64encode(f"development-department-{code}".encode()).decode()


def signed(secret: str, body: bytes, *, message: str, at: datetime) -> dict[str, str]:
    """The headers that go with the body. A message sent again keeps its id."""
    moment = at.astimezone(UTC)
    return {
        "Content-Type": "application/json",
        "webhook-id": message,
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": Webhook(secret).sign(message, moment, body.decode()),
    }


def believed(secret: str, headers: Mapping[str, str], body: bytes) -> bool:
    try:
        Webhook(secret).verify(body, dict(headers), json_parse=False)
    except (WebhookVerificationError, ValueError):
        return False
    return True
