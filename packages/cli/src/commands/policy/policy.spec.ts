import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { VerbRun } from '../../testing/run-verb';

const vpc = (path: string) => ({ resource: { aws_vpc: { Vpc_1A: { '//': { metadata: { path } } } } } });

const REFERENCE = join(__dirname, '../../../../policy/fixtures/reference-plan.json');

describe('policy', () => {
  let verb: VerbRun;
  let count: number;
  const write = (path: string, text: string) => {
    mkdirSync(join(verb.effects.root, path, '..'), { recursive: true });
    writeFileSync(join(verb.effects.root, path), text);
  };
  const waiver = (expires: string) =>
    write(
      'environments/dev.yaml',
      `tags: { Project: Nightshift, CostCenter: risk-analytics }
waivers:
  - { rule: tags-required, resource: network/Vpc/Resource, reason: Migration, expires: ${expires}, owner: Network team }
`,
    );
  beforeAll(async () => {
    const { rules } = await import('@nightshift/policy');
    count = rules.length;
  });
  beforeEach(() => {
    verb = new VerbRun();
    verb.effects.synthesizedStacks = () => Promise.resolve({ network: vpc('network/Vpc/Resource') });
  });
  afterEach(() => {
    verb.dispose();
  });

  it('exits with 0 where nothing violates a rule', async () => {
    verb.effects.synthesizedStacks = () => Promise.resolve({});
    expect(await verb.run('policy -c dev')).toEqual({
      stdout: `${count} rules, 0 of them applicable, 0 errors, 0 warnings, 0 waived\n`,
      stderr: '',
      exitCode: 0,
    });
  });

  it('exits with 1 where something does, with what, where, why and the fix', async () => {
    const { stdout, stderr, exitCode } = await verb.run('policy -c dev');
    expect([stderr, exitCode]).toEqual(['', 1]);
    expect(stdout)
      .toContain(`error tags-required: every resource that supports tags has Environment, Project, CostCenter
`);
    expect(stdout).toContain(`  network/Vpc/Resource (network: aws_vpc.Vpc_1A)
    got Environment none, Project none, CostCenter none
    fix: `);
    expect(stdout).toMatch(/, [1-9]\d* errors, 0 warnings, 0 waived\n$/);
  });

  it('applies the waivers of the environment, until they end', async () => {
    // The clock of the test stands at 2025-01-01.
    waiver('2025-01-01');
    const { stdout } = await verb.run('policy -c dev');
    expect(stdout).not.toContain('error tags-required');
    expect(stdout).toContain(
      'waived tags-required: network/Vpc/Resource (network: aws_vpc.Vpc_1A), until 2025-01-01 by Network team: Migration\n',
    );
  });

  it('says which waiver has ended', async () => {
    waiver('2024-12-31');
    const { stdout, exitCode } = await verb.run('policy -c dev');
    expect(exitCode).toBe(1);
    expect(stdout).toContain('error tags-required: ');
    expect(stdout).toContain(`  waivers[0]
    got tags-required for network/Vpc/Resource, which ended on 2024-12-31
    fix: fix the resource, or ask Network team for a new date`);
  });

  it('says which waiver is for nothing', async () => {
    waiver('2026-01-01');
    verb.effects.synthesizedStacks = () => Promise.resolve({});
    const { stdout, exitCode } = await verb.run('policy -c dev');
    expect(exitCode).toBe(1);
    expect(stdout).toContain('    got tags-required for network/Vpc/Resource, which does not violate it\n');
  });

  it('checks all environments, a profile with a suffix', async () => {
    const suffixes: string[] = [];
    verb.effects.synthesizedStacks = ({ suffix }) => {
      suffixes.push(suffix);
      return Promise.resolve(suffix === 'local' ? { network: vpc('network/Vpc/Resource') } : {});
    };
    verb.effects.env = { ENVIRONMENT_SUFFIX: '' };
    const { stdout, stderr, exitCode } = await verb.run('policy --all');
    expect([stderr, exitCode]).toEqual(['', 1]);
    expect(suffixes).toEqual(['dev', 'local', 'pr-1']);
    expect(stdout).toMatch(/^dev\n\n\d+ rules, .+\n\nlocal\n\nerror [^]+\npreview as pr-1\n\n\d+ rules, .+\n$/);
    verb.effects.env = { ENVIRONMENT_SUFFIX: 'pr-7' };
    await verb.run('policy --all');
    expect(suffixes.slice(3)).toEqual(['dev', 'local', 'pr-7']);
  });

  it('prints every rule with its verdict as a table', async () => {
    const { stdout, exitCode } = await verb.run('policy -c dev --format table');
    expect(exitCode).toBe(1);
    expect(stdout.split('\n')[0]).toMatch(/^rule +severity +checked +verdict +what$/);
    expect(stdout).toMatch(/^tags-required +error +1 +1 violation +every resource that supports tags/m);
    expect(stdout).toMatch(/^topic-encrypted +error +0 +not applicable /m);
  });

  it('prints JSON for programs', async () => {
    const { stdout } = await verb.run('policy -c dev --format json');
    expect(JSON.parse(stdout)).toMatchObject({
      type: 'result',
      verb: 'policy',
      status: 'failed',
      judged: [
        {
          name: 'dev',
          passed: false,
          violations: expect.arrayContaining([
            expect.objectContaining({ rule: 'tags-required', path: 'network/Vpc/Resource' }),
          ]),
        },
      ],
      exitCode: 1,
    });
    const clean = new VerbRun();
    const answer = JSON.parse((await clean.run('policy -c dev --format json')).stdout) as object;
    clean.dispose();
    expect(answer).toMatchObject({ status: 'succeeded', exitCode: 0 });
  });

  it('prints SARIF with the files of the stacks, and the environment file for its waivers', async () => {
    waiver('2024-12-31');
    const { stdout } = await verb.run('policy --all --format sarif');
    const { runs } = JSON.parse(stdout) as { runs: { results: object[] }[] };
    expect(runs).toHaveLength(3);
    expect(runs[0]).toMatchObject({ automationDetails: { id: 'nightshift-policy/dev/' } });
    expect(runs[2]).toMatchObject({ automationDetails: { id: 'nightshift-policy/preview as pr-1/' } });
    const at = (ruleId: string, uri: string) =>
      expect.objectContaining({
        ruleId,
        locations: [
          expect.objectContaining({ physicalLocation: { artifactLocation: { uri }, region: { startLine: 1 } } }),
        ],
      });
    expect(runs[0]?.results).toContainEqual(at('tags-required', 'cdktf.out/dev/stacks/network/cdk.tf.json'));
    expect(runs[0]?.results).toContainEqual(at('waiver-expired', 'environments/dev.yaml'));
  });

  describe('of what was synthesized before', () => {
    it('reads the output of synth, whoever edited it', async () => {
      const { stdout } = await verb.run('policy --stacks cdktf.out/dev --format sarif');
      expect(stdout).toContain('"uri": "cdktf.out/dev/stacks/network/cdk.tf.json"');
      expect(stdout).toContain('"uri": "cdktf.out/dev/stacks/compute/cdk.tf.json"');
    });

    it('reads a directory that holds the stacks themselves, from where the user stands', async () => {
      verb.effects.cwd = join(verb.effects.root, 'cdktf.out/dev');
      mkdirSync(join(verb.effects.cwd, 'stacks/empty'));
      const { stdout } = await verb.run('policy --stacks stacks --format sarif');
      expect(stdout).toContain('"uri": "cdktf.out/dev/stacks/network/cdk.tf.json"');
    });

    it('waives nothing there', async () => {
      waiver('2025-01-01');
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
    ])('refuses %s', async (directory, message) => {
      expect(await verb.run(`policy --stacks ${directory}`)).toEqual({
        stdout: '',
        stderr: `error ${message}\n`,
        exitCode: 1,
      });
    });

    it.each(['{', '[]', 'null', '1'])('refuses a stack that holds %s', async (text) => {
      write('cdktf.out/dev/stacks/network/cdk.tf.json', text);
      expect((await verb.run('policy --stacks cdktf.out/dev')).stderr).toBe(
        'error cdktf.out/dev/stacks/network/cdk.tf.json: is not a Terraform configuration in JSON - synthesize again\n',
      );
    });

    it('takes what it may not read for a defect', async () => {
      mkdirSync(join(verb.effects.root, 'odd/network/cdk.tf.json'), { recursive: true });
      expect((await verb.run('policy --stacks odd')).exitCode).toBe(70);
      expect((await verb.run(`policy --stacks ${'x'.repeat(300)}`)).exitCode).toBe(70);
    });
  });

  describe('of a plan', () => {
    it('checks any configuration', async () => {
      const { stdout, exitCode } = await verb.run(`policy --plan ${REFERENCE}`);
      expect(exitCode).toBe(1);
      expect(stdout).toContain(
        '  aws_lb.main\n    got no path from the internet through aws_default_network_acl.default\n',
      );
    });

    it('names the file in SARIF', async () => {
      write(
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
    ])('refuses %s', async (file, message) => {
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

    it.each([
      ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${plan}`)],
      ['UTF-16 of PowerShell', Buffer.from(`\uFEFF${plan}`, 'utf16le')],
      ['UTF-16 with the other byte order', Buffer.from(`\uFEFF${plan}`, 'utf16le').swap16()],
    ])('reads a plan in %s', async (_, bytes) => {
      writeFileSync(join(verb.effects.root, 'plan.json'), bytes);
      expect((await verb.run('policy --plan plan.json')).stdout).toMatch(/ 0 errors, /);
    });

    it('exits with 1 for what was not checked, where the check is strict', async () => {
      write('plan.json', plan);
      const relaxed = await verb.run('policy --plan plan.json');
      const strict = await verb.run('policy --plan plan.json --strict');
      expect([relaxed.exitCode, strict.exitCode]).toEqual([0, 1]);
      expect(strict.stdout).toContain('not checked: aws_instance.I: resource type not modelled\n');
      const json = (await verb.run('policy --plan plan.json --strict --format json')).stdout;
      expect(JSON.parse(String(json.trim().split('\n').at(-1)))).toMatchObject({
        status: 'failed',
        exitCode: 1,
        judged: [{ passed: true }],
      });
      expect((await verb.run('policy --plan plan.json --strict --format sarif')).stdout).toContain('"level": "error"');
    });

    it('reads the configuration beside the plan, that of the same name before others', async () => {
      const { copyFileSync } = await import('node:fs');
      const fixtures = join(__dirname, '../../../../policy/fixtures');
      for (const name of ['unknown-image.json', 'unknown-image.tf', 'plain-secrets.tf']) {
        copyFileSync(join(fixtures, name), join(verb.effects.root, name));
      }
      const { stdout } = await verb.run('policy --plan unknown-image.json');
      expect(stdout).toContain('got user root of container app');
      expect(stdout).not.toContain('not checked');
      copyFileSync(join(fixtures, 'unknown-image.json'), join(verb.effects.root, 'plan.json'));
      expect((await verb.run('policy --plan plan.json --format json')).stdout).toContain('"notChecked":[');
    });

    it('refuses a plan with a malformed change', async () => {
      write('plan.json', plan.replace('"change":{', '"change":"x","x":{'));
      expect(await verb.run('policy --plan plan.json')).toEqual({
        stdout: '',
        stderr:
          'error plan.json: is not the JSON of a Terraform plan, got resource_changes.0.change: expected object, received string - write it with: terraform show -json <plan file> > plan.json\n',
        exitCode: 1,
      });
    });

    it('takes what it may not read for a defect', async () => {
      expect((await verb.run(`policy --plan ${'x'.repeat(300)}`)).exitCode).toBe(70);
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
  ])('refuses %j', async (options, message) => {
    expect(await verb.run(`policy ${options}`)).toEqual({ stdout: '', stderr: `error ${message}\n`, exitCode: 1 });
  });

  it('lists all rules', async () => {
    const { stdout, exitCode } = await verb.run('policy --rules');
    expect(exitCode).toBeUndefined();
    expect(stdout).toMatch(
      /^tags-required \(error\): every resource that supports tags has .+\n {2}\w.+\.\n {2}R0\.9, /m,
    );
    expect(stdout).toMatch(new RegExp(`\\n\\n${count} rules\\n$`));
  });

  it('lists all rules for programs', async () => {
    const list = JSON.parse((await verb.run('policy --rules --format json')).stdout) as object[];
    expect(list).toHaveLength(count);
    expect(list).toContainEqual(expect.objectContaining({ id: 'tags-required', severity: 'error' }));
  });
});
