"""The table of all options: key, flags, type, default and help."""

import argparse
import os
from dataclasses import dataclass
from typing import Any

from odoo import release

from .suggestions import closest

LOG_LEVELS = (
    "info",
    "debug_rpc",
    "warn",
    "test",
    "critical",
    "runbot",
    "debug_sql",
    "error",
    "debug",
    "debug_rpc_answer",
    "notset",
)
#: how the URLs of places for sessions begin
_SESSION_SCHEMES = ("postgresql://", "postgres://", "redis://", "rediss://", "unix://")
DEV_MODES = ("all", "reload", "qweb", "xml", "access", "werkzeug", "replica", "assets")


def parse_bool(text, keep=False):
    """Return the boolean that a text means.

    :param str text: yes, no, true, false, ...
    :param bool keep: return a text that is no boolean unchanged
    :raise ValueError: it is no boolean, and ``keep`` is not set
    """
    lowered = text.strip().lower()
    if lowered in ("true", "yes", "on", "1", "t", "y") and not (keep and lowered == "1"):
        return True
    if lowered in ("false", "no", "off", "0", "f", "n", "none", "") and not (keep and lowered == "0"):
        return False
    if keep:
        return text
    raise ValueError(f"{text!r} is neither true nor false")


def _csv(text):
    return [item.strip() for item in text.split(",") if item.strip()]


def _dev_modes(text):
    modes = _csv(text)
    for mode in modes:
        if mode not in DEV_MODES and mode not in ("pdb", "ipdb", "pudb", "wdb"):
            raise argparse.ArgumentTypeError(f"unknown mode {mode!r}; choose from {', '.join(DEV_MODES)}")
    return ["reload", "qweb", "xml", "access", *modes] if "all" in modes else modes


def _session_store(text):
    text = text.strip()
    if text not in ("file", "postgresql") and not text.startswith(_SESSION_SCHEMES):
        raise argparse.ArgumentTypeError(
            f"{text.partition('://')[0]!r} is no place for sessions: give file, postgresql, or a URL that begins with"
            f" {', '.join(_SESSION_SCHEMES)}"
        )
    return text


def _s3_address(text):
    text = text.strip()
    if text and (not text.startswith("s3://") or not text.removeprefix("s3://").strip("/")):
        raise argparse.ArgumentTypeError(
            f"{text!r} is no address of files in S3: give s3://BUCKET or s3://BUCKET/PREFIX"
        )
    return text


def _database(text):
    if "," in text:
        return ",".join(_csv(text))
    return text.strip()


@dataclass(frozen=True)
class Option:
    """One option: how it is called on the command line and in the file, and how its text is read."""

    key: str
    flags: tuple[str, ...] = ()
    default: Any = False
    parse: Any = None
    help: str = ""
    group: str = "Common options"
    metavar: str | None = None
    action: str | None = None
    const: Any = None
    choices: tuple[str, ...] | None = None
    in_file: bool = True

    @property
    def empty(self):
        """The value of an option that is present in the file and empty."""
        return {bool: False, _csv: [], _dev_modes: []}.get(self.parse, self.default if self.parse is int else False)

    def add_to(self, group):
        """Declare the option in an argparse group."""
        if not self.flags:
            return
        kwargs = {"dest": self.key, "default": argparse.SUPPRESS, "help": self.help}
        if self.action:
            kwargs["action"] = self.action
            if self.action in ("store_const", "append"):
                kwargs.update({"const": self.const} if self.action == "store_const" else {})
        elif self.parse is not None and self.parse is not parse_bool:
            kwargs["type"] = self.parse
        if self.const is not None and self.action is None:
            kwargs.update(nargs="?", const=self.const)
        if self.action in (None, "append"):
            kwargs["metavar"] = self.metavar or self.key.upper()
        if self.choices:
            kwargs["choices"] = self.choices
        group.add_argument(*self.flags, **kwargs)


def _flag(key, *flags, help, value=True, default=False, **kwargs):
    return Option(key, flags, default, parse_bool, help, action="store_true" if value else "store_false", **kwargs)


_HTTP, _DB, _LOG, _TEST = "Web server", "Database", "Logging", "Tests"
_I18N, _LIMITS, _ADVANCED, _MAIL = "Translations", "Processes and limits", "Advanced", "Outgoing mail"

