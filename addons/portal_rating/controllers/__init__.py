"""What pages ask of ratings."""

from . import portal_chatter, portal_rating
