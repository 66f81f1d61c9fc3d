"""Has the system run the schedule: a systemd user timer, or a line in the crontab.

Either only looks every five minutes whether something is due (``duizhao schedule run --once``), so
that time zones, summer time and missed slots are decided in one place. What is not ours stays as
it is: a crontab's other lines byte for byte, and units that do not carry our mark.
"""

from __future__ import annotations

import hashlib
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

from store.disk import EXIT_CODE

MINUTES = 5
MARK = "# Written by duizhao schedule install"
_UNIT = """\
{mark}
[Unit]
Description=Duizhao: what is due for {data}

[Service]
Type=oneshot
WorkingDirectory={folder}
# DUIZHAO_WEBHOOK=https://… belongs here, readable by you alone.
EnvironmentFile=-%h/.config/duizhao/environment
ExecStart={command}
# A run that stored nothing is no fault of the unit; the ledger has it.
SuccessExitStatus=6 130
KillSignal=SIGINT
# Only the keeper is told: it tells the step it runs, once.
KillMode=mixed
TimeoutStopSec=120
"""
_TIMER = """\
{mark}
[Unit]
Description=Duizhao: look for what is due

[Timer]
OnCalendar=*:0/{minutes}
Persistent=true

[Install]
WantedBy=timers.target
"""


class CannotInstall(Exception):
    """The timer cannot be put in place or taken away; the message says why and what to do."""

    exit_code = EXIT_CODE


def command_line(config_file: Path | None, data: Path) -> list[str]:
    """Return the command that runs what is due and ends."""
    given = [] if config_file is None else ["--config", str(config_file.absolute())]
    at_home = Path.cwd() == Path(__file__).resolve().parents[2]  # a checkout, perhaps not installed
    safely = [] if at_home else ["-P"]  # no module of the working directory
    once = [*safely, "-m", "cli", "schedule", "run", "--once"]
    return [sys.executable, *once, *given, "--data", str(data.absolute())]


def unit_name(data: Path) -> str:
    """Return the name of a data folder's units: readable, and of no other folder."""
    place = str(data.absolute())
    readable = re.sub(r"[^a-z0-9]+", "-", data.absolute().name.lower()).strip("-") or "data"
    return f"{readable}-{hashlib.blake2b(place.encode(), digest_size=3).hexdigest()}"


def units(config_file: Path | None, data: Path) -> dict[Path, str]:
    """Return the unit files, by path."""
    home = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    stem = home / "systemd" / "user" / f"duizhao-{unit_name(data)}"
    words = " ".join(_for_systemd(word) for word in command_line(config_file, data))
    service = _UNIT.format(
        mark=MARK, data=_plain(data.absolute()), folder=_plain(Path.cwd()), command=words
    )
    timer = _TIMER.format(mark=MARK, minutes=MINUTES)
    return {stem.with_suffix(".service"): service, stem.with_suffix(".timer"): timer}


def write_units(files: dict[Path, str]) -> None:
    """Write unit files. Raises CannotInstall where a file of that name is not ours."""
    for path in files:
        _own(path)
    for path, text in files.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        except OSError as error:
            raise CannotInstall(f"{path}: cannot be written ({error.strerror})") from error


def remove_units(files: dict[Path, str]) -> list[Path]:
    """Remove unit files that are ours; return those there were. Raises CannotInstall."""
    there = [path for path in files if _own(path)]
    for path in there:
        path.unlink()
    return there


def _own(path: Path) -> bool:
    """True when a file exists and is ours. Raises CannotInstall when it is another's."""
    try:
        ours = path.read_text(encoding="utf-8", errors="replace").startswith(MARK)
    except FileNotFoundError:
        return False
    except OSError as error:
        raise CannotInstall(f"{path}: cannot be read ({error.strerror})") from error
    if not ours:
        raise CannotInstall(f"{path} was not written by Duizhao; move it away, or use --cron")
    return True


def cron_line(config_file: Path | None, data: Path) -> str:
    """Return the crontab line of a data folder, with its mark at the end."""
    words = " ".join(map(shlex.quote, command_line(config_file, data)))
    # To cron, an unescaped percent sign ends the command.
    run = f"cd {shlex.quote(str(Path.cwd()))} && {words}".replace("%", r"\%")
    return f"*/{MINUTES} * * * * {run} >/dev/null 2>&1 {cron_mark(data)}"


def cron_mark(data: Path) -> str:
    """Return what a data folder's crontab line ends with."""
    return f"# duizhao schedule {unit_name(data)}"


def with_line(crontab: str, data: Path, line: str | None) -> str:
    """Return a crontab with our line replaced, added, or (None) taken out."""
    kept = [old for old in crontab.splitlines(keepends=True) if not _is_ours(old, data)]
    if line is None:
        return "".join(kept)
    if kept and not kept[-1].endswith("\n"):
        kept[-1] += "\n"
    return "".join([*kept, f"{line}\n"])


def _is_ours(line: str, data: Path) -> bool:
    return line.rstrip("\n").endswith(cron_mark(data))


def get_crontab() -> str:
    """Return the user's crontab, "" when there is none. Raises CannotInstall."""
    done = _crontab(["-l"], "")
    if done.returncode and "no crontab" not in done.stderr.lower():
        raise CannotInstall(f"the crontab cannot be read ({done.stderr.strip()})")
    return done.stdout if done.returncode == 0 else ""


def set_crontab(text: str) -> None:
    """Make a text the user's crontab. Raises CannotInstall."""
    done = _crontab(["-"], text)
    if done.returncode:
        raise CannotInstall(f"the crontab cannot be written ({done.stderr.strip()})")


def _crontab(arguments: list[str], given: str) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(  # noqa: S603
            ["crontab", *arguments],  # noqa: S607
            input=given,
            capture_output=True,
            text=True,
            env=os.environ | {"LC_ALL": "C"},
        )
    except OSError as error:
        raise CannotInstall("there is no crontab command here; use --systemd") from error


def _plain(path: Path) -> str:
    """A path in a unit file: per cent signs doubled, and no line can be forged."""
    return "".join(c for c in str(path) if c.isprintable()).replace("%", "%%")


def _for_systemd(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"'
