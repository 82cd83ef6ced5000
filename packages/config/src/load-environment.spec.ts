import { UserError } from '@nightshift/errors';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environmentNames, listedEnvironment, listEnvironments, loadEnvironment } from './index';

const TAGS = 'tags: { Project: p, CostCenter: c }\n';
let root: string;
let directory: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'config-'));
  directory = join(root, 'environments');
  mkdirSync(directory);
});

afterEach(() => rmSync(root, { recursive: true }));

const write = (file: string, text: string | Buffer = TAGS) => writeFileSync(join(directory, file), text);

function messageOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    return (error as UserError).message;
  }
  throw new Error('nothing was refused');
}

describe('loadEnvironment', () => {
  it('reads a file, whose name is the suffix', () => {
    write('dev.yaml', `${TAGS}region: eu-west-1\n`);
    const environment = loadEnvironment({ directory, name: 'dev' });
    expect(environment).toMatchObject({ name: 'dev', suffix: 'dev', region: 'eu-west-1' });
    expect(loadEnvironment({ directory, name: 'dev', suffix: 'dev' })).toEqual(environment);
  });

  it('combines a profile and a suffix (R0.11)', () => {
    write('preview.yaml', `${TAGS}profile: true\n`);
    expect(loadEnvironment({ directory, name: 'preview', suffix: 'pr-123' })).toMatchObject({
      name: 'preview',
      suffix: 'pr-123',
      tags: { Environment: 'pr-123' },
    });
  });

  it('refuses a profile without a suffix', () => {
    write('preview.yaml', `${TAGS}profile: true\n`);
    expect(messageOf(() => loadEnvironment({ directory, name: 'preview' }))).toBe(
      'environments/preview.yaml: is a profile, so its environments need a suffix - set one, as in: ENVIRONMENT_SUFFIX=pr-123 npx nx run-many -t deploy -c preview',
    );
  });

  it('refuses a suffix for an environment that is not a profile', () => {
    write('dev.yaml');
    expect(messageOf(() => loadEnvironment({ directory, name: 'dev', suffix: 'pr-1' }))).toBe(
      'ENVIRONMENT_SUFFIX: is only for profiles, and environments/dev.yaml is not a profile, got "pr-1" - unset it, or use a file with "profile: true"',
    );
  });

  it('refuses the suffix of another environment', () => {
    write('preview.yaml', `${TAGS}profile: true\n`);
    write('dev.yaml');
    expect(messageOf(() => loadEnvironment({ directory, name: 'preview', suffix: 'dev' }))).toBe(
      'ENVIRONMENT_SUFFIX: is the name of an environment file, got "dev" - use another, such as pr-123',
    );
  });

  it('reports all problems of a file in one error, one per line', () => {
    write('dev.yaml', 'tags: { Project: p }\ntask: { cpu: 300 }\ncloud: aws\ncloud: aws\n');
    expect(messageOf(() => loadEnvironment({ directory, name: 'dev' }))).toBe(
      [
        'environments/dev.yaml:4:1: is a duplicate key, got cloud - keep one of the two',
        'environments/dev.yaml: tags.CostCenter: is missing - add it',
        'environments/dev.yaml: task.cpu: is not a size that Fargate offers, got 300 - use one of 256, 512, 1024, 2048, 4096, 8192, 16384',
      ].join('\n'),
    );
  });

  it('reports an invalid file name together with the other problems', () => {
    write('PROD.yaml', 'tags: { Project: p }\n');
    expect(messageOf(() => loadEnvironment({ directory, name: 'PROD' }))).toBe(
      [
        'environments/PROD.yaml: is not a valid environment name, got "PROD" - rename it, for example to prod.yaml: lower-case letters and digits, in groups joined by single hyphens',
        'environments/PROD.yaml: tags.CostCenter: is missing - add it',
      ].join('\n'),
    );
  });

  it('lists the environments if the name is unknown', () => {
    write('dev.yaml');
    write('prod.yaml');
    expect(messageOf(() => loadEnvironment({ directory, name: 'qa' }))).toBe(
      'environments/qa.yaml: does not exist - use one of dev, prod, or add a file with the extension .yaml',
    );
    expect(messageOf(() => loadEnvironment({ directory, name: 'prd' }))).toBe(
      'environments/prd.yaml: does not exist - did you mean prod? Known are dev, prod',
    );
    expect(messageOf(() => loadEnvironment({ directory, name: '../environments/dev' }))).toBe(
      'environments: has no file of this name, got "../environments/dev" - use one of dev, prod, or add a file with the extension .yaml',
    );
  });

  it('does not suggest an environment with an invalid name', () => {
    write('dev.yaml');
    write('QA2.yaml');
    expect(messageOf(() => loadEnvironment({ directory, name: 'qa' }))).toBe(
      'environments/qa.yaml: does not exist - use one of dev, or add a file with the extension .yaml',
    );
  });

  it('reports that there are no environments yet', () => {
    expect(messageOf(() => loadEnvironment({ directory, name: 'dev' }))).toBe(
      'environments/dev.yaml: does not exist - add a file with the extension .yaml',
    );
  });

  it('reports that the file would be read under another name', () => {
    write('dev.yml');
    expect(messageOf(() => loadEnvironment({ directory, name: 'dev' }))).toBe(
      'environments/dev.yml: is ignored, because its name does not end in .yaml - rename it to dev.yaml',
    );
  });

  it('reports that the directory does not exist or is a file', () => {
    const missing = join(root, 'nowhere');
    expect(messageOf(() => loadEnvironment({ directory: missing, name: 'dev' }))).toBe(
      `${missing}: does not exist - use the directory of the environment files`,
    );
    write('file');
    expect(messageOf(() => environmentNames(join(directory, 'file')))).toBe(
      `${join(directory, 'file')}: cannot be read (ENOTDIR) - use the directory of the environment files`,
    );
  });

  it('reports why it does not read a file with an invalid name', () => {
    write('dev copy.yaml');
    expect(messageOf(() => loadEnvironment({ directory, name: 'dev copy' }))).toBe(
      'environments/dev copy.yaml: is not a valid environment name, got "dev copy" - rename it, for example to dev-copy.yaml: lower-case letters and digits, in groups joined by single hyphens',
    );
  });

  it('refuses a file that is too large before parsing', () => {
    write('dev.yaml', 'not: [valid\n'.repeat(200_000));
    expect(messageOf(() => loadEnvironment({ directory, name: 'dev' }))).toBe(
      'environments/dev.yaml: is too large for an environment, got 2,344 KiB - keep it below 64 KiB',
    );
  });

  it.each([
    ['UTF-16 of Windows', Buffer.from(`\uFEFF${TAGS}`, 'utf16le'), 'is UTF-16, or not text'],
    ['UTF-16 with the high byte first', Buffer.from(`\uFEFF${TAGS}`, 'utf16le').swap16(), 'is UTF-16, or not text'],
    ['UTF-16 without a mark', Buffer.from(TAGS, 'utf16le'), 'is UTF-16, or not text'],
    ['Latin-1', Buffer.from('# für alle\n', 'latin1'), 'is not UTF-8'],
  ])('recognizes %s', (_, bytes, what) => {
    write('dev.yaml', bytes);
    expect(messageOf(() => loadEnvironment({ directory, name: 'dev' }))).toBe(
      `environments/dev.yaml: ${what} - save it as UTF-8`,
    );
  });

  it('reports a file that cannot be read', () => {
    mkdirSync(join(directory, 'dev.yaml'));
    expect(messageOf(() => loadEnvironment({ directory, name: 'dev' }))).toBe(
      'environments/dev.yaml: cannot be read (EISDIR) - make the file readable',
    );
  });
});

