import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeEnvironment, differencesBetween, loadEnvironment } from './index';

let directory: string;

beforeEach(() => {
  directory = join(mkdtempSync(join(tmpdir(), 'extends-')), 'environments');
  mkdirSync(join(directory, 'bases'), { recursive: true });
});

afterEach(() => {
  rmSync(join(directory, '..'), { recursive: true });
});

const TAGS = 'tags: { Project: p, CostCenter: c }\n';
const write = (file: string, text: string) => {
  writeFileSync(join(directory, file), text);
};

describe('extends', () => {
  it('takes the keys of the base, merges maps and replaces lists', () => {
    write('bases/base.yaml', `${TAGS}network: { cidr: 10.1.0.0/16, endpoints: [sqs, sns] }\nscaling: { minimum: 3 }\n`);
    write('prod.yaml', 'extends: base\nnetwork: { endpoints: [sts] }\ntags: { Team: t }\n');
    const environment = loadEnvironment({ directory, name: 'prod' });
    expect(environment).toMatchObject({
      tags: { Project: 'p', CostCenter: 'c', Team: 't', Environment: 'prod' },
      network: { cidr: '10.1.0.0/16', endpoints: ['sts'] },
      scaling: { minimum: 3 },
    });
    expect(environment).not.toHaveProperty('extends');
  });

  it('names the file of the invalid value', () => {
    write('bases/base.yaml', `${TAGS}region: mars\nnetwrok: {}\n`);
    write('prod.yaml', "extends: base\ntask: { cpu: '512' }\n");
    expect(() => loadEnvironment({ directory, name: 'prod' })).toThrow(
      [
        'environments/bases/base.yaml: region: is not a known AWS region, got "mars" - write one such as us-east-1. Add a new region to packages/config/src/schema/regions.ts',
        "environments/prod.yaml: task.cpu: is text, but must be a number, got '512' - remove the quotes",
        'environments/bases/base.yaml: netwrok: is not a known key - did you mean network?',
      ].join('\n'),
    );
  });

  it.each([
    [
      '',
      'prod.yaml: extends: has no base of this name, got "base" - add environments/bases/base.yaml, or remove the key',
    ],
    ['[]', 'bases/base.yaml: is not a map - write each key on a line of its own, as "key: value"'],
    ['a: {', 'bases/base.yaml:1:5: is not YAML'],
    [
      'extends: other',
      'bases/base.yaml: extends: is not possible in a base: a file extends one level only - remove the key',
    ],
  ])('refuses the base %j', (text, message) => {
    if (text) write('bases/base.yaml', text);
    write('prod.yaml', `${TAGS}extends: base\n`);
    expect(() => loadEnvironment({ directory, name: 'prod' })).toThrow(`environments/${message}`);
  });

  it('refuses a path outside of the directory', () => {
    write('prod.yaml', `${TAGS}extends: ../prod\n`);
    expect(() => loadEnvironment({ directory, name: 'prod' })).toThrow(
      'environments/prod.yaml: extends: is not the name of a base, got "../prod" - use lower-case letters, digits and -, such as base',
    );
  });
});

describe('describeEnvironment', () => {
  it('returns the origin of each value', () => {
    write('bases/base.yaml', TAGS);
    write('prod.yaml', 'extends: base\nregion: eu-west-1\nstate: { bucket: some-bucket }\n');
    write('dev.yaml', 'extends: base\n');
    const values = describeEnvironment({ directory, name: 'prod' });
    const from = Object.fromEntries(values.map(({ key, from }) => [key, from]));
    expect(from).toMatchObject({
      region: 'environments/prod.yaml',
      'tags.Project': 'environments/bases/base.yaml',
      'tags.Environment': 'name',
      'network.cidr': 'default',
      'state.bucket': 'environments/prod.yaml',
    });
    expect(differencesBetween(values, describeEnvironment({ directory, name: 'dev' })).map(({ key }) => key)).toEqual([
      'region',
      'state.bucket',
    ]);
  });

  it('refuses an invalid file', () => {
    write('prod.yaml', 'tags: 1\n');
    expect(() => describeEnvironment({ directory, name: 'prod' })).toThrow('environments/prod.yaml: tags');
    expect(() => describeEnvironment({ directory, name: 'dev' })).toThrow(
      'environments/dev.yaml: does not exist - use one of prod, or add a file with the extension .yaml',
    );
  });
});
