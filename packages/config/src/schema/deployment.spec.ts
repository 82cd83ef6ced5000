import { problemsOf } from '../problems-of.fixture';

describe('deployment (R10)', () => {
  it.each([
    'trafficRouting: { type: linear, percentage: 20, intervalMinutes: 3 }',
    'trafficRouting: { type: canary, percentage: 5, intervalMinutes: 30 }',
    'trafficRouting: { type: all-at-once }, terminationWaitMinutes: 0',
    'testRequests: []',
    'testRequests: [{ path: /version?full=1 }, { method: PUT, path: /jobs/1, body: "{}", status: 202, contains: accepted }]',
  ])('accepts %s', (yaml) => expect(problemsOf(`deployment: { ${yaml} }`)).toEqual([]));

  it.each([
    [
      'trafficRouting: { type: all-at-once, percentage: 10 }',
      'trafficRouting.percentage: is not a known key - remove it, or use one of type',
    ],
    ['trafficRouting: { type: canary, percentage: 5 }', 'trafficRouting.intervalMinutes: is missing - add it'],
    [
      'trafficRouting: { type: linear, percentage: 100 }',
      'trafficRouting.percentage: is not a whole number from 1 to 99, got 100 - use one in this range',
    ],
    [
      'testRequests: [{ path: jobs }]',
      'testRequests[0].path: is not a path, got "jobs" - start with / and encode spaces and other characters, such as %20',
    ],
    [
      'testRequests: [{ path: /, contains: "" }]',
      'testRequests[0].contains: is empty, got "" - write a text, or remove the key',
    ],
    [
      `testRequests: [${Array.from({ length: 11 }, () => '{ path: / }').join(', ')}]`,
      'testRequests: has more than 10 requests, got a list - keep the most useful ones',
    ],
    [
      'terminationWaitMinutes: 2881',
      'terminationWaitMinutes: is not a whole number from 0 to 2880, got 2881 - use one in this range',
    ],
  ])('refuses %s', (yaml, problem) =>
    expect(problemsOf(`deployment: { ${yaml} }`)).toEqual([`dev.yaml: deployment.${problem}`]),
  );
});
