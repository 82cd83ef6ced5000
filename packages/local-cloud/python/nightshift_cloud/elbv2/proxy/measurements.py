"""What CloudWatch will be told: counted here, sent to the server a few times a second.
https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html"""


class Measurements:
    def __init__(self):
        self.counts, self.times = {}, {}

    def count(self, load_balancer, target_group, name):
        key = (load_balancer, target_group, name)
        self.counts[key] = self.counts.get(key, 0) + 1

    def answered(self, load_balancer, target_group, status, seconds):
        """A target has answered, so many seconds after the request left for it."""
        self.count(load_balancer, target_group, f"HTTPCode_Target_{status // 100}XX_Count")
        times = self.times.setdefault((load_balancer, target_group), {})
        rounded = float(f"{seconds:.3g}")
        times[rounded] = times.get(rounded, 0) + 1

    def refused(self, load_balancer, status):
        """The load balancer has answered by itself, with an error."""
        self.count(load_balancer, None, f"HTTPCode_ELB_{status // 100}XX_Count")
        if status // 100 == 5:
            self.count(load_balancer, None, f"HTTPCode_ELB_{status}_Count")

    def take(self):
        """All since the last time, or None."""
        if not self.counts:
            return None
        counts = [[*key, count] for key, count in self.counts.items()]
        times = [[*key, sorted(values.items())] for key, values in self.times.items()]
        self.counts, self.times = {}, {}
        return {"counts": counts, "times": times}
