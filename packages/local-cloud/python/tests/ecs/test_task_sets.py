from moto.ecs.models import ecs_backends

from nightshift_cloud.ecs import task_sets

from ..cloud_test_case import ACCOUNT, REGION
from ..service_test_case import STRATEGY, ServiceTestCase


class EcsTaskSetsTest(ServiceTestCase):
    def setUp(self):
        super().setUp()
        self.stand_still()

    def start_task_set(self, **changed):
        parameters = {
            "taskDefinition": "batch",
            "capacityProviderStrategy": STRATEGY,
            "networkConfiguration": self.network,
            "scale": {"unit": "PERCENT", "value": 100},
            **changed,
        }
        return self.ecs.create_task_set(cluster="cluster", service="service", **parameters)["taskSet"]

    def task_sets(self):
        return self.described()["taskSets"]

    def models(self):
        return ecs_backends[ACCOUNT][REGION].services["cluster:service"].task_sets

    def test_a_service_begins_with_a_primary_task_set_of_its_own_settings(self):
        self.create_service(platformVersion="1.4.0")
        [task_set] = self.task_sets()
        self.assertRegex(task_set["id"], r"^ecs-svc/\d+$")
        self.assertEqual(self.described()["taskDefinition"], task_set["taskDefinition"])
        expected = {
            "status": "PRIMARY",
            "computedDesiredCount": 3,
            "pendingCount": 0,
            "runningCount": 0,
            "stabilityStatus": "STABILIZING",
            "scale": {"value": 100.0, "unit": "PERCENT"},
            "capacityProviderStrategy": STRATEGY,
            "platformVersion": "1.4.0",
            "networkConfiguration": self.network,
            "loadBalancers": [{"targetGroupArn": self.blue, "containerName": "app", "containerPort": 8080}],
        }
        self.assertEqual(expected, {name: task_set[name] for name in expected})
        self.assertNotIn("launchType", task_set)

    def test_codedeploy_has_no_deployments_of_ecs_and_nothing_runs_at_once(self):
        service = self.create_service()
        counts = (service["desiredCount"], service["pendingCount"], service["runningCount"])
        self.assertEqual(([], (3, 0, 0)), (service["deployments"], counts))

    def test_a_service_that_ecs_deploys_has_no_task_sets(self):
        self.create_service(deploymentController={"type": "ECS"})
        self.assertEqual([], self.task_sets())

    def test_task_sets_follow_the_desired_count(self):
        self.create_service()
        self.start_task_set(scale={"unit": "PERCENT", "value": 50})
        self.ecs.update_service(cluster="cluster", service="service", desiredCount=5)
        self.assertEqual([5, 3], [task_set["computedDesiredCount"] for task_set in self.task_sets()])
        self.assertEqual((0, 0), (self.described()["runningCount"], self.described()["pendingCount"]))

    def test_task_sets_follow_what_changes_the_count_without_an_api_call(self):
        self.create_service()
        ecs_backends[ACCOUNT][REGION].services["cluster:service"].desired_count = 7
        task_sets.tick()
        self.assertEqual(7, self.task_sets()[0]["computedDesiredCount"])

    def test_a_new_count_has_to_become_steady_again(self):
        self.create_service()
        self.models()[0].stabilityStatus = "STEADY_STATE"
        task_sets.tick()
        self.assertEqual("STEADY_STATE", self.task_sets()[0]["stabilityStatus"])
        self.ecs.update_service(cluster="cluster", service="service", desiredCount=4)
        self.assertEqual("STABILIZING", self.task_sets()[0]["stabilityStatus"])

    def test_a_task_set_can_be_scaled(self):
        self.create_service()
        made = self.start_task_set()
        self.ecs.update_task_set(
            cluster="cluster", service="service", taskSet=made["taskSetArn"], scale={"unit": "PERCENT", "value": 0}
        )
        self.assertEqual([3, 0], [task_set["computedDesiredCount"] for task_set in self.task_sets()])

    def test_a_task_set_without_a_strategy_is_of_launch_type_fargate(self):
        self.create_service()
        made = self.start_task_set(capacityProviderStrategy=[])
        self.assertEqual(("FARGATE", []), (made["launchType"], made["capacityProviderStrategy"]))

    def test_the_service_shows_its_primary_task_set(self):
        self.create_service()
        balancers = [{"targetGroupArn": self.green, "containerName": "app", "containerPort": 8080}]
        made = self.start_task_set(loadBalancers=balancers, capacityProviderStrategy=[], platformVersion="1.4.0")
        self.ecs.update_service_primary_task_set(cluster="cluster", service="service", primaryTaskSet=made["taskSetArn"])
        service = self.described()
        self.assertEqual(["ACTIVE", "PRIMARY"], [task_set["status"] for task_set in service["taskSets"]])
        shown = (service["loadBalancers"], service["launchType"], service["capacityProviderStrategy"], service["platformVersion"])
        self.assertEqual((balancers, "FARGATE", [], "1.4.0"), shown)

    def test_a_deleted_task_set_is_seen_until_its_tasks_are_gone(self):
        self.create_service()
        made = self.start_task_set()
        self.models()[1].running_count = 3
        self.ecs.delete_task_set(cluster="cluster", service="service", taskSet=made["taskSetArn"])
        task_sets.tick()
        draining = self.task_sets()[1]
        self.assertEqual(("DRAINING", 0, 0.0), (draining["status"], draining["computedDesiredCount"], draining["scale"]["value"]))
        self.models()[1].running_count = 0
        task_sets.tick()
        self.assertEqual(["PRIMARY"], [task_set["status"] for task_set in self.task_sets()])

    def test_refuses_to_delete_the_primary_task_set(self):
        self.create_service()
        self.assert_refused(
            "InvalidParameterException",
            "Unable to delete a task set that is the primary task set.",
            self.ecs.delete_task_set,
            cluster="cluster",
            service="service",
            taskSet=self.task_sets()[0]["taskSetArn"],
        )

    def test_refuses_task_sets_that_do_not_exist(self):
        self.create_service()
        for call, name in ((self.ecs.delete_task_set, "taskSet"), (self.ecs.update_service_primary_task_set, "primaryTaskSet")):
            with self.subTest(name):
                self.assert_refused(
                    "TaskSetNotFoundException",
                    "The specified task set wasn't found.",
                    call,
                    cluster="cluster",
                    service="service",
                    **{name: "ecs-svc/1"},
                )

    def test_refuses_task_definitions_that_are_inactive(self):
        self.create_service()
        self.ecs.deregister_task_definition(taskDefinition="batch:1")
        for call in (lambda: self.start_task_set(taskDefinition="batch:1"), self.another_service):
            self.assert_refused("ClientException", "TaskDefinition is inactive", call)

    def another_service(self):
        self.ecs.create_service(**self.service_parameters(serviceName="other", taskDefinition="batch:1"))
