"""The system account under which the embedded server runs: PostgreSQL refuses to be root."""

import os
import pwd
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

#: account made for the server when the product runs as root
SERVICE_ACCOUNT = "pgserver"


@dataclass(frozen=True)
class Account:
    """A user of this machine and what it may reach."""

    name: str
    uid: int
    gid: int

    def subprocess_arguments(self) -> dict[str, Any]:
        """Return the arguments that make ``subprocess.run`` work as this user."""
        if self.uid == os.geteuid():
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        """Make this user the owner of a file."""
        if path.stat().st_uid != self.uid:
            os.chown(path, self.uid, self.gid)

    def can_enter(self, directory: Path) -> bool:
        """Return whether this user may pass through a directory and all those above it."""
        directory = directory.resolve()
        return all(self._has_permission(path, stat.S_IXUSR) for path in (directory, *directory.parents))

    def can_run(self, program: Path) -> bool:
        """Return whether this user can run a program, which is tried with the option ``--version``."""
        try:
            subprocess.run(
                [program, "--version"],
                check=True,
                capture_output=True,
                cwd="/",
                **self.subprocess_arguments(),
            )
        except (PermissionError, subprocess.CalledProcessError):
            return False
        return True

    def _has_permission(self, path, owner_bits):
        info = path.stat()
        if info.st_uid == self.uid:
            wanted = owner_bits
        elif info.st_gid == self.gid:
            wanted = owner_bits >> 3
        else:
            wanted = owner_bits >> 6
        return info.st_mode & wanted == wanted


def owner_account() -> Account:
    """Return the account of this process."""
    uid = os.geteuid()
    try:
        name = pwd.getpwuid(uid).pw_name
    except KeyError:
        raise RuntimeError(
            f"User id {uid} has no entry in /etc/passwd, without which PostgreSQL does not start; add one or use"
            " --db_host"
        ) from None
    return Account(name, uid, os.getegid())


def service_account() -> Account:
    """Return the account of the embedded server, made when it is missing; for root only.

    :raise RuntimeError: it cannot be made
    """
    try:
        entry = pwd.getpwnam(SERVICE_ACCOUNT)
    except KeyError:
        command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SERVICE_ACCOUNT]
        try:
            subprocess.run(command, check=True, capture_output=True, text=True)
        except (OSError, subprocess.CalledProcessError) as error:
            reason = (getattr(error, "stderr", "") or str(error)).strip()
            raise RuntimeError(
                f"PostgreSQL does not run as root and the user {SERVICE_ACCOUNT} could not be made: {reason}"
            ) from error
        entry = pwd.getpwnam(SERVICE_ACCOUNT)
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
