"""The measurements for CloudWatch: counted here and sent to the server a few times a second.
https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html"""

from .table import Measured


class Measurements:
    def __init__(self) -> None:
        self.counts: dict[tuple[str, str | None, str], int] = {}
        self.times: dict[tuple[str, str | None], dict[float, int]] = {}

    def count(self, load_balancer: str, target_group: str | None, name: str) -> None:
        key = (load_balancer, target_group, name)
        self.counts[key] = self.counts.get(key, 0) + 1

    def answered(self, load_balancer: str, target_group: str | None, status: int, seconds: float) -> None:
        """A target has responded this many seconds after the request left for it."""
        self.count(load_balancer, target_group, f"HTTPCode_Target_{status // 100}XX_Count")
        times = self.times.setdefault((load_balancer, target_group), {})
        rounded = float(f"{seconds:.3g}")
        times[rounded] = times.get(rounded, 0) + 1

    def refused(self, load_balancer: str, status: int) -> None:
        """The load balancer itself has responded with an error."""
        self.count(load_balancer, None, f"HTTPCode_ELB_{status // 100}XX_Count")
        if status // 100 == 5:
            self.count(load_balancer, None, f"HTTPCode_ELB_{status}_Count")

    def take(self) -> Measured | None:
        """Everything since the last call, or None."""
        if not self.counts:
            return None
        measured: Measured = {
            "counts": [(*key, count) for key, count in self.counts.items()],
            "times": [(*key, sorted(values.items())) for key, values in self.times.items()],
        }
        self.counts, self.times = {}, {}
        return measured
