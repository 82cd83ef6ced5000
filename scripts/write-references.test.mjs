import { deepEqual, equal } from 'node:assert/strict';
import test from 'node:test';
import { scriptWorkspace } from './script-workspace.mjs';

const manifest = (name, dependencies = {}) => JSON.stringify({ name, ...dependencies });
const workspace = () =>
  scriptWorkspace('write-references.mjs', {
    'apps/a/package.json': manifest('@x/a', {
      dependencies: { '@x/b': '*', zod: '4' },
      devDependencies: { '@x/c': '*' },
    }),
    'packages/b/package.json': manifest('@x/b'),
    'packages/c/package.json': manifest('@x/c'),
    'packages/notes/README.md': '',
  });

test('writes the references of each project, and nothing where they are up to date', () => {
  const { run, read } = workspace();
  const written = ['apps/a', 'packages/b', 'packages/c'].map((path) => `${path}/tsconfig.json: written`);
  deepEqual(run(), { status: 0, stdout: written, stderr: [] });
  deepEqual(JSON.parse(read('apps/a/tsconfig.json')), {
    extends: '../../tsconfig.project.json',
    references: [{ path: '../../packages/b' }, { path: '../../packages/c' }],
  });
  deepEqual(JSON.parse(read('packages/b/tsconfig.json')).references, []);
  deepEqual(run('--check'), { status: 0, stdout: ['references: 3 projects, no differences'], stderr: [] });
});

test('only compares with --check', () => {
  const { run, read, write } = workspace();
  run();
  write({ 'packages/b/tsconfig.json': '{}' });
  deepEqual(run('--check'), {
    status: 1,
    stdout: [],
    stderr: ['packages/b/tsconfig.json: does not match the dependencies in package.json - run npm run references'],
  });
  equal(read('packages/b/tsconfig.json'), '{}');
});
