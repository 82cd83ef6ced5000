"""A test case with two target groups behind a load balancer that carries requests, and processes that answer them."""

import contextlib
import http.client
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from moto.elbv2.models import elbv2_backends

from nightshift_cloud.clock import TICK
from nightshift_cloud.cloud import cloud
from nightshift_cloud.elbv2 import load_balancers

from .cloud_test_case import ACCOUNT, REGION
from .service_test_case import ServiceTestCase

FAST = {"HealthCheckIntervalSeconds": 5, "HealthCheckTimeoutSeconds": 2, "HealthyThresholdCount": 2}


class Answering(BaseHTTPRequestHandler):
    """Responds with its name and the request, with the status that the server sets."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def do_GET(self):
        if self.path == "/health":
            return self.send(self.server.health)
        content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.busy.set()
        time.sleep(self.server.takes)
        self.send(self.server.status, json.dumps(self.describe_request(content.decode())).encode())

    do_POST = do_HEAD = do_GET

    def describe_request(self, content):
        headers = {name.lower(): value for name, value in self.headers.items()}
        return {"name": self.server.name, "path": self.path, "body": content, "headers": headers}

    def send(self, status, content=b""):
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        # The load balancer closes the connection of a client that has left.
        with contextlib.suppress(ConnectionError):
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(content)


class Process(ThreadingHTTPServer):
    """The process behind a target."""

    daemon_threads = True

    def __init__(self, name, handler=Answering):
        super().__init__(("127.0.0.1", 0), handler)
        self.name, self.health, self.status, self.takes = name, 200, 200, 0
        self.busy = threading.Event()
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()

    def end(self):
        """Ends the process, and returns when its port is closed."""
        self.shutdown()
        self.server_close()


class BalancedTestCase(ServiceTestCase):
    def setUp(self):
        super().setUp()
        cloud.clock.scale = 240
        self.elbv2 = self.client("elbv2")
        self.backend = elbv2_backends[ACCOUNT][REGION]
        for group in (self.blue, self.green):
            self.elbv2.modify_target_group(TargetGroupArn=group, HealthCheckPath="/health", UnhealthyThresholdCount=2, **FAST)
        self.listener = self.listen()

    def forward(self, *groups, **weights):
        chosen = [{"TargetGroupArn": group, "Weight": 100} for group in groups]
        chosen += [{"TargetGroupArn": getattr(self, name), "Weight": weight} for name, weight in weights.items()]
        return {"Type": "forward", "ForwardConfig": {"TargetGroups": chosen}}

    def port_of(self, listener):
        return cloud.balancer_process.ports[listener]

    def start(self, name, group=None, ip="10.0.0.5", handler=Answering, healthy=True, health=200):
        """Registers a process as a target, healthy by default. Its first health check is immediate and gets `health`."""
        started = Process(name, handler)
        started.health = health
        self.attach(ip)
        self.addCleanup(started.server_close)
        self.addCleanup(started.shutdown)
        load_balancers.register_task(self.backend, group or self.blue, ip, 8080, "127.0.0.1", started.server_port)
        if healthy:
            self.until(lambda: self.health(group, ip)["State"] == "healthy")
        return started

    def attach(self, ip, groups=()):
        """A network interface with this address, unless there is one."""
        ec2 = self.client("ec2")
        described = ec2.describe_network_interfaces(Filters=[{"Name": "private-ip-address", "Values": [ip]}])
        if not described["NetworkInterfaces"]:
            ec2.create_network_interface(SubnetId=self.subnet_ids[0], PrivateIpAddress=ip, Groups=list(groups))

    def health(self, group=None, ip="10.0.0.5"):
        found = self.elbv2.describe_target_health(TargetGroupArn=group or self.blue, Targets=[{"Id": ip}])
        return found["TargetHealthDescriptions"][0]["TargetHealth"]

    def until(self, condition, seconds=60):
        end = time.monotonic() + seconds
        while not (found := condition()):
            self.assertLess(time.monotonic(), end, "it did not happen in time")
            time.sleep(TICK / 5)
        return found

    def request(self, path="/", listener=None, method="GET", body=None, headers=None):
        """Returns status, headers and body of the response."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port_of(listener or self.listener), timeout=60)
        try:
            connection.request(method, path, body=body, headers=headers or {})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def asked(self, *args, **kwargs):
        """The request as the process that responded received it."""
        status, _, content = self.request(*args, **kwargs)
        self.assertEqual(200, status)
        return json.loads(content)
