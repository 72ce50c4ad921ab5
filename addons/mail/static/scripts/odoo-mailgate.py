#!/usr/bin/env python3
"""Hand an e-mail from standard input to the server: for mail programs that deliver to a command.

The password may stand in the environment, as ``MAILGATE_PASSWORD``, where other users of the machine do not see it.
The exit code is 0 when the e-mail was taken, 1 when it goes nowhere, so that the mail program sends it back with what
is said here, and 75 when the server cannot be asked, so that the mail program tries again later.
"""

import argparse
import os
import sys
import xmlrpc.client

REFUSED, TRY_AGAIN = 1, 75
#: code of the fault of a wrong user or password, which is not the sender's
ACCESS_DENIED = 3


def arguments(words):
    """Return what the command line says."""
    parser = argparse.ArgumentParser(description="Hand an e-mail from standard input to the server.")
    parser.add_argument("-d", "--database", required=True, help="name of the database")
    parser.add_argument("-u", "--userid", type=int, required=True, help="id of the user who hands it over")
    parser.add_argument("-p", "--password", default=os.environ.get("MAILGATE_PASSWORD", ""), help="or an API key")
    parser.add_argument("-o", "--model", default="", help="what e-mails become that are for no alias")
    parser.add_argument("--host", default="localhost", help="host of the server")
    parser.add_argument("--port", type=int, default=8069, help="port of the server")
    parser.add_argument("--https", action="store_true", help="use an encrypted connection")
    return parser.parse_args(words)


def main(words=None, source=None):
    """Hand the e-mail over; return the exit code."""
    options = arguments(words)
    content = (source or sys.stdin.buffer).read()
    scheme = "https" if options.https else "http"
    server = xmlrpc.client.ServerProxy(f"{scheme}://{options.host}:{options.port}/xmlrpc/2/object", allow_none=True)
    try:
        server.execute_kw(
            options.database,
            options.userid,
            options.password,
            "mail.thread",
            "message_process",
            [options.model or False, xmlrpc.client.Binary(content)],
        )
    except xmlrpc.client.Fault as fault:
        # the last line says what is wrong, those before where
        sys.stderr.write(f"{fault.faultString.strip().splitlines()[-1]}\n")
        return TRY_AGAIN if fault.faultCode == ACCESS_DENIED else REFUSED
    except OSError as error:
        sys.stderr.write(f"{options.host}:{options.port}: {error}\n")
        return TRY_AGAIN
    return 0


if __name__ == "__main__":
    sys.exit(main())
