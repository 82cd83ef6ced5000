import type { Environment } from '@nightshift/config';
import { environmentFixture } from '@nightshift/testing/environment';
import { createColors } from 'picocolors';
import { handoffNote } from './pending-release';
import { plannedChange as change } from './testing/planned-change';

const stackOf = (environment: Environment) => ({
  environment,
  refersTo: (type: string, address: string) =>
    type === 'aws_vpc_endpoint' && address === 'aws_security_group.SecurityGroups_Endpoints_1A',
});

const dev = stackOf(environmentFixture({ file: { container: { image: { by: 'tag', tag: '1.4.3' } } } }));

const nothing = { runs: true, definition: [], service: [] };

const lines = (...given: Parameters<typeof handoffNote>) => handoffNote(...given)?.lines(createColors(false));

describe('handoffNote', () => {
  it('is undefined without differences, also after releases', () => {
    expect(handoffNote(dev, nothing)).toBeUndefined();
    expect(handoffNote(dev, nothing, [change('update', 'aws_ecs_service.S', 'tags.Owner')])).toBeUndefined();
    expect(handoffNote(dev, nothing, [change('update', 'aws_ecs_task_definition.T', 'tags.Owner')])).toBeUndefined();
  });

  it('contains a task definition that a plan creates', () => {
    const reason = 'this plan creates a new task definition; only a release deploys it to the running tasks';
    const note = handoffNote(dev, nothing, [change('replace', 'aws_ecs_task_definition.T', 'cpu')]);
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

  it('contains a new image in the environment file, and has it in the command', () => {
    const revision = change('replace', 'aws_ecs_task_definition.T', 'container_definitions[0].image');
    expect(lines(dev, nothing, [revision])?.[0]).toBe(
      '  ! a release is needed after the deploy: npx nx run compute:release -c dev --image 1.4.3',
    );
    const digest = `sha256:${'a'.repeat(64)}`;
    const preview = stackOf(
      environmentFixture({
        name: 'preview',
        suffix: 'pr-1',
        file: { container: { image: { by: 'digest', digest } } },
      }),
    );
    const definition = [{ kind: 'image', what: 'image', before: '1.4.2', after: digest } as const];
    expect(lines(preview, { ...nothing, definition })).toEqual([
      `  ! a release is needed: ENVIRONMENT_SUFFIX=pr-1 npx nx run compute:release -c preview --image ${digest}`,
      `      image: 1.4.2 → ${digest}`,
    ]);
  });

  it('contains all deployed changes without a release', () => {
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

  it.each(['create', 'replace'] as const)('is undefined if the plan has to %s the service', (action) => {
    const changes = [
      change('replace', 'aws_ecs_task_definition.T'),
      change(action, 'aws_ecs_service.S'),
      change('update', 'aws_lb.L'),
    ];
    expect(handoffNote(dev, nothing, changes)).toBeUndefined();
  });

  it('is undefined without a running service', () => {
    const changes = [change('replace', 'aws_ecs_task_definition.T'), change('replace', 'aws_lb.L')];
    expect(handoffNote(dev, { ...nothing, runs: false }, changes)).toBeUndefined();
  });

  it('contains the network and the target groups that the service cannot leave', () => {
    const changes = [
      change('replace', 'aws_vpc.V'),
      change('delete', 'aws_subnet.S'),
      change('replace', 'aws_security_group.SecurityGroups_Tasks_1A'),
      change('replace', 'aws_security_group.SecurityGroups_Endpoints_1A'),
      change('replace', 'aws_lb_target_group.T'),
      change('replace', 'aws_lb.L'),
      change('replace', 'aws_lb_listener.L'),
    ];
    expect(lines(dev, nothing, changes)).toEqual([
      '  ! the service must be replaced; neither a deploy nor a release can do that: npx nx run compute:destroy -c dev, then npx nx run-many -t deploy -c dev',
      '      aws_vpc.V is replaced while the service uses it',
      '      aws_subnet.S is destroyed while the service uses it',
      '      aws_security_group.SecurityGroups_Tasks_1A is replaced while the service uses it',
      '      aws_lb_target_group.T is replaced while the service uses it',
    ]);
    expect(handoffNote(dev, nothing, [...changes, change('delete', 'aws_ecs_service.S')])).toBeUndefined();
  });
});
