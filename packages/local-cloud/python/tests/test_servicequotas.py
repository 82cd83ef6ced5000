import os
from unittest.mock import patch

from nightshift_cloud import servicequotas
from nightshift_cloud.servicequotas import NEW_ACCOUNT, parse

from .cloud_test_case import ACCOUNT, REGION, CloudTestCase
from .tasks_test_case import TasksTestCase

ON_DEMAND, SPOT, ADDRESSES, VPCS = "L-3032A538", "L-36FBB829", "L-0263D0A3", "L-F678F1CE"


class QuotasTest(CloudTestCase):
    def setUp(self):
        super().setUp()
        self.quotas = self.client("service-quotas")

    def value(self, service, code):
        return self.quotas.get_service_quota(ServiceCode=service, QuotaCode=code)["Quota"]["Value"]

    def allow(self, service, code, value):
        return self.quotas.request_service_quota_increase(ServiceCode=service, QuotaCode=code, DesiredValue=value)

    def test_describes_the_quotas_of_the_account(self):
        self.assertEqual(
            {
                "ServiceCode": "fargate",
                "ServiceName": "AWS Fargate",
                "QuotaArn": f"arn:aws:servicequotas:{REGION}:{ACCOUNT}:fargate/{ON_DEMAND}",
                "QuotaCode": ON_DEMAND,
                "QuotaName": "Fargate On-Demand vCPU resource count",
                "Value": 1000.0,
                "Unit": "None",
                "Adjustable": True,
                "GlobalQuota": False,
            },
            self.quotas.get_service_quota(ServiceCode="fargate", QuotaCode=ON_DEMAND)["Quota"],
        )
        self.assertEqual(
            (1000.0, 50.0, 50.0), (self.value("fargate", SPOT), self.value("ec2", ADDRESSES), self.value("vpc", VPCS))
        )

    def test_lists_the_quotas_of_a_service(self):
        listed = self.quotas.list_service_quotas(ServiceCode="fargate")["Quotas"]
        self.assertEqual({ON_DEMAND: 1000.0, SPOT: 1000.0}, {quota["QuotaCode"]: quota["Value"] for quota in listed})

    def test_returns_the_aws_default_quotas(self):
        for service, code, value in (
            ("fargate", ON_DEMAND, 6.0),
            ("fargate", SPOT, 6.0),
            ("ec2", ADDRESSES, 5.0),
            ("vpc", VPCS, 5.0),
        ):
            with self.subTest(code):
                one = self.quotas.get_aws_default_service_quota(ServiceCode=service, QuotaCode=code)["Quota"]
                listed = self.quotas.list_aws_default_service_quotas(ServiceCode=service)["Quotas"]
                self.assertEqual([value, value], [one["Value"], *(item["Value"] for item in listed if item["QuotaCode"] == code)])
                self.assertEqual(f"arn:aws:servicequotas:{REGION}::{service}/{code}", one["QuotaArn"])

    def test_leaves_other_quotas_to_moto(self):
        self.assertEqual(50.0, self.value("vpc", "L-7E9ECCDB"))
        for service, code in (("vpc", "L-00000000"), ("ec2", VPCS)):
            with self.subTest(code), self.assertRaises(self.quotas.exceptions.NoSuchResourceException):
                self.quotas.get_service_quota(ServiceCode=service, QuotaCode=code)
        with self.assertRaises(self.quotas.exceptions.NoSuchResourceException):
            self.quotas.get_aws_default_service_quota(ServiceCode="ec2", QuotaCode=VPCS)
        with self.assertRaises(self.quotas.exceptions.NoSuchResourceException):
            self.quotas.list_service_quotas(ServiceCode="lambda")

    def test_grants_an_increase_at_once_in_the_region_that_is_asked(self):
        requested = self.allow("fargate", SPOT, 12)["RequestedQuota"]
        self.assertEqual(("APPROVED", 12.0, SPOT), (requested["Status"], requested["DesiredValue"], requested["QuotaCode"]))
        self.assertEqual(12.0, self.value("fargate", SPOT))
        other = self.client("service-quotas", "us-east-1")
        self.assertEqual(1000.0, other.get_service_quota(ServiceCode="fargate", QuotaCode=SPOT)["Quota"]["Value"])

    def test_starts_with_the_given_values(self):
        with patch.dict(os.environ, {servicequotas.VARIABLE: f"{SPOT}=6,{VPCS}=2"}):
            self.assertEqual(
                (6.0, 2.0, 1000.0), (self.value("fargate", SPOT), self.value("vpc", VPCS), self.value("fargate", ON_DEMAND))
            )
        self.assertEqual((6.0, 6.0, 5.0, 5.0), tuple(NEW_ACCOUNT[code] for code in (ON_DEMAND, SPOT, ADDRESSES, VPCS)))
        self.assertEqual({}, parse(""))
        for text, message in (
            ("L-1=2", f"unknown quota L-1, known are {', '.join(NEW_ACCOUNT)}"),
            (f"{VPCS}=x", f"{VPCS}: not a number from 0, got x"),
            (f"{VPCS}=-1", f"{VPCS}: not a number from 0, got -1"),
            (VPCS, f"{VPCS}: not a number from 0, got nothing"),
        ):
            with self.subTest(text), self.assertRaisesRegex(ValueError, f"^{message}$"):
                parse(text)

    def test_has_no_more_elastic_ips_than_the_quota(self):
        self.allow("ec2", ADDRESSES, 1)
        ec2 = self.client("ec2")
        first = ec2.allocate_address(Domain="vpc")["AllocationId"]
        self.assert_refused(
            "AddressLimitExceeded", "The maximum number of addresses has been reached.", ec2.allocate_address, Domain="vpc"
        )
        ec2.release_address(AllocationId=first)
        ec2.allocate_address(Domain="vpc")

    def test_the_vpc_quota_includes_the_default_vpc(self):
        self.allow("vpc", VPCS, 2)
        ec2 = self.client("ec2")
        ec2.create_vpc(CidrBlock="10.0.0.0/16")
        self.assert_refused(
            "VpcLimitExceeded", "The maximum number of VPCs has been reached.", ec2.create_vpc, CidrBlock="10.1.0.0/16"
        )


class VcpuQuotaTest(TasksTestCase):
    def allow(self, **values):
        for code, value in values.items():
            self.client("service-quotas").request_service_quota_increase(
                ServiceCode="fargate", QuotaCode=code.replace("_", "-"), DesiredValue=value
            )

    def test_reports_tasks_that_exceed_the_vcpu_quota(self):
        # Tasks of 2 vCPU, two of three on Spot.
        self.allow(L_36FBB829=2)
        self.run_service()
        self.running(2)
        event = "was unable to place a task. Reason: You've reached the limit on the number of vCPUs you can run concurrently."
        self.wait_for(lambda: any(said.endswith(event) for said in self.events()))
        providers = [task["capacityProviderName"] for task in self.running(2)]
        self.assertEqual(["FARGATE", "FARGATE_SPOT"], sorted(providers))

    def test_starts_tasks_after_a_quota_increase(self):
        self.allow(L_3032A538=0)
        self.run_service(capacityProviderStrategy=[{"capacityProvider": "FARGATE", "weight": 1}])
        self.wait_for(lambda: any("the limit on the number of vCPUs" in said for said in self.events()))
        self.assertEqual([], self.arns())
        self.allow(L_3032A538=6)
        self.running(3)
