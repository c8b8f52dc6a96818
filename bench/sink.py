"""A mail server that takes everything and keeps nothing, in its own process: `python -m bench.sink` prints its port.

Blocking sockets, a thread a connection, one write for all commands that came together: it must not be what is measured.
"""

from __future__ import annotations

import socketserver

_REPLIES = {
    b"EHLO": b"250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SIZE 10000000\r\n",
    b"DATA": b"354 go\r\n",
    b"QUIT": b"221 bye\r\n",
}
_OK, _TAKEN = b"250 2.1.0 ok\r\n", b"250 2.0.0 taken\r\n"
_END = b"\r\n.\r\n"


class _Session(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        self.request.sendall(b"220 sink ESMTP\r\n")
        waiting, in_message = b"", False
        while data := self.request.recv(1 << 20):
            waiting, in_message, replies = _answer(waiting + data, in_message=in_message)
            if replies:
                self.request.sendall(replies)


def _answer(data: bytes, *, in_message: bool) -> tuple[bytes, bool, bytes]:
    """What is left unread, whether a message is under way, and the replies to all that was whole."""
    replies: list[bytes] = []
    while True:
        if in_message:
            end = data.find(_END)
            if end < 0:
                break
            data, in_message = data[end + len(_END) :], False
            replies.append(_TAKEN)
        line, found, rest = data.partition(b"\r\n")
        if not found:
            break
        verb, data = line[:4].upper(), rest
        replies.append(_REPLIES.get(verb, _OK))
        in_message = verb == b"DATA"
    return data, in_message, b"".join(replies)


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


if __name__ == "__main__":
    with _Server(("127.0.0.1", 0), _Session) as server:
        print(server.server_address[1], flush=True)
        server.serve_forever()
