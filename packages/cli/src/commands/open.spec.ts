import { forEachTest } from '@nightshift/stack-run/testing';
import type { ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import type { STSClient } from '@aws-sdk/client-sts';
import { FakeAws } from '@nightshift/state-bucket/testing';
import { FakeLocalCloud } from '../testing/fake-local-cloud';
import { ReleaseRun } from '../testing/release-run';

const run = forEachTest(() => new ReleaseRun());

const home = 'https://us-east-1.console.aws.amazon.com';
const SERVICE = `${home}/ecs/v2/clusters/ecs-cluster-dev/services/ecs-service-dev/health?region=us-east-1`;

describe('nightshift open', () => {
  const opened: string[] = [];

  beforeEach(() => {
    opened.length = 0;
    run.clients = { sts: new FakeAws().clients.sts };
    Object.assign(run.effects, {
      spawn: (program: string, [url]: string[]) => {
        opened.push(`${program} ${String(url)}`);
        const child = Object.assign(new EventEmitter(), { unref: () => undefined });
        process.nextTick(() => child.emit('error', new Error('ENOENT')));
        return child as unknown as ChildProcess;
      },
    });
  });

  it('prints the pages, and opens none without a terminal', async () => {
    expect((await run.run('open -c dev')).stdout).toBe(
      [
        `service        ${SERVICE}`,
        `releases       ${home}/codesuite/codedeploy/applications/codedeploy-app-dev/deployment-groups/codedeploy-group-dev?region=us-east-1`,
        `logs           ${home}/cloudwatch/home?region=us-east-1#logsV2:log-groups/log-group/log-group-container-batch-processor-dev`,
        `dashboard      ${home}/cloudwatch/home?region=us-east-1#dashboards/dashboard/dashboard-dev`,
        `alarms         ${home}/cloudwatch/home?region=us-east-1#alarmsV2:`,
        `images         ${home}/ecr/repositories/private/123456789012/ecr-repository-dev?region=us-east-1`,
        `load-balancer  ${home}/ec2/home?region=us-east-1#LoadBalancers:search=alb-dev`,
        '',
      ].join('\n'),
    );
    expect(opened).toEqual([]);
    run.effects.printed.stdout = '';
    const { urls } = JSON.parse((await run.run('open -c dev --json')).stdout) as { urls: object };
    expect(urls).toMatchObject({ service: SERVICE });
  });

  it('opens a page at a terminal with the first available program', async () => {
    run.effects.interactive = true;
    await run.run('open -c dev');
    await run.run('open alarms -c dev');
    await new Promise(setImmediate);
    const alarms = `${home}/cloudwatch/home?region=us-east-1#alarmsV2:`;
    expect(opened.slice(0, 2)).toEqual([`xdg-open ${SERVICE}`, `xdg-open ${alarms}`]);
    expect(opened.slice(2).sort()).toEqual([`open ${alarms}`, `open ${SERVICE}`]);
  });

  it('refuses an unknown page', async () => {
    expect((await run.run('open nothing -c dev')).failure).toBe(
      'nightshift open: unknown page, got nothing - use one of service, releases, logs, dashboard, alarms, images, load-balancer',
    );
  });

  it('names the environment if there are no credentials', async () => {
    const error = new Error('Could not load credentials from any providers');
    const send = () => Promise.reject(Object.assign(error, { name: 'CredentialsProviderError' }));
    run.clients = { sts: { send } as unknown as STSClient };
    expect((await run.run('open logs -c dev')).failure).toBe(
      'environment dev: no AWS credentials were found, got Could not load credentials from any providers - set AWS_PROFILE (aws sso login) or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, then run the same command again',
    );
  });

  it('prints the service URL of the local cloud', async () => {
    const cloud = new FakeLocalCloud();
    Object.assign(run.effects, { localCloud: cloud.provide });
    cloud.deploy('local');
    expect((await run.run('open -c local')).stdout).toBe('service  http://127.0.0.1:45661\n');
    expect((await run.run('open logs -c local')).failure).toContain('unknown page, got logs - use one of service');
  });
});
