"""How much of the traffic a deployment configuration lets through, and when.
https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_TrafficRoutingConfig.html"""


def shifted_percent(routing, minutes):
    """The share that the new version has this long after the shift began. An increment moves at the start of its interval, so
    that the first one is there at once."""
    if routing["type"] == "TimeBasedCanary":
        canary = routing["timeBasedCanary"]
        return canary["canaryPercentage"] if minutes < canary["canaryInterval"] else 100
    if routing["type"] == "TimeBasedLinear":
        linear = routing["timeBasedLinear"]
        increments = int(minutes // linear["linearInterval"]) + 1
        return min(100, increments * linear["linearPercentage"])
    return 100
