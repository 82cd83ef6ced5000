import { problemsOf } from '../problems-of.fixture';

describe('service and scaling (R5, R7)', () => {
  it.each([
    'service: { capacity: { spotWeight: 0, onDemandWeight: 1, onDemandBase: 2 } }',
    'service: { capacity: { spotWeight: 1, onDemandWeight: 0 } }',
    'service: { desiredCount: 1 }\nscaling: { minimum: 1, maximum: 1 }',
    'scaling: { scaleIn: { cpuPercent: 69 } }',
  ])('accepts %s', (yaml) => expect(problemsOf(yaml)).toEqual([]));

  it.each([
    [
      'weights of 0 only',
      'service: { capacity: { spotWeight: 0, onDemandWeight: 0, onDemandBase: 1 } }',
      'service.capacity.onDemandWeight: leaves no capacity, because spotWeight is also 0, got 0 - set one of the two above 0',
    ],
    [
      'a base without a share',
      'service: { capacity: { onDemandWeight: 0, onDemandBase: 1 } }',
      'service.capacity.onDemandBase: needs on-demand capacity, but onDemandWeight is 0, got 1 - set onDemandWeight above 0, or use 0',
    ],
    [
      'a platform version without what the task needs',
      'service: { platformVersion: "1.3.0" }',
      'service.platformVersion: is not one of the choices, got "1.3.0" - use LATEST or 1.4.0',
    ],
    [
      'a minimum above the maximum',
      'scaling: { minimum: 5, maximum: 4 }',
      'scaling.minimum: is above maximum (4), got 5 - lower it or raise maximum',
    ],
    [
      'a desired count below the minimum',
      'service: { desiredCount: 1 }',
      'service.desiredCount: is not between scaling.minimum and scaling.maximum, got 1 - use a number from 2 to 10',
    ],
    [
      'a desired count above the maximum',
      'service: { desiredCount: 11 }',
      'service.desiredCount: is not between scaling.minimum and scaling.maximum, got 11 - use a number from 2 to 10',
    ],
    [
      'a minimum from which nothing scales out again',
      'scaling: { minimum: 0 }',
      'scaling.minimum: is not a whole number from 1 to 1000, got 0 - use one in this range',
    ],
    [
      'scale-in that meets scale-out',
      'scaling: { scaleIn: { cpuPercent: 70 } }',
      'scaling.scaleIn.cpuPercent: is not below scaleOut.cpuPercent (70), so scale-out and scale-in would alternate without end, got 70 - lower it',
    ],
  ])('refuses %s', (_, yaml, problem) => expect(problemsOf(yaml)).toEqual([`dev.yaml: ${problem}`]));
});
