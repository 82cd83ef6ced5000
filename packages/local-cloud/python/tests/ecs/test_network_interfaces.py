import ipaddress

from moto.ec2.models import ec2_backends
from moto.ecs.models import ecs_backends

from nightshift_cloud.ecs import network_interfaces
from nightshift_cloud.ecs.network_interfaces import InsufficientFreeAddresses

from ..cloud_test_case import ACCOUNT, REGION, CloudTestCase


class NetworkInterfacesTest(CloudTestCase):
    def setUp(self):
        super().setUp()
        ec2 = self.client("ec2")
        vpc = ec2.create_vpc(CidrBlock="10.0.0.0/24")["Vpc"]["VpcId"]
        self.subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.0.16/28", AvailabilityZone=f"{REGION}b")["Subnet"]["SubnetId"]
        self.backend = ecs_backends[ACCOUNT][REGION]

    def attach(self):
        return network_interfaces.attach(self.backend, self.subnet, [])

    def test_has_an_address_of_its_subnet_that_is_not_awss(self):
        interface, zone = self.attach()
        address = ipaddress.ip_address(interface.private_ip_address)
        self.assertEqual(
            (True, f"{REGION}b"), (ipaddress.ip_address("10.0.0.20") <= address <= ipaddress.ip_address("10.0.0.30"), zone)
        )

    def test_each_has_its_own_until_none_is_left(self):
        addresses = {self.attach()[0].private_ip_address for _ in range(11)}
        self.assertEqual(11, len(addresses))
        with self.assertRaises(InsufficientFreeAddresses) as caught:
            self.attach()
        self.assertEqual(
            "The specified subnet does not have enough free addresses to satisfy the request.", caught.exception.message
        )

    def test_gives_its_address_back(self):
        interface, _ = self.attach()
        network_interfaces.detach(self.backend, interface)
        network_interfaces.detach(self.backend, interface)
        self.assertEqual({}, ec2_backends[ACCOUNT][REGION].enis)
