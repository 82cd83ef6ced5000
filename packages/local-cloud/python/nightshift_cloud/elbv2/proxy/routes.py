"""Chooses the target of each request, by the routing table and in turn.
https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html"""

from .table import GroupEntry, ListenerEntry, Table, TargetEntry


class Routes:
    """The latest table of the server. The turns outlive a table, so that a new weight does not start them again."""

    def __init__(self) -> None:
        self.listeners: dict[str, ListenerEntry] = {}
        self.groups: dict[str, GroupEntry] = {}
        self.credits: dict[str, dict[str, int]] = {}
        self.turns: dict[str, int] = {}

    def replace(self, table: Table) -> None:
        self.listeners = {listener["arn"]: listener for listener in table["listeners"]}
        self.groups = {group["arn"]: group for group in table["groups"]}
        self.credits = {arn: credit for arn, credit in self.credits.items() if arn in self.listeners}
        self.turns = {arn: turn for arn, turn in self.turns.items() if arn in self.groups}

    def group_for(self, listener: ListenerEntry) -> str | None:
        """The ARN of a target group by the weights, spread evenly: 90/10 sends every tenth request to the second."""
        action = listener["action"]
        if action["type"] != "forward":
            return None
        credit = self.credits.setdefault(listener["arn"], {})
        weights = {group["arn"]: group["weight"] for group in action["groups"] if group["weight"] > 0}
        if not weights:
            return None
        for arn, weight in weights.items():
            credit[arn] = credit.get(arn, 0) + weight
        chosen = max(weights, key=lambda arn: credit[arn])
        credit[chosen] -= sum(weights.values())
        return chosen

    def targets_for(self, group_arn: str) -> list[TargetEntry]:
        """The targets to try, in their order. If none is healthy, all unhealthy ones are tried."""
        group = self.groups.get(group_arn)
        if group is None:
            return []
        for state in ("healthy", "unhealthy"):
            found = [target for target in group["targets"] if target["state"] == state]
            if found:
                turn = self.turns.get(group_arn, 0)
                self.turns[group_arn] = turn + 1
                start = turn % len(found)
                return found[start:] + found[:start]
        return []
