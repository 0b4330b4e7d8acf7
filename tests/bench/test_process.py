import os
import signal
import subprocess
import sys
import unittest

from support import BENCH

from process import process

# Starts a process that would go on, says its number, and waits in its block.
PARENT = f"""
import sys
sys.path.insert(0, {str(BENCH)!r})
from process import end_on_signals, process
end_on_signals()
with process(["sleep", "600"]) as child:
    print(child.pid, flush=True)
    child.wait()
"""


def has_ended(pid):
    """Waits for it: os.pidfd_open's file is readable once the process has ended."""
    import select

    try:
        file = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([file], [], [], 30)[0])
    finally:
        os.close(file)


class Processes(unittest.TestCase):
    def test_end_with_their_block(self):
        with self.assertRaises(KeyboardInterrupt):
            with process(["sleep", "600"]) as child:
                raise KeyboardInterrupt
        self.assertIsNotNone(child.returncode)

    def test_run_on_the_cores_they_are_given(self):
        core = max(os.sched_getaffinity(0))
        command = [sys.executable, "-c", "import os; print(os.sched_getaffinity(0))"]
        with process(command, {core}, stdout=subprocess.PIPE, text=True) as child:
            self.assertEqual(child.communicate()[0].strip(), f"{{{core}}}")

    def test_end_with_a_parent_that_is_told_to_end(self):
        self.assertTrue(self.ends_by(signal.SIGTERM))
        self.assertTrue(self.ends_by(signal.SIGINT))

    def test_end_with_a_parent_that_is_killed(self):
        self.assertTrue(self.ends_by(signal.SIGKILL))

    def ends_by(self, number):
        with subprocess.Popen(
            [sys.executable, "-B", "-c", PARENT], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as parent:
            child = int(parent.stdout.readline())
            parent.send_signal(number)
            return has_ended(child)


if __name__ == "__main__":
    unittest.main()