describe('environmentNames', () => {
  it('returns the sorted names of the files', () => {
    ['prod.yaml', 'dev.yaml', 'schema.json', 'notes.md', 'old.yaml.bak'].forEach((file) => write(file));
    expect(environmentNames(directory)).toEqual(['dev', 'prod']);
  });

  it('omits files of editors and file managers', () => {
    write('dev.yaml');
    ['#dev.yaml#', 'dev.yaml~', '.dev.yaml.swp', '4913', 'dev copy.yaml', 'dev (1).yaml'].forEach((file) =>
      write(file),
    );
    symlinkSync('somebody@laptop.123', join(directory, '.#dev.yaml'));
    expect(environmentNames(directory)).toEqual(['dev']);
    expect(listEnvironments(directory)).toHaveLength(1);
  });

  it('includes files with an invalid name, so that they are reported', () => {
    ['UPPER.yaml', 'has_underscore.yaml', '1.5.yaml', 'trailing-.yaml'].forEach((file) => write(file));
    expect(environmentNames(directory)).toEqual(['1.5', 'UPPER', 'has_underscore', 'trailing-']);
  });
});

describe('listEnvironments', () => {
  it('returns the properties of each file that the pipeline needs (R0.6)', () => {
    write('prod.yaml', `${TAGS}account: { id: "123456789012" }\ndelivery: { order: 2 }\nregion: eu-west-1\n`);
    write('local.yaml', `${TAGS}cloud: local\n`);
    const digest = `sha256:${'a'.repeat(64)}`;
    const other = `container: { image: { by: digest, digest: '${digest}' } }\ntask: { architecture: ARM64 }\n`;
    write('preview.yaml', `${TAGS}profile: true\n${other}`);
    const image = { image: 'initial', platform: 'linux/amd64' };
    const listed = listEnvironments(directory);
    expect(listed).toEqual([
      { name: 'local', profile: false, cloud: 'local', region: 'us-east-1', ...image },
      { name: 'preview', profile: true, cloud: 'aws', region: 'us-east-1', image: digest, platform: 'linux/arm64' },
      { name: 'prod', profile: false, cloud: 'aws', region: 'eu-west-1', ...image, deliveryOrder: 2 },
    ]);
    expect(listedEnvironment.array().parse(listed)).toEqual(listed);
  });

  it('reports all problems of all files in one error', () => {
    write('a.yaml', `${TAGS}cloud: b\n`);
    write('b.yaml');
    write('c.yaml', '');
    expect(messageOf(() => listEnvironments(directory))).toBe(
      [
        'environments/a.yaml: cloud: is not one of the choices, got "b" - use aws or local',
        'environments/c.yaml: is empty - write at least the tags Project and CostCenter',
      ].join('\n'),
    );
  });
});
