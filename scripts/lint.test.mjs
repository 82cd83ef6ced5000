import { deepEqual, match } from 'node:assert/strict';
import test from 'node:test';
import { scriptWorkspace } from './script-workspace.mjs';

const config = (rules) =>
  `export default [{ ignores: ['**/out-tsc/**'] }, { files: ['**/*.ts'], rules: ${JSON.stringify(rules)} }];\n`;

/** `app` depends on `low`; nothing depends on `other`. */
const workspace = () =>
  scriptWorkspace('lint.mjs', {
    'eslint.config.mjs': config({ 'no-debugger': 'error' }),
    'scripts/lint.mjs': '',
    'tsconfig.json': '',
    'tsconfig.base.json': '',
    'package-lock.json': '',
    'apps/app/package.json': JSON.stringify({ name: '@x/app', dependencies: { '@x/low': '*' } }),
    'apps/app/src/app.ts': '',
    'packages/low/package.json': JSON.stringify({ name: '@x/low' }),
    'packages/low/src/low.ts': '',
    'packages/low/out-tsc/low.d.ts': '',
    'packages/other/package.json': JSON.stringify({ name: '@x/other' }),
    'packages/other/src/other.ts': '',
  });

const clean = (summary) => ({ status: 0, stdout: [`lint: ${summary}`], stderr: [] });

test('lints the projects that changed since they were last clean', () => {
  const { run, write } = workspace();
  deepEqual(run(), clean('3 files in 3 of 3 projects'));
  deepEqual(run(), clean('0 files in 0 of 3 projects'));
  write({ 'packages/other/src/other.ts': 'export {};\n' });
  deepEqual(run(), clean('1 files in 1 of 3 projects'));
});

test('lints a project again if the types of its dependencies changed', () => {
  const { run, write } = workspace();
  run();
  write({ 'packages/low/out-tsc/low.d.ts': 'export declare const low = 1;\n' });
  deepEqual(run(), clean('1 files in 1 of 3 projects'));
});

test('lints all projects again if a rule changed', () => {
  const { run, write } = workspace();
  run();
  write({ 'eslint.config.mjs': config({}) });
  deepEqual(run(), clean('3 files in 3 of 3 projects'));
});

test('fails until a violation is corrected', () => {
  const { run, write } = workspace();
  write({ 'packages/other/src/other.ts': 'debugger;\n' });
  run();
  const { status, stdout } = run();
  deepEqual([status, stdout.at(-1)], [1, 'lint: 1 files in 1 of 3 projects']);
  match(
    stdout.join('\n'),
    /packages\/other\/src\/other\.ts\n +1:1 +error +Unexpected 'debugger' statement +no-debugger/,
  );
  write({ 'packages/other/src/other.ts': '' });
  deepEqual(run(), clean('1 files in 1 of 3 projects'));
});
