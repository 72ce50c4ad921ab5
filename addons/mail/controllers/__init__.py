"""What browsers ask of messages."""

from . import attachment, mail, mailbox, thread, webclient
