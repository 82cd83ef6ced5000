import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sdkError } from '@nightshift/testing/aws';
import { forEachTest } from './testing/for-each-test';
import { StackVerbRun } from './testing/stack-verb-run';

describe('the port of running tasks', () => {
  const verb = forEachTest(() => new StackVerbRun());
  beforeEach(() => {
    const rules = { resource: { aws_vpc_security_group_ingress_rule: { Tasks: {} } } };
    writeFileSync(join(verb.effects.root, 'cdktf.out/dev/stacks/network/cdk.tf.json'), JSON.stringify(rules));
    verb.effects.ports = [8080];
  });

  const container = (settings: string) => {
    const file = join(verb.effects.root, 'environments/dev.yaml');
    writeFileSync(file, `${readFileSync(file, 'utf8')}container: { ${settings} }\n`);
  };
  const refused = (name: string) =>
    `nightshift ${name} network: closes port 8080, which the running tasks use until a release replaces them, got container.port 9090 - set container.previousPort to 8080 in environments/dev.yaml, deploy (npx nx run-many -t deploy -c dev), release (npx nx run compute:release -c dev), then remove previousPort and deploy again`;

  it.each(['deploy', 'redeploy'])('is not closed by %s, before Terraform starts', async (name) => {
    container('port: 9090');
    const { stderr, exitCode } = await verb.run(`${name} network -c dev`);
    expect(stderr).toBe(`error ${refused(name)}\n`);
    expect(exitCode).toBe(1);
    expect(verb.terraform.calls).toEqual([]);
  });

  it('is reported by plan, which shows the changes, and in its summary and result', async () => {
    container('port: 9090');
    const note = `this plan cannot be deployed: ${refused('deploy')}`;
    const { stdout, exitCode } = await verb.run('plan network -c dev --summary summary.md');
    expect(stdout.split('\n')[1]).toBe(`  ! ${note}`);
    expect(exitCode).toBe(0);
    expect(readFileSync(join(verb.effects.cwd, 'summary.md'), 'utf8')).toContain(note);
    verb.effects.printed.stdout = '';
    const json = JSON.parse((await verb.run('plan network -c dev --json')).stdout) as object;
    expect(json).toMatchObject({ refused: note });
  });

  it('can stay open next to the new one', async () => {
    container('port: 9090, previousPort: 8080');
    verb.effects.ports = [8080, 9090];
    expect((await verb.run('deploy network -c dev')).exitCode).toBe(0);
    expect((await verb.run('plan network -c dev')).stdout).not.toContain('!');
  });

  it('is closed once no task listens on it', async () => {
    container('port: 9090');
    verb.effects.ports = [9090];
    expect((await verb.run('deploy network -c dev')).exitCode).toBe(0);
  });

  it.each([
    ['port: 7070, previousPort: 8080', [8080, 9090], 9090],
    ['port: 7070', [8080, 9090], 8080],
  ])('is not suggested as previousPort while a release has two ports: %s', async (settings, ports, closed) => {
    container(settings);
    verb.effects.ports = ports;
    const { stderr } = await verb.run('deploy network -c dev');
    expect(stderr).toBe(
      `error nightshift deploy network: closes port ${String(closed)}, which the running tasks use until a release replaces them, got container.port 7070 - wait until the current release ends: npx nightshift release watch -c dev\n`,
    );
  });

  it('is checked only for the stack with the rules, and not for destroy', async () => {
    container('port: 9090');
    expect((await verb.run('deploy compute -c dev')).exitCode).toBe(0);
    expect((await verb.run('plan network -c dev --destroy')).stdout).not.toContain('!');
  });

  it('is read from AWS: deploy needs it, plan continues without it', async () => {
    verb.effects.ports = sdkError('AccessDeniedException', 'not authorized to perform: ecs:DescribeServices on x', 403);
    const problem =
      'the ports of the tasks in dev: AWS does not allow it, got AccessDeniedException: not authorized to perform: ecs:DescribeServices on x - allow ecs:DescribeServices for the role that you use, then run the same command again';
    expect((await verb.run('plan network -c dev')).stdout).toContain(
      `  ! cannot determine whether this plan cuts off running tasks: ${problem}\n`,
    );
    expect((await verb.run('deploy network -c dev')).stderr).toBe(`error ${problem}\n`);
  });

  it('fails with a defect if the error is not from AWS', async () => {
    verb.effects.ports = new Error('no such thing');
    expect((await verb.run('plan network -c dev')).exitCode).toBe(70);
  });
});

describe('a changed scheme of the load balancer', () => {
  const balancer = {
    name: 'alb-dev',
    scheme: 'internet-facing',
    targetGroups: ['tg-green-dev'],
    newTargetGroup: 'tg-blue-dev',
  };
  const verb = forEachTest(() => new StackVerbRun());
  beforeEach(() => {
    const file = join(verb.effects.root, 'environments/dev.yaml');
    writeFileSync(file, `${readFileSync(file, 'utf8')}loadBalancer: { scheme: internal }\n`);
    const resources = { resource: { aws_lb: { LoadBalancer: {} } } };
    writeFileSync(join(verb.effects.root, 'cdktf.out/dev/stacks/compute/cdk.tf.json'), JSON.stringify(resources));
    verb.effects.balancer = balancer;
  });

  const change = 'loadBalancer.scheme internal instead of internet-facing replaces alb-dev';
  const refused = `nightshift deploy compute: ${change}, and its new listeners forward to tg-blue-dev, but tasks run in tg-green-dev - move the tasks to tg-blue-dev by a release of the current image (npx nx run compute:release -c dev), then run the same command again`;

  it('is refused while the tasks are in the other target group; plan reports it', async () => {
    expect(await verb.run('deploy compute -c dev')).toMatchObject({ stderr: `error ${refused}\n`, exitCode: 1 });
    expect(verb.terraform.calls).toEqual([]);
    const { stdout, exitCode } = await verb.run('plan compute -c dev');
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`  ! this plan cannot be deployed: ${refused}\n`);
  });

  it('is refused during a release', async () => {
    verb.effects.balancer = { ...balancer, targetGroups: ['tg-blue-dev', 'tg-green-dev'] };
    expect((await verb.run('deploy compute -c dev')).stderr).toBe(
      `error nightshift deploy compute: ${change}, and its new listeners forward to tg-blue-dev, but tasks run in tg-blue-dev and tg-green-dev - wait until the current release ends: npx nightshift release watch -c dev\n`,
    );
  });

  it.each(['deploy', 'plan'])('is a warning of %s otherwise', async (name) => {
    verb.effects.balancer = { ...balancer, targetGroups: ['tg-blue-dev'] };
    expect(await verb.run(`${name} compute -c dev`)).toMatchObject({
      stderr: `warning compute: ${change}: clients get no answer for some minutes, and its DNS name changes\n`,
      exitCode: 0,
    });
  });

  it.each([undefined, { ...balancer, scheme: 'internal' }])(
    'requires no check without a replacement: %j',
    async (found) => {
      verb.effects.balancer = found;
      expect(await verb.run('deploy compute -c dev')).toMatchObject({ stderr: '', exitCode: 0 });
    },
  );
});