OPTIONS = (
    Option(
        "config",
        ("-c", "--config"),
        None,
        help="configuration file, ~/.odoorc by default",
        metavar="FILE",
        in_file=False,
    ),
    _flag("save", "-s", "--save", help="write the options to the configuration file", in_file=False),
    Option("init", ("-i", "--init"), "", help="install these addons, comma separated", metavar="ADDONS", in_file=False),
    Option(
        "update",
        ("-u", "--update"),
        "",
        help="update these addons, comma separated, or 'all'",
        metavar="ADDONS",
        in_file=False,
    ),
    Option(
        "without_demo",
        ("--without-demo",),
        False,
        str,
        "install without demonstration data; a list of addons or 'all'",
        metavar="ADDONS",
        const="all",
    ),
    Option("import_partial", ("-P", "--import-partial"), "", help="file that keeps the progress of a long import"),
    Option("pidfile", ("--pidfile",), "", help="file that holds the id of the server process", metavar="FILE"),
    Option(
        "addons_path", ("--addons-path",), None, help="directories that hold addons, comma separated", metavar="DIRS"
    ),
    Option(
        "upgrade_path", ("--upgrade-path",), "", help="directories of upgrade scripts, comma separated", metavar="DIRS"
    ),
    Option(
        "server_wide_modules", ("--load",), "base,web", str, "addons loaded whatever the database", metavar="ADDONS"
    ),
    Option(
        "data_dir",
        ("-D", "--data-dir"),
        None,
        help="directory of attachments, sessions and embedded database",
        metavar="DIR",
    ),
    Option(
        "attachment_s3",
        ("--attachment-s3",),
        "",
        _s3_address,
        "where the files of databases are whose parameter ir_attachment.location is s3: s3://BUCKET/PREFIX",
        metavar="ADDRESS",
    ),
    Option(
        "attachment_s3_endpoint",
        ("--attachment-s3-endpoint",),
        "",
        str,
        "URL of the S3 service where it is not Amazon's",
        metavar="URL",
    ),
    _flag("stop_after_init", "--stop-after-init", help="stop once the database is ready", in_file=False),
    Option(
        "http_interface",
        ("--http-interface",),
        "",
        help="address to listen on, all by default",
        group=_HTTP,
        metavar="ADDRESS",
    ),
    Option("http_port", ("-p", "--http-port"), 8069, int, "port to listen on", _HTTP, "PORT"),
    Option(
        "gevent_port",
        ("--gevent-port", "--longpolling-port"),
        8072,
        int,
        "port of long-lived connections",
        _HTTP,
        "PORT",
    ),
    _flag("http_enable", "--no-http", help="do not serve HTTP", value=False, default=True, group=_HTTP),
    Option(
        "http_header_timeout",
        ("--http-header-timeout",),
        10,
        int,
        "seconds until the header of a request must have come",
        _HTTP,
        "SECONDS",
    ),
    Option(
        "http_read_timeout",
        ("--http-read-timeout",),
        20,
        int,
        "seconds that a client may be silent while it sends a request",
        _HTTP,
        "SECONDS",
    ),
    Option(
        "http_min_rate",
        ("--http-min-rate",),
        1024,
        int,
        "bytes a second that a client must send on the whole, at least",
        _HTTP,
        "BYTES",
    ),
    Option(
        "http_address_limit",
        ("--http-address-limit",),
        0,
        int,
        "connections that one address may have to a process, 0 for any number; not counted with --proxy-mode",
        _HTTP,
        "NUMBER",
    ),
    Option(
        "session_store",
        ("--session-store",),
        "file",
        _session_store,
        "where sessions are kept: 'file' in the data directory, 'postgresql' or a postgresql:// URI, or the redis://"
        " URL of a Redis server",
        _HTTP,
        "PLACE",
    ),
    _flag("proxy_mode", "--proxy-mode", help="trust the headers that a reverse proxy adds", group=_HTTP),
    _flag(
        "x_sendfile",
        "--x-sendfile",
        help="answer with the names of files of the filestore, which the reverse proxy sends",
        group=_HTTP,
    ),
    Option(
        "dbfilter",
        ("--db-filter",),
        "",
        str,
        "regular expression of the databases shown; %%h is the host, %%d its first part",
        _HTTP,
        "REGEXP",
    ),
    Option("db_name", ("-d", "--database"), False, _database, "database", _DB, "NAME"),
    Option("db_user", ("-r", "--db_user"), False, help="PostgreSQL user", group=_DB, metavar="USER"),
    Option("db_password", ("-w", "--db_password"), False, help="PostgreSQL password", group=_DB, metavar="PASSWORD"),
    Option("pg_path", ("--pg_path",), "", help="directory of the PostgreSQL programs", group=_DB, metavar="DIR"),
    Option(
        "db_host",
        ("--db_host",),
        False,
        help="PostgreSQL host; without any of these options an embedded server is used",
        group=_DB,
        metavar="HOST",
    ),
    Option("db_port", ("--db_port",), False, int, "PostgreSQL port", _DB, "PORT"),
    Option(
        "db_direct_host",
        ("--db_direct_host",),
        False,
        help="host of PostgreSQL itself where db_host is a pooler (pgbouncer)",
        group=_DB,
        metavar="HOST",
    ),
    Option(
        "db_direct_port",
        ("--db_direct_port",),
        False,
        int,
        "port of PostgreSQL itself where db_port is that of a pooler (pgbouncer)",
        _DB,
        "PORT",
    ),
    Option(
        "db_replica_host", ("--db_replica_host",), False, help="host of a read-only replica", group=_DB, metavar="HOST"
    ),
    Option("db_replica_port", ("--db_replica_port",), False, int, "port of a read-only replica", _DB, "PORT"),
    Option(
        "db_replica_max_lag",
        ("--db_replica_max_lag",),
        10,
        int,
        "seconds that the replica may be behind; the database itself is read when it is more",
        _DB,
        "SECONDS",
    ),
    Option(
        "db_sslmode",
        ("--db_sslmode",),
        "prefer",
        str,
        "SSL mode of the connections",
        _DB,
        "MODE",
        choices=("disable", "allow", "prefer", "require", "verify-ca", "verify-full"),
    ),
    Option("db_maxconn", ("--db_maxconn",), 64, int, "connections to the database, a process", _DB, "NUMBER"),
    Option(
        "db_maxconn_gevent", ("--db_maxconn_gevent",), False, int, "the same for long-lived connections", _DB, "NUMBER"
    ),
    Option("db_template", ("--db-template",), "template0", str, "template of new databases", _DB, "NAME"),
    _flag(
        "list_db",
        "--no-database-list",
        help="hide the databases and refuse to manage them",
        value=False,
        default=True,
        group=_DB,
    ),
    _flag("unaccent", "--unaccent", help="ignore accents in searches", group=_DB),
    Option("logfile", ("--logfile",), "", help="file to log to", group=_LOG, metavar="FILE"),
    _flag("syslog", "--syslog", help="log to the system's log", group=_LOG),
    Option(
        "log_handler",
        ("--log-handler",),
        None,
        _csv,
        "level of a logger, LOGGER:LEVEL; may be repeated",
        _LOG,
        "LOGGER:LEVEL",
        action="append",
    ),
    Option(
        "log_format",
        ("--log-format",),
        "text",
        str,
        "lines of text, or a JSON object a line",
        _LOG,
        "FORMAT",
        choices=("text", "json"),
    ),
    Option(
        "metrics_port",
        ("--metrics-port",),
        0,
        int,
        "port on which Prometheus finds numbers about the server; 0 means none",
        _LOG,
        "PORT",
    ),
    Option(
        "metrics_interface",
        ("--metrics-interface",),
        "127.0.0.1",
        str,
        "address to which that port belongs",
        _LOG,
        "ADDRESS",
    ),
    Option("log_level", ("--log-level",), "info", str, "general level", _LOG, "LEVEL", choices=LOG_LEVELS),
    Option("log_db", ("--log-db",), "", help="database that receives the log", group=_LOG, metavar="NAME"),
    Option("log_db_level", ("--log-db-level",), "warning", str, "level of that log", _LOG, "LEVEL"),
    Option(
        "log_sql", ("--log-sql",), False, parse_bool, "log SQL statements", _LOG, action="store_true", in_file=False
    ),
    Option(
        "log_web",
        ("--log-web",),
        False,
        parse_bool,
        "log HTTP requests in detail",
        _LOG,
        action="store_true",
        in_file=False,
    ),
    _flag(
        "test_enable",
        "--test-enable",
        help="run the tests of the addons that are installed or updated",
        group=_TEST,
        in_file=False,
    ),
    Option(
        "test_tags",
        ("--test-tags",),
        None,
        str,
        "which tests: [-][tag][/module][:class][.method], comma separated",
        _TEST,
        "TAGS",
        in_file=False,
    ),
    Option(
        "test_file", ("--test-file",), "", help="run this file of tests", group=_TEST, metavar="FILE", in_file=False
    ),
    Option(
        "test_processes",
        ("--test-processes",),
        1,
        int,
        "test the addons that are installed or updated side by side, each on a copy of the database",
        _TEST,
        "NUMBER",
        in_file=False,
    ),
    Option(
        "screenshots",
        ("--screenshots",),
        os.path.join("/tmp", "odoo_tests"),
        help="directory of the screenshots of failed browser tests",
        group=_TEST,
        metavar="DIR",
    ),
    Option(
        "screencasts", ("--screencasts",), None, help="directory of films of browser tests", group=_TEST, metavar="DIR"
    ),
    Option(
        "load_language",
        ("--load-language",),
        None,
        str,
        "install these languages, comma separated",
        _I18N,
        "CODES",
        in_file=False,
    ),
    Option(
        "language", ("-l", "--language"), None, str, "language of an import or export", _I18N, "CODE", in_file=False
    ),
    Option(
        "translate_out",
        ("--i18n-export",),
        None,
        str,
        "export translations to this file and stop",
        _I18N,
        "FILE",
        in_file=False,
    ),
    Option(
        "translate_in",
        ("--i18n-import",),
        None,
        str,
        "import translations from this file and stop",
        _I18N,
        "FILE",
        in_file=False,
    ),
    _flag(
        "overwrite_existing_translations",
        "--i18n-overwrite",
        help="replace existing translations",
        group=_I18N,
        in_file=False,
    ),
    Option(
        "translate_modules",
        ("--modules",),
        None,
        _csv,
        "addons to export, comma separated",
        _I18N,
        "ADDONS",
        in_file=False,
    ),
    Option("workers", ("--workers",), 0, int, "web server processes; 0 means one", _LIMITS, "NUMBER"),
    Option("threads", ("--threads",), 8, int, "threads of each process", _LIMITS, "NUMBER"),
    Option(
        "max_cron_threads",
        ("--max-cron-threads",),
        2,
        int,
        "scheduled actions running at once; 0 means none",
        _LIMITS,
        "NUMBER",
    ),
    Option(
        "job_workers",
        ("--job-workers",),
        1,
        int,
        "processes that run jobs, one at a time each; 0 means none",
        _LIMITS,
        "NUMBER",
    ),
    Option(
        "limit_request",
        ("--limit-request",),
        65536,
        int,
        "requests after which a process is replaced; 0 means never",
        _LIMITS,
        "NUMBER",
    ),
    Option(
        "limit_time_real",
        ("--limit-time-real",),
        120,
        int,
        "seconds a request may take; 0 means any time",
        _LIMITS,
        "SECONDS",
    ),
    Option(
        "limit_time_real_cron",
        ("--limit-time-real-cron",),
        -1,
        int,
        "seconds a scheduled action may take; 0 means any time, -1 as a request",
        _LIMITS,
        "SECONDS",
    ),
    Option(
        "limit_time_cpu",
        ("--limit-time-cpu",),
        60,
        int,
        "processor seconds a request or a scheduled action may take; 0 means any number",
        _LIMITS,
        "SECONDS",
    ),
    Option(
        "limit_time_sql",
        ("--limit-time-sql",),
        0,
        int,
        "seconds a single SQL statement may take; 0 means as long as the request may",
        _LIMITS,
        "SECONDS",
    ),
    Option(
        "limit_rows",
        ("--limit-rows",),
        1_000_000,
        int,
        "rows that a statement may return to a request; 0 means any number",
        _LIMITS,
        "NUMBER",
    ),
    Option(
        "limit_import_cells",
        ("--limit-import-cells",),
        2_000_000,
        int,
        "cells that a request may import at a time, rows times columns; 0 means any number",
        _LIMITS,
        "NUMBER",
    ),
    Option(
        "limit_memory_soft",
        ("--limit-memory-soft",),
        2048 * 1024 * 1024,
        int,
        "bytes of memory after which a process is replaced when it is idle; 0 means never",
        _LIMITS,
        "BYTES",
    ),
    Option(
        "limit_memory_hard",
        ("--limit-memory-hard",),
        2560 * 1024 * 1024,
        int,
        "bytes of memory a process may have; a request that needs more fails; 0 means any number",
        _LIMITS,
        "BYTES",
    ),
    Option(
        "limit_memory_soft_gevent",
        ("--limit-memory-soft-gevent",),
        False,
        int,
        "the same for long-lived connections",
        _LIMITS,
        "BYTES",
    ),
    Option(
        "limit_memory_hard_gevent",
        ("--limit-memory-hard-gevent",),
        False,
        int,
        "the same for long-lived connections",
        _LIMITS,
        "BYTES",
    ),
    Option(
        "dev_mode",
        ("--dev",),
        None,
        _dev_modes,
        f"developer modes, comma separated: {', '.join(DEV_MODES)}",
        _ADVANCED,
        "MODES",
        const=("reload", "qweb", "xml", "access", "all"),
    ),
    Option(
        "shell_interface", ("--shell-interface",), None, str, "ipython, bpython, ptpython or python", _ADVANCED, "NAME"
    ),
    Option(
        "shell_file", ("--shell-file",), None, str, "script that the shell runs first", _ADVANCED, "FILE", in_file=False
    ),
    Option(
        "osv_memory_count_limit",
        ("--osv-memory-count-limit",),
        0,
        int,
        "records of a transient model kept; 0 means any number",
        _ADVANCED,
        "NUMBER",
    ),
    Option(
        "transient_age_limit",
        ("--transient-age-limit",),
        1.0,
        float,
        "hours a transient record is kept",
        _ADVANCED,
        "HOURS",
    ),
    Option(
        "geoip_city_db",
        ("--geoip-city-db", "--geoip-db"),
        "/usr/share/GeoIP/GeoLite2-City.mmdb",
        str,
        "database of cities by address",
        _ADVANCED,
        "FILE",
    ),
    Option(
        "geoip_country_db",
        ("--geoip-country-db",),
        "/usr/share/GeoIP/GeoLite2-Country.mmdb",
        str,
        "database of countries by address",
        _ADVANCED,
        "FILE",
    ),
    Option(
        "report_engine",
        ("--report-engine",),
        "auto",
        str,
        "what makes PDF files: plutoprint, weasyprint, chromium, wkhtmltopdf, or the first of these that is there",
        _ADVANCED,
        "NAME",
        choices=("auto", "plutoprint", "weasyprint", "chromium", "wkhtmltopdf"),
    ),
    Option("email_from", ("--email-from",), False, str, "sender of mails that have none", _MAIL, "ADDRESS"),
    Option("from_filter", ("--from-filter",), False, str, "senders that the server accepts", _MAIL, "FILTER"),
    Option("smtp_server", ("--smtp",), "localhost", str, "mail server", _MAIL, "HOST"),
    Option("smtp_port", ("--smtp-port",), 25, int, "port of the mail server", _MAIL, "PORT"),
    _flag("smtp_ssl", "--smtp-ssl", help="encrypt (STARTTLS)", group=_MAIL),
    Option("smtp_user", ("--smtp-user",), False, str, "user on the mail server", _MAIL, "USER"),
    Option("smtp_password", ("--smtp-password",), False, str, "password on the mail server", _MAIL, "PASSWORD"),
    Option(
        "smtp_ssl_certificate_filename", ("--smtp-ssl-certificate-filename",), False, str, "certificate", _MAIL, "FILE"
    ),
    Option(
        "smtp_ssl_private_key_filename", ("--smtp-ssl-private-key-filename",), False, str, "private key", _MAIL, "FILE"
    ),
    # only in the file
    Option("admin_passwd", parse=str),
    Option("csv_internal_sep", default=","),
    Option("publisher_warranty_url", default=""),
    Option("reportgz", default=False, parse=parse_bool),
    Option("websocket_keep_alive_timeout", default=3600, parse=int),
    Option("websocket_rate_limit_burst", default=10, parse=int),
    Option("websocket_rate_limit_delay", default=0.2, parse=float),
)

