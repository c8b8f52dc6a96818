"""How messages leave: mail, chat through Apprise, the box. The only package that imports apprise."""

from obligations.channels.message import Answer, Channel, Outcome, Outgoing, Stage
from obligations.channels.opening import carries_mail, open_box, open_channel, wrong_url
from obligations.channels.redirect import redirected

__all__ = [
    "Answer",
    "Channel",
    "Outcome",
    "Outgoing",
    "Stage",
    "carries_mail",
    "open_box",
    "open_channel",
    "redirected",
    "wrong_url",
]
