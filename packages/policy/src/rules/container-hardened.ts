import { containersOf, containersUnknown } from '../aws/containers';
import { at, type Attributes, blocks, isUnknown, shown, texts, valueOnWay } from '../model/value';
import { type Finding, rule, unknownUntilApply } from '../rule';

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html#ContainerDefinition-stop-timeout */
const LONGEST_STOP_SECONDS = 120;

interface Demand {
  readonly path: string;
  readonly fix: string;
  readonly met: (container: Attributes) => boolean;
}

const DEMANDS: readonly Demand[] = [
  {
    path: 'readonlyRootFilesystem',
    fix: 'set it to true, and mount volumes at the paths that the container writes to',
    met: (container) => container['readonlyRootFilesystem'] === true,
  },
  {
    path: 'user',
    fix: 'set it to a numeric user id above 0',
    met: ({ user }) => typeof user === 'string' && !isUnknown(user) && !/^(?:0+|root)?(?::|$)/.test(user),
  },
  {
    path: 'privileged',
    fix: 'set it to false',
    met: ({ privileged }) => (privileged ?? false) === false,
  },
  {
    path: 'linuxParameters.initProcessEnabled',
    fix: 'set it to true, so that an init process forwards signals and reaps ended processes',
    met: (container) => at(container, 'linuxParameters.initProcessEnabled') === true,
  },
  {
    path: 'stopTimeout',
    fix: `set it to ${LONGEST_STOP_SECONDS} seconds or less, the warning that Spot gives`,
    met: ({ stopTimeout }) => Number(stopTimeout ?? 0) <= LONGEST_STOP_SECONDS,
  },
  {
    path: 'ulimits',
    fix: 'limit nofile',
    met: ({ ulimits }) => blocks(ulimits).length > 0,
  },
  {
    path: 'healthCheck.command',
    fix: 'set a health check command',
    met: (container) => {
      const [kind, ...command] = texts(at(container, 'healthCheck.command'));
      return kind !== undefined && kind !== 'NONE' && command.length > 0;
    },
  },
];

export const containerHardened = rule({
  id: 'container-hardened',
  severity: 'error',
  what: 'each container runs without root, on a read-only file system, with limits and a health check',
  why: 'These settings limit what an attacker in a container can do, and let ECS replace an unhealthy container.',
  sources: [
    'R4.3',
    'CKV_AWS_336',
    'CKV_AWS_334',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html#ecs-5',
    'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-tasks-containers.html',
  ],
  appliesTo: (model) => model.all('aws_ecs_task_definition'),
  check: (task) =>
    containersUnknown(task)
      ? unknownUntilApply('container_definitions')
      : containersOf(task).flatMap((container) => DEMANDS.flatMap((demand) => ofDemand(demand, container))),
});

function ofDemand({ path, fix, met }: Demand, container: Attributes): Finding[] {
  if (met(container)) return [];
  const of = `of container ${shown(container['name'])}`;
  if (isUnknown(valueOnWay(container, path))) return unknownUntilApply(`${path} ${of}`);
  return [{ got: `${path} ${shown(at(container, path))} ${of}`, fix }];
}
