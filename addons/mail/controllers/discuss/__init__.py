"""What browsers ask of channels."""

from . import binary, channel, guest, link_preview, rtc, settings, thread, webclient
