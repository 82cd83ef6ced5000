import type { ServiceStatus } from '@nightshift/release';
import { deploymentSentence, releaseSentence, serviceLines } from './service-lines';
import { recordFixture } from './testing/record-fixture';
import { greenFixture, statusFixture, taskSetFixture } from './testing/snapshot-fixture';

const text = (changes?: Partial<ServiceStatus>) =>
  serviceLines(statusFixture(changes), 'prod', 79).map((line) => line.map((one) => one.text).join(''));

describe('serviceLines', () => {
  it('describe a service in order', () => {
    expect(text()).toEqual([
      'service of prod: 4f1c2e9',
      'version   ecs-task-prod:12, registered by a release',
      'images    needed: 4f1c2e9 (in the repository)',
      'traffic   tg-blue-prod 100 % (3 healthy)',
      'scaling   3 tasks desired, from 3 to 10',
      'gates     [OK] 1 gate',
      'release   none yet',
      expect.stringMatching(/version +traffic/),
      expect.stringMatching(/^primary \(blue\) 4f1c2e9 +100 %/),
    ]);
  });

  it.each([
    ['2.0, initial', 'needed: 2.0, initial (both in the repository)'],
    ['2.1, 2.0, initial', 'needed: 2.1, 2.0, initial (all in the repository)'],
  ])('names the images that are needed: %s', (detail, expected) => {
    expect(text({ images: { mark: 'OK', detail } })).toContain(`images    ${expected}`);
  });

  it('describe a service on two versions, and the next steps', () => {
    const lines = text({
      lastRelease: recordFixture({ outcome: 'rollback-failed' }),
      otherDeployment: { deploymentId: 'd-2', status: 'Failed', creator: 'user', description: 'by hand' },
      version: { name: '4f1c2e9', taskDefinition: 'ecs-task-prod:12', registeredBy: 'another client' },
      images: { mark: 'WARN', detail: '4f1c2e9 is missing', remedy: 'push it' },
      taskSets: [taskSetFixture({ trafficPercent: 60 }), greenFixture({ trafficPercent: 40 })],
      scaling: { minimum: 3, maximum: 10, suspended: { DynamicScalingInSuspended: true } },
      targetGroups: [
        { name: 'tg-blue-prod', arn: 'arn:blue', trafficPercent: 60, healthy: 3, unhealthy: 0, draining: 0 },
        { name: 'tg-green-prod', arn: 'arn:green', trafficPercent: 40, healthy: 1, unhealthy: 2, draining: 1 },
      ],
      problems: [
        { severity: 'act', what: '40 % of the traffic goes to tg-green-prod', todo: 'return all traffic' },
        { severity: 'warning', what: '4f1c2e9 is missing', todo: 'push it' },
      ],
    });
    expect(lines.slice(1, 5)).toEqual([
      'version   ecs-task-prod:12, registered by another client',
      'images    4f1c2e9 is missing',
      'traffic   tg-blue-prod 60 % (3 healthy); tg-green-prod 40 % (1 healthy, 2 unhealthy, 1 draining)',
      'scaling   3 tasks desired, from 3 to 10; suspended: scale-in',
    ]);
    expect(lines.slice(6, 8)).toEqual([
      'release   4f1c2e9 -> 9a01b7c, started 2026-11-24 02:00:00 UTC by arn:aws:sts::123456789012:assumed-role/deploy/night: rollback-failed',
      `release   ${deploymentSentence({ deploymentId: 'd-2', status: 'Failed', creator: 'user', description: 'by hand' })}`,
    ]);
    expect(lines.slice(-6)).toEqual([
      expect.stringMatching(/^primary \(blue\) +4f1c2e9 +60 %/),
      expect.stringMatching(/^surplus \(green\) +9a01b7c +40 %/),
      '[ACT] 40 % of the traffic goes to tg-green-prod',
      '  -> return all traffic',
      '[WARN] 4f1c2e9 is missing',
      '  -> push it',
    ]);
  });

  it('describe a service without scaling, and deployments with few details', () => {
    const lines = text({
      scaling: undefined,
      lastRelease: recordFixture({ outcome: undefined }),
      otherDeployment: { deploymentId: 'd-2', status: 'Succeeded' },
    });
    expect(lines).toContain('scaling   3 tasks desired; the service does not scale');
    expect(lines[6]).toBe(`${releaseSentence(recordFixture()).replace(' ', '   ')}: in progress`);
    expect(lines).toContain('release   d-2 by another client: Succeeded');
    const other = { deploymentId: 'd-2', status: 'Failed', creator: 'user', description: 'by hand' };
    expect(deploymentSentence(other)).toBe('d-2 by another client (user), by hand: Failed');
  });
});
