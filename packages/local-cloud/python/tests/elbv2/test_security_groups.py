from nightshift_cloud.cloud import cloud
from nightshift_cloud.elbv2 import security_groups

from ..balanced_test_case import BalancedTestCase

IP = "10.0.0.5"


class SecurityGroupsTest(BalancedTestCase):
    def setUp(self):
        super().setUp()
        self.ec2 = self.client("ec2")
        self.balancer_group, self.tasks_group = self.group("balancer"), self.group("tasks")
        self.elbv2.set_security_groups(LoadBalancerArn=self.balancer_arn, SecurityGroups=[self.balancer_group])
        self.attach(IP, [self.tasks_group])

    def group(self, name):
        """Without the rule for all egress that AWS gives a new group."""
        vpc = self.subnets[0]["VpcId"]
        group = self.ec2.create_security_group(GroupName=name, Description=name, VpcId=vpc)["GroupId"]
        everything = {"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}
        self.ec2.revoke_security_group_egress(GroupId=group, IpPermissions=[everything])
        return group

    def permission(self, port, **peer):
        return {"IpProtocol": "tcp", "FromPort": port, "ToPort": port, **peer}

    def admit(self, port, protocol="tcp", **peer):
        peer = peer or {"UserIdGroupPairs": [{"GroupId": self.balancer_group}]}
        permission = {**self.permission(port, **peer), "IpProtocol": protocol}
        self.ec2.authorize_security_group_ingress(GroupId=self.tasks_group, IpPermissions=[permission])

    def let_out(self, port, **peer):
        peer = peer or {"UserIdGroupPairs": [{"GroupId": self.tasks_group}]}
        self.ec2.authorize_security_group_egress(GroupId=self.balancer_group, IpPermissions=[self.permission(port, **peer)])

    def reaches(self, port=8080, ip=IP):
        with cloud.clock.lock:
            balancer = self.backend.load_balancers[self.balancer_arn]
            return security_groups.reaches(balancer, self.backend, ip, port)

    def test_both_groups_have_to_name_the_port(self):
        self.assertFalse(self.reaches())
        self.let_out(8080)
        self.assertFalse(self.reaches())
        self.admit(8080)
        self.assertTrue(self.reaches())
        self.assertFalse(self.reaches(port=9090))

    def test_a_rule_of_another_protocol_does_not_count(self):
        self.let_out(8080)
        self.admit(8080, protocol="udp")
        self.assertFalse(self.reaches())

    def test_rules_with_cidr_blocks_apply_like_rules_with_groups(self):
        self.let_out(8080, IpRanges=[{"CidrIp": f"{IP}/32"}])
        self.admit(8080, IpRanges=[{"CidrIp": "10.0.0.0/24"}])
        # The load balancer is in 10.0.1.0/24 too.
        self.assertFalse(self.reaches())
        self.admit(8080, IpRanges=[{"CidrIp": "10.0.0.0/16"}])
        self.assertTrue(self.reaches())

    def test_an_address_without_a_network_interface_is_not_reachable(self):
        self.assertFalse(self.reaches(ip="10.0.0.77"))

    def test_without_groups_of_their_own_both_are_in_the_default_group_which_admits_itself(self):
        self.elbv2.set_security_groups(LoadBalancerArn=self.balancer_arn, SecurityGroups=[])
        self.assertFalse(self.reaches())
        self.attach("10.0.0.6")
        self.assertTrue(self.reaches(ip="10.0.0.6"))

    def test_a_target_whose_port_is_closed_times_out_until_it_is_open_again(self):
        self.let_out(8080)
        self.admit(8080)
        self.start("one")
        self.assertEqual("one", self.asked()["name"])
        permission = self.permission(8080, UserIdGroupPairs=[{"GroupId": self.balancer_group}])
        self.ec2.revoke_security_group_ingress(GroupId=self.tasks_group, IpPermissions=[permission])
        timed_out = {"State": "unhealthy", "Reason": "Target.Timeout", "Description": "Request timed out"}
        self.until(lambda: self.health() == timed_out)
        self.assertEqual(504, self.request()[0])
        self.admit(8080)
        self.until(lambda: self.health() == {"State": "healthy"})
        self.assertEqual("one", self.asked()["name"])
