import os
import signal
import subprocess
import sys
import time
import unittest
from pathlib import Path

from nightshift_cloud.ecs.processes import ProcessGuard, TaskProcesses, free_port

PYTHON_FOLDER = Path(__file__).parent.parent.parent


def is_alive(pid):
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z" if Path("/proc").exists() else True
    except (ProcessLookupError, FileNotFoundError):
        return False


def wait_until(condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise AssertionError("it did not happen")
        time.sleep(0.02)


class ProcessesTest(unittest.TestCase):
    processes = TaskProcesses()

    def start(self, script, port=0):
        process = self.processes.start([sys.executable, "-c", script], {**os.environ}, port)
        self.addCleanup(process.exit_code)
        self.addCleanup(process.popen.wait)
        self.addCleanup(process.kill)
        return process

    def wait(self, process):
        wait_until(lambda: process.exit_code() is not None)
        return process.exit_code()

    def test_reports_the_exit_code(self):
        self.assertEqual(3, self.wait(self.start("raise SystemExit(3)")))

    def test_reports_a_signal_as_a_container_does(self):
        process = self.start("import time; time.sleep(60)")
        self.assertIsNone(process.exit_code())
        process.kill()
        self.assertEqual(137, self.wait(process))

    def test_terminates_on_request(self):
        process = self.start("import time; time.sleep(60)")
        process.terminate()
        self.assertEqual(143, self.wait(process))

    def test_is_listed_while_it_runs(self):
        process = self.start("pass")
        self.assertIn(process, self.processes.alive)
        self.wait(process)
        self.assertNotIn(process, self.processes.alive)

    def test_returns_each_output_line_once_with_its_time(self):
        before = time.time()
        process = self.start("import sys; print('one', flush=True); print('two', file=sys.stderr)")
        self.wait(process)
        lines = process.take_lines()
        self.assertEqual(["one", "two"], [line for _, line in lines])
        self.assertTrue(all(before <= moment <= time.time() for moment, _ in lines))
        self.assertEqual([], process.take_lines())

    def test_detects_when_it_listens(self):
        port = free_port()
        process = self.start(f"import socket, time; s = socket.create_server(('127.0.0.1', {port})); time.sleep(60)", port)
        wait_until(process.listens)
        self.assertTrue(process.listens())

    def test_suspends_and_resumes(self):
        process = self.start("import time\nwhile True: print('.', flush=True); time.sleep(0.01)")
        wait_until(process.take_lines)
        process.pause()
        time.sleep(0.2)
        process.take_lines()
        time.sleep(0.2)
        self.assertEqual([], process.take_lines())
        process.resume()
        wait_until(process.take_lines)

    def test_a_suspended_process_can_be_terminated(self):
        process = self.start("import time; time.sleep(60)")
        process.pause()
        process.terminate()
        self.assertEqual(143, self.wait(process))

    def test_ignores_signals_after_the_end(self):
        process = self.start("pass")
        process.popen.wait()
        process.terminate()
        process.kill()
        self.assertEqual(0, self.wait(process))

    def test_kills_child_processes_too(self):
        process = self.start("import subprocess; print(subprocess.Popen(['sleep', '60']).pid, flush=True)")
        self.wait(process)
        child = int(process.take_lines()[0][1])
        wait_until(lambda: not is_alive(child))


class ProcessGuardTest(unittest.TestCase):
    SERVER = (
        "import sys, time\n"
        "from nightshift_cloud.ecs.processes import TaskProcesses\n"
        "process = TaskProcesses().start([sys.executable, '-c', 'import time; time.sleep(60)'], {}, 0)\n"
        "print(process.pid, flush=True)\n"
        "time.sleep(60)\n"
    )

    def test_the_processes_of_a_killed_server_end(self):
        for number in (signal.SIGKILL, signal.SIGTERM):
            server = subprocess.Popen([sys.executable, "-c", self.SERVER], cwd=PYTHON_FOLDER, stdout=subprocess.PIPE, text=True)
            with server.stdout:
                pid = int(server.stdout.readline())
            self.assertTrue(is_alive(pid))
            server.send_signal(number)
            server.wait()
            wait_until(lambda pid=pid: not is_alive(pid))

    def test_does_not_kill_removed_processes(self):
        guard = ProcessGuard()
        with subprocess.Popen(["sleep", "60"], start_new_session=True) as kept:
            guard.add(kept.pid)
            guard.remove(kept.pid)
            guard.process.stdin.close()
            guard.process.wait(10)
            self.assertIsNone(kept.poll())
            kept.kill()

    def test_a_killed_guard_is_replaced_and_gets_all_processes(self):
        guard = ProcessGuard()
        with subprocess.Popen(["sleep", "60"], start_new_session=True) as first:
            guard.add(first.pid)
            guard.process.kill()
            guard.process.wait()
            with subprocess.Popen(["sleep", "60"], start_new_session=True) as second:
                guard.add(second.pid)
                guard.process.stdin.close()
                guard.process.wait(10)
                self.assertEqual((-9, -9), (first.wait(10), second.wait(10)))