BY_KEY = {option.key: option for option in OPTIONS}
#: older names of keys in the file
ALIASES = {
    "xmlrpc_port": "http_port",
    "xmlrpc_interface": "http_interface",
    "longpolling_port": "gevent_port",
    "xmlrpc": "http_enable",
    "database": "db_name",
}


def make_parser(prog="odoo-bin"):
    """Return an argparse parser of the options; what is not given is absent from its result.

    :param str prog: name of the program
    """
    parser = _Parser(prog=prog, allow_abbrev=False, formatter_class=_Formatter)
    parser.add_argument("--version", action="version", version=f"{release.product_name} {release.version}")
    groups = {}
    for option in OPTIONS:
        if option.group not in groups:
            groups[option.group] = parser.add_argument_group(option.group)
        option.add_to(groups[option.group])
    return parser


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints are one line and name the nearest option."""

    def parse_args(self, args=None, namespace=None):
        """Like the original, with a hint for what is not known."""
        namespace, unknown = self.parse_known_args(args, namespace)
        if unknown:
            name = unknown[0].partition("=")[0]
            similar = closest(name, self._option_string_actions) if name.startswith("-") else None
            what = "option" if name.startswith("-") else "argument"
            self.error(f"unknown {what} {name}" + (f", did you mean {similar}?" if similar else ""))
        return namespace

    def error(self, message):
        """Leave with status 2 and one line."""
        self.exit(2, f"{self.prog}: {message} (see {self.prog} --help)\n")


class _Formatter(argparse.HelpFormatter):
    """Help in two columns, the first wide enough for the long flags."""

    def __init__(self, prog):
        super().__init__(prog, max_help_position=40, width=110)
