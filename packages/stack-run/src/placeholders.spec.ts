import { upstreamReads, withPlaceholders } from './placeholders';
import { readsNetworkAndRegistry } from './stack-json.fixture';

const network = 'cross-stack-reference-input-network';

const registry = 'cross-stack-reference-input-registry';

const ofNetwork = (...values: string[]) => ({ stack: 'network', dataSource: network, values, all: false });

const ofRegistry = { stack: 'registry', dataSource: registry, values: ['repository_url'], all: true };

describe('placeholders for values that are not published yet', () => {
  it('replace the state of a stack that is not deployed', () => {
    const { json, addresses } = withPlaceholders(readsNetworkAndRegistry, [ofRegistry]);
    expect(addresses).toEqual([`terraform_data.${registry}`]);
    expect(json).toEqual({
      ...readsNetworkAndRegistry,
      data: {
        aws_region: { Region: {} },
        terraform_remote_state: {
          [network]: readsNetworkAndRegistry.data.terraform_remote_state[network],
        },
      },
      resource: {
        ...readsNetworkAndRegistry.resource,
        aws_ecs_task_definition: {
          Task: { container_definitions: `[{"image":"\${terraform_data.${registry}.output.repository_url}:1"}]` },
        },
        terraform_data: { [registry]: { input: { repository_url: 'placeholder' } } },
      },
    });
  });

  it('replace single values: others are read from the state', () => {
    const { json } = withPlaceholders(readsNetworkAndRegistry, [ofNetwork('subnet_ids_1')]);
    expect(json.data).toEqual(readsNetworkAndRegistry.data);
    expect(json.resource).toEqual({
      ...readsNetworkAndRegistry.resource,
      aws_ecs_service: {
        Service: {
          subnets: [
            `\${terraform_data.${network}.output.subnet_ids_1}`,
            `\${data.terraform_remote_state.${network}.outputs.subnet_ids_0}`,
          ],
        },
      },
      terraform_data: { [network]: { input: { subnet_ids_1: 'placeholder' } } },
    });
  });

  it('leave no empty block, which Terraform refuses', () => {
    const everything = [ofNetwork('subnet_ids_0', 'subnet_ids_1', 'vpc_id'), ofRegistry];
    const { json } = withPlaceholders(readsNetworkAndRegistry, everything);
    expect(json.data).toEqual({ aws_region: { Region: {} } });
    expect(JSON.stringify(json)).not.toContain('terraform_remote_state');
  });

  it('leave no data sources in a stack without others', () => {
    const { data, ...json } = readsNetworkAndRegistry;
    const { terraform_remote_state } = data;
    const everything = [ofNetwork('subnet_ids_0', 'subnet_ids_1', 'vpc_id'), ofRegistry];
    expect(withPlaceholders({ ...json, data: { terraform_remote_state } }, everything).json).not.toHaveProperty('data');
  });

  it('are added to the terraform_data resources of the stack', () => {
    const own = { Own: { input: 'mine' } };
    const { json } = withPlaceholders({ resource: { terraform_data: own } }, [ofRegistry]);
    expect(json).toEqual({
      resource: { terraform_data: { ...own, [registry]: { input: { repository_url: 'placeholder' } } } },
    });
  });
});

describe('upstreamReads (R0.2)', () => {
  it('finds expressions, also in JSON texts, each value once', () => {
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

  it('is empty for a stack without upstream stacks', () => {
    expect(upstreamReads({})).toEqual([]);
    expect(upstreamReads({ data: { aws_region: { Region: {} } } })).toEqual([]);
  });
});
