import { findingsIn, modelWith } from '../model.fixture';
import type { Attributes } from '../model/value';
import { containerHardened } from './container-hardened';

const hardened = {
  name: 'batch',
  readonlyRootFilesystem: true,
  user: '1000:1000',
  privileged: false,
  linuxParameters: { initProcessEnabled: true },
  stopTimeout: 120,
  ulimits: [{ name: 'nofile', softLimit: 1, hardLimit: 1 }],
  healthCheck: { command: ['CMD-SHELL', 'check'] },
};

function checked(container: Attributes) {
  const container_definitions = JSON.stringify([container]);
  return findingsIn(containerHardened, modelWith({ aws_ecs_task_definition: { Task: { container_definitions } } }));
}

describe('container-hardened (R4.3)', () => {
  it('refuses a container without these settings', () => {
    const where = 'aws_ecs_task_definition.Task';
    expect(checked({ name: 'batch' })).toEqual([
      `${where}: readonlyRootFilesystem none of container batch - set it to true, and mount volumes at the paths that the container writes to`,
      `${where}: user none of container batch - set it to a numeric user id above 0`,
      `${where}: linuxParameters.initProcessEnabled none of container batch - set it to true, so that an init process forwards signals and reaps ended processes`,
      `${where}: ulimits none of container batch - limit nofile`,
      `${where}: healthCheck.command none of container batch - set a health check command`,
    ]);
  });

  it.each(['root', 'root:wheel', '0', '0:1000', '00', '', ':1000'])('refuses the user "%s"', (user) => {
    expect(checked({ ...hardened, user })).toEqual([
      `aws_ecs_task_definition.Task: user ${user} of container batch - set it to a numeric user id above 0`,
    ]);
  });

  it.each([
    ['privileged true', { privileged: true }, 'set it to false'],
    ['stopTimeout 121', { stopTimeout: 121 }, 'set it to 120 seconds or less, the warning that Spot gives'],
    ['healthCheck.command ["NONE"]', { healthCheck: { command: ['NONE'] } }, 'set a health check command'],
    ['healthCheck.command ["CMD"]', { healthCheck: { command: ['CMD'] } }, 'set a health check command'],
  ])('refuses %s', (got, change, fix) => {
    expect(checked({ ...hardened, ...change })).toEqual([
      `aws_ecs_task_definition.Task: ${got} of container batch - ${fix}`,
    ]);
  });

  it('accepts a hardened container, also with a named user, and does not check an unknown one', () => {
    expect(checked(hardened)).toEqual([]);
    expect(checked({ ...hardened, user: 'rooted', privileged: null, stopTimeout: null })).toEqual([]);
    const task = { container_definitions: '${jsonencode(local.containers)}' };
    expect(findingsIn(containerHardened, modelWith({ aws_ecs_task_definition: { Task: task } }))).toEqual([
      'aws_ecs_task_definition.Task: not checked: container_definitions is unknown until apply',
    ]);
  });

  it('checks the known part of a container', () => {
    expect(checked({ ...hardened, user: '${local.user}', healthCheck: '${local.check}', privileged: true })).toEqual([
      'aws_ecs_task_definition.Task: not checked: user of container batch is unknown until apply',
      'aws_ecs_task_definition.Task: privileged true of container batch - set it to false',
      'aws_ecs_task_definition.Task: not checked: healthCheck.command of container batch is unknown until apply',
    ]);
  });

  it('does not apply to other resources', () => {
    expect(findingsIn(containerHardened, modelWith({ aws_vpc: { Vpc: {} } }))).toBe('not applicable');
  });
});
