"""How soon the messages of a document are on screen, and what the server does for them.

    .venv/bin/python tests/perf/measure_chatter.py [--messages 5000] [--turns 10] [--profile FILE]

A server on the embedded PostgreSQL of a temporary directory has documents with many messages; each is opened once, by a
click in a list, so that no page knows its messages before. `--profile` writes what Chromium did in the last turn into a
file that its developer tools open.
"""

import argparse
import json
import sys
import time
from pathlib import Path
from statistics import median

import psutil
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[2]))

from json_caller import Caller
from perf.pages import Window
from server_process import own_server

ROW = ".o_list_view .o_data_row:nth-child({}) .o_data_cell"
BACK = ".o_back_button a"
LIST = ".o_list_view .o_data_row"
MESSAGE = ".o-mail-Chatter .o-mail-Message"
#: turns that compile what the others find compiled
WARM_UP = 2
#: milliseconds from the click to the messages
REACH = 300
#: how often the server is asked for a page of messages
REQUESTS = 40
BODY = (
    "<p>The crates for <b>number %s</b> left this morning.</p><p>They are due on %s; please have a fork lift, and "
    '<a href="https://example.com/%s">see the papers</a>.</p>'
)


def prepare(call, server, documents, messages):
    """Make documents with messages of two people, half of which went to somebody; return their ids."""
    people = call("res.partner", "create", [{"name": f"Writer {number}"} for number in range(2)])
    talks = [{"name": f"Talk {number:02}", "ref": "perf talk"} for number in range(documents)]
    found = call("res.partner", "create", talks)
    server.query(
        """INSERT INTO mail_message (model, res_id, author_id, email_from, body, date, create_date, write_date,
                                     message_type, subtype_id, create_uid, write_uid, is_internal, message_id)
           SELECT 'res.partner', document, (%(people)s)[1 + number %% 2], 'writer@example.com',
                  format(%(body)s, number, number %% 28, number),
                  now() - (%(count)s - number) * interval '1 hour', now(), now(), 'comment',
                  (SELECT res_id FROM ir_model_data WHERE module = 'mail' AND name = 'mt_comment'), 2, 2, false,
                  format('<%%s.%%s@perf>', document, number)
             FROM generate_series(1, %(count)s) AS number, unnest(%(documents)s) AS document
            ORDER BY number RETURNING 1""",
        {"body": BODY, "count": messages, "documents": found, "people": people},
    )
    server.query(
        """INSERT INTO mail_notification (mail_message_id, res_partner_id, author_id, notification_type,
                                          notification_status, is_read)
           SELECT id, %s, author_id, 'email', 'sent', true FROM mail_message
            WHERE message_id LIKE '%%@perf>' AND id %% 2 = 0 RETURNING 1""",
        [people[0]],
    )
    view = call(
        "ir.ui.view", "create", {"name": "perf", "model": "res.partner", "arch": '<list><field name="name"/></list>'}
    )
    views = [[0, 0, {"view_mode": "list", "view_id": view}], [0, 0, {"view_mode": "form"}]]
    action = {"name": "Talks", "path": "perf-talks", "res_model": "res.partner", "view_mode": "list,form"}
    call("ir.actions.act_window", "create", {**action, "view_ids": views, "domain": "[('ref', '=', 'perf talk')]"})
    return found


def spent(server):
    """Return the processor seconds that the processes of a server have used."""
    first = psutil.Process(server.process.pid)
    times = [process.cpu_times() for process in (first, *first.children(recursive=True))]
    return sum(each.user + each.system for each in times)


def asked(caller, server, documents):
    """Ask for the newest messages; return the milliseconds, by the clock and of the server, of one request."""
    place = [{"thread_model": "res.partner", "thread_id": document, "limit": 30} for document in documents]
    for params in place:
        caller._post("/mail/thread/messages", params)
    times = []
    before = spent(server)
    for turn in range(REQUESTS):
        began = time.perf_counter()
        caller._post("/mail/thread/messages", place[turn % len(place)])
        times.append((time.perf_counter() - began) * 1000)
    return median(times), (spent(server) - before) * 1000 / REQUESTS


def opened(window, documents, profile):
    """Open each document; return the milliseconds until its messages are there, and the requests of the last one."""
    window.load("/odoo/perf-talks", LIST)
    times, requests = [], []
    window.page.on("request", lambda request: requests.append(request.url))
    for turn in range(1, len(documents) + 1):
        requests.clear()
        is_last = turn == len(documents)
        if is_last and profile:
            window._cdp.send("Profiler.enable")
            window._cdp.send("Profiler.setSamplingInterval", {"interval": 100})
            window._cdp.send("Profiler.start")
        times.append(window.click(ROW.format(turn), MESSAGE, gone=LIST))
        if is_last and profile:
            window._traffic.wait()
            Path(profile).write_text(json.dumps(window._cdp.send("Profiler.stop")["profile"]))
        window._traffic.wait()
        shown = window.count(MESSAGE)
        if not is_last:
            window.click(BACK, LIST, gone=MESSAGE)
    return times[WARM_UP:], requests, shown


def main():
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", type=int, default=5000, help="messages of a document")
    parser.add_argument("--turns", type=int, default=10, help="documents that are opened and measured")
    parser.add_argument("--modules", default="mail,contacts", help="what is installed")
    parser.add_argument("--profile", help="file for what Chromium did")
    parser.add_argument("server", nargs="*", help="options of the server")
    options = parser.parse_args()
    with own_server("perf_chatter", options.modules, options=["--without-demo=all", *options.server]) as server:
        caller = Caller(server)
        documents = prepare(caller.call, server, options.turns + WARM_UP, options.messages)
        print("| case | measured | to reach |\n| --- | --- | --- |")
        clock, processor = asked(caller, server, documents)
        print(
            f"| the newest messages, by the server | {clock:.1f} ms, {processor:.1f} of the processor | |", flush=True
        )
        with sync_playwright() as playwright, Window(playwright, server.url, caller.session) as window:
            times, requests, shown = opened(window, documents, options.profile)
        what = f"from the click to the messages of a document that has {options.messages:,}"
        print(f"| {what} | {median(times):.0f} ms ({min(times):.0f} to {max(times):.0f}) | {REACH} ms |")
        print(f"| messages in the page | {shown} | |")
        print(f"| requests | {len(requests)} | |")
        print("\n".join(requests), file=sys.stderr)


if __name__ == "__main__":
    main()
