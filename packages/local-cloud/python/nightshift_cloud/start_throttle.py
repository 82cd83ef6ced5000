"""How long a service waits after tasks that did not reach RUNNING.
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-throttle-logic.html

AWS documents the upper limit and that the pause grows, not how; a task that stops after RUNNING is replaced at once."""

GROWS_BY = 15
LONGEST = 27 * 60
# From here on the service says that it cannot start tasks.
CONSISTENTLY = 3


class StartThrottle:
    """Of one task set. Times are seconds of AWS."""

    def __init__(self):
        self.failures = 0
        self.not_before = 0.0

    def failed(self, now):
        """Gives whether the service has to say now that it fails consistently."""
        if now < self.not_before:
            return False  # its siblings of the same round have failed before it
        self.failures += 1
        self.not_before = now + min(LONGEST, GROWS_BY * self.failures)
        return self.failures >= CONSISTENTLY

    def succeeded(self):
        self.failures, self.not_before = 0, 0.0

    def allows(self, now):
        return now >= self.not_before
