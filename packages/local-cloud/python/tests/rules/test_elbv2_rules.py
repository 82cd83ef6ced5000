import json

from ..cloud_test_case import ACCOUNT, REGION, CloudTestCase


class Elbv2RulesTest(CloudTestCase):
    def setUp(self):
        super().setUp()
        self.elbv2 = self.client("elbv2")
        self.subnets = [subnet["SubnetId"] for subnet in self.make_subnets()]

    def create(self, name="balancer", **changed):
        return self.elbv2.create_load_balancer(Name=name, Subnets=self.subnets, **changed)["LoadBalancers"][0]["LoadBalancerArn"]

    def test_needs_two_zones(self):
        self.assert_refused(
            "ValidationError",
            "At least two subnets in two different Availability Zones must be specified",
            self.elbv2.create_load_balancer,
            Name="a",
            Subnets=self.subnets[:1],
        )

    def test_takes_one_subnet_of_a_zone(self):
        ec2 = self.client("ec2")
        vpc = ec2.describe_subnets(SubnetIds=self.subnets)["Subnets"][0]["VpcId"]
        other = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.7.0/24", AvailabilityZone=f"{REGION}a")["Subnet"]["SubnetId"]
        self.assert_refused(
            "InvalidConfigurationRequest",
            "A load balancer cannot be attached to multiple subnets in the same Availability Zone",
            self.elbv2.create_load_balancer,
            Name="a",
            Subnets=[*self.subnets, other],
        )

    def test_needs_eight_free_addresses_in_a_subnet(self):
        ec2 = self.client("ec2")
        vpc = ec2.describe_subnets(SubnetIds=self.subnets)["Subnets"][0]["VpcId"]
        small = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.9.0/28", AvailabilityZone=f"{REGION}c")["Subnet"]["SubnetId"]
        parameters = {"Name": "a", "Subnets": [self.subnets[0], small]}
        for _ in range(4):
            ec2.create_network_interface(SubnetId=small)
        self.assert_refused(
            "InvalidSubnet",
            f"Not enough IP space available in {small}. ELB requires at least 8 free IP addresses in each subnet.",
            self.elbv2.create_load_balancer,
            **parameters,
        )
        ec2.delete_network_interface(
            NetworkInterfaceId=ec2.describe_network_interfaces()["NetworkInterfaces"][0]["NetworkInterfaceId"]
        )
        self.elbv2.create_load_balancer(**parameters)

    def test_names(self):
        for name, message in (
            ("a" * 33, f"The load balancer name '{'a' * 33}' cannot be longer than '32' characters"),
            ("a_b", "The load balancer name 'a_b' can only contain characters that are alphanumeric characters and hyphens(-)"),
            ("-a", "The load balancer name '-a' cannot begin or end with '-'"),
            ("internal-a", "The load balancer name 'internal-a' cannot begin with 'internal-'"),
        ):
            self.assert_refused("ValidationError", message, self.elbv2.create_load_balancer, Name=name, Subnets=self.subnets)

    def test_https_needs_a_certificate(self):
        self.assert_refused(
            "ValidationError",
            "A certificate must be specified for HTTPS listeners",
            self.elbv2.create_listener,
            LoadBalancerArn=self.create(),
            Protocol="HTTPS",
            Port=443,
            DefaultActions=[{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "404"}}],
        )

    def log_to(self, balancer, bucket):
        return self.elbv2.modify_load_balancer_attributes(
            LoadBalancerArn=balancer,
            Attributes=[
                {"Key": "access_logs.s3.enabled", "Value": "true"},
                {"Key": "access_logs.s3.bucket", "Value": bucket},
            ],
        )

    def allow(self, bucket, principal, resource):
        statement = {"Effect": "Allow", "Principal": principal, "Action": "s3:PutObject", "Resource": resource}
        self.client("s3").put_bucket_policy(Bucket=bucket, Policy=json.dumps({"Version": "2012-10-17", "Statement": [statement]}))

    def test_a_log_bucket_admits_the_delivery(self):
        balancer, s3 = self.create(), self.client("s3")
        refusal = r"\(InvalidConfigurationRequest\).*: Access Denied for bucket: logs. Please check S3bucket permission"
        with self.assertRaisesRegex(Exception, refusal):
            self.log_to(balancer, "logs")
        s3.create_bucket(Bucket="logs", CreateBucketConfiguration={"LocationConstraint": REGION})
        with self.assertRaisesRegex(Exception, refusal):
            self.log_to(balancer, "logs")
        delivery = {"Service": "logdelivery.elasticloadbalancing.amazonaws.com"}
        self.allow("logs", delivery, f"arn:aws:s3:::other/AWSLogs/{ACCOUNT}/*")
        with self.assertRaisesRegex(Exception, refusal):
            self.log_to(balancer, "logs")
        for principal in (delivery, {"AWS": "arn:aws:iam::054676820928:root"}):
            self.allow("logs", principal, f"arn:aws:s3:::logs/AWSLogs/{ACCOUNT}/*")
            self.log_to(balancer, "logs")

    def test_a_load_balancer_has_interfaces_as_long_as_it_is_there(self):
        ec2 = self.client("ec2")
        vpc = ec2.describe_subnets(SubnetIds=self.subnets)["Subnets"][0]["VpcId"]
        group, other = (
            ec2.create_security_group(GroupName=name, Description=name, VpcId=vpc)["GroupId"] for name in ("one", "other")
        )
        balancer = self.create(SecurityGroups=[group])
        name = balancer.partition("loadbalancer/")[2]
        made = ec2.describe_network_interfaces()["NetworkInterfaces"]
        self.assertEqual(
            {(subnet, f"ELB {name}") for subnet in self.subnets}, {(it["SubnetId"], it["Description"]) for it in made}
        )
        in_use = ("DependencyViolation", f"resource {group} has a dependent object", ec2.delete_security_group)
        self.assert_refused(*in_use, GroupId=group)
        self.elbv2.set_security_groups(LoadBalancerArn=balancer, SecurityGroups=[other])
        ec2.delete_security_group(GroupId=group)
        zone = f"{REGION}c"
        third = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.8.0/24", AvailabilityZone=zone)["Subnet"]["SubnetId"]
        self.elbv2.set_subnets(LoadBalancerArn=balancer, Subnets=[self.subnets[0], third])
        ec2.delete_subnet(SubnetId=self.subnets[1])
        self.elbv2.delete_load_balancer(LoadBalancerArn=balancer)
        self.assertEqual([], ec2.describe_network_interfaces()["NetworkInterfaces"])
        ec2.delete_security_group(GroupId=other)
