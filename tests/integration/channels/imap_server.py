"""A very small IMAP server on loopback: one folder, whose mails it shows and never changes."""

from __future__ import annotations

import base64
import re
import socketserver
import ssl
import threading


class ImapServer(socketserver.ThreadingTCPServer):
    """`mails` by UID; `commands` are what it was told. `tls` encrypts at once, or on STARTTLS if `late`."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, tls: ssl.SSLContext | None = None, *, late: bool = False) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.tls, self.late = tls, late
        self.mails: dict[int, bytes] = {}
        self.validity = 7
        self.refuse = ""
        self.features = ["AUTH=PLAIN"]
        self.commands: list[str] = []
        self.port = int(self.server_address[1])
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()

    def handle_error(self, *_: object) -> None:
        """Whoever spoke has hung up: quiet."""

    def stop(self) -> None:
        self.shutdown()
        self.server_close()


class _Talk(socketserver.BaseRequestHandler):
    server: ImapServer

    def handle(self) -> None:
        if self.server.tls and not self.server.late:
            self.request = self.server.tls.wrap_socket(self.request, server_side=True)
        self.say("* OK ready")
        while line := self.line():
            tag, _, command = line.partition(" ")
            self.server.commands.append(command)
            verb = command.upper().removeprefix("UID ").partition(" ")[0]
            if verb == self.server.refuse:
                self.say(f"{tag} NO not for you")
                continue
            self.answer(verb, command)
            self.say(f"{tag} OK done")
            if verb == "STARTTLS" and self.server.tls:
                self.request = self.server.tls.wrap_socket(self.request, server_side=True)
            if verb == "LOGOUT":
                return

    def answer(self, verb: str, command: str) -> None:
        mails = self.server.mails
        if verb == "CAPABILITY":
            self.say(" ".join(["* CAPABILITY IMAP4rev1", *["STARTTLS"] * self.server.late, *self.server.features]))
        elif verb == "AUTHENTICATE":
            self.say("+")
            self.server.commands.append(base64.b64decode(self.line()).decode())
        elif verb == "EXAMINE":
            self.say(f"* {len(mails)} EXISTS\r\n* OK [UIDVALIDITY {self.server.validity}] valid")
        elif verb == "SEARCH":
            first = int(command.split()[3].partition(":")[0])
            found = [uid for uid in mails if b"multipart/report" in mails[uid]]
            self.say(f"* SEARCH {' '.join(str(uid) for uid in found if uid >= min(first, max(mails, default=0)))}")
        elif verb == "FETCH":
            uid, longest = map(int, re.findall(r"FETCH (\d+) \(BODY\.PEEK\[\]<0\.(\d+)>\)", command)[0])
            mail = mails[uid][:longest]
            self.request.sendall(b"* 1 FETCH (UID %d BODY[]<0> {%d}\r\n%s)\r\n" % (uid, len(mail), mail))

    def line(self) -> str:
        """Up to the line's end, octet by octet: nothing of a TLS greeting may be swallowed."""
        line = b""
        while not line.endswith(b"\n") and (octet := self.request.recv(1)):
            line += octet
        return line.decode().strip()

    def say(self, text: str) -> None:
        self.request.sendall(text.encode() + b"\r\n")
