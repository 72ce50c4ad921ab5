"""Messages on documents, followers, activities, e-mails."""

from . import controllers, models, tools, wizard
