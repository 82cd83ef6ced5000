import { forEachTest } from '@nightshift/stack-run/testing';
import { join } from 'node:path';
import { PolicyRun } from '../../testing/policy-run';

const REFERENCE = join(__dirname, '../../../../policy/fixtures/reference-plan.json');

describe('the inputs of policy', () => {
  const verb = forEachTest(() => new PolicyRun());

  describe('synthesized stacks', () => {
    it('are read from the output of synth, edited files too', async () => {
      const { stdout } = await verb.run('policy --stacks cdktf.out/dev --format sarif');
      expect(stdout).toContain('"uri": "cdktf.out/dev/stacks/network/cdk.tf.json"');
      expect(stdout).toContain('"uri": "cdktf.out/dev/stacks/compute/cdk.tf.json"');
    });

    it('are relative to the current directory', async () => {
      verb.effects.cwd = join(verb.effects.root, 'cdktf.out/dev');
      const { stdout } = await verb.run('policy --stacks stacks --format sarif');
      expect(stdout).toContain('"uri": "cdktf.out/dev/stacks/network/cdk.tf.json"');
    });

    it('have no waivers', async () => {
      verb.waiver('2025-01-01');
      expect((await verb.run('policy --stacks cdktf.out/dev')).stdout).toContain('error tags-required: ');
    });

    it.each([
      ['none', 'none: directory not found - pass a directory written by synth, such as cdktf.out/dev'],
      [
        'environments/dev.yaml',
        'environments/dev.yaml: is not a directory - pass a directory written by synth, such as cdktf.out/dev',
      ],
      [
        'environments',
        'environments: no synthesized stack found: neither <stack>/cdk.tf.json nor stacks/<stack>/cdk.tf.json - pass a directory written by synth, such as cdktf.out/dev',
      ],
    ])('are refused with %s', async (directory, message) => {
      expect(await verb.run(`policy --stacks ${directory}`)).toEqual({
        stdout: '',
        stderr: `error ${message}\n`,
        exitCode: 1,
      });
    });
  });

  describe('a plan', () => {
    it('can be of any configuration', async () => {
      const { stdout, exitCode } = await verb.run(`policy --plan ${REFERENCE}`);
      expect(exitCode).toBe(1);
      expect(stdout).toContain(
        '  aws_lb.main\n    got no path from the internet through aws_default_network_acl.default\n',
      );
    });

    it('is the file in SARIF', async () => {
      verb.write(
        'plan.json',
        '{"planned_values":{},"configuration":{"root_module":{}},"resource_changes":[{"address":"aws_vpc.V","mode":"managed","type":"aws_vpc","name":"V","change":{"actions":["create"],"after":{},"after_unknown":{}}}]}',
      );
      expect((await verb.run('policy --plan plan.json --format sarif')).stdout).toContain('"uri": "plan.json"');
    });

    const todo = 'write it with: terraform show -json <plan file> > plan.json';
    it.each([
      ['none.json', `none.json: file not found - ${todo}`],
      ['environments', `environments: is a directory - ${todo}`],
      ['environments/dev.yaml', `environments/dev.yaml: is not the JSON of a Terraform plan - ${todo}`],
      [
        'cdktf.out/dev/stacks/network/cdk.tf.json',
        `cdktf.out/dev/stacks/network/cdk.tf.json: is not the JSON of a Terraform plan, got planned_values: expected record, received undefined - ${todo}`,
      ],
    ])('is refused with %s', async (file, message) => {
      expect(await verb.run(`policy --plan ${file}`)).toEqual({
        stdout: '',
        stderr: `error ${message}\n`,
        exitCode: 1,
      });
    });

    const plan = JSON.stringify({
      planned_values: {},
      configuration: { root_module: {} },
      resource_changes: [
        {
          address: 'aws_instance.I',
          mode: 'managed',
          type: 'aws_instance',
          name: 'I',
          change: {
            actions: ['create'],
            after: { tags_all: { Environment: 'e', Project: 'p', CostCenter: 'c' } },
            after_unknown: {},
          },
        },
      ],
    });

    it('exits with 1 for unchecked resources with --strict', async () => {
      verb.write('plan.json', plan);
      const relaxed = await verb.run('policy --plan plan.json');
      const strict = await verb.run('policy --plan plan.json --strict');
      expect([relaxed.exitCode, strict.exitCode]).toEqual([0, 1]);
      expect(strict.stdout).toContain('not checked: aws_instance.I: resource type not modelled\n');
      const json = (await verb.run('policy --plan plan.json --strict --format json')).stdout;
      expect(JSON.parse(String(json.trim().split('\n').at(-1)))).toMatchObject({
        status: 'failed',
        exitCode: 1,
        problems: ['plan.json: not checked: aws_instance.I: resource type not modelled'],
        judged: [{ passed: true }],
      });
      expect((await verb.run('policy --plan plan.json --strict --format sarif')).stdout).toContain('"level": "error"');
    });

    it('is refused with a malformed change', async () => {
      verb.write('plan.json', plan.replace('"change":{', '"change":"x","x":{'));
      expect(await verb.run('policy --plan plan.json')).toEqual({
        stdout: '',
        stderr:
          'error plan.json: is not the JSON of a Terraform plan, got resource_changes.0.change: expected object, received string - write it with: terraform show -json <plan file> > plan.json\n',
        exitCode: 1,
      });
    });
  });

  const choices = 'pass -c, --all, --stacks or --plan';
  it.each([
    ['', `nightshift policy: no input specified - ${choices}`],
    [
      '-c dev --all --stacks out --plan plan.json',
      `nightshift policy: more than one input specified, got -c dev --all --stacks out --plan plan.json - ${choices}`,
    ],
    [
      '--rules -c dev --format sarif',
      'nightshift policy --rules: cannot be combined with an input or SARIF, got -c dev --format sarif - remove one of them; --format json is supported',
    ],
    [
      '-c dev --format xml',
      'nightshift policy: --format has an invalid value, got xml - use one of text, table, json, sarif; see npx nightshift policy --help',
    ],
  ])('are refused: %j', async (options, message) => {
    expect(await verb.run(`policy ${options}`)).toEqual({ stdout: '', stderr: `error ${message}\n`, exitCode: 1 });
  });
});
