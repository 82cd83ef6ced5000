import unittest

from nightshift_cloud.ecs.task_life import LEAST, Moment, next_state


class TaskLifeTest(unittest.TestCase):
    def life(self, moments):
        """The states that a task goes through, each looked at after its least time."""
        state, states = "PROVISIONING", ["PROVISIONING"]
        for moment in moments:
            state = next_state(Moment(state, LEAST.get(state, 0), **moment))
            states.append(state)
        return states

    def test_starts_in_the_order_of_aws(self):
        self.assertEqual(["PROVISIONING", "PENDING", "ACTIVATING", "RUNNING", "RUNNING"], self.life([{}] * 4))

    def test_stays_in_a_state_for_its_least_time(self):
        for state, seconds in LEAST.items():
            self.assertEqual(state, next_state(Moment(state, seconds - 0.1)))

    def test_a_running_task_drains_then_stops_then_gives_its_interface_back(self):
        stop = {"stopping": True}
        waiting = [
            {**stop, "drained": False},
            {**stop, "drained": False},
            stop,
            stop,
            {**stop, "exited": True},
            {**stop, "exited": True},
        ]
        self.assertEqual(
            ["RUNNING", "DEACTIVATING", "DEACTIVATING", "STOPPING", "STOPPING", "DEPROVISIONING", "STOPPED"],
            self.life([{}] * 3 + waiting)[3:],
        )

    def test_a_task_whose_process_ends_waits_for_nothing(self):
        ended = {"exited": True, "drained": False}
        self.assertEqual(
            ["RUNNING", "DEACTIVATING", "STOPPING", "DEPROVISIONING", "STOPPED"], self.life([{}] * 3 + [ended] * 4)[3:]
        )

    def test_a_task_whose_image_is_missing_never_runs(self):
        self.assertEqual(["PROVISIONING", "PENDING", "DEPROVISIONING", "STOPPED"], self.life([{"failed_to_start": True}] * 3))
        self.assertEqual("PENDING", next_state(Moment("PENDING", 14, failed_to_start=True)))

    def test_a_task_waits_for_its_process_to_listen(self):
        self.assertEqual("PENDING", next_state(Moment("PENDING", 500, started=False)))

    def test_a_task_can_be_stopped_before_it_runs(self):
        self.assertEqual("DEPROVISIONING", next_state(Moment("PROVISIONING", 0, stopping=True)))
        self.assertEqual("DEPROVISIONING", next_state(Moment("PENDING", 0, stopping=True)))
        self.assertEqual("STOPPING", next_state(Moment("ACTIVATING", 0, stopping=True)))

    def test_nothing_follows_the_end(self):
        self.assertEqual("STOPPED", next_state(Moment("STOPPED", 9999, stopping=True, exited=True)))
