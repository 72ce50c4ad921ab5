"""The front of the web server: a loop waits for clients, threads get requests that have come as a whole.

:class:`~odoo.service.front.front.Front` serves a WSGI application on listening sockets, with the WebSockets that it
opens. It knows neither processes nor the master that looks after them, see :mod:`odoo.service.web_worker`.
"""
