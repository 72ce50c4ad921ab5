"""What is known of the way that led somebody here."""

from . import ir_http, utm_campaign, utm_medium, utm_mixin, utm_source, utm_source_mixin, utm_stage, utm_tag
