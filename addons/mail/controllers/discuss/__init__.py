"""What browsers ask of channels."""

from . import binary, channel, gif, guest, link_preview, public_page, rtc, settings, thread, webclient
