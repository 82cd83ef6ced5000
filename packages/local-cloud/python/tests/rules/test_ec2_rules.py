from ..cloud_test_case import REGION, CloudTestCase


class Ec2RulesTest(CloudTestCase):
    def setUp(self):
        super().setUp()
        self.ec2 = self.client("ec2")
        self.subnets = self.make_subnets()
        self.subnet, self.vpc = self.subnets[0]["SubnetId"], self.subnets[0]["VpcId"]

    def group(self, name):
        return self.ec2.create_security_group(GroupName=name, Description=name, VpcId=self.vpc)["GroupId"]

    def endpoint(self, service="logs", **changed):
        parameters = {
            "VpcId": self.vpc,
            "ServiceName": f"com.amazonaws.{REGION}.{service}",
            "VpcEndpointType": "Interface",
            "SubnetIds": [self.subnet],
            **changed,
        }
        return self.ec2.create_vpc_endpoint(**parameters)["VpcEndpoint"]

    def assert_subnet_in_use(self):
        message = f"The subnet '{self.subnet}' has dependencies and cannot be deleted."
        self.assert_refused("DependencyViolation", message, self.ec2.delete_subnet, SubnetId=self.subnet)

    def test_refuses_to_delete_a_subnet_with_a_nat_gateway(self):
        address = self.ec2.allocate_address(Domain="vpc")["AllocationId"]
        gateway = self.ec2.create_nat_gateway(SubnetId=self.subnet, AllocationId=address)["NatGateway"]["NatGatewayId"]
        self.assert_subnet_in_use()
        self.ec2.delete_nat_gateway(NatGatewayId=gateway)
        self.ec2.delete_subnet(SubnetId=self.subnet)

    def test_an_endpoint_has_interfaces_in_its_subnets_with_its_groups(self):
        group, other = self.group("endpoints"), self.group("other")
        endpoint = self.endpoint(SecurityGroupIds=[group])
        made = self.ec2.describe_network_interfaces()["NetworkInterfaces"]
        self.assertEqual(
            [(self.subnet, group, "vpc_endpoint", f"VPC Endpoint Interface {endpoint['VpcEndpointId']}")],
            [(each["SubnetId"], each["Groups"][0]["GroupId"], each["InterfaceType"], each["Description"]) for each in made],
        )
        self.assertRegex(made[0]["PrivateIpAddress"], r"^10\.0\.0\.")
        self.assert_subnet_in_use()
        self.ec2.modify_vpc_endpoint(
            VpcEndpointId=endpoint["VpcEndpointId"],
            AddSubnetIds=[self.subnets[1]["SubnetId"]],
            RemoveSubnetIds=[self.subnet],
            AddSecurityGroupIds=[other],
            RemoveSecurityGroupIds=[group],
        )
        self.ec2.delete_subnet(SubnetId=self.subnet)
        self.ec2.delete_security_group(GroupId=group)
        message = f"resource {other} has a dependent object"
        self.assert_refused("DependencyViolation", message, self.ec2.delete_security_group, GroupId=other)

    def test_refuses_to_delete_a_group_that_a_rule_references(self):
        group, other = self.group("named"), self.group("naming")
        rule = [{"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "UserIdGroupPairs": [{"GroupId": group}]}]
        self.ec2.authorize_security_group_ingress(GroupId=other, IpPermissions=rule)
        message = f"resource {group} has a dependent object"
        self.assert_refused("DependencyViolation", message, self.ec2.delete_security_group, GroupId=group)
        self.ec2.revoke_security_group_ingress(GroupId=other, IpPermissions=rule)
        self.ec2.delete_security_group(GroupId=group)

    def test_a_group_that_names_itself_can_be_deleted(self):
        group = self.group("self")
        self.ec2.authorize_security_group_ingress(
            GroupId=group, IpPermissions=[{"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": group}]}]
        )
        self.ec2.delete_security_group(GroupId=group)

    def test_refuses_to_delete_a_vpc_with_resources(self):
        gateway = self.ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
        self.ec2.attach_internet_gateway(VpcId=self.vpc, InternetGatewayId=gateway)
        for subnet in self.subnets:
            self.ec2.delete_subnet(SubnetId=subnet["SubnetId"])
        message = f"The vpc '{self.vpc}' has dependencies and cannot be deleted."
        self.assert_refused("DependencyViolation", message, self.ec2.delete_vpc, VpcId=self.vpc)
        self.ec2.detach_internet_gateway(VpcId=self.vpc, InternetGatewayId=gateway)
        group = self.group("left")
        self.assert_refused("DependencyViolation", message, self.ec2.delete_vpc, VpcId=self.vpc)
        self.ec2.delete_security_group(GroupId=group)
        self.ec2.delete_vpc(VpcId=self.vpc)

    def test_refuses_to_detach_the_gateway_of_public_addresses(self):
        gateway = self.ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
        self.ec2.attach_internet_gateway(VpcId=self.vpc, InternetGatewayId=gateway)
        address = self.ec2.allocate_address(Domain="vpc")["AllocationId"]
        self.ec2.create_nat_gateway(SubnetId=self.subnet, AllocationId=address)
        self.assert_refused(
            "DependencyViolation",
            f"Network {self.vpc} has some mapped public address(es). "
            "Please unmap those public address(es) before detaching the gateway.",
            self.ec2.detach_internet_gateway,
            VpcId=self.vpc,
            InternetGatewayId=gateway,
        )

    def test_private_dns_once_for_a_service(self):
        self.endpoint(PrivateDnsEnabled=True)
        self.endpoint(service="kms", PrivateDnsEnabled=True)
        self.endpoint(PrivateDnsEnabled=False)
        with self.assertRaises(Exception) as caught:
            self.endpoint(PrivateDnsEnabled=True)
        self.assertEqual(
            "An error occurred (InvalidParameter) when calling the CreateVpcEndpoint operation (reached max retries: 0): "
            "private-dns-enabled cannot be set because there is already a conflicting DNS domain for "
            f"logs.{REGION}.amazonaws.com in the VPC {self.vpc}",
            str(caught.exception),
        )

    def test_private_dns_needs_dns_hostnames(self):
        self.ec2.modify_vpc_attribute(VpcId=self.vpc, EnableDnsHostnames={"Value": False})
        with self.assertRaises(Exception) as caught:
            self.endpoint(PrivateDnsEnabled=True)
        self.assertIn(
            "(InvalidParameter) when calling the CreateVpcEndpoint operation (reached max retries: 0): Enabling private DNS requires "
            f"both enableDnsSupport and enableDnsHostnames VPC attributes set to true for {self.vpc}",
            str(caught.exception),
        )

    def test_refuses_an_interface_in_a_subnet_without_free_addresses(self):
        small = self.ec2.create_subnet(VpcId=self.vpc, CidrBlock="10.0.9.0/28")["Subnet"]["SubnetId"]
        for number in range(11):
            self.endpoint(service=f"s{number}", SubnetIds=[small], PrivateDnsEnabled=False)
        with self.assertRaisesRegex(
            Exception, r"\(InsufficientFreeAddressesInSubnet\).*The specified subnet does not have enough free addresses"
        ):
            self.endpoint(service="last", SubnetIds=[small], PrivateDnsEnabled=False)
