import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { digestOf } from '../testing/fake-ecr';
import { ScanFixture } from '../testing/scan-fixture';
import { sdkError } from '@nightshift/testing/aws';
import { configurationUrl } from '../testing/fake-ecr';
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

  it('reports a missing repository', async () => {
    fixture.ecr.repository = 'another';
    await expect(fixture.find()).rejects.toThrow(
      'ecr-repository-dev: the repository does not exist in us-east-1 - deploy it first: npx nx run registry:deploy -c dev',
    );
  });

  it('reports a missing image, and lists the newest ones', async () => {
    fixture.ecr.pageSize = 2;
    for (const day of [6, 5, 9, 8, 7])
      fixture.push(`1.5.${String(day)}`, `b${String(day)}`, `2024-12-2${String(day)}T12:00:00Z`);
    fixture.ecr.images.push({ digest: digestOf('c1'), pushedAt: new Date('2024-12-31') });
    await expect(fixture.find('1.6.0')).rejects.toThrow(
      'ecr-repository-dev: the image does not exist, got 1.6.0 - push it first, or use one of the newest: 1.5.9, 1.5.8, 1.5.7, 1.5.6, 1.5.5',
    );
  });

  it('reports an empty repository', async () => {
    fixture.ecr.images.length = 0;
    await expect(fixture.find()).rejects.toThrow(
      'ecr-repository-dev: the image does not exist, got 1.4.2 - push it first; no image in the repository has a tag',
    );
  });

  it('rethrows other errors of ECR', async () => {
    fixture.ecr.failures.set('DescribeImages', new Error('no access'));
    await expect(fixture.find()).rejects.toThrow('no access');
  });

  describe('for a single image', () => {
    const pushed = (manifest: object) =>
      fixture.ecr.images.push({ digest: digestOf('d1'), pushedAt: new Date('2024-12-24'), manifest });

    it('refuses one for another architecture', async () => {
      fixture.ecr.configurationUrl = configurationUrl({ os: 'linux', architecture: 'arm64' });
      await expect(fixture.find()).rejects.toThrow(
        'ecr-repository-dev: image 1.4.2 is not built for linux/amd64, got linux/arm64 - build it for linux/amd64, or change task.architecture in environments/dev.yaml',
      );
    });

    it.each([
      [
        'a Helm chart',
        { config: { mediaType: 'application/vnd.cncf.helm.config.v1+json' } },
        'application/vnd.cncf.helm.config.v1+json',
      ],
      [
        'a signature',
        {
          artifactType: 'application/vnd.cncf.notary.signature',
          config: { mediaType: 'application/vnd.oci.image.config.v1+json' },
        },
        'application/vnd.cncf.notary.signature',
      ],
      ['a manifest of version 1', {}, 'a manifest without a configuration'],
    ])('refuses %s', async (_, manifest, got) => {
      pushed(manifest);
      await expect(fixture.find(digestOf('d1'))).rejects.toThrow(
        `ecr-repository-dev: ${digestOf('d1')} is not a container image, got ${got} - use an image that is built for linux/amd64`,
      );
    });

    it.each([
      ['is not JSON', 'data:text/plain,odd', 'is not valid JSON'],
      ['has no answer', 'http://127.0.0.1:1/', 'fetch failed'],
    ])('reports if its configuration %s', async (_, url, got) => {
      fixture.ecr.configurationUrl = url;
      const refused = fixture.find();
      await expect(refused).rejects.toThrow(
        'ecr-repository-dev: the configuration of image 1.4.2 cannot be read, got ',
      );
      await expect(refused).rejects.toThrow(got);
      await expect(refused).rejects.toThrow(
        ' - check the connection to Amazon S3, or push the image again under another tag',
      );
    });

    it('reports that Amazon S3 refuses its configuration', async () => {
      const server = createServer((_, response) => response.writeHead(403).end());
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      fixture.ecr.configurationUrl = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
      await expect(fixture.find()).rejects.toThrow('cannot be read, got HTTP status 403 - ');
      server.close();
    });

    it('reports a missing configuration, and rethrows any other error', async () => {
      fixture.ecr.failures.set(
        'GetDownloadUrlForLayer',
        sdkError('LayersNotFoundException', 'The layer does not exist'),
      );
      await expect(fixture.find()).rejects.toThrow('cannot be read, got The layer does not exist - ');
      fixture.ecr.failures.set('GetDownloadUrlForLayer', sdkError('AccessDeniedException'));
      await expect(fixture.find()).rejects.toThrow('AccessDeniedException');
    });
  });

  describe('for an image index', () => {
    const part = (digest: string, os: string, architecture: string) => ({ digest, platform: { os, architecture } });
    const attestation = part(digestOf('ee'), 'unknown', 'unknown');
    const pushIndex = (manifest: object | 'unreadable') =>
      fixture.ecr.images.push({
        digest: digestOf('d1'),
        pushedAt: new Date('2024-12-24'),
        mediaType: index,
        manifest,
      });

    it('finds the image that tasks run', async () => {
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

    it('reports why the index cannot be read', async () => {
      pushIndex('unreadable');
      await expect(fixture.find(digestOf('d1'))).rejects.toThrow(
        `ecr-repository-dev: the manifest of image ${digestOf('d1')} cannot be read, got KmsError: the key is disabled - correct the cause, then run the same command again`,
      );
    });
  });
});
