"""Sphinx extension of the book: one build at a time, from whole tables, and nothing damaged or left behind.

A second build in the same folder waits for the first. What an interrupted build left half-written is read again.
A kernel that dies is told with its page. On Linux the processes that read pages end with the build that started them.
"""

import ctypes
import os
import signal
import sys
from pathlib import Path

import jupyter_cache.executors.utils as runner
from nbclient.exceptions import CellExecutionError, DeadKernelError
from page_uses import usage
from sphinx.errors import ExtensionError
from sphinx.util import logging

try:
    import fcntl
except ImportError:  # on Windows builds are not locked
    fcntl = None

END_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)
logger = logging.getLogger(__name__)


def wait_for_turn(folder: Path):
    """Take the lock of an output folder, given back when this process ends; a build that holds it is waited for."""
    folder.mkdir(parents=True, exist_ok=True)
    lock = open(folder / ".lock", "a+", encoding="utf-8")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.seek(0)
        logger.info("another build, process %s, writes into %s: waiting until it has ended", lock.read().strip() or "unknown", folder)
        fcntl.flock(lock, fcntl.LOCK_EX)
    lock.truncate(0)
    lock.write(str(os.getpid()))
    lock.flush()
    return lock


def end_with_the_build():
    """Let every process that is forked from here on be ended when the one that forked it is gone."""
    library, parent = ctypes.CDLL(None), []

    def in_child():
        library.prctl(END_WITH_PARENT, signal.SIGKILL)
        if os.getppid() != parent[-1]:  # it was gone before we asked
            os._exit(1)

    os.register_at_fork(before=lambda: parent.append(os.getpid()), after_in_child=in_child)


def tell_dead_kernels():
    """Treat a kernel that dies like a cell that fails: else the build ends with a traceback that names no page."""
    execute = runner.executenb

    def run(notebook, **options):
        try:
            return execute(notebook, **options)
        except DeadKernelError as error:
            raise CellExecutionError("", "DeadKernelError", f"{error}. Something ended it, or memory ran out.") from None

    runner.executenb = run


def refuse_cut_tables(app):
    """End the build before anything is read if a table is not whole."""
    try:
        usage.check_tables()
    except ValueError as error:
        raise ExtensionError(str(error)) from None


def read_damaged_again(app, env, added, changed, removed):
    """Have a page read anew whose stored form breaks off: whole ones end with a full stop, the last sign of a pickle."""
    return [page for page in env.all_docs if not _whole(Path(app.doctreedir) / f"{page}.doctree")]


def _whole(stored: Path) -> bool:
    if not stored.exists() or stored.stat().st_size == 0:
        return False
    with open(stored, "rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read() == b"."


def setup(app):
    if fcntl:
        app.build_lock = wait_for_turn(Path(app.outdir).parent)
    if sys.platform == "linux":
        end_with_the_build()
    tell_dead_kernels()
    app.connect("builder-inited", refuse_cut_tables, priority=1)
    app.connect("env-get-outdated", read_damaged_again)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
