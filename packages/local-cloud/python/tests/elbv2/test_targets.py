from http.server import BaseHTTPRequestHandler

from nightshift_cloud.cloud import cloud
from nightshift_cloud.elbv2 import load_balancers, targets

from ..balanced_test_case import BalancedTestCase

HEALTHY = {"State": "healthy"}


class Garbled(BaseHTTPRequestHandler):
    def log_message(self, *args):
        pass

    def do_GET(self):
        self.wfile.write(b"what?\r\n\r\n")


class TargetsTest(BalancedTestCase):
    def becomes(self, state, reason=None, description=None):
        expected = {"State": state, "Reason": reason, "Description": description}
        expected = {name: value for name, value in expected.items() if value}
        self.until(lambda: self.health() == expected)

    def described(self):
        found = self.elbv2.describe_target_health(TargetGroupArn=self.blue)["TargetHealthDescriptions"]
        return [(target["Target"], target["TargetHealth"]["State"]) for target in found]

    def health_for_tasks(self):
        return targets.health(self.backend, self.blue, "10.0.0.5")

    def test_a_registered_target_is_listed_with_the_address_of_its_task(self):
        self.start("one")
        self.assertEqual([({"Id": "10.0.0.5", "Port": 8080}, "healthy")], self.described())
        self.assertEqual("healthy", self.health_for_tasks())

    def test_a_new_target_is_being_registered(self):
        with cloud.clock.lock:
            load_balancers.register_task(self.backend, self.blue, "10.0.0.5", 8080, "127.0.0.1", 1)
            state = targets.health_of(targets.groups_of(self.backend)[self.blue], "10.0.0.5")
        self.assertEqual(("initial", "Elb.RegistrationInProgress", "Target registration is in progress"), state)

    def test_a_target_that_has_failed_its_first_check_is_still_being_checked(self):
        self.elbv2.modify_target_group(TargetGroupArn=self.blue, HealthCheckIntervalSeconds=60)
        self.start("one", healthy=False, health=500)
        self.becomes("initial", "Elb.InitialHealthChecking", "Initial health checks in progress")

    def test_a_target_that_answers_with_another_status_is_unhealthy_and_then_healthy_again(self):
        process = self.start("one")
        process.health = 503
        self.becomes("unhealthy", "Target.ResponseCodeMismatch", "Health checks failed with these codes: [503]")
        process.health = 200
        self.becomes("healthy")

    def test_each_status_of_the_matcher_is_healthy(self):
        self.elbv2.modify_target_group(TargetGroupArn=self.blue, Matcher={"HttpCode": "200-299,418"})
        process = self.start("one")
        process.health = 418
        self.assertEqual([True, True, False, True], [self.judged(code) for code in (200, 299, 300, 418)])

    @staticmethod
    def judged(code):
        return targets.matches(code, "200-299,418")

    def test_a_target_that_does_not_listen_fails_its_checks(self):
        self.start("one").end()
        self.becomes("unhealthy", "Target.FailedHealthChecks", "Health checks failed")

    def test_a_target_that_does_not_speak_http_fails_its_checks(self):
        self.start("one", handler=Garbled, healthy=False)
        self.becomes("unhealthy", "Target.FailedHealthChecks", "Health checks failed")

    def test_a_target_that_came_through_the_api_times_out(self):
        self.elbv2.modify_target_group(TargetGroupArn=self.blue, UnhealthyThresholdCount=2)
        self.elbv2.register_targets(TargetGroupArn=self.blue, Targets=[{"Id": "10.0.0.5", "Port": 8080}])
        self.becomes("unhealthy", "Target.Timeout", "Request timed out")
        self.assertEqual(504, self.request()[0])
        self.elbv2.deregister_targets(TargetGroupArn=self.blue, Targets=[{"Id": "10.0.0.5"}])
        self.assertEqual("draining", self.health()["State"])

    def test_a_group_without_a_listener_is_not_checked(self):
        load_balancers.register_task(self.backend, self.green, "10.0.0.5", 8080, "127.0.0.1", 1)
        self.assertEqual("Target.NotInUse", self.health(self.green)["Reason"])

    def test_a_deregistered_target_drains_for_the_delay_and_is_gone(self):
        delay = {"Key": "deregistration_delay.timeout_seconds", "Value": "240"}
        self.elbv2.modify_target_group_attributes(TargetGroupArn=self.blue, Attributes=[delay])
        self.start("one")
        load_balancers.deregister_task(self.backend, self.blue, "10.0.0.5")
        load_balancers.deregister_task(self.backend, self.blue, "10.0.0.5")
        self.becomes("draining", "Target.DeregistrationInProgress", "Target deregistration is in progress")
        self.assertEqual([({"Id": "10.0.0.5", "Port": 8080}, "draining")], self.described())
        self.becomes("unused", "Target.NotRegistered", "Target is not registered to the target group")
        self.assertEqual([], self.described())
        self.assertEqual("unused", self.health_for_tasks())

    def test_a_draining_target_that_is_registered_again_is_new(self):
        self.start("one")
        load_balancers.deregister_task(self.backend, self.blue, "10.0.0.5")
        self.start("two")
        self.assertEqual("two", self.asked()["name"])

    def test_ignores_a_late_response_of_the_previous_process(self):
        process = self.start("one")
        targets.record_check(self.blue, "10.0.0.5", process.server_port + 1, 500)
        targets.record_check(self.blue + "gone", "10.0.0.5", process.server_port, 500)
        self.assertEqual(0, targets.targets_of(targets.groups_of(self.backend)[self.blue])["10.0.0.5"].failed)

    def test_a_target_of_a_group_that_is_gone_is_unused(self):
        gone = self.blue + "gone"
        load_balancers.register_task(self.backend, gone, "10.0.0.5", 8080, "127.0.0.1", 40001)
        load_balancers.deregister_task(self.backend, gone, "10.0.0.5")
        self.assertEqual("unused", targets.health(self.backend, gone, "10.0.0.5"))
