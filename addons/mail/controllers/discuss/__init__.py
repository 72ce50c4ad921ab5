"""What browsers ask of channels."""

from . import channel, guest, link_preview, rtc, settings
