import { digestOf } from '../testing/fake-ecr';
import { ScanFixture } from '../testing/scan-fixture';
import { imageName } from './image-name';

const index = 'application/vnd.oci.image.index.v1+json';

describe('imageName', () => {
  const todo = 'pass a tag, such as --image 1.4.2, or a digest: sha256: and 64 hexadecimal digits';

  it('is a tag or a digest', () => {
    expect(imageName('1.4.2', 'x').identifier).toEqual({ imageTag: '1.4.2' });
    expect(imageName(digestOf('a1'), 'x').identifier).toEqual({ imageDigest: digestOf('a1') });
  });

  it.each([
    [undefined, 'no image specified'],
    ['a/b:1', 'the image is neither a tag nor a digest, got a/b:1'],
  ])('refuses %s', (text, problem) => {
    expect(() => imageName(text, 'nightshift scan')).toThrow(`nightshift scan: ${problem} - ${todo}`);
  });
});

describe('findImage', () => {
  let fixture: ScanFixture;
  beforeEach(() => {
    fixture = new ScanFixture();
  });

  it.each([['1.4.2'], [digestOf('a1')]])('finds an image by %s', async (name) => {
    expect(await fixture.find(name)).toEqual({
      wholeDigest: digestOf('a1'),
      digest: digestOf('a1'),
      tags: ['1.4.2'],
      pushedAt: new Date('2024-12-24'),
    });
  });

  it('says where there is no repository', async () => {
    fixture.ecr.repository = 'another';
    await expect(fixture.find()).rejects.toThrow(
      'ecr-repository-dev: the repository does not exist in us-east-1 - deploy it first: npx nx run registry:deploy -c dev',
    );
  });

  it('says where there is no such image, and names the newest', async () => {
    fixture.ecr.pageSize = 2;
    for (const day of [6, 5, 9, 8, 7])
      fixture.push(`1.5.${String(day)}`, `b${String(day)}`, `2024-12-2${String(day)}T12:00:00Z`);
    fixture.ecr.images.push({ digest: digestOf('c1'), pushedAt: new Date('2024-12-31') });
    await expect(fixture.find('1.6.0')).rejects.toThrow(
      'ecr-repository-dev: the image does not exist, got 1.6.0 - push it first, or use one of the newest: 1.5.9, 1.5.8, 1.5.7, 1.5.6, 1.5.5',
    );
  });

  it('says where the repository is empty', async () => {
    fixture.ecr.images.length = 0;
    await expect(fixture.find()).rejects.toThrow(
      'ecr-repository-dev: the image does not exist, got 1.4.2 - push it first; no image in the repository has a tag',
    );
  });

  it('hands on what ECR says of anything else', async () => {
    fixture.ecr.failures.set('DescribeImages', new Error('no access'));
    await expect(fixture.find()).rejects.toThrow('no access');
  });

  describe('of an image with several parts', () => {
    const part = (digest: string, os: string, architecture: string) => ({ digest, platform: { os, architecture } });
    const attestation = part(digestOf('ee'), 'unknown', 'unknown');
    const pushIndex = (manifest?: object) =>
      fixture.ecr.images.push({
        digest: digestOf('d1'),
        pushedAt: new Date('2024-12-24'),
        mediaType: index,
        ...(manifest && { manifest }),
      });

    it('finds the part that tasks run', async () => {
      pushIndex({
        manifests: [part(digestOf('a2'), 'linux', 'arm64'), attestation, part(digestOf('a3'), 'linux', 'amd64')],
      });
      expect(await fixture.find(digestOf('d1'))).toMatchObject({
        wholeDigest: digestOf('d1'),
        digest: digestOf('a3'),
        tags: [],
      });
    });

    it('refuses one that tasks cannot run', async () => {
      pushIndex({ manifests: [part(digestOf('a2'), 'linux', 'arm64'), attestation, { digest: digestOf('ef') }] });
      await expect(fixture.find(digestOf('d1'))).rejects.toThrow(
        `ecr-repository-dev: image ${digestOf('d1')} is not built for linux/amd64, got linux/arm64 - build it for linux/amd64, or change task.architecture in environments/dev.yaml`,
      );
    });

    it('says why the parts cannot be read', async () => {
      pushIndex();
      await expect(fixture.find(digestOf('d1'))).rejects.toThrow(
        `ecr-repository-dev: the parts of image ${digestOf('d1')} cannot be read, got KmsError: the key is disabled - correct the cause, then run the same command again`,
      );
    });
  });
});
