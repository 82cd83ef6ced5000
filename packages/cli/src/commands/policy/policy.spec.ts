import { PolicyRun, untaggedVpc as vpc } from '../../testing/policy-run';
import { VerbRun } from '../../testing/run-verb';

describe('policy', () => {
  let verb: PolicyRun;
  let count: number;
  beforeAll(async () => {
    const { rules } = await import('@nightshift/policy');
    count = rules.length;
  });
  beforeEach(() => {
    verb = new PolicyRun();
  });
  afterEach(() => {
    verb.dispose();
  });

  it('exits with 0 without a violation', async () => {
    verb.effects.synthesizedStacks = () => Promise.resolve({});
    expect(await verb.run('policy -c dev')).toEqual({
      stdout: `${count} rules, 0 of them applicable, 0 errors, 0 warnings, 0 waived\n`,
      stderr: '',
      exitCode: 0,
    });
  });

  it('exits with 1 for a violation, and prints resource, reason and fix', async () => {
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

  it('applies the waivers of the environment until they expire', async () => {
    // The clock of the test stands at 2025-01-01.
    verb.waiver('2025-01-01');
    const { stdout } = await verb.run('policy -c dev');
    expect(stdout).not.toContain('error tags-required');
    expect(stdout).toContain(
      'waived tags-required: network/Vpc/Resource (network: aws_vpc.Vpc_1A), until 2025-01-01 by Network team: Migration\n',
    );
  });

  it('reports an expired waiver', async () => {
    verb.waiver('2024-12-31');
    const { stdout, exitCode } = await verb.run('policy -c dev');
    expect(exitCode).toBe(1);
    expect(stdout).toContain('error tags-required: ');
    expect(stdout).toContain(`  waivers[0]
    got tags-required for network/Vpc/Resource, which ended on 2024-12-31
    fix: fix the resource, or ask Network team for a new date`);
  });

  it('reports a waiver without a violation', async () => {
    verb.waiver('2026-01-01');
    verb.effects.synthesizedStacks = () => Promise.resolve({});
    const { stdout, exitCode } = await verb.run('policy -c dev');
    expect(exitCode).toBe(1);
    expect(stdout).toContain('    got tags-required for network/Vpc/Resource, which does not violate it\n');
  });

  it('checks all environments, profiles with a suffix', async () => {
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

  it('prints every rule with its result as a table', async () => {
    const { stdout, exitCode } = await verb.run('policy -c dev --format table');
    expect(exitCode).toBe(1);
    expect(stdout.split('\n')[0]).toMatch(/^rule +severity +checked +verdict +what$/);
    expect(stdout).toMatch(/^tags-required +error +1 +1 violation +every resource that supports tags/m);
    expect(stdout).toMatch(/^topic-encrypted +error +0 +not applicable /m);
  });

  it('prints JSON', async () => {
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
    verb.waiver('2024-12-31');
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

  it('lists all rules', async () => {
    const { stdout, exitCode } = await verb.run('policy --rules');
    expect(exitCode).toBeUndefined();
    expect(stdout).toMatch(
      /^tags-required \(error\): every resource that supports tags has .+\n {2}\w.+\.\n {2}R0\.9, /m,
    );
    expect(stdout).toMatch(new RegExp(`\\n\\n${count} rules\\n$`));
  });

  it('lists all rules as JSON', async () => {
    const list = JSON.parse((await verb.run('policy --rules --format json')).stdout) as object[];
    expect(list).toHaveLength(count);
    expect(list).toContainEqual(expect.objectContaining({ id: 'tags-required', severity: 'error' }));
  });
});
