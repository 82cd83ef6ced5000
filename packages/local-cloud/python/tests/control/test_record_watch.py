import contextlib
import io
import json
import os
import tempfile
import time
import unittest
from pathlib import Path
from unittest.mock import patch

from nightshift_cloud.control import record_watch
from nightshift_cloud.control.record_watch import RecordWatch


class RecordWatchTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name, "server.json")
        self.watch = RecordWatch(str(self.path), 7)

    def write(self, pid):
        self.path.write_text(json.dumps({"pid": pid, "port": 1}))

    def test_continues_while_the_record_names_the_server(self):
        self.write(7)
        self.assertEqual([None, None], [self.watch.reason_to_end(), self.watch.reason_to_end()])

    def test_ends_when_the_record_is_deleted(self):
        self.write(7)
        self.watch.reason_to_end()
        self.path.unlink()
        self.assertEqual(f"{self.path} was deleted", self.watch.reason_to_end())

    def test_ends_when_the_record_names_another_server(self):
        self.write(8)
        self.assertEqual(f"{self.path} names another server (process 8)", self.watch.reason_to_end())

    def test_waits_a_limited_time_for_the_record(self):
        for text in (None, "", "[]"):
            with self.subTest(text):
                if text is not None:
                    self.path.write_text(text)
                self.assertIsNone(self.watch.reason_to_end())
        self.watch.started = time.monotonic() - record_watch.PATIENCE_SECONDS - 1
        self.assertEqual(f"{self.path} was not written", self.watch.reason_to_end())

    def test_ends_the_process(self):
        self.write(8)
        output = io.StringIO()
        with patch.object(os, "kill") as kill, contextlib.redirect_stdout(output):
            self.watch.run()
        self.assertEqual(f"ending: {self.path} names another server (process 8)\n", output.getvalue())
        self.assertEqual(7, kill.call_args.args[0])
