"""What kind of device somebody signed in with, as far as their browser or app says: enough to recognise one's own."""

from domain.words import Text

_KINDS = (
    ("OpenHarmony", "harmony"),
    ("HarmonyOS", "harmony"),
    ("iPhone", "iphone"),
    ("iPad", "ipad"),
    ("Android", "android"),
    ("Windows", "windows"),
    ("Macintosh", "mac"),
    ("Linux", "linux"),
)


def device_of(client: str | None) -> Text:
    """`client`: what it calls itself (User-Agent)."""
    kind = next((kind for mark, kind in _KINDS if mark in (client or "")), "unknown")
    return Text(f"sign-in.device.{kind}")
