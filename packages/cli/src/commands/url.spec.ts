import { forEachTest } from '@nightshift/stack-run/testing';
import { FakeLocalCloud } from '../testing/fake-local-cloud';
import { ReleaseRun } from '../testing/release-run';

const run = forEachTest(() => new ReleaseRun());

describe('nightshift url', () => {
  it('prints the URL of the production listener', async () => {
    const url = 'http://alb-dev-1.us-east-1.elb.amazonaws.com';
    expect((await run.run('url -c dev')).stdout).toBe(`${url}\n`);
    run.effects.printed.stdout = '';
    expect(JSON.parse((await run.run('url -c dev --json')).stdout)).toMatchObject({ verb: 'url', url, exitCode: 0 });
  });

  it('prints the address on this machine for the local cloud', async () => {
    const cloud = new FakeLocalCloud();
    Object.assign(run.effects, { localCloud: cloud.provide });
    const message =
      'environment local: the local cloud has no load balancer of this environment - deploy it: npx nx run-many -t deploy -c local';
    expect((await run.run('url -c local')).failure).toBe(message);
    cloud.deploy('other');
    expect((await run.run('url -c local')).failure).toBe(message);
    cloud.deploy('local');
    expect((await run.run('url -c local')).stdout).toBe('http://127.0.0.1:45661\n');
  });
});
