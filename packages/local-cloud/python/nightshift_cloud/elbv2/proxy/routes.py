"""Which target a request goes to: the routing table of the server, and whose turn it is.
https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html"""


class Routes:
    """The table as the server sent it last; the turns outlive it, so that a new weight does not start them again."""

    def __init__(self):
        self.listeners, self.groups = {}, {}
        self.credits, self.turns = {}, {}

    def replace(self, table):
        self.listeners = {listener["arn"]: listener for listener in table["listeners"]}
        self.groups = {group["arn"]: group for group in table["groups"]}
        self.credits = {arn: credit for arn, credit in self.credits.items() if arn in self.listeners}
        self.turns = {arn: turn for arn, turn in self.turns.items() if arn in self.groups}

    def group_for(self, listener):
        """The ARN of a target group by the weights, spread evenly: 90/10 gives every tenth request to the second."""
        credit = self.credits.setdefault(listener["arn"], {})
        weights = {group["arn"]: group["weight"] for group in listener["action"]["groups"] if group["weight"] > 0}
        if not weights:
            return None
        for arn, weight in weights.items():
            credit[arn] = credit.get(arn, 0) + weight
        chosen = max(weights, key=lambda arn: credit[arn])
        credit[chosen] -= sum(weights.values())
        return chosen

    def targets_for(self, group_arn):
        """The targets that may be asked, in the order in which to try them. Where none is healthy all unhealthy ones are."""
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
