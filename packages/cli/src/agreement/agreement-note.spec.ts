import { createColors } from 'picocolors';
import type { PlannedAction, PlannedChange } from '../plan/planned-change';
import { environmentFixture } from '../testing/environment-fixture';
import { agreementNote } from './agreement-note';

const dev = environmentFixture({ file: { container: { image: { by: 'tag', tag: '1.4.3' } } } });
const nothing = { runs: true, definition: [], service: [] };

const change = (action: PlannedAction, address: string, ...paths: string[]): PlannedChange => ({
  action,
  address,
  constructPath: undefined,
  reason: undefined,
  attributes: paths.map((path) => ({ path, before: '1', after: '2', forcesReplacement: true })),
});
const lines = (...given: Parameters<typeof agreementNote>) => agreementNote(...given)?.lines(createColors(false));

describe('what Terraform leaves to releases', () => {
  it('is nothing where both agree, also after releases', () => {
    expect(agreementNote(dev, nothing)).toBeUndefined();
    expect(agreementNote(dev, nothing, [change('update', 'aws_ecs_service.S', 'tags.Owner')])).toBeUndefined();
    expect(agreementNote(dev, nothing, [change('update', 'aws_ecs_task_definition.T', 'tags.Owner')])).toBeUndefined();
  });

  it('is a task definition that a plan makes anew', () => {
    const reason = 'this plan makes a new task definition, which only a release brings to the tasks that run';
    const note = agreementNote(dev, nothing, [change('replace', 'aws_ecs_task_definition.T', 'cpu')]);
    expect(note?.lines(createColors(false))).toEqual([
      '  ! a release is needed after the deploy: npx nx run compute:release -c dev',
      `      ${reason}`,
    ]);
    expect(note?.markdown).toBe(
      `**a release is needed after the deploy**: \`npx nx run compute:release -c dev\`\n\n- \`${reason}\``,
    );
    expect(note?.json).toEqual([
      {
        need: 'a release is needed after the deploy',
        command: 'npx nx run compute:release -c dev',
        reasons: [reason],
      },
    ]);
  });

  it('is an image that the environment file names anew: the command names it', () => {
    const revision = change('replace', 'aws_ecs_task_definition.T', 'container_definitions[0].image');
    expect(lines(dev, nothing, [revision])?.[0]).toBe(
      '  ! a release is needed after the deploy: npx nx run compute:release -c dev --image 1.4.3',
    );
    const digest = `sha256:${'a'.repeat(64)}`;
    const preview = environmentFixture({
      name: 'preview',
      suffix: 'pr-1',
      file: { container: { image: { by: 'digest', digest } } },
    });
    const definition = [{ kind: 'image', what: 'image', before: '1.4.2', after: digest } as const];
    expect(lines(preview, { ...nothing, definition })).toEqual([
      `  ! a release is needed: ENVIRONMENT_SUFFIX=pr-1 npx nx run compute:release -c preview --image ${digest}`,
      `      image: 1.4.2 → ${digest}`,
    ]);
  });

  it('is all that was deployed and not released', () => {
    const due = {
      runs: true,
      definition: [
        { kind: 'environment', what: 'environment CACHE', after: 'on' },
        { kind: 'secret', what: 'secret DB', before: '/risk/db' },
      ] as const,
      service: [{ what: 'capacity', before: 'FARGATE 100', after: 'FARGATE 30, FARGATE_SPOT 70' }] as const,
    };
    expect(lines(dev, due)).toEqual([
      '  ! a release is needed: npx nx run compute:release -c dev',
      '      environment CACHE: none → on',
      '      secret DB: /risk/db → none',
      '      capacity: FARGATE 100 → FARGATE 30, FARGATE_SPOT 70',
    ]);
  });

  it.each(['create', 'replace'] as const)('is nothing where the plan has to %s the service', (action) => {
    const changes = [
      change('replace', 'aws_ecs_task_definition.T'),
      change(action, 'aws_ecs_service.S'),
      change('update', 'aws_lb.L'),
    ];
    expect(agreementNote(dev, nothing, changes)).toBeUndefined();
  });

  it('is nothing where no service runs', () => {
    const changes = [change('replace', 'aws_ecs_task_definition.T'), change('replace', 'aws_lb.L')];
    expect(agreementNote(dev, { ...nothing, runs: false }, changes)).toBeUndefined();
  });

  it('is the load balancer and the network that the service cannot leave', () => {
    const changes = [
      change('replace', 'aws_vpc.V'),
      change('delete', 'aws_subnet.S'),
      change('replace', 'aws_security_group.SecurityGroups_Tasks_1A'),
      change('replace', 'aws_security_group.SecurityGroups_Endpoints_1A'),
      change('replace', 'aws_lb_target_group.T'),
      change('update', 'aws_lb.L'),
      change('replace', 'aws_lb_listener.L'),
    ];
    expect(lines(dev, nothing, changes)).toEqual([
      '  ! the service must be replaced, which neither a deploy nor a release does: npx nx run compute:destroy -c dev, then npx nx run-many -t deploy -c dev',
      '      aws_vpc.V is replaced while the service uses it',
      '      aws_subnet.S goes while the service uses it',
      '      aws_security_group.SecurityGroups_Tasks_1A is replaced while the service uses it',
      '      aws_lb_target_group.T is replaced while the service uses it',
    ]);
    expect(agreementNote(dev, nothing, [...changes, change('delete', 'aws_ecs_service.S')])).toBeUndefined();
  });
});
