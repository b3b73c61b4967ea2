"""Tells people what is wrong with scheduled runs, where they asked to be told: e-mail, webhook, chat.

Apprise, which Prefect has for its own notification blocks, knows more than a hundred services by one address each
(https://github.com/caronc/apprise/wiki). Blocks would keep those addresses, with their passwords, on the server, and
would be set up by hand in each; here they are settings like the others.
"""

import logging
from collections.abc import Sequence
from typing import Final

LOGGER = logging.getLogger(__name__)

MAX_LINE_COUNT: Final = 20


def notify(addresses: Sequence[str], *, title: str, lines: Sequence[str]) -> bool:
    """Send a message to all addresses, and return whether all took it. Nothing is said where there is nobody to tell.

    A message that cannot be sent is logged, without its address, which may hold a password: the run goes on.

    Args:
        addresses: As Apprise has them.
        title: What happened, in a few words.
        lines: The details, one a line.
    """
    if not addresses:
        return True
    from apprise import Apprise, NotifyFormat, NotifyType  # noqa: PLC0415  half a second that most runs do without

    logging.getLogger("apprise").setLevel(logging.CRITICAL)  # its errors quote addresses
    sender = Apprise()
    taken = [sender.add(address) for address in addresses]
    rest = len(lines) - MAX_LINE_COUNT
    shown = [*lines[:MAX_LINE_COUNT], *([f"and {rest:,} more"] if rest > 0 else [])]
    body = "\n".join(shown)
    is_told = sender.notify(title=title, body=body, body_format=NotifyFormat.TEXT, notify_type=NotifyType.WARNING)
    if is_told and all(taken):
        return True
    LOGGER.warning("not everybody was told: %s; check DATELINE_NOTIFY", title)
    return False
