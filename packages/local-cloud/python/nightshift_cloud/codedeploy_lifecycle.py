"""The lifecycle events of an ECS deployment, in their order.
https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-hooks.html#reference-appspec-file-structure-hooks-run-order-ecs"""

from . import clock

EVENTS = (
    "BeforeInstall",
    "Install",
    "AfterInstall",
    "AllowTestTraffic",
    "AfterAllowTestTraffic",
    "BeforeAllowTraffic",
    "AllowTraffic",
    "AfterAllowTraffic",
)
ONLY_WITH_TEST_LISTENER = ("AllowTestTraffic", "AfterAllowTestTraffic")


class Lifecycle:
    """Events begin and end in order; one that has failed is the last one."""

    def __init__(self, with_test_listener):
        names = [name for name in EVENTS if with_test_listener or name not in ONLY_WITH_TEST_LISTENER]
        self.events = [{"lifecycleEventName": name, "status": "Pending"} for name in names]
        self.updated_at = clock.now()

    def event(self, name):
        return next(event for event in self.events if event["lifecycleEventName"] == name)

    def begin(self, name):
        self.updated_at = clock.now()
        self.event(name).update(status="InProgress", startTime=self.updated_at)

    def end(self, name):
        self.updated_at = clock.now()
        self.event(name).update(status="Succeeded", endTime=self.updated_at)

    def pass_by(self, name):
        """An event that only hooks would make last."""
        self.begin(name)
        self.end(name)

    def fail(self, message=None):
        """The event at work fails, or the next one where none is; those after it are skipped."""
        self.updated_at = clock.now()
        open_events = [event for event in self.events if event["status"] in ("InProgress", "Pending")]
        for event in open_events[1:]:
            event["status"] = "Skipped"
        for event in open_events[:1]:
            event.update(status="Failed", endTime=self.updated_at)
            event.setdefault("startTime", self.updated_at)
            if message:
                event["diagnostics"] = {"errorCode": "UnknownError", "scriptName": "", "message": message, "logTail": ""}
