import http.client
import socket
import threading
import time

from nightshift_cloud.cloud import cloud
from nightshift_cloud.elbv2 import load_balancers

from ..balanced_test_case import BalancedTestCase
from ..cloud_test_case import REGION


class LoadBalancersTest(BalancedTestCase):
    def names(self, count, **kwargs):
        answered = [self.asked(**kwargs)["name"] for _ in range(count)]
        return {name: answered.count(name) for name in answered}

    def modify(self, action):
        self.elbv2.modify_listener(ListenerArn=self.listener, DefaultActions=[action])

    def test_a_request_reaches_a_target_with_what_a_load_balancer_adds(self):
        self.start("one")
        asked = self.asked("/jobs?x=1", method="POST", body="risk", headers={"X-Forwarded-For": "1.2.3.4", "Via": "x"})
        self.assertEqual(("one", "/jobs?x=1", "risk"), (asked["name"], asked["path"], asked["body"]))
        headers = asked["headers"]
        self.assertEqual("1.2.3.4, 127.0.0.1", headers["x-forwarded-for"])
        self.assertEqual(("http", "80", "x"), (headers["x-forwarded-proto"], headers["x-forwarded-port"], headers["via"]))
        self.assertRegex(headers["x-amzn-trace-id"], r"^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$")
        self.assertEqual(f"127.0.0.1:{self.port_of(self.listener)}", headers["host"])

    def test_targets_take_turns(self):
        for index, name in enumerate(("one", "two", "three")):
            self.start(name, ip=f"10.0.0.{index + 1}")
        self.assertEqual({"one": 4, "two": 4, "three": 4}, self.names(12))

    def test_weights_share_the_requests_out_evenly(self):
        self.start("blue")
        self.start("green", group=self.green, ip="10.0.0.6", healthy=False)
        self.modify(self.forward(blue=90, green=10))
        self.until(lambda: self.health(self.green, "10.0.0.6")["State"] == "healthy")
        self.assertEqual({"blue": 18, "green": 2}, self.names(20))
        self.modify(self.forward(blue=0, green=100))
        self.assertEqual({"green": 5}, self.names(5))

    def test_a_listener_without_targets_answers_503(self):
        status, headers, content = self.request()
        self.assertEqual((503, "awselb/2.0"), (status, headers["Server"]))
        self.assertIn(b"<h1>503 Service Temporarily Unavailable</h1>", content)

    def test_a_target_gets_no_requests_before_its_first_health_check(self):
        self.start("one", healthy=False).health = 500
        self.assertEqual(503, self.request()[0])

    def test_a_request_that_a_target_does_not_accept_goes_to_the_next(self):
        self.start("one", ip="10.0.0.1").end()
        self.start("two", ip="10.0.0.2")
        self.assertEqual({"two": 6}, self.names(6))

    def test_a_stopped_target_causes_a_502(self):
        self.start("one").end()
        self.assertEqual(502, self.request()[0])

    def test_without_healthy_targets_requests_go_to_unhealthy_ones(self):
        process = self.start("one")
        process.health = 500
        self.until(lambda: self.health()["State"] == "unhealthy")
        self.assertEqual("one", self.asked()["name"])

    def test_a_deregistered_target_gets_no_new_requests(self):
        self.start("one", ip="10.0.0.1")
        self.start("two", ip="10.0.0.2")
        load_balancers.deregister_task(self.backend, self.blue, "10.0.0.1")
        self.assertEqual({"two": 6}, self.names(6))

    def in_flight(self, process, meanwhile, takes=0.5):
        """Calls `meanwhile` during a request, and returns the status of the request."""
        process.takes = takes
        answers = []
        began = time.monotonic()
        asking = threading.Thread(target=lambda: answers.append(self.request()))
        asking.start()
        self.until(process.busy.is_set)
        meanwhile()
        asking.join()
        self.answered_after = time.monotonic() - began
        return answers[0][0]

    def test_a_request_in_flight_is_answered_although_its_target_drains(self):
        process = self.start("one")
        self.assertEqual(
            200, self.in_flight(process, lambda: load_balancers.deregister_task(self.backend, self.blue, "10.0.0.5"))
        )

    def test_a_request_that_takes_longer_than_the_deregistration_delay_is_cut(self):
        process = self.start("one")
        delay = {"Key": "deregistration_delay.timeout_seconds", "Value": "30"}
        self.elbv2.modify_target_group_attributes(TargetGroupArn=self.blue, Attributes=[delay])
        # The delay is half a second of real time here. The local cloud gives a target at least five seconds.
        self.assertEqual(
            502, self.in_flight(process, lambda: load_balancers.deregister_task(self.backend, self.blue, "10.0.0.5"), takes=20)
        )
        self.assertLess(self.answered_after, 15)

    def test_a_request_in_flight_is_answered_although_the_traffic_moves(self):
        process = self.start("one")
        self.assertEqual(200, self.in_flight(process, lambda: self.modify(self.forward(blue=0, green=100))))

    def test_a_request_in_flight_is_answered_although_the_listener_is_deleted(self):
        process = self.start("one")
        gone = {"ListenerArn": self.listener}
        self.assertEqual(200, self.in_flight(process, lambda: self.elbv2.delete_listener(**gone)))

    def test_a_connection_takes_many_requests(self):
        self.start("one")
        connection = http.client.HTTPConnection("127.0.0.1", self.port_of(self.listener))
        self.addCleanup(connection.close)
        for _ in range(3):
            connection.request("POST", "/", body=b"x" * 100)
            self.assertEqual(200, connection.getresponse().read() and 200)
            self.kept = connection.sock
        self.assertIs(self.kept, connection.sock)

    def refused(self, port):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) != 0

    def test_a_deleted_listener_frees_its_port(self):
        port = self.port_of(self.listener)
        self.assertFalse(self.refused(port))
        self.elbv2.delete_listener(ListenerArn=self.listener)
        self.assertTrue(self.refused(port))

    def test_a_deleted_load_balancer_frees_all_its_ports(self):
        ports = [self.port_of(self.listener), self.port_of(self.listen_on(8080, self.forward(self.green)))]
        self.elbv2.delete_load_balancer(LoadBalancerArn=self.balancer_arn)
        self.assertEqual([True, True], [self.refused(port) for port in ports])

    def test_the_same_names_have_the_same_port_again(self):
        port = self.port_of(self.listener)
        self.elbv2.delete_listener(ListenerArn=self.listener)
        self.listener = self.listen_on(80, self.forward(self.blue))
        self.assertEqual(port, self.port_of(self.listener))

    def test_uses_another_port_if_the_port_is_in_use(self):
        port = self.port_of(self.listener)
        self.elbv2.delete_listener(ListenerArn=self.listener)
        with socket.create_server(("127.0.0.1", port)):
            self.listener = self.listen_on(80, self.forward(self.blue))
        self.assertNotEqual(port, self.port_of(self.listener))
        self.assertEqual(503, self.request()[0])

    def test_load_balancers_of_one_name_in_two_regions_have_ports_of_their_own(self):
        other = self.client("elbv2", region="us-east-1")
        subnets = self.make_subnets(region="us-east-1")
        arn = other.create_load_balancer(Name="balancer", Subnets=[subnet["SubnetId"] for subnet in subnets])["LoadBalancers"][0][
            "LoadBalancerArn"
        ]
        said = {"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "200", "MessageBody": "other"}}
        listener = other.create_listener(LoadBalancerArn=arn, Protocol="HTTP", Port=80, DefaultActions=[said])
        [listener] = listener["Listeners"]
        self.assertEqual(b"other", self.request(listener=listener["ListenerArn"])[2])
        self.assertEqual(503, self.request()[0])

    def test_a_fixed_response_is_given(self):
        config = {"StatusCode": "404", "ContentType": "text/css", "MessageBody": "none"}
        listener = self.listen_on(81, {"Type": "fixed-response", "FixedResponseConfig": config})
        status, headers, content = self.request(listener=listener)
        self.assertEqual((404, "text/css", b"none"), (status, headers["Content-Type"], content))

    def test_a_redirect_fills_in_the_parts_of_the_request(self):
        config = {"Protocol": "HTTPS", "Port": "443", "Host": "www.#{host}", "StatusCode": "HTTP_301"}
        listener = self.listen_on(81, {"Type": "redirect", "RedirectConfig": config})
        status, headers, _ = self.request("/a?b=c", listener=listener)
        self.assertEqual((301, "https://www.127.0.0.1:443/a?b=c"), (status, headers["Location"]))

    def test_a_redirect_to_another_listener_leads_to_its_port_on_this_machine(self):
        config = {"Port": "80", "Path": "/new", "Query": "", "StatusCode": "HTTP_302"}
        listener = self.listen_on(81, {"Type": "redirect", "RedirectConfig": config})
        status, headers, _ = self.request("/a", listener=listener)
        self.assertEqual(302, status)
        self.assertEqual(f"http://127.0.0.1:{self.port_of(self.listener)}/new", headers["Location"])

    def test_requests_go_on_after_the_data_path_has_crashed(self):
        self.start("one")
        cloud.balancer_process.process.kill()
        cloud.balancer_process.process.wait()
        self.until(cloud.balancer_process.alive)
        self.until(lambda: not self.refused(self.port_of(self.listener)))
        self.assertEqual("one", self.asked()["name"])

    def test_a_reset_frees_the_ports(self):
        port = self.port_of(self.listener)
        self.reset()
        self.until(lambda: self.refused(port))

    def environments(self):
        return self.ask("GET", "/nightshift/health")[1]["environments"]

    def test_the_server_names_the_address_of_each_environment(self):
        self.assertEqual([], self.environments())
        self.elbv2.add_tags(ResourceArns=[self.balancer_arn], Tags=[{"Key": "Environment", "Value": "dev"}])
        url = f"http://127.0.0.1:{self.port_of(self.listener)}"
        expected = {"suffix": "dev", "region": REGION, "loadBalancer": "balancer", "url": url, "testUrl": None}
        self.until(lambda: self.environments() == [expected])
        test = self.listen_on(79, self.forward(self.green))
        expected["testUrl"] = f"http://127.0.0.1:{self.port_of(test)}"
        self.until(lambda: self.environments() == [expected])
        self.elbv2.delete_load_balancer(LoadBalancerArn=self.balancer_arn)
        self.until(lambda: self.environments() == [])
