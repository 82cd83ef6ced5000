"""How a number of tasks is split over capacity providers.
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-capacity-providers.html#capacity-providers-considerations"""

SPOT = "FARGATE_SPOT"


def base_of(item):
    return item.get("base") or 0


def weight_of(item):
    return item.get("weight") or 0


def load_of(item, count):
    """How full a provider is for its weight; below its base it is emptier than any other."""
    beyond = count - base_of(item)
    if beyond < 0:
        return -1.0
    return beyond / weight_of(item) if weight_of(item) else float("inf")


def provider_to_add(strategy, counts):
    """The provider of the next task, given how many tasks each provider has; None for a strategy of nothing."""

    def after(item):
        count = counts.get(item["capacityProvider"], 0)
        return -1.0 if count < base_of(item) else load_of(item, count + 1)

    usable = [item for item in strategy if weight_of(item) or counts.get(item["capacityProvider"], 0) < base_of(item)]
    return min(usable, key=after)["capacityProvider"] if usable else None


def provider_to_remove(strategy, counts):
    """The provider that has the most beyond its share. One that is no longer in the strategy goes first."""
    shares = {item["capacityProvider"]: item for item in strategy}
    nothing = {"weight": 0}
    used = [provider for provider, count in counts.items() if count > 0]
    return max(used, key=lambda provider: load_of(shares.get(provider, nothing), counts[provider])) if used else None
