"""People who work with the addons that business addons stand on: all of them are installed, for all tests in here."""

import pytest
from browser.place import Place
from databases import ADDONS


@pytest.fixture(scope="session")
def server(databases, serve):
    """A running :class:`ServerProcess` with all addons; its tests may change the data."""
    with serve(databases.copy(*ADDONS)) as server:
        yield server


@pytest.fixture(scope="session")
def place(window, server):
    """The :class:`Place` where people work with the addons."""
    return Place(window, server)


@pytest.fixture(scope="session")
def call(place):
    """Call a method as the administrator: ``call(model, method, *args, **kwargs)``."""
    return place.call
