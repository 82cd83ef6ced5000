import { releaseTargets } from './release-targets';

describe('targets for releases (R10.5)', () => {
  it('run the verb in the environment that the configuration names, and nothing before it', () => {
    const task = 'node packages/nx-stacks/bin/stack-task.mjs';
    const { release, rollback } = releaseTargets(['dev']);
    expect(release).toEqual({
      executor: 'nx:run-commands',
      options: { command: `${task} release` },
      configurations: { dev: { command: `${task} release -c dev` } },
      cache: false,
      metadata: {
        description: 'Replaces the version that runs, without a dropped request, and watches: --image <tag or digest>.',
        technologies: ['codedeploy'],
        help: { command: 'npx nightshift release --help', example: {} },
      },
    });
    expect(rollback).toMatchObject({ configurations: { dev: { command: `${task} rollback -c dev` } } });
  });
});
