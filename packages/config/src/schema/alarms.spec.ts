import { problemsOf } from '../problems-of.fixture';

describe('alarms and gates (R10.4, R12.5)', () => {
  it.each([
    'alarms: { cpuUtilization: { threshold: 99.9, periodSeconds: 300, evaluationPeriods: 2, datapointsToAlarm: 1 } }',
    'alarms: { target5xxCount: { periodSeconds: 86400, evaluationPeriods: 1, datapointsToAlarm: 1 } }',
    'gates: { targetResponseTime: { threshold: 0.25 } }',
    'gates: { failedRequests: { threshold: 0.5, minimumRequests: 100 } }',
    'alarms: { loadBalancer5xxCount: { threshold: 3 } }',
    'alarms: { emails: [risk@example.com, night-shift+eu@example.com] }',
  ])('accept %s', (yaml) => expect(problemsOf(yaml)).toEqual([]));

  it.each([
    [
      'alarms: { memoryUtilization: { threshold: 100 } }',
      'alarms.memoryUtilization.threshold: is not a number from 0 to below 100, got 100 - use one in this range',
    ],
    [
      'alarms: { target5xxCount: { threshold: -1 } }',
      'alarms.target5xxCount.threshold: is not a number of 0 or more, got -1 - use one',
    ],
    [
      'gates: { failedRequests: { minimumRequests: 0 } }',
      'gates.failedRequests.minimumRequests: is not a whole number from 1 to 1000000, got 0 - use one in this range',
    ],
    [
      'gates: { failedRequests: { threshold: 100 } }',
      'gates.failedRequests.threshold: is not a number from 0 to below 100, got 100 - use one in this range',
    ],
    [
      'gates: { failedRequests: { evaluationPeriods: 1 } }',
      'gates.failedRequests.datapointsToAlarm: is above evaluationPeriods (1), got 2 (the default) - lower it or raise evaluationPeriods',
    ],
    [
      'gates: { targetResponseTime: { evaluationPeriods: 1 } }',
      'gates.targetResponseTime.datapointsToAlarm: is above evaluationPeriods (1), got 2 (the default) - lower it or raise evaluationPeriods',
    ],
    [
      'alarms: { cpuUtilization: { periodSeconds: 30 } }',
      'alarms.cpuUtilization.periodSeconds: is not a multiple of 60 seconds up to a day, got 30 - use 60, 120, 300 and the like',
    ],
    [
      'gates: { unhealthyHostCount: { datapointsToAlarm: 4 } }',
      'gates.unhealthyHostCount.datapointsToAlarm: is above evaluationPeriods (3), got 4 - lower it or raise evaluationPeriods',
    ],
    [
      'gates: { unhealthyHostCount: { evaluationPeriods: 2 } }',
      'gates.unhealthyHostCount.datapointsToAlarm: is above evaluationPeriods (2), got 3 (the default) - lower it or raise evaluationPeriods',
    ],
    [
      'alarms: { targetResponseTime: { periodSeconds: 3600, evaluationPeriods: 25 } }',
      'alarms.targetResponseTime.evaluationPeriods: looks back more than a day with periodSeconds 3600, got 25 - use at most 24',
    ],
    [
      'alarms: { scalingAtMaximum: { evaluationMinutes: 0 } }',
      'alarms.scalingAtMaximum.evaluationMinutes: is not a whole number from 1 to 1440, got 0 - use one in this range',
    ],
    [
      'alarms: { emails: [nobody] }',
      'alarms.emails[0]: is not an e-mail address, got "nobody" - write one such as team@example.com',
    ],
    [
      'alarms: { emails: [a@example.com, A@example.com] }',
      'alarms.emails[1]: is the same address as item 1 of the list, got "A@example.com" - remove one of the two',
    ],
  ])('refuse %s', (yaml, problem) => expect(problemsOf(yaml)).toEqual([`dev.yaml: ${problem}`]));
});
