"""Processes that never outlive the run: killed at the end of their block, and by the kernel if we are killed."""

import ctypes
import os
import resource
import signal
import subprocess
from collections.abc import Callable, Iterable
from contextlib import contextmanager

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


def _setup(cores: Iterable[int] | None) -> Callable[[], None]:
    parent = os.getpid()

    def in_child():
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it died before the line above
            os._exit(1)
        if cores:
            os.sched_setaffinity(0, cores)

    return in_child


@contextmanager
def process(command: list[str], cores: Iterable[int] | None = None, patience: float = 5, **options):
    """A process of a group of its own, so that Ctrl-C is ours to handle; on `cores`, or on any. Has `patience` seconds to end."""
    child = subprocess.Popen(command, preexec_fn=_setup(cores), start_new_session=True, **options)
    try:
        yield child
    finally:
        child.terminate()
        try:
            child.wait(patience)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def allow_many_files():
    """Each connection is a file, and children inherit the limit."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    return most


def end_on_signals():
    """SIGTERM and SIGHUP end the run as Ctrl-C does, so that everything is cleaned up."""

    def interrupt(_number, _frame):
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupt)
    signal.signal(signal.SIGHUP, interrupt)
