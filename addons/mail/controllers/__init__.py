"""What browsers ask of messages."""

from . import attachment, discuss, google_translate, mail, mailbox, thread, webclient, webmanifest
