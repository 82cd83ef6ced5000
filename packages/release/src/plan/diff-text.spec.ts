import { FakePlatform } from '../testing/fake-platform';
import { diffRelease } from './diff-text';
import { planFor } from '../testing/plan-fixture';

describe('diffRelease', () => {
  it('shows the task definition, the capacity and the network of the tasks (R5.2)', async () => {
    const { context } = new FakePlatform();
    const plan = await planFor(context);
    const primary = {
      ...plan.running.primary,
      capacityProviderStrategy: [{ capacityProvider: 'FARGATE', weight: 1 }],
      platformVersion: '1.4.0',
      networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1', 'subnet-2'], securityGroups: ['sg-1'] } },
    };
    expect(diffRelease({ ...plan, running: { primary } })).toEqual([
      expect.objectContaining({ kind: 'image', what: 'image' }),
      { kind: 'service', what: 'capacity', before: 'FARGATE 1', after: 'FARGATE 30, FARGATE_SPOT 70' },
      { kind: 'service', what: 'subnets', before: 'subnet-1, subnet-2', after: 'subnet-1, subnet-2, subnet-3' },
    ]);
  });
});
