import os
import signal
import subprocess
import sys
import time
import unittest
from unittest import mock

from nightshift_cloud.elbv2 import balancer_process
from nightshift_cloud.elbv2.balancer_process import FOLDER, BalancerProcess

EMPTY = {"listeners": [], "groups": []}
SERVER = """
import time
from nightshift_cloud.elbv2.balancer_process import BalancerProcess
process = BalancerProcess()
process.send({"listeners": [], "groups": []})
print(process.process.pid, flush=True)
time.sleep(60)
"""


def is_running(pid):
    """A zombie process has ended."""
    with open(f"/proc/{pid}/stat") as stat:
        return stat.read().rpartition(")")[2].split()[0] != "Z"


class BalancerProcessTest(unittest.TestCase):
    def setUp(self):
        self.process = BalancerProcess()
        self.addCleanup(self.process.end)

    def test_starts_with_the_first_table(self):
        self.assertFalse(self.process.alive())
        self.assertTrue(self.process.send(EMPTY))
        self.assertTrue(self.process.alive())

    def test_ends_on_request(self):
        self.process.send(EMPTY)
        started = self.process.process
        self.process.end()
        self.assertEqual(0, started.returncode)
        self.process.end()

    @unittest.skipUnless(os.path.exists("/proc/self/stat"), "needs /proc")
    def test_ends_with_a_server_that_is_killed(self):
        server = subprocess.Popen([sys.executable, "-c", SERVER], cwd=FOLDER, stdout=subprocess.PIPE, text=True)
        pid = int(server.stdout.readline())
        self.assertTrue(is_running(pid))
        server.kill()
        server.wait()
        server.stdout.close()
        end = time.monotonic() + 60
        while os.path.exists(f"/proc/{pid}") and is_running(pid):
            self.assertLess(time.monotonic(), end)
            time.sleep(0.02)

    def test_is_started_again_after_a_crash(self):
        self.process.send(EMPTY)
        crashed = self.process.process
        crashed.kill()
        crashed.wait()
        self.assertTrue(self.process.send(EMPTY))
        self.assertNotEqual(crashed.pid, self.process.process.pid)

    @unittest.skipUnless(hasattr(signal, "SIGSTOP"), "needs SIGSTOP")
    def test_one_that_hangs_is_ended_and_replaced(self):
        self.process.send(EMPTY)
        hanging = self.process.process
        hanging.send_signal(signal.SIGSTOP)
        with mock.patch.object(balancer_process, "PATIENCE_SECONDS", 0.2):
            self.assertFalse(self.process.send(EMPTY))
        hanging.wait(5)
        self.assertTrue(self.process.send(EMPTY))

    def test_reports_when_it_cannot_send(self):
        self.process.send(EMPTY)
        self.process.process.stdin.close()
        self.process.process.stdin = open(os.devnull)  # noqa: SIM115
        self.addCleanup(self.process.process.stdin.close)
        self.assertFalse(self.process.send(EMPTY))
