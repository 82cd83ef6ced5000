import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { interpolateArgsIntoCommand } from 'nx/src/executors/run-commands/run-commands.impl';
import { isShellSafe, releaseTargets, stackTargets, synthTarget } from './targets';

const targets = stackTargets({
  stack: 'compute',
  dependents: ['observability'],
  environments: ['dev', 'prod'],
});

const synth = { projects: ['platform'], target: 'synth' };

const unchecked = { projects: ['platform'], target: 'synth-skip-policy' };

describe('targets of a stack (R0.4, R0.5)', () => {
  it('have the names of the verbs', () => {
    expect(Object.keys(targets)).toEqual(['plan', 'deploy', 'redeploy', 'destroy', 'outputs', 'drift']);
  });

  it('run the verb on the stack, in the environment of the configuration', () => {
    expect(targets['plan']).toMatchObject({
      executor: 'nx:run-commands',
      options: { command: 'node packages/nx-stacks/bin/stack-task.mjs plan compute' },
      configurations: {
        dev: { command: 'node packages/nx-stacks/bin/stack-task.mjs plan compute -c dev' },
        prod: { command: 'node packages/nx-stacks/bin/stack-task.mjs plan compute -c prod' },
      },
    });
  });

  it('are never cached', () => {
    expect(Object.values(targets).map(({ cache }) => cache)).toEqual(Array(6).fill(false));
  });

  it('have descriptions', () => {
    expect(targets['destroy']?.metadata).toEqual({
      description: 'Destroys this stack, after the stacks that depend on it.',
      technologies: ['terraform'],
      help: { command: 'npx nightshift destroy --help', example: {} },
    });
  });

  it('deploy upstream stacks first, with the same arguments', () => {
    expect(targets['deploy']?.dependsOn).toEqual([synth, { dependencies: true, target: 'deploy', params: 'forward' }]);
  });

  it('prepare a stack that waits for more than one other stack', () => {
    const { prepare, deploy } = stackTargets({
      stack: 'observability',
      dependents: [],
      waitsLong: true,
      environments: [],
    });
    expect(prepare).toMatchObject({
      options: { command: 'node packages/nx-stacks/bin/stack-task.mjs prepare observability' },
      dependsOn: [synth],
    });
    expect(deploy?.dependsOn).toEqual([
      synth,
      { target: 'prepare', params: 'forward' },
      { dependencies: true, target: 'deploy', params: 'forward' },
    ]);
  });

  it('destroy dependents first, with the same arguments', () => {
    expect(targets['destroy']?.dependsOn).toEqual([
      unchecked,
      { projects: ['observability'], target: 'destroy', params: 'forward' },
    ]);
  });

  it('destroy no other stack without dependents', () => {
    const { destroy } = stackTargets({ stack: 'observability', dependents: [], environments: [] });
    expect(destroy).toMatchObject({ dependsOn: [unchecked], configurations: {} });
  });

  it.each(['plan', 'redeploy'])('%s depends on no other stack', (verb) => {
    expect(targets[verb]?.dependsOn).toEqual([synth]);
  });

  it.each(['outputs', 'drift'])('%s depends on no other stack, and does not enforce the policy', (verb) => {
    expect(targets[verb]?.dependsOn).toEqual([unchecked]);
  });
});

const target = synthTarget({ environments: ['dev', 'preview'], suffix: undefined });

