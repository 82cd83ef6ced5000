import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..');
const read = (name: string) => readFileSync(join(root, name), 'utf8');
const instructions = read('Dockerfile')
  .replaceAll('\\\n', '')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));
const valuesOf = (instruction: string) =>
  instructions.filter((line) => line.startsWith(`${instruction} `)).map((line) => line.slice(instruction.length + 1));
const copied = valuesOf('COPY').flatMap((value) => (value.startsWith('--from') ? [] : value.split(' ').slice(0, -1)));

/** What can be known of an image that is not built here. */
describe('the image', () => {
  it('uses one release of Node.js, by digest, in both stages', () => {
    const bases = valuesOf('FROM').map((value) => value.split(' ')[0]);
    expect(bases).toHaveLength(2);
    expect(new Set(bases).size).toBe(1);
    expect(bases[0]).toMatch(/^node:22\.\d+\.\d+-alpine3\.\d+@sha256:[0-9a-f]{64}$/);
  });

  it('runs as the user of the platform, and that user can write to /tmp', () => {
    expect(valuesOf('USER')).toEqual(['1000:1000']);
    expect(valuesOf('VOLUME')).toEqual(['/tmp']);
    expect(instructions.indexOf('VOLUME /tmp')).toBeGreaterThan(
      instructions.findIndex((line) => line.includes('chown 1000:1000 /tmp')),
    );
  });

  it('receives signals directly, without a shell', () => {
    expect(valuesOf('CMD')).toEqual(['["node", "main.js"]']);
    expect(valuesOf('ENTRYPOINT')).toEqual([]);
  });

  it('has the same health check as in ECS, for liveness only', () => {
    expect(valuesOf('HEALTHCHECK').join()).toContain('wget -q -O /dev/null http://127.0.0.1:8080/live || exit 1');
  });

  it('has the version from the build argument, or a default', () => {
    expect(valuesOf('ARG')).toEqual(['VERSION=development']);
    expect(valuesOf('ENV')).toEqual(['NODE_ENV=production VERSION=$VERSION']);
  });

  it('copies only the workspace files that the service uses', () => {
    const { dependencies } = JSON.parse(read('package.json')) as { readonly dependencies: Record<string, string> };
    const packages = Object.keys(dependencies).filter((name) => name.startsWith('@nightshift/'));
    const used = packages.map((name) => name.replace('@nightshift/', 'packages/'));
    const files = ['package.json', 'package-lock.json', '.npmrc', 'tsconfig.base.json'];
    expect(copied).toEqual([...files, ...used, 'apps/batch-processor']);
    const sent = read('Dockerfile.dockerignore').match(/(?<=^!).*/gm);
    expect(sent).toEqual(copied);
  });
});
