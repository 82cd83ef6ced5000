"""The prerequisites of a service with blue/green releases: network, load balancer, cluster, task definition."""

from .cloud_test_case import CloudTestCase

STRATEGY = [
    {"capacityProvider": "FARGATE_SPOT", "weight": 70, "base": 0},
    {"capacityProvider": "FARGATE", "weight": 30, "base": 0},
]


class ServiceTestCase(CloudTestCase):
    def setUp(self):
        super().setUp()
        self.ecs = self.client("ecs")
        self.subnets = self.make_subnets()
        self.subnet_ids = [subnet["SubnetId"] for subnet in self.subnets]
        self.network = {"awsvpcConfiguration": {"subnets": self.subnet_ids, "securityGroups": []}}
        self.blue, self.green = self.target_group("blue"), self.target_group("green")
        self.ecs.create_cluster(clusterName="cluster", capacityProviders=["FARGATE", "FARGATE_SPOT"])
        self.register()

    def register(self, container=None, **more):
        """Returns the ARN of a new revision with one container, `app`."""
        app = {"name": "app", "image": "app", "memory": 4096, "portMappings": [{"containerPort": 8080}], **(container or {})}
        return self.ecs.register_task_definition(
            family="batch",
            networkMode="awsvpc",
            requiresCompatibilities=["FARGATE"],
            cpu="2048",
            memory="4096",
            containerDefinitions=[app],
            **more,
        )["taskDefinition"]["taskDefinitionArn"]

    def target_group(self, name):
        return self.client("elbv2").create_target_group(
            Name=name, Protocol="HTTP", Port=80, VpcId=self.subnets[0]["VpcId"], TargetType="ip"
        )["TargetGroups"][0]["TargetGroupArn"]

    def listen(self):
        """Returns the ARN of the production listener, on a new load balancer."""
        created = self.client("elbv2").create_load_balancer(Name="balancer", Subnets=self.subnet_ids)["LoadBalancers"][0]
        self.balancer_arn = created["LoadBalancerArn"]
        return self.listen_on(80, {"Type": "forward", "TargetGroupArn": self.blue})

    def listen_on(self, port, action):
        return self.client("elbv2").create_listener(
            LoadBalancerArn=self.balancer_arn, Protocol="HTTP", Port=port, DefaultActions=[action]
        )["Listeners"][0]["ListenerArn"]

    def service_parameters(self, **changed):
        return {
            "cluster": "cluster",
            "serviceName": "service",
            "taskDefinition": "batch",
            "desiredCount": 3,
            "deploymentController": {"type": "CODE_DEPLOY"},
            "capacityProviderStrategy": STRATEGY,
            "networkConfiguration": self.network,
            "loadBalancers": [{"targetGroupArn": self.blue, "containerName": "app", "containerPort": 8080}],
            **changed,
        }

    def create_service(self, **changed):
        self.listen()
        return self.ecs.create_service(**self.service_parameters(**changed))["service"]

    def described(self):
        return self.ecs.describe_services(cluster="cluster", services=["service"])["services"][0]
