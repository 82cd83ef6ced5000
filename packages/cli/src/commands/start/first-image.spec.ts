import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sdkError } from '@nightshift/testing/aws';
import { ADDRESS, BUCKET, machine, root, start } from './start-machine.fixture';

describe('the service of nightshift start', () => {
  it('pushes a missing image, and reports the change', async () => {
    const clone = machine();
    await start(clone);
    clone.images.images.clear();
    expect(await start(clone)).toContain('\nlocal is deployed: 2 stacks');
  });

  it('waits until a task responds', async () => {
    const clone = machine();
    clone.service.statuses = [undefined, 503, 200];
    expect(await start(clone)).toContain(
      `\nService\n  waiting for a healthy task\n  [OK] service: version initial responds at ${ADDRESS}\n`,
    );
    expect(clone.service.requests).toEqual([1, 2, 3].map(() => `${ADDRESS}/health`));
  });

  it.each([
    [503, 'HTTP 503'],
    [undefined, 'no reply'],
  ])('fails if the service returns %s for three minutes', async (status, got) => {
    const clone = machine();
    clone.service.statuses = [status];
    await expect(start(clone)).rejects.toThrow(
      `${ADDRESS}: no task responds after 180 s, got ${got} - check the service (npx nightshift local exec -- ` +
        'aws ecs describe-services --cluster ecs-cluster-local --services ecs-service-local), then run npm start again',
    );
  });

  it.each([
    ['has no load balancer', (clone: ReturnType<typeof machine>) => (clone.cloud.deploy = () => undefined)],
    ['has ended', ({ cloud }: ReturnType<typeof machine>) => (cloud.deploy = () => void cloud.down())],
  ])('fails if the local cloud %s', async (_, spoil) => {
    const clone = machine();
    spoil(clone);
    await expect(start(clone)).rejects.toThrow(
      'the load balancer of local: no task responds after 180 s, got no reply - check the service',
    );
  });

  it('refuses a missing image that it cannot build, before it deploys the service', async () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    writeFileSync(
      join(root, 'environments', 'digest.yaml'),
      `cloud: local\ntags: { Project: p, CostCenter: c }\nstate: { bucket: ${BUCKET} }\ncontainer: { image: { by: digest, digest: '${digest}' } }\n`,
    );
    const clone = machine();
    await expect(start(clone, '-c', 'digest')).rejects.toThrow(
      `container.image: the image is not in the repository, and start builds an image only for a tag, got ${digest} - ` +
        'push the image, or name a tag in the environment file, then run npm start again',
    );
    expect(clone.ran).toHaveLength(1);
    clone.images.images.add(digest);
    const output = await start(clone, '-c', 'digest');
    expect(output).toContain(`\nImage\n  [OK] image: ${digest} exists in the repository\n\nDeploy\nnpx nx run-many`);
    expect(output).toContain(`\nService\n  [OK] service: version initial responds at ${ADDRESS}\n`);
  });

  it('reports that AWS refuses access to the registry', async () => {
    const clone = machine();
    clone.images.refusal.error = sdkError('AccessDeniedException', 'no', 403);
    await expect(start(clone)).rejects.toThrow('nightshift start: AWS does not allow it');
  });
});
