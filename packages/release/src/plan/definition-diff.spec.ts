import type { ContainerDefinition } from '@aws-sdk/client-ecs';
import type { ReleaseVersion } from '../record';
import { digestOf } from '../testing/fake-ecr';
import { diffDefinitions } from './definition-diff';
import { diffLines } from './diff-text';
import type { TaskContent } from './task-revisions';

const REPOSITORY = '123456789012.dkr.ecr.us-east-1.amazonaws.com/ecr-repository-dev';

const old: ReleaseVersion = { tag: '1.4.1', digest: digestOf('a1') };

const recent: ReleaseVersion = { tag: '1.4.2', digest: digestOf('b2') };

/** The task definition of the compute stack, as ECS returns it. */
function definition(container: Partial<ContainerDefinition> = {}, task: Partial<TaskContent> = {}): TaskContent {
  return {
    family: 'ecs-task-dev',
    cpu: '1024',
    memory: '2048',
    executionRoleArn: 'arn:aws:iam::123456789012:role/iam-role-execution-dev',
    volumes: [{ name: 'tmp', host: {} }],
    containerDefinitions: [
      {
        name: 'risk',
        image: `${REPOSITORY}@${digestOf('a1')}`,
        cpu: 1024,
        environment: [
          { name: 'LOG_LEVEL', value: 'info' },
          { name: 'API_TOKEN', value: 'abc' },
        ],
        secrets: [{ name: 'DB', valueFrom: 'arn:aws:ssm:us-east-1:123456789012:parameter/risk/db' }],
        portMappings: [{ containerPort: 8080, protocol: 'tcp' }],
        ulimits: [{ name: 'nofile', softLimit: 1024, hardLimit: 4096 }],
        healthCheck: { command: ['CMD', 'wget'], interval: 30 },
        readonlyRootFilesystem: true,
        systemControls: [],
        ...container,
      },
    ],
    ...task,
  };
}

const diff = (wanted: TaskContent, { from = old, to = old, runs = definition() } = {}) =>
  diffDefinitions({ runs, wanted, from, to, target: { containerName: 'risk' } });

const lines = (...given: Parameters<typeof diff>) => diffLines(diff(...given));

describe('diffDefinitions', () => {
  it('returns nothing for equal definitions in any order', () => {
    const wanted = definition({
      environment: [
        { name: 'API_TOKEN', value: 'abc' },
        { name: 'LOG_LEVEL', value: 'info' },
      ],
    });
    expect(diff(wanted)).toEqual([]);
    expect(lines(wanted)).toEqual(['no differences in task definition, image and service; the tasks are replaced']);
  });

  it('returns the image first, by tag and digest', () => {
    const wanted = definition({ image: `${REPOSITORY}@${digestOf('b2')}` }, { cpu: '2048' });
    expect(diff(wanted, { to: recent })).toEqual([
      {
        kind: 'image',
        what: 'image',
        before: '1.4.1 (sha256:a10000000000)',
        after: '1.4.2 (sha256:b20000000000)',
      },
      { kind: 'size', what: 'cpu', before: '1024', after: '2048' },
    ]);
  });

  it('returns nothing for the same image by tag and by digest', () => {
    const runs = definition({ image: `${REPOSITORY}:1.4.1` });
    expect(diff(definition(), { runs })).toEqual([]);
    // The image to which the tag pointed is not known.
    expect(lines(definition(), { runs, from: { tag: '1.4.1' }, to: { digest: digestOf('a1') } })).toEqual([
      '~ image: 1.4.1 → sha256:a10000000000',
    ]);
  });

  it('returns the full image names if the repository changes', () => {
    expect(lines(definition({ image: 'another/risk' }))).toEqual([
      `~ image: ${REPOSITORY}@${digestOf('a1')} → another/risk`,
    ]);
    const runs = definition({ image: 'another/risk' });
    expect(lines(definition({ image: 'another/risk:1' }), { runs, from: {}, to: {} })).toEqual([
      '~ image: another/risk → 1',
    ]);
  });

  it('includes environment, secrets, sizes, roles, command, health check, limits, ports and volumes', () => {
    const wanted = definition(
      {
        cpu: 512,
        command: ['serve', '--fast'],
        environment: [
          { name: 'LOG_LEVEL', value: 'debug' },
          { name: 'CACHE', value: 'redis://user:pa55@cache:6379' },
        ],
        secrets: [{ name: 'DB', valueFrom: 'arn:aws:ssm:us-east-1:123456789012:parameter/risk/db2' }],
        portMappings: [{ containerPort: 9090, protocol: 'tcp' }],
        ulimits: [{ name: 'nofile', softLimit: 2048, hardLimit: 4096 }],
        healthCheck: { command: ['CMD', 'curl'], interval: 10 },
        readonlyRootFilesystem: false,
        logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': 'g' } },
        resourceRequirements: [{ type: 'GPU', value: '1' }],
      },
      {
        executionRoleArn: 'arn:aws:iam::123456789012:role/another',
        volumes: [{ name: 'tmp' }, { name: 'cache', host: {} }],
      },
    );
    expect(lines(wanted)).toEqual([
      '~ execution role: iam-role-execution-dev → another',
      '~ container cpu: 1024 → 512',
      '~ environment LOG_LEVEL: info → debug',
      '- environment API_TOKEN: (hidden)',
      '~ secret DB: /risk/db → /risk/db2',
      '- port 8080 protocol: tcp',
      '~ limit nofile soft limit: 1024 → 2048',
      '~ health check command: ["CMD","wget"] → ["CMD","curl"]',
      '~ health check interval: 30 → 10',
      '~ readonly root filesystem: true → false',
      '+ volume cache: present',
      '+ environment CACHE: redis://user:(hidden)@cache:6379',
      '+ port 9090 protocol: tcp',
      '+ command: ["serve","--fast"]',
      '+ logging logDriver: awslogs',
      '+ logging options awslogs-group: g',
      '+ resource requirements 0 type: GPU',
      '+ resource requirements 0 value: 1',
    ]);
  });

  it('masks a changed value that should be a secret', () => {
    const wanted = definition({
      environment: [
        { name: 'LOG_LEVEL', value: 'info' },
        { name: 'API_TOKEN', value: 'xyz' },
      ],
      secrets: [{ name: 'DB', valueFrom: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf' }],
    });
    expect(lines(wanted)).toEqual([
      '~ environment API_TOKEN: (hidden) → (hidden)',
      '~ secret DB: /risk/db → arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf',
    ]);
  });

  it('names a second container', () => {
    const [main] = definition().containerDefinitions as [ContainerDefinition];
    const both = (proxy: ContainerDefinition) => definition({}, { containerDefinitions: [main, proxy] });
    const runs = both({ name: 'proxy', image: 'envoy:1', user: '' });
    expect(lines(both({ name: 'proxy', image: 'envoy:2', memory: 64 }), { runs })).toEqual([
      '~ proxy: image: envoy:1 → envoy:2',
      '+ proxy: memory: 64',
    ]);
  });

  it('includes an image of an added or removed container', () => {
    const without = definition({}, { containerDefinitions: [] });
    expect(lines(without, { to: {} })).toContain(`- image: ${REPOSITORY}@${digestOf('a1')}`);
    expect(lines(definition(), { runs: without, from: {} })).toContain(`+ image: ${REPOSITORY}@${digestOf('a1')}`);
  });
});
