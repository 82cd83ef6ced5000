import type { ListedEnvironment } from '@nightshift/config';
import { matrixOf } from './matrix-of';

const of = (name: string, rest: Partial<ListedEnvironment> = {}): ListedEnvironment => ({
  name,
  profile: false,
  cloud: 'aws',
  region: 'us-east-1',
  ...rest,
});

const environments = [
  of('dev', { deliveryOrder: 1 }),
  of('local', { cloud: 'local', deliveryOrder: 9 }),
  of('preview', { profile: true, deliveryOrder: 4 }),
  of('prod', { deliveryOrder: 3, region: 'eu-west-1' }),
  of('sandbox'),
  of('staging', { deliveryOrder: 2 }),
];

describe('matrixOf', () => {
  it('has a job for each environment that the pipeline deploys, in order of delivery (R0.6)', () => {
    expect(matrixOf(environments)).toEqual({
      include: [
        { environment: 'dev', suffix: 'dev', region: 'us-east-1', order: 1 },
        { environment: 'staging', suffix: 'staging', region: 'us-east-1', order: 2 },
        { environment: 'prod', suffix: 'prod', region: 'eu-west-1', order: 3 },
      ],
    });
  });

  it('has the one job that is asked for', () => {
    expect(matrixOf(environments, 'prod').include.map(({ suffix }) => suffix)).toEqual(['prod']);
    expect(matrixOf(environments, 'sandbox').include).toEqual([
      { environment: 'sandbox', suffix: 'sandbox', region: 'us-east-1', order: 0 },
    ]);
  });

  it.each(['preview', 'local', 'nowhere'])('refuses %s, which no pipeline can deploy', (name) => {
    expect(() => matrixOf(environments, name)).toThrow(
      `nightshift environments --only: is no environment that a pipeline can deploy, got ${name} - use one of dev, prod, sandbox, staging`,
    );
  });
});
