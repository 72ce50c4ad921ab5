"""What browsers ask of messages."""

from . import attachment, discuss, mail, mailbox, thread, webclient, webmanifest
