import { sdkError } from '@nightshift/testing/aws';
import { digestOf } from '../testing/fake-ecr';
import { BLUE_GROUP, GREEN_GROUP, REPOSITORY, revisionArn, taskSet } from '../testing/fake-ecs';
import { FakePlatform } from '../testing/fake-platform';
import { recordFixture } from '../testing/record-fixture';
import { deployedImagesCheck, imagesInUse, imagesInUseCheck, imageWarning, keepImagesInUse } from './images-in-use';

const INDEX = 'application/vnd.oci.image.index.v1+json';

describe('the images in use (R2.2)', () => {
  let platform: FakePlatform;

  /** The service runs an image, and these releases succeeded, oldest first. */
  const run = (image: string, ...released: string[]) => {
    platform.ecs.revisions[0]!.definition.containerDefinitions = [
      { name: 'batch-processor', image: `${REPOSITORY}${image}` },
    ];
    released.forEach((digest, hour) => {
      const to = { digest: digestOf(digest), tag: `tag-${digest}`, taskDefinition: revisionArn(10 + hour) };
      platform.bucket.put(`test/releases/0${String(hour)}.json`, recordFixture({ to, outcome: 'succeeded' }));
    });
  };
  const push = (count: number) => {
    for (let number = 1; number <= count; number++) {
      platform.ecr.images.push({
        digest: digestOf(`e${String(number)}`),
        tags: [`later-${String(number)}`],
        pushedAt: new Date(Date.UTC(2026, 10, 24, number)),
      });
    }
  };
  const tagsOf = (digest: string) => platform.ecr.images.find((image) => image.digest === digestOf(digest))?.tags;
  const line = async () => {
    const { mark, detail, remedy } = await imagesInUseCheck(platform.context).run();
    expect(await imageWarning(platform.context)).toBe(mark === 'OK' ? undefined : `${detail} - ${String(remedy)}`);
    return `[${mark}] ${detail}${remedy === undefined ? '' : ` -> ${remedy}`}`;
  };

  beforeEach(() => {
    platform = new FakePlatform();
    run(':initial');
  });

  it('are the running ones and the last good one', async () => {
    run(':initial', '2b');
    expect(await imagesInUse(platform.context)).toEqual([
      { use: 'running', name: 'initial', retention: { kind: 'expires', pushes: 8 } },
      { use: 'last-good', name: 'tag-2b', retention: { kind: 'expires', pushes: 9 } },
    ]);
    expect(await line()).toBe('[OK] initial, tag-2b');
  });

  it('are listed once if the last good one is running', async () => {
    const to = { digest: digestOf('2b'), tag: 'initial', taskDefinition: revisionArn(10) };
    platform.bucket.put('test/releases/00.json', recordFixture({ to, outcome: 'succeeded' }));
    expect(await line()).toBe('[OK] initial');
  });

  it('are those of all task sets, without duplicates', async () => {
    platform.ecs.register({
      containerDefinitions: [{ name: 'batch-processor', image: `${REPOSITORY}@${digestOf('2b')}` }],
    });
    platform.ecs.service!.taskSets = [
      taskSet('ecs-svc/1', 'PRIMARY', revisionArn(1), BLUE_GROUP),
      taskSet('ecs-svc/2', 'ACTIVE', revisionArn(2), GREEN_GROUP),
      taskSet('ecs-svc/3', 'DRAINING', revisionArn(2), GREEN_GROUP),
      taskSet('ecs-svc/4', 'DRAINING', revisionArn(9), GREEN_GROUP),
    ];
    expect((await imagesInUse(platform.context)).map(({ name }) => name)).toEqual(['initial', '1.4.2', 'unknown']);
  });

  it('are reported before they expire', async () => {
    push(4);
    expect(await line()).toBe('[OK] initial');
    push(5);
    expect(await line()).toBe(
      '[WARN] image initial, which runs now, expires at any time -> keep them: npx nx run compute:deploy -c test --refresh',
    );
  });

  it.each([
    [5, 'after 3 more pushes'],
    [6, 'after 2 more pushes'],
    [7, 'with the next push'],
    [8, 'at any time'],
  ])('expire after a number of pushes: %s images were pushed since: %s', async (count, when) => {
    push(count);
    expect(await line()).toBe(
      `[WARN] image initial, which runs now, expires ${when} -> keep them: npx nx run compute:deploy -c test --refresh`,
    );
  });

  it('are reported if they are missing', async () => {
    run(`:initial`, 'ff');
    expect(await line()).toBe(
      '[WARN] image tag-ff of the last good release is not in the repository: a rollback cannot start it -> keep them: npx nx run compute:deploy -c test --refresh',
    );
    platform.ecr.images = [];
    expect(await line()).toContain(
      '[WARN] image initial, which runs now, is not in the repository: ECS cannot replace its tasks; image tag-ff of',
    );
    expect(await line()).toContain(
      ' -> push the same image again, or release another one: npx nx run compute:release -c test --image <tag>',
    );
    platform.ecr.repository = 'another';
    expect(await line()).toContain('image initial, which runs now, is not in the repository');
  });

  it('rethrows other errors of ECR', async () => {
    platform.fail('DescribeImages', sdkError('AccessDeniedException'));
    await expect(line()).rejects.toThrow('AccessDeniedException');
    platform.fail('DescribeImages', sdkError('AccessDeniedException', 'not authorized'));
    expect(await imageWarning(platform.context)).toBe('cannot check the images in use: not authorized');
    platform.fail('DescribeImages', new TypeError('a defect'));
    await expect(imageWarning(platform.context)).rejects.toThrow('a defect');
    const check = deployedImagesCheck(() => Promise.resolve(platform.context));
    expect(await check.run()).toEqual({ mark: 'OK', detail: 'initial' });
    platform.fail('DescribeImages', sdkError('AccessDeniedException'));
    await expect(check.run()).rejects.toThrow('AccessDeniedException');
    platform.ecs.service = undefined;
    expect(await check.run()).toEqual({ mark: 'SKIP', detail: 'nothing runs yet' });
    expect(await imageWarning(platform.context)).toBeUndefined();
  });

  it('does not count the parts of an image index', async () => {
    const parts = [digestOf('c1'), digestOf('c2')];
    for (const digest of parts) platform.ecr.images.push({ digest, pushedAt: new Date('2026-11-25') });
    platform.ecr.images.push({
      digest: digestOf('c0'),
      pushedAt: new Date('2026-11-25'),
      mediaType: INDEX,
      manifest: { manifests: parts.map((digest) => ({ digest })) },
    });
    expect((await imagesInUse(platform.context))[0]?.retention).toEqual({ kind: 'expires', pushes: 7 });
  });

  it('are kept by a tag, and then not reported', async () => {
    run(':initial', '2b');
    push(9);
    await keepImagesInUse(platform.context);
    expect(tagsOf('1a')).toEqual(['initial', 'nightshift-keep-1a0000000000']);
    expect(tagsOf('2b')).toEqual(['1.4.2', 'nightshift-keep-2b0000000000']);
    expect(tagsOf('3c')).toBeUndefined();
    expect(await line()).toBe('[OK] initial, tag-2b');
    platform.calls.length = 0;
    await keepImagesInUse(platform.context);
    expect(platform.calls).not.toContain('PutImage');
  });

  it('are kept together with the version that is about to run', async () => {
    await keepImagesInUse(platform.context, digestOf('3c'));
    expect(tagsOf('3c')).toEqual(['nightshift-keep-3c0000000000']);
  });

  it('are kept although another command does the same at this moment', async () => {
    platform.fail('PutImage', sdkError('ImageAlreadyExistsException'), true);
    await keepImagesInUse(platform.context);
    expect(tagsOf('1a')).toContain('nightshift-keep-1a0000000000');
    await keepImagesInUse(platform.context);
    const other = new FakePlatform();
    other.fail('PutImage', sdkError('AccessDeniedException'));
    await expect(keepImagesInUse(other.context)).rejects.toThrow('AccessDeniedException');
  });

  it('can expire when they are no longer needed', async () => {
    for (const digest of ['2b', '3c']) await keepImagesInUse(platform.context, digestOf(digest));
    expect(tagsOf('2b')).toEqual(['1.4.2']);
    await keepImagesInUse(platform.context);
    // It has no other tag: without it AWS would delete one of the newest images.
    expect(tagsOf('3c')).toEqual(['nightshift-keep-3c0000000000']);
    push(10);
    await keepImagesInUse(platform.context);
    expect(tagsOf('3c')).toBeUndefined();
    expect(platform.ecr.images.some(({ digest }) => digest === digestOf('3c'))).toBe(false);
  });
});
