import time
from unittest.mock import patch

from moto.ecs.models import ecs_backends

from nightshift_cloud.ecs import task_logs
from nightshift_cloud.ecs.task_logs import CannotLog, TaskLog

from ..cloud_test_case import ACCOUNT, REGION, CloudTestCase


class TaskLogsTest(CloudTestCase):
    def setUp(self):
        super().setUp()
        self.logs = self.client("logs")
        self.logs.create_log_group(logGroupName="group")

    def task_log(self, driver="awslogs", **options):
        container = {"name": "app", "logConfiguration": {"logDriver": driver, "options": {"awslogs-group": "group", **options}}}
        return TaskLog(ecs_backends[ACCOUNT][REGION], container, "1a2b")

    def events(self, log):
        stream = log.logs.groups["group"].streams[log.stream]
        return [(event.timestamp, event.message) for event in stream.events]

    def test_a_stream_is_called_as_awslogs_calls_it(self):
        self.assertEqual(
            ("batch/app/1a2b", "1a2b"), (self.task_log(**{"awslogs-stream-prefix": "batch"}).stream, self.task_log().stream)
        )

    def test_lines_keep_their_time_and_order(self):
        log = self.task_log()
        log.open()
        now = int(time.time())
        log.write([(now + 0.5, "two"), (now + 0.25, "one")])
        log.write([])
        self.assertEqual([(now * 1000 + 250, "one"), (now * 1000 + 500, "two")], self.events(log))

    def test_the_oldest_lines_make_room(self):
        log = self.task_log()
        log.open()
        with patch.object(task_logs, "MOST_EVENTS", 2):
            log.write([(time.time() + number, str(number)) for number in range(5)])
        self.assertEqual(["3", "4"], [message for _, message in self.events(log)])

    def test_a_container_without_awslogs_keeps_nothing(self):
        log = self.task_log(driver="json-file")
        log.open()
        log.write([(1.0, "lost")])
        self.assertEqual([], self.logs.describe_log_streams(logGroupName="group")["logStreams"])

    def test_a_group_that_is_deleted_while_the_task_runs_is_no_error(self):
        log = self.task_log()
        log.open()
        self.logs.delete_log_group(logGroupName="group")
        log.write([(1.0, "lost")])

    def test_a_group_that_is_missing_at_the_start_is(self):
        self.logs.delete_log_group(logGroupName="group")
        with self.assertRaises(CannotLog):
            self.task_log().open()

    def test_a_group_can_be_in_another_region(self):
        with self.assertRaises(CannotLog):
            self.task_log(**{"awslogs-region": "us-east-1"}).open()
