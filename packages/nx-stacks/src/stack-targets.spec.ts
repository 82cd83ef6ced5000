import { stackTargets } from './stack-targets';

const targets = stackTargets({
  stack: 'compute',
  dependents: ['observability'],
  environments: ['dev', 'prod'],
});
const synth = { projects: ['platform'], target: 'synth' };
const unchecked = { projects: ['platform'], target: 'synth-skip-policy' };

describe('targets of a stack (R0.4, R0.5)', () => {
  it('are named as the verbs of the command', () => {
    expect(Object.keys(targets)).toEqual(['plan', 'deploy', 'redeploy', 'destroy', 'outputs', 'drift']);
  });

  it('run the verb on the stack, in the environment that the configuration names', () => {
    expect(targets['plan']).toMatchObject({
      executor: 'nx:run-commands',
      options: { command: 'node packages/nx-stacks/bin/stack-task.mjs plan compute' },
      configurations: {
        dev: { command: 'node packages/nx-stacks/bin/stack-task.mjs plan compute -c dev' },
        prod: { command: 'node packages/nx-stacks/bin/stack-task.mjs plan compute -c prod' },
      },
    });
  });

  it('are never answered from the cache', () => {
    expect(Object.values(targets).map(({ cache }) => cache)).toEqual(Array(6).fill(false));
  });

  it('say what they do', () => {
    expect(targets['destroy']?.metadata).toEqual({
      description: 'Removes everything in this stack, after the stacks that read its values.',
      technologies: ['terraform'],
      help: { command: 'npx nightshift destroy --help', example: {} },
    });
  });

  it('deploy the stacks that it reads from first, with the same arguments', () => {
    expect(targets['deploy']?.dependsOn).toEqual([synth, { dependencies: true, target: 'deploy', params: 'forward' }]);
  });

  it('destroy the stacks that read from it first, with the same arguments', () => {
    expect(targets['destroy']?.dependsOn).toEqual([
      unchecked,
      { projects: ['observability'], target: 'destroy', params: 'forward' },
    ]);
  });

  it('destroy nothing else where nobody reads from it', () => {
    const { destroy } = stackTargets({ stack: 'observability', dependents: [], environments: [] });
    expect(destroy).toMatchObject({ dependsOn: [unchecked], configurations: {} });
  });

  it.each(['plan', 'redeploy'])('%s touches no other stack', (verb) => {
    expect(targets[verb]?.dependsOn).toEqual([synth]);
  });

  it.each(['outputs', 'drift'])('%s touches no other stack, and looks also at what breaks a rule', (verb) => {
    expect(targets[verb]?.dependsOn).toEqual([unchecked]);
  });
});
