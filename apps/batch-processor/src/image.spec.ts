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
  it('starts from one release of Node.js, by its digest, the same in both stages', () => {
    const bases = valuesOf('FROM').map((value) => value.split(' ')[0]);
    expect(bases).toHaveLength(2);
    expect(new Set(bases).size).toBe(1);
    expect(bases[0]).toMatch(/^node:22\.\d+\.\d+-alpine3\.\d+@sha256:[0-9a-f]{64}$/);
  });

  it('runs as the user that the platform runs it as, with a /tmp that is writable for it', () => {
    expect(valuesOf('USER')).toEqual(['1000:1000']);
    expect(valuesOf('VOLUME')).toEqual(['/tmp']);
    expect(instructions.indexOf('VOLUME /tmp')).toBeGreaterThan(
      instructions.findIndex((line) => line.includes('chown 1000:1000 /tmp')),
    );
  });

  it('gets signals itself, not a shell around it', () => {
    expect(valuesOf('CMD')).toEqual(['["node", "main.js"]']);
    expect(valuesOf('ENTRYPOINT')).toEqual([]);
  });

  it('is checked for liveness only, as ECS checks it', () => {
    expect(valuesOf('HEALTHCHECK').join()).toContain('wget -q -O /dev/null http://127.0.0.1:8080/live || exit 1');
  });

  it('has a version from the one who builds it, and one without', () => {
    expect(valuesOf('ARG')).toEqual(['VERSION=development']);
    expect(valuesOf('ENV')).toEqual(['NODE_ENV=production VERSION=$VERSION']);
  });

  it('is built from what the service uses of the workspace, which is all that is sent', () => {
    const { dependencies } = JSON.parse(read('package.json')) as { readonly dependencies: Record<string, string> };
    const packages = Object.keys(dependencies).filter((name) => name.startsWith('@nightshift/'));
    const used = packages.map((name) => name.replace('@nightshift/', 'packages/'));
    const files = ['package.json', 'package-lock.json', '.npmrc', 'tsconfig.base.json'];
    expect(copied).toEqual([...files, ...used, 'apps/batch-processor']);
    const sent = read('Dockerfile.dockerignore').match(/(?<=^!).*/gm);
    expect(sent).toEqual(copied);
  });
});
