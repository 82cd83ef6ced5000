import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@nightshift/files/temporary-directory';
import { imageBehaviours, keepImageFiles, localImage, type LocalImageProps } from './local-image';

const bundle = Buffer.from('// the workload\n');

const image = (changes: Partial<LocalImageProps> = {}) =>
  localImage({ tag: '4f1c2e9', behaves: 'healthy', bundle, ...changes });

const sha256 = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;

describe('localImage', () => {
  it('is an OCI image with the workload as its only layer', () => {
    const { manifest, bundleDigest } = image();
    expect(bundleDigest).toBe(sha256('// the workload\n'));
    expect(JSON.parse(manifest)).toEqual({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      config: {
        mediaType: 'application/vnd.oci.image.config.v1+json',
        digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) as string,
        size: expect.any(Number) as number,
      },
      layers: [{ mediaType: 'application/vnd.nightshift.bundle.v1+javascript', digest: bundleDigest, size: 16 }],
      annotations: { 'nightshift.local/behaves': 'healthy', 'nightshift.local/version': '4f1c2e9' },
    });
  });

  it('has a configuration with a platform', () => {
    const { configuration, configurationDigest } = image();
    expect(configurationDigest).toBe(sha256(configuration));
    expect(JSON.parse(configuration)).toMatchObject({ os: 'linux', architecture: 'amd64' });
    expect(JSON.parse(image({ architecture: 'arm64' }).configuration)).toMatchObject({ architecture: 'arm64' });
  });

  it('has the digest of its manifest, as a registry computes it', () => {
    expect(image().digest).toBe(sha256(image().manifest));
  });

  it('is deterministic, and differs for every difference in its input', () => {
    expect(image()).toEqual(image());
    const others = [image({ tag: '5' }), image({ behaves: 'errors' }), image({ bundle: Buffer.from('//') })];
    expect(new Set([image(), ...others].map(({ digest }) => digest)).size).toBe(4);
  });
});

describe('keepImageFiles', () => {
  const root = temporaryDirectory();

  it('stores bundle and configuration in files named after their digests, also repeatedly', async () => {
    const folder = join(root(), 'bundles');
    for (const text of ['first', 'second']) {
      const parts = { bundleDigest: 'sha256:abc', configurationDigest: 'sha256:def', configuration: `{"${text}":1}` };
      await keepImageFiles(folder, parts, Buffer.from(text));
      expect(readFileSync(join(folder, 'abc.js'), 'utf8')).toBe(text);
      expect(readFileSync(join(folder, 'def.json'), 'utf8')).toBe(`{"${text}":1}`);
    }
  });
});

describe('imageBehaviours', () => {
  it('are those that the server reads', () => {
    const server = readFileSync(join(__dirname, '../python/nightshift_cloud/ecs/images.py'), 'utf8');
    const [, read = ''] = /^BEHAVIOURS = \((.*)\)$/m.exec(server) ?? [];
    expect(Object.keys(imageBehaviours)).toEqual(JSON.parse(`[${read}]`));
  });
});
