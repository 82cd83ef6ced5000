from .cloud_test_case import ACCOUNT, REGION, CloudTestCase


class Ec2Test(CloudTestCase):
    def setUp(self):
        super().setUp()
        self.ec2 = self.client("ec2")
        self.subnet = self.make_subnets()[0]

    def group(self, name):
        return self.ec2.create_security_group(GroupName=name, Description=name, VpcId=self.subnet["VpcId"])["GroupId"]

    def rule_of(self, group, **source):
        self.ec2.authorize_security_group_ingress(
            GroupId=group, IpPermissions=[{"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, **source}]
        )
        rules = self.ec2.describe_security_group_rules(Filters=[{"Name": "group-id", "Values": [group]}])
        return next(rule for rule in rules["SecurityGroupRules"] if not rule["IsEgress"])

    def test_keeps_the_description_of_a_rule_for_a_group(self):
        tasks, balancer = self.group("tasks"), self.group("balancer")
        rule = self.rule_of(tasks, UserIdGroupPairs=[{"GroupId": balancer, "Description": "from the load balancer"}])
        self.assertEqual("from the load balancer", rule["Description"])
        self.assertEqual(balancer, rule["ReferencedGroupInfo"]["GroupId"])
        self.assertNotIn("CidrIpv4", rule)

    def test_keeps_the_description_of_a_rule_for_a_prefix_list(self):
        lists = self.ec2.describe_managed_prefix_lists()["PrefixLists"]
        s3 = next(each["PrefixListId"] for each in lists if each["PrefixListName"] == f"com.amazonaws.{REGION}.s3")
        rule = self.rule_of(self.group("tasks"), PrefixListIds=[{"PrefixListId": s3, "Description": "S3"}])
        [group] = self.ec2.describe_security_groups(GroupIds=[rule["GroupId"]])["SecurityGroups"]
        self.assertEqual([{"PrefixListId": s3, "Description": "S3"}], group["IpPermissions"][0]["PrefixListIds"])
        self.assertEqual(("S3", s3), (rule["Description"], rule["PrefixListId"]))

    def test_deleting_a_nat_gateway_deletes_its_interface_and_frees_its_address(self):
        address = self.ec2.allocate_address(Domain="vpc")["AllocationId"]
        nat = self.ec2.create_nat_gateway(SubnetId=self.subnet["SubnetId"], AllocationId=address)["NatGateway"]
        self.assertEqual(1, len(self.ec2.describe_network_interfaces()["NetworkInterfaces"]))
        self.ec2.delete_nat_gateway(NatGatewayId=nat["NatGatewayId"])
        self.assertEqual([], self.ec2.describe_network_interfaces()["NetworkInterfaces"])
        freed = self.ec2.describe_addresses(AllocationIds=[address])["Addresses"][0]
        self.assertNotIn("AssociationId", freed)

    def flow_log_to(self, group):
        made = self.ec2.create_flow_logs(
            ResourceType="VPC",
            ResourceIds=[self.subnet["VpcId"]],
            TrafficType="ALL",
            LogDestinationType="cloud-watch-logs",
            LogDestination=f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:{group}",
            DeliverLogsPermissionArn=f"arn:aws:iam::{ACCOUNT}:role/flow-logs",
        )
        return self.ec2.describe_flow_logs(FlowLogIds=made["FlowLogIds"])["FlowLogs"][0]

    def test_a_flow_log_is_delivered_to_a_group_that_is_given_by_its_arn(self):
        self.client("logs").create_log_group(logGroupName="/vpc/flow")
        flow_log = self.flow_log_to("/vpc/flow:*")
        self.assertEqual("SUCCESS", flow_log["DeliverLogsStatus"])
        self.assertNotIn("DeliverLogsErrorMessage", flow_log)

    def test_a_flow_log_is_not_delivered_to_a_group_that_does_not_exist(self):
        self.assertEqual("FAILED", self.flow_log_to("/none")["DeliverLogsStatus"])

    def test_a_deleted_endpoint_is_gone_with_its_interfaces(self):
        endpoint = self.ec2.create_vpc_endpoint(
            VpcId=self.subnet["VpcId"],
            ServiceName=f"com.amazonaws.{REGION}.logs",
            VpcEndpointType="Interface",
            SubnetIds=[self.subnet["SubnetId"]],
        )["VpcEndpoint"]["VpcEndpointId"]
        self.ec2.delete_vpc_endpoints(VpcEndpointIds=[endpoint])
        self.assertEqual([], self.ec2.describe_vpc_endpoints()["VpcEndpoints"])
        self.assertEqual([], self.ec2.describe_network_interfaces()["NetworkInterfaces"])
        self.assert_refused(
            "InvalidVpcEndpointId.NotFound",
            f"The VpcEndPoint ID '{endpoint}' does not exist",
            self.ec2.describe_vpc_endpoints,
            VpcEndpointIds=[endpoint],
        )
