import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LocalCloud } from '@nightshift/local-cloud';
import { environmentFixture } from '@nightshift/testing/environment';
import { releaseHandoff } from './release-handoff';

describe('releaseHandoff', () => {
  const asked: string[] = [];
  let server: Server;
  let url: string;
  beforeAll(async () => {
    // A cloud in which there is nothing.
    server = createServer((request, response) => {
      asked.push(String(request.headers['x-amz-target']));
      if (request.method === 'GET') {
        // S3: no release is on record.
        response.statusCode = 404;
        response.end('<Error><Code>NoSuchKey</Code></Error>');
        return;
      }
      response.setHeader('content-type', 'application/x-amz-json-1.1');
      response.end(JSON.stringify({ services: [], taskDefinitionArns: [], deployments: [], ScalableTargets: [] }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  });
  afterAll(() => {
    server.close();
  });
  beforeEach(() => {
    asked.length = 0;
  });

  const time = { now: () => new Date('2026-11-30T22:00:00Z'), newId: () => 'r1' };
  const variables = () => ({ AWS_ENDPOINT_URL: url, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });

  it('calls the local cloud for its environments', async () => {
    const cloud = {
      childEnvironment: () => Promise.resolve(variables()),
      status: () => Promise.resolve({ running: false }),
    };
    const handoff = releaseHandoff({
      env: {},
      envFiles: {},
      localCloud: () => Promise.resolve(cloud as unknown as LocalCloud),
      ...time,
    });
    const environment = environmentFixture({ name: 'local', file: { cloud: 'local' } });
    expect(await handoff.pendingChanges(environment)).toEqual({ runs: false, definition: [], service: [] });
    expect(await handoff.finishEnded(environment)).toEqual({ kind: 'nothing' });
    expect(await handoff.portsInUse(environment)).toEqual([]);
    expect(await handoff.balancerInUse(environment)).toBeUndefined();
    const waiting = handoff.awaitHealthyTask(environment, () => undefined, new AbortController().signal);
    await expect(waiting).rejects.toThrow('ecs-service-local: the service does not exist in us-east-1');
    await expect(handoff.keepImages(environment)).rejects.toThrow('ecs-service-local: the service does not exist');
    expect(await handoff.strayLogGroup(environment)).toBeUndefined();
    expect(await handoff.sweepLogGroup(environment, false, new AbortController().signal)).toBe(true);
    expect(await handoff.deregister(environment)).toEqual([]);
    expect(asked).toContain('AmazonEC2ContainerServiceV20141113.DescribeServices');
    expect(asked.at(-1)).toBe('AmazonEC2ContainerServiceV20141113.ListTaskDefinitions');
  });

  it('calls AWS with the variables of the command otherwise', async () => {
    const localCloud = () => Promise.reject(new Error('not asked for'));
    const env = { ...variables(), NIGHTSHIFT_ALLOW_ENDPOINT_URL: '1' };
    const handoff = releaseHandoff({ env, envFiles: {}, localCloud, ...time });
    expect(await handoff.deregister(environmentFixture())).toEqual([]);
    expect(asked.at(-1)).toBe('AmazonEC2ContainerServiceV20141113.ListTaskDefinitions');
  });
});
