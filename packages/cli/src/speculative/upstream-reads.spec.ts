import { readsNetworkAndRegistry } from './stack-json.fixture';
import { upstreamReads } from './upstream-reads';

describe('what a stack reads from others (R0.2)', () => {
  it('is found in expressions, also inside of JSON texts, each value once', () => {
    const state = (stack: string) => ({ backend: 's3', config: { bucket: 'state', key: `dev/${stack}.tfstate` } });
    expect(upstreamReads(readsNetworkAndRegistry)).toEqual([
      {
        stack: 'network',
        dataSource: 'cross-stack-reference-input-network',
        state: state('network'),
        values: ['subnet_ids_0', 'subnet_ids_1', 'vpc_id'],
      },
      {
        stack: 'registry',
        dataSource: 'cross-stack-reference-input-registry',
        state: state('registry'),
        values: ['repository_url'],
      },
    ]);
  });

  it('is nothing for a stack that stands on its own', () => {
    expect(upstreamReads({})).toEqual([]);
    expect(upstreamReads({ data: { aws_region: { Region: {} } } })).toEqual([]);
  });
});
