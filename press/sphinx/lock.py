"""One build at a time in an output folder: a second one waits."""

from pathlib import Path

from filelock import FileLock, Timeout
from sphinx.util import logging

logger = logging.getLogger(__name__)


def wait_for_turn(app):
    """Lock the output folder until this build ends; wait if another build has it."""
    folder = Path(app.outdir).parent
    folder.mkdir(parents=True, exist_ok=True)
    app.build_lock = FileLock(folder / ".lock")
    try:
        app.build_lock.acquire(blocking=False)
    except Timeout:
        logger.info("another build writes into %s: waiting until it has ended", folder)
        app.build_lock.acquire()


def let_others_build(app, error):
    """Unlock the output folder: this process may build again."""
    app.build_lock.release()


def setup(app):
    wait_for_turn(app)
    app.connect("build-finished", let_others_build, priority=1000)
