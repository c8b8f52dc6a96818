"""Zalo Bot for Apprise: `zalobot://TOKEN/CHAT_ID`, text only. Apprise has one (`zalo://`) only from 2.2 on.

What is relied on, from Zalo's pages (bot.zaloplatforms.com/docs: call-api, apis/sendMessage, error-code) as others
quote them and as Apprise 2.2 does it; nothing of it was tried against Zalo itself:
- POST https://bot-api.zaloplatforms.com/bot<TOKEN>/sendMessage, JSON {chat_id, text}, text of 1 to 2,000 characters;
  bot-api.zapps.me is its older name.
- The answer is {ok, result: {message_id, date}} or {ok: false, error_code, description}. A refusal may come with
  HTTP 200, so `error_code` counts first. Codes: 400, 401 token, 403 fault of Zalo's own, 404, 408, 429 quota.
Not documented: what an unknown chat is told (400 is taken for it), how much is allowed, how long to wait after a 429.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from http.client import HTTPException, HTTPResponse
from typing import Any, ClassVar, Final
from urllib.error import URLError
from urllib.parse import parse_qs, quote, unquote, urlsplit
from urllib.request import HTTPErrorProcessor, Request, build_opener

from obligations.channels.apprise_seam import NotifyBase, OwnService
from obligations.channels.message import Outcome, http_verdict
from obligations.channels.smtp_url import is_loopback

_URL: Final = re.compile(r"zalobot://([^/?]+)/([^/?]+)/?(?:\?(.*))?", re.IGNORECASE)
_HOME: Final = "https://bot-api.zaloplatforms.com"
_LONGEST_ANSWER: Final = 65536
_VERDICTS: Final[Mapping[int, Outcome]] = {  # where Zalo's table differs from HTTP's own meaning
    400: "address_bad",  # nothing else in a request can be wrong that is not wrong in all
    403: "retry",
    404: "address_bad",
    408: "unknown",  # the time was up at Zalo's, perhaps behind the one who had taken the message
}


class NotifyZaloBot(OwnService):
    """One bot and one chat."""

    example = "zalobot://${ZALO_BOT_TOKEN}/{to}"
    service_name = "Zalo Bot"
    service_url = "https://bot.zaloplatforms.com"
    secure_protocol = "zalobot"
    request_rate_per_sec = 1
    body_maxlen = 2000
    title_maxlen = 0  # Zalo has none: Apprise writes it as the text's first line
    notify_format = "text"
    templates = ("{schema}://{token}/{chat}",)
    template_tokens: ClassVar[dict[str, Any]] = {
        "token": {"name": "Bot token", "type": "string", "private": True, "required": True},
        "chat": {"name": "Chat ID", "type": "string", "required": True},
    }
    template_args: ClassVar[dict[str, Any]] = NotifyBase.template_args | {
        "base": {"name": "Base address", "type": "string"}
    }

    def __init__(self, token: str, chat: str, base: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.token, self.chat, self.base = token, chat, base

    def send(self, body: str, **_: Any) -> bool:
        """What Apprise calls: one post, whose ending stays in `ending`."""
        said = json.dumps({"chat_id": self.chat, "text": body.replace("\r\n", "\n")}).encode()
        where = f"{self.base}/bot{quote(self.token, safe=':')}/sendMessage"
        request = Request(where, said, {"Content-Type": "application/json"})  # noqa: S310 - parse_url saw to the scheme
        self.ending = _post(request, self.socket_read_timeout)
        self.logger.debug("Zalo Bot: %s, %s", *self.ending)
        return self.ending[0] == "sent"

    def url(self, privacy: bool = False, *_: Any, **__: Any) -> str:  # noqa: FBT001, FBT002 - Apprise's signature
        """The URL again; with `privacy` without the token."""
        token = "****" if privacy else quote(self.token, safe="")
        return f"zalobot://{token}/{quote(self.chat, safe='')}?base={quote(self.base, safe='')}"

    @staticmethod
    def parse_url(url: str) -> dict[str, Any] | None:
        """Apprise's reading of a URL: the arguments for __init__, None when it is unusable."""
        match = _URL.fullmatch(url)
        if match is None:
            return None
        token, chat, query = match.groups(default="")
        options = {key: values[-1] for key, values in parse_qs(query).items()}
        base = options.pop("base", _HOME).rstrip("/")
        if not _keeps_the_token(base):
            return None
        return options | {"schema": "zalobot", "token": unquote(token), "chat": unquote(chat), "base": base}


def _keeps_the_token(base: str) -> bool:
    """It stands in the path of every request: never in clear over a network."""
    try:
        scheme, host = urlsplit(base).scheme, urlsplit(base).hostname or ""
    except ValueError:
        return False
    return bool(host) and (scheme == "https" or (scheme == "http" and is_loopback(host)))


class _AsItComes(HTTPErrorProcessor):
    """Every answer is an answer: no status is an error, and no redirection takes the token elsewhere."""

    def http_response(self, request: Request, response: HTTPResponse) -> HTTPResponse:
        """The answer itself."""
        return response

    https_response = http_response


def _post(request: Request, seconds: float) -> tuple[Outcome, str]:
    try:
        with build_opener(_AsItComes).open(request, timeout=seconds) as response:
            return judge(response.status, response.read(_LONGEST_ANSWER))
    except URLError as fault:  # not connected, or not all of it left
        return "channel_down", f"không gửi được tới Zalo: {fault.reason}"
    except (OSError, HTTPException) as fault:  # it had left: nobody knows
        return "unknown", f"Zalo chưa trả lời: {fault or type(fault).__name__}"


def judge(status: int, body: bytes) -> tuple[Outcome, str]:
    """What an HTTP status and the JSON below it mean, and in which words."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):  # a page of some proxy between, which may still have passed the post on
        return "unknown" if status < 300 else http_verdict(status), f"{status} {body.decode('utf-8', 'replace')}"
    if told.get("ok") is True:
        return "sent", f"{status} {json.dumps(told.get('result'))}"
    code = told.get("error_code")
    if not isinstance(code, int):
        code = status
    return _VERDICTS.get(code) or http_verdict(code), f"{code} {told.get('description', '')}"
