"""The addresses that the web client asks."""

from . import (
    action,
    binary,
    bundle,
    database,
    dataset,
    domain,
    export,
    home,
    json,
    model,
    pivot,
    profiling,
    report,
    search_records,
    session,
    vcard,
    view,
    webclient,
    webmanifest,
)
