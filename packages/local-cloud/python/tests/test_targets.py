from moto.elbv2.models import elbv2_backends

from nightshift_cloud import targets

from .cloud_test_case import ACCOUNT, REGION
from .service_test_case import ServiceTestCase


class TargetsTest(ServiceTestCase):
    def setUp(self):
        super().setUp()
        self.backend = elbv2_backends[ACCOUNT][REGION]

    def test_a_registered_target_is_listed_with_the_address_of_its_task(self):
        targets.register(self.backend, self.blue, "10.0.0.5", 8080, "127.0.0.1", 40001)
        described = self.client("elbv2").describe_target_health(TargetGroupArn=self.blue)
        [found] = described["TargetHealthDescriptions"]
        self.assertEqual({"Id": "10.0.0.5", "Port": 8080}, found["Target"])

    def test_a_deregistered_target_is_unused(self):
        targets.register(self.backend, self.blue, "10.0.0.5", 8080, "127.0.0.1", 40001)
        targets.deregister(self.backend, self.blue, "10.0.0.5")
        self.assertEqual("unused", targets.health(self.backend, self.blue, "10.0.0.5"))
        self.assertEqual([], self.client("elbv2").describe_target_health(TargetGroupArn=self.blue)["TargetHealthDescriptions"])

    def test_a_target_of_a_group_that_is_gone_is_unused(self):
        gone = self.blue + "gone"
        targets.register(self.backend, gone, "10.0.0.5", 8080, "127.0.0.1", 40001)
        targets.deregister(self.backend, gone, "10.0.0.5")
        self.assertEqual("unused", targets.health(self.backend, gone, "10.0.0.5"))