describe('the synth target', () => {
  it('runs the command in the environment of the configuration', () => {
    expect(target).toMatchObject({
      executor: 'nx:run-commands',
      options: { command: 'node packages/cli/bin/nightshift.mjs synth', forwardAllArgs: false },
      configurations: { dev: { command: 'node packages/cli/bin/nightshift.mjs synth -c dev', suffix: 'dev' } },
    });
  });

  it("caches the files that it writes, without Terraform's folders", () => {
    expect(target).toMatchObject({
      cache: true,
      outputs: [
        '{workspaceRoot}/cdktf.out/{options.suffix}/manifest.json',
        '{workspaceRoot}/cdktf.out/{options.suffix}/stacks/*/cdk.tf.json',
      ],
    });
  });

  it('runs again when an input has changed, and every day, since waivers expire', () => {
    expect(target.inputs).toEqual([
      'production',
      '^production',
      { input: 'production', projects: ['cli'] },
      '{workspaceRoot}/environments/**/*.yaml',
      '{workspaceRoot}/cdktf.json',
      { env: 'ENVIRONMENT_SUFFIX' },
      { env: 'NIGHTSHIFT_DAY' },
    ]);
  });

  it('can skip the policy check', () => {
    const unchecked = synthTarget({ environments: ['dev'], suffix: undefined, skipPolicy: true });
    expect(unchecked).toMatchObject({
      options: { command: 'node packages/cli/bin/nightshift.mjs synth --skip-policy' },
      configurations: {
        dev: { command: 'node packages/cli/bin/nightshift.mjs synth --skip-policy -c dev', suffix: 'dev' },
      },
      outputs: target.outputs,
      metadata: {
        description:
          'Writes the configuration even if it violates a rule, to inspect or destroy it. plan and deploy still refuse it.',
      },
    });
  });

  it('writes to the folder of the suffix of an ephemeral environment', () => {
    expect(synthTarget({ environments: ['preview'], suffix: 'pr-123' })).toMatchObject({
      configurations: { preview: { suffix: 'pr-123' } },
    });
  });
});

describe('targets for releases (R10.5)', () => {
  it('run the verb in the environment of the configuration, without dependencies', () => {
    const task = 'node packages/nx-stacks/bin/stack-task.mjs';
    const { release, rollback } = releaseTargets(['dev']);
    expect(release).toEqual({
      executor: 'nx:run-commands',
      options: { command: `${task} release` },
      configurations: { dev: { command: `${task} release -c dev` } },
      cache: false,
      metadata: {
        description:
          'Replaces the running version without a dropped request and watches the release: --image <tag or digest>.',
        technologies: ['codedeploy'],
        help: { command: 'npx nightshift release --help', example: {} },
      },
    });
    expect(rollback).toMatchObject({ configurations: { dev: { command: `${task} rollback -c dev` } } });
  });
});

/** The arguments that Nx passes to a command. */
function received(args: string[]): string[] {
  const print = `printf '%s\\0'`;
  const options = { __unparsed__: args, parsedArgs: {}, unparsedCommandArgs: {}, unknownOptions: {} };
  const line = interpolateArgsIntoCommand(print, options as never, true);
  return spawnSync('sh', ['-c', line], { encoding: 'utf8' }).stdout.split('\0').slice(0, -1);
}

describe('arguments in a shell', () => {
  it.each([
    '--json',
    '--during-window=quarter-end',
    '--during-window=release 12 (urgent); see #7',
    "it's late",
    'a & b',
  ])('can contain %s', (argument) => {
    expect(isShellSafe(argument)).toBe(true);
  });

  it.each([
    ['a command in an option', '--reason=$(reboot)'],
    ['a command in a word', '`reboot`'],
    ['a variable', '$HOME'],
    ['an escape', 'a\\b'],
    ['a quote', 'a "b"'],
    ['what Nx takes for quoted', "'a'; reboot; 'b'"],
    ['what Nx takes for a quoted option', "--reason='a'; reboot; 'b'"],
    ['a word with =, which Nx leaves without quotes', 'a=b; reboot'],
    ['an option with more than its name before =', '--a;reboot=1'],
  ])('cannot contain %s: %s', (_, argument) => {
    expect(isShellSafe(argument)).toBe(false);
  });

  it('arrive unchanged if they are accepted', () => {
    const character = fc.constantFrom(...'ab=-;&|<>()$`\\"\'*?[]{}~#! \n');
    const argument = fc
      .tuple(fc.constantFrom('', '--reason=', '--'), fc.string({ unit: character, minLength: 1, maxLength: 8 }))
      .map((parts) => parts.join(''))
      .filter(isShellSafe);
    fc.assert(
      fc.property(fc.array(argument, { minLength: 1, maxLength: 40 }), (args) => {
        expect(received(args)).toEqual(args);
      }),
      { numRuns: 100 },
    );
  });
});
