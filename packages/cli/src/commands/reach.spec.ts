import { forEachTest } from '@nightshift/stack-run/testing';
import { join } from 'node:path';
import { VerbRun } from '../testing/run-verb';

const REFERENCE = join(__dirname, '../../../policy/fixtures/reference-plan.json');

describe('reach', () => {
  const verb = forEachTest(() => new VerbRun());

  it('prints the path from one place to another, with every reason (R1.3)', async () => {
    const { stdout, exitCode } = await verb.run(`reach --from tasks --to s3 --plan ${REFERENCE}`);
    expect(exitCode).toBeUndefined();
    expect(stdout).toBe(`aws_ecs_service.app -> aws_vpc_endpoint.s3 (tcp 443)
  aws_vpc_security_group_egress_rule.tasks_s3: allows tcp 443 to s3
  aws_network_acl_rule.out_all: allows all traffic to 0.0.0.0/0, by aws_network_acl.private
  aws_vpc_endpoint.s3: is in the route table of aws_subnet.private[0]
`);
  });

  it('exits with 0 if there is no path', async () => {
    expect(await verb.run(`reach --from internet --to tasks --plan ${REFERENCE}`)).toEqual({
      stdout: 'no path from internet to tasks\n',
      stderr: '',
      exitCode: undefined,
    });
  });

  it('prints JSON', async () => {
    const { stdout } = await verb.run(`reach --from tasks --to s3 --json --plan ${REFERENCE}`);
    expect(JSON.parse(stdout)).toMatchObject({
      type: 'result',
      verb: 'reach',
      status: 'succeeded',
      judged: REFERENCE,
      from: 'tasks',
      to: 's3',
      reaches: true,
      paths: [
        [
          {
            from: 'aws_ecs_service.app',
            to: 'aws_vpc_endpoint.s3',
            ports: { protocol: 'tcp', from: 443, to: 443 },
            steps: [
              {
                stack: REFERENCE,
                path: 'aws_vpc_security_group_egress_rule.tasks_s3',
                address: 'aws_vpc_security_group_egress_rule.tasks_s3',
                does: 'allows tcp 443 to s3',
              },
              { path: 'aws_network_acl_rule.out_all' },
              { path: 'aws_vpc_endpoint.s3' },
            ],
          },
        ],
      ],
      exitCode: 0,
    });
    const second = new VerbRun();
    const none = (await second.run(`reach --from internet --to tasks --json --plan ${REFERENCE}`)).stdout;
    second.dispose();
    expect(JSON.parse(none)).toMatchObject({ reaches: false, paths: [] });
  });

  it('accepts the inputs of policy', async () => {
    for (const judged of ['-c dev', '--stacks cdktf.out/dev']) {
      const one = new VerbRun();
      const { stderr } = await one.run(`reach --from internet --to tasks ${judged}`);
      one.dispose();
      expect(stderr).toBe('error --to: is not a place in this network, got tasks - use one of internet\n');
    }
  });

  const choices = 'pass -c, --stacks or --plan';
  it.each([
    ['--from internet --to tasks', `nightshift reach: no input specified - ${choices}`],
    [
      '--from internet --to tasks -c dev --plan plan.json',
      `nightshift reach: more than one input specified, got -c dev --plan plan.json - ${choices}`,
    ],
    ['--to tasks -c dev', 'nightshift reach: --from is missing - add --from <place>; see npx nightshift reach --help'],
  ])('refuses %j', async (options, message) => {
    expect(await verb.run(`reach ${options}`)).toEqual({ stdout: '', stderr: `error ${message}\n`, exitCode: 1 });
  });
});
