import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const environment = 'tags: { Project: Nightshift, CostCenter: risk-analytics }\n';

const stackOf = (name: string) => ({
  resource: {
    aws_vpc: { Vpc_1A: { '//': { metadata: { path: 'network/Vpc/Resource' } } } },
    aws_subnet: { Private_2B: { '//': { metadata: { path: 'network/Private/Resource' } } } },
    ...(name === 'compute' && {
      aws_ecs_service: { Service: {} },
      aws_cloudwatch_log_group: {
        Logs_Insights_1A: { name: '/aws/ecs/containerinsights/ecs-cluster-dev/performance' },
      },
    }),
  },
  data: { aws_region: { Region: { '//': { metadata: { path: 'network/Region' } } } } },
});

/** A workspace in a temporary directory with the environments dev, local and preview, of which dev and pr-1 have been synthesized. */
export function fakeWorkspace(): string {
  const root = mkdtempSync(join(tmpdir(), 'workspace-'));
  const write = (path: string, text: string) => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  write('environments/dev.yaml', environment);
  write('environments/local.yaml', `${environment}cloud: local\n`);
  write('environments/preview.yaml', `${environment}profile: true\n`);
  for (const suffix of ['dev', 'local', 'pr-1']) {
    write(
      `cdktf.out/${suffix}/manifest.json`,
      JSON.stringify({ version: '0.21.0', stacks: { network: {}, compute: { dependencies: ['network'] } } }),
    );
    for (const name of ['network', 'compute']) {
      write(`cdktf.out/${suffix}/stacks/${name}/cdk.tf.json`, JSON.stringify(stackOf(name)));
    }
  }
  return root;
}
