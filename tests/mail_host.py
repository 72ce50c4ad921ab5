"""A mail server that takes everything and keeps it."""

import base64
import contextlib
import socketserver
import threading

ANSWERS = {"EHLO": "250-here\r\n250-AUTH PLAIN\r\n250 SIZE 1048576", "DATA": "354 go on", "AUTH": "235 welcome"}


class Conversation(socketserver.StreamRequestHandler):
    """One connection to the mail server: says yes to everything and writes down what it hears."""

    def handle(self):
        self.server.heard.append("connected")
        self.say("220 ready")
        while line := self.rfile.readline().decode().strip():
            self.server.heard.append(line)
            command = line.split()[0].upper()
            self.say(ANSWERS.get(command, "250 fine"))
            if command == "DATA":
                self.server.mails.append(self.take())
                self.say("250 taken")

    def take(self):
        """Return the e-mail that comes, as bytes."""
        lines = []
        while (line := self.rfile.readline()) not in (b"", b".\r\n"):
            self.server.heard.append(line.decode().strip())
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return b"".join(lines)

    def say(self, text):
        self.wfile.write(f"{text}\r\n".encode())


class MailServer(socketserver.ThreadingTCPServer):
    """A mail server at a port of its own.

    :ivar heard: lines that were said to it
    :ivar mails: the e-mails that it took, as bytes
    """

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Conversation)
        self.heard = []
        self.mails = []
        self.port = self.server_address[1]

    def logins(self):
        """Return the (user, password) pairs that were heard."""
        coded = [line.split()[2] for line in self.heard if line.startswith("AUTH PLAIN")]
        return [tuple(base64.b64decode(text).decode().split("\0")[1:]) for text in coded]


@contextlib.contextmanager
def open_mail_server():
    """Have a :class:`MailServer` that answers."""
    with MailServer() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
