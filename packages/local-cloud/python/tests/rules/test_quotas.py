from nightshift_cloud import servicequotas

from ..cloud_test_case import REGION
from ..service_test_case import ServiceTestCase


class QuotaRulesTest(ServiceTestCase):
    def limit(self, code, value):
        self.client("service-quotas").request_service_quota_increase(
            ServiceCode="elasticloadbalancing", QuotaCode=code, DesiredValue=value
        )

    def rules(self, *sources):
        return [{"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, **source} for source in sources]

    def test_rules_of_a_security_group(self):
        ec2 = self.client("ec2")
        vpc = self.subnets[0]["VpcId"]
        group = ec2.create_security_group(GroupName="a", Description="a", VpcId=vpc)["GroupId"]
        networks = [{"CidrIp": f"10.0.{number}.0/24"} for number in range(61)]
        refusal = ("RulesPerSecurityGroupLimitExceeded", "The maximum number of rules per security group has been reached.")
        ingress, egress = ec2.authorize_security_group_ingress, ec2.authorize_security_group_egress
        self.assert_refused(*refusal, ingress, GroupId=group, IpPermissions=self.rules({"IpRanges": networks}))
        ingress(GroupId=group, IpPermissions=self.rules({"IpRanges": networks[:60]}))
        self.assert_refused(*refusal, ingress, GroupId=group, IpPermissions=self.rules({"IpRanges": networks[60:]}))
        lists = ec2.describe_managed_prefix_lists()["PrefixLists"]
        s3 = next(each["PrefixListId"] for each in lists if each["PrefixListName"] == f"com.amazonaws.{REGION}.s3")
        # The group already has a rule for all egress.
        egress(GroupId=group, IpPermissions=self.rules({"PrefixListIds": [{"PrefixListId": s3}]}, {"IpRanges": networks[:4]}))
        self.assert_refused(*refusal, egress, GroupId=group, IpPermissions=self.rules({"IpRanges": networks[4:5]}))

    def test_listeners_of_a_load_balancer(self):
        self.limit(servicequotas.LISTENERS, 1)
        self.listen()
        elbv2 = self.client("elbv2")
        self.assert_refused(
            "TooManyListeners",
            "You've reached the limit on the number of listeners per load balancer.",
            elbv2.create_listener,
            LoadBalancerArn=elbv2.describe_load_balancers()["LoadBalancers"][0]["LoadBalancerArn"],
            Protocol="HTTP",
            Port=81,
            DefaultActions=[{"Type": "forward", "TargetGroupArn": self.green}],
        )

    def test_target_groups_of_a_load_balancer(self):
        self.limit(servicequotas.TARGET_GROUPS, 1)
        self.listen()
        elbv2 = self.client("elbv2")
        parameters = {
            "LoadBalancerArn": elbv2.describe_load_balancers()["LoadBalancers"][0]["LoadBalancerArn"],
            "Protocol": "HTTP",
        }
        elbv2.create_listener(Port=81, DefaultActions=[{"Type": "forward", "TargetGroupArn": self.blue}], **parameters)
        groups = [{"TargetGroupArn": arn} for arn in (self.blue, self.green)]
        self.assert_refused(
            "TooManyUniqueTargetGroupsPerLoadBalancer",
            "You've reached the limit on the number of unique target groups per load balancer across all listeners. If a target "
            "group is used by multiple actions for a load balancer, it is counted as only one use.",
            elbv2.create_listener,
            Port=82,
            DefaultActions=[{"Type": "forward", "ForwardConfig": {"TargetGroups": groups}}],
            **parameters,
        )

    def test_service_quotas_agrees(self):
        quotas = self.client("service-quotas").list_service_quotas(ServiceCode="elasticloadbalancing")["Quotas"]
        self.assertEqual(
            [("Listeners per Application Load Balancer", 50.0), ("Target Groups per Application Load Balancer", 100.0)],
            [(quota["QuotaName"], quota["Value"]) for quota in quotas],
        )
