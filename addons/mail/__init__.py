"""Messages on documents, followers, activities, e-mails."""

from . import models, tools, wizard
