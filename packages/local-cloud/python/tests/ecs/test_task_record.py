import ipaddress
import unittest

from moto.ec2.models import ec2_backends
from moto.ecs.models import ecs_backends

from nightshift_cloud.ecs import task_record
from nightshift_cloud.ecs.task_record import LEAST, InsufficientFreeAddresses, TaskObservation, next_state

from ..cloud_test_case import ACCOUNT, REGION, CloudTestCase


class TaskLifeTest(unittest.TestCase):
    def life(self, moments):
        """The states of a task, each observed after its minimum time."""
        state, states = "PROVISIONING", ["PROVISIONING"]
        for moment in moments:
            state = next_state(TaskObservation(state, LEAST.get(state, 0), **moment))
            states.append(state)
        return states

    def test_starts_in_the_order_of_aws(self):
        self.assertEqual(["PROVISIONING", "PENDING", "ACTIVATING", "RUNNING", "RUNNING"], self.life([{}] * 4))

    def test_stays_in_a_state_for_its_least_time(self):
        for state, seconds in LEAST.items():
            self.assertEqual(state, next_state(TaskObservation(state, seconds - 0.1)))

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

    def test_a_task_whose_process_ends_stops_at_once(self):
        ended = {"exited": True, "drained": False}
        self.assertEqual(
            ["RUNNING", "DEACTIVATING", "STOPPING", "DEPROVISIONING", "STOPPED"], self.life([{}] * 3 + [ended] * 4)[3:]
        )

    def test_a_task_whose_image_is_missing_never_runs(self):
        self.assertEqual(["PROVISIONING", "PENDING", "DEPROVISIONING", "STOPPED"], self.life([{"failed_to_start": True}] * 3))
        self.assertEqual("PENDING", next_state(TaskObservation("PENDING", 14, failed_to_start=True)))

    def test_a_task_waits_for_its_process_to_listen(self):
        self.assertEqual("PENDING", next_state(TaskObservation("PENDING", 500, started=False)))

    def test_a_task_can_be_stopped_before_it_runs(self):
        self.assertEqual("DEPROVISIONING", next_state(TaskObservation("PROVISIONING", 0, stopping=True)))
        self.assertEqual("DEPROVISIONING", next_state(TaskObservation("PENDING", 0, stopping=True)))
        self.assertEqual("STOPPING", next_state(TaskObservation("ACTIVATING", 0, stopping=True)))

    def test_stopped_is_the_last_state(self):
        self.assertEqual("STOPPED", next_state(TaskObservation("STOPPED", 9999, stopping=True, exited=True)))


class NetworkInterfacesTest(CloudTestCase):
    def setUp(self):
        super().setUp()
        ec2 = self.client("ec2")
        vpc = ec2.create_vpc(CidrBlock="10.0.0.0/24")["Vpc"]["VpcId"]
        self.subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.0.16/28", AvailabilityZone=f"{REGION}b")["Subnet"]["SubnetId"]
        self.backend = ecs_backends[ACCOUNT][REGION]

    def attach(self):
        return task_record.create_interface(self.backend, self.subnet, [])

    def test_has_an_unreserved_address_of_its_subnet(self):
        interface, zone = self.attach()
        address = ipaddress.ip_address(interface.private_ip_address)
        self.assertEqual(
            (True, f"{REGION}b"), (ipaddress.ip_address("10.0.0.20") <= address <= ipaddress.ip_address("10.0.0.30"), zone)
        )

    def test_each_task_has_its_own_address_until_none_is_left(self):
        addresses = {self.attach()[0].private_ip_address for _ in range(11)}
        self.assertEqual(11, len(addresses))
        with self.assertRaises(InsufficientFreeAddresses) as caught:
            self.attach()
        self.assertEqual(
            "The specified subnet does not have enough free addresses to satisfy the request.", caught.exception.message
        )

    def test_gives_its_address_back(self):
        interface, _ = self.attach()
        task_record.delete_interface(self.backend, interface)
        task_record.delete_interface(self.backend, interface)
        self.assertEqual({}, ec2_backends[ACCOUNT][REGION].enis)
