import { testEnvironment, type EnvironmentOverrides } from '@nightshift/testing';
import { containerDefinition, type ContainerDefinitionInput } from './container-definition';

const definition = (overrides: EnvironmentOverrides = {}, input: Partial<ContainerDefinitionInput> = {}) => {
  const { container, task } = testEnvironment(overrides);
  return containerDefinition({
    container,
    task,
    repositoryUrl: 'registry/repository',
    logGroupName: 'log-group-test',
    region: 'eu-central-1',
    suffix: 'test',
    idleTimeoutSeconds: 60,
    secretArns: {},
    ...input,
  });
};

describe('container definition', () => {
  it('R4.1 gives the container all of the task: 2048 CPU units and 4096 MiB', () => {
    expect(definition()).toMatchObject({ cpu: 2048, memory: 4096 });
    expect(definition({ task: { cpu: 512, memoryMiB: 2048 } })).toMatchObject({ cpu: 512, memory: 2048 });
  });

  it('R4.2 runs the batch processor on its port', () => {
    expect(definition()).toMatchObject({
      name: 'batch-processor',
      essential: true,
      portMappings: [{ containerPort: 8080, hostPort: 8080, protocol: 'tcp' }],
    });
  });

  it('R4.2 has the environment variables of the configuration, sorted and unchanged', () => {
    const environment = { HOME: '${HOME}', ALPHA: '1', ZONE: 'a' };
    const variables = definition({ container: { environment } }).environment;
    expect(variables).toEqual([...variables].sort((one, other) => (one.name < other.name ? -1 : 1)));
    expect(variables).toEqual(
      expect.arrayContaining([
        { name: 'ALPHA', value: '1' },
        { name: 'HOME', value: '$${HOME}' },
        { name: 'ZONE', value: 'a' },
      ]),
    );
  });

  it('R4.2 sets variables for the environment, the region and the timeouts of the platform', () => {
    const variables = (...args: Parameters<typeof definition>) =>
      Object.fromEntries(definition(...args).environment.map(({ name, value }) => [name, value]));
    expect(variables()).toEqual({
      ACCEPT_SECONDS: '20',
      AWS_REGION: 'eu-central-1',
      DRAIN_SECONDS: '80',
      ENVIRONMENT_SUFFIX: 'test',
      KEEP_ALIVE_SECONDS: '65',
      LOG_GROUP_NAME: 'log-group-test',
      LOG_LEVEL: 'info',
      PORT: '8080',
    });
    const container = { draining: { acceptSeconds: 5, jobSeconds: 90 }, environment: { LOG_LEVEL: 'debug' } };
    const loadBalancer = { deregistrationDelaySeconds: 300 };
    expect(variables({ container, loadBalancer }, { idleTimeoutSeconds: 300, suffix: 'pr-1' })).toMatchObject({
      ACCEPT_SECONDS: '5',
      DRAIN_SECONDS: '95',
      ENVIRONMENT_SUFFIX: 'pr-1',
      KEEP_ALIVE_SECONDS: '305',
      LOG_LEVEL: 'debug',
    });
  });

  it('R4.2 sets PORT to the port of the mapping and the health check', () => {
    const { environment, portMappings, healthCheck } = definition({ container: { port: 9090 } });
    expect(environment).toContainEqual({ name: 'PORT', value: '9090' });
    expect(portMappings).toEqual([{ containerPort: 9090, hostPort: 9090, protocol: 'tcp' }]);
    expect(healthCheck.command.join(' ')).toContain('http://127.0.0.1:9090/live ');
  });

  it('reads secrets from parameters, sorted', () => {
    expect(definition({}, { secretArns: { TOKEN: 'arn:token', DATABASE: 'arn:database' } }).secrets).toEqual([
      { name: 'DATABASE', valueFrom: 'arn:database' },
      { name: 'TOKEN', valueFrom: 'arn:token' },
    ]);
  });

  it('R4.3 limits open files', () => {
    expect(definition().ulimits).toEqual([{ name: 'nofile', softLimit: 65_536, hardLimit: 65_536 }]);
  });

  it('R4.3 checks its own health', () => {
    expect(definition().healthCheck).toEqual({
      command: ['CMD-SHELL', 'wget -q -O /dev/null http://127.0.0.1:8080/live || exit 1'],
      interval: 30,
      timeout: 5,
      retries: 3,
      startPeriod: 60,
    });
    const command = ['CMD-SHELL', 'curl -f "http://${HOST}/health"'];
    expect(definition({ container: { healthCheck: { command } } }).healthCheck.command).toEqual([
      'CMD-SHELL',
      'curl -f "http://$${HOST}/health"',
    ]);
  });

  it('runs without privileges on a read-only file system, with the writable directories that ECS Exec needs', () => {
    expect(definition()).toMatchObject({
      user: '1000:1000',
      privileged: false,
      readonlyRootFilesystem: true,
      linuxParameters: { initProcessEnabled: true },
      mountPoints: [
        { sourceVolume: 'tmp', containerPath: '/tmp', readOnly: false },
        { sourceVolume: 'exec-agent', containerPath: '/managed-agents', readOnly: false },
        { sourceVolume: 'exec-state', containerPath: '/var/lib/amazon/ssm', readOnly: false },
        { sourceVolume: 'exec-log', containerPath: '/var/log/amazon/ssm', readOnly: false },
      ],
    });
  });

  it('stops within the two-minute warning of Spot', () => {
    expect(definition().stopTimeout).toBe(110);
  });

  it('R8.1 writes to its log group without blocking', () => {
    expect(definition().logConfiguration).toEqual({
      logDriver: 'awslogs',
      options: {
        'awslogs-group': 'log-group-test',
        'awslogs-region': 'eu-central-1',
        'awslogs-stream-prefix': 'batch-processor',
        mode: 'non-blocking',
        'max-buffer-size': '25m',
      },
    });
  });

  it('uses the tag or the digest of the image in the environment file', () => {
    const digest = `sha256:${'0'.repeat(64)}`;
    expect(definition().image).toBe('registry/repository:initial');
    expect(definition({ container: { image: { by: 'digest', digest } } }).image).toBe(`registry/repository@${digest}`);
  });

  it('overrides the command of the image if the environment file has one', () => {
    expect(definition()).not.toHaveProperty('command');
    expect(definition({ container: { command: ['run', '--night=${NIGHT}'] } })).toMatchObject({
      command: ['run', '--night=$${NIGHT}'],
    });
  });
});
