"""How messages leave: mail, chat through Apprise, the box. The only package that imports apprise."""

from obligations.channels.message import Answer, Channel, Meanwhile, Outcome, Outgoing, Stage, nothing
from obligations.channels.opening import carries_mail, open_box, open_channel, wrong_url
from obligations.channels.redirect import redirected

__all__ = [
    "Answer",
    "Channel",
    "Meanwhile",
    "Outcome",
    "Outgoing",
    "Stage",
    "carries_mail",
    "nothing",
    "open_box",
    "open_channel",
    "redirected",
    "wrong_url",
]
