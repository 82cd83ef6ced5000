"""CloudWatch: composite alarms, which moto can describe and delete but not create.
https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html"""

import re

from moto.cloudwatch.exceptions import ValidationError
from moto.cloudwatch.responses import CloudWatchResponse
from moto.core.responses import EmptyResult

from .extending import adds

ALARM_IN_RULE = re.compile(r'\b(?:ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*"?([^")]+?)"?\s*\)')


def refuse_unknown_alarms(backend, rule):
    names = [name.split(":alarm:")[-1] for name in ALARM_IN_RULE.findall(rule)]
    unknown = [name for name in names if name not in backend.alarms]
    if unknown:
        raise ValidationError(
            f"Could not save the composite alarm as alarms [{', '.join(unknown)}] in the alarm rule do not exist"
        )


@adds(CloudWatchResponse)
def put_composite_alarm(self):
    rule = self._get_param("AlarmRule")
    refuse_unknown_alarms(self.cloudwatch_backend, rule)
    alarm = self.cloudwatch_backend.put_metric_alarm(
        name=self._get_param("AlarmName"),
        description=self._get_param("AlarmDescription"),
        actions_enabled=self._get_bool_param("ActionsEnabled"),
        alarm_actions=self._get_param("AlarmActions", []),
        ok_actions=self._get_param("OKActions", []),
        insufficient_data_actions=self._get_param("InsufficientDataActions", []),
        rule=rule,
        tags=self._get_param("Tags", []),
        dimensions=[],
        namespace=None,
        metric_name=None,
        comparison_operator=None,
        evaluation_periods=None,
        period=None,
        threshold=None,
        statistic=None,
    )
    alarm.alarm_rule = rule
    alarm.actions_suppressor = self._get_param("ActionsSuppressor")
    alarm.actions_suppressor_wait_period = self._get_param("ActionsSuppressorWaitPeriod")
    alarm.actions_suppressor_extension_period = self._get_param("ActionsSuppressorExtensionPeriod")
    return EmptyResult()
