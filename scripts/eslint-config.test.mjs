// Each rule of docs/decisions/0013-habits-enforced-by-lint.md finds its violation, and only in the files for which it is meant.
import { deepEqual } from 'node:assert/strict';
import test from 'node:test';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { root } from './ensure-installed.mjs';

const PAGE = 'docs/decisions/0013-habits-enforced-by-lint.md';
const TOOL = 'packages/cli/src/example.ts';
const STACK = 'apps/network/src/example.ts';
const SPEC = 'apps/network/src/example.spec.ts';

// The rules that need types are off, because the linted files do not exist.
const eslint = new ESLint({
  cwd: root,
  overrideConfig: [
    tseslint.configs.disableTypeChecked,
    { rules: { '@nx/enforce-module-boundaries': 'off', '@typescript-eslint/no-unused-vars': 'off' } },
  ],
});

async function messages(filePath, code) {
  const [result] = await eslint.lintText(`${code}\n`, { filePath });
  return result.messages.map(({ message }) => message);
}

test('refuses to compare the name of a stack or an environment', async () => {
  const found = [
    `No comparison with the name of a stack or an environment: compare a property, or ask for the resources of the stack. See ${PAGE}.`,
  ];
  const code = "export const isLast = (stack: string) => stack === 'compute';";
  deepEqual(await messages(TOOL, code), found);
  deepEqual(await messages(STACK, code), found);
  deepEqual(await messages(TOOL, "export const isLast = (environment: string) => 'prod' !== environment;"), found);
  deepEqual(await messages(TOOL, "export const isLast = (peer: { kind: string }) => peer.kind === 'network';"), []);
  deepEqual(await messages(SPEC, code), []);
});

for (const code of [
  'export const profile = process.env.AWS_PROFILE;',
  'export const now = new Date();',
  'export const now = Date.now();',
  'export const share = Math.random();',
  "import { randomUUID } from 'crypto';\nexport const id = randomUUID;",
  "import 'node:fs';",
  "export { readFile } from 'fs/promises';",
  "export * from 'node:os';",
]) {
  test(`refuses in what is synthesized, and nowhere else: ${code}`, async () => {
    const found = [`The same inputs give the same bytes: take it as a prop. See ${PAGE}.`];
    deepEqual(await messages(STACK, code), found);
    deepEqual(await messages('packages/naming/src/example.ts', code), found);
    deepEqual(await messages(TOOL, code), []);
    deepEqual(await messages(SPEC, code), []);
  });
}

test('refuses a construct with other parameters than scope, id and props', async () => {
  const construct = (...parameters) =>
    `export class Part extends Construct {\n  constructor(${parameters.join(', ')}) {\n    super(scope, id);\n    scope.add(this);\n  }\n}`;
  const found = `A construct takes (scope, id, props). See ${PAGE}.`;
  deepEqual(await messages(STACK, construct('scope: Construct', 'id: string', '{ size }: Props')), []);
  deepEqual(await messages(STACK, construct('scope: Construct', 'id: string', 'size: A', 'zone: B')), [found]);
  deepEqual(await messages(STACK, construct('id: string', 'scope: Construct')), [found, found]);
});

test('refuses values of other stacks, and allows their types', async () => {
  deepEqual(await messages(STACK, "export { ComputeStack } from '@nightshift/compute';"), [
    `'@nightshift/compute' import is restricted from being used by a pattern. A stack imports types of other stacks only. See ${PAGE}.`,
  ]);
  deepEqual(await messages(STACK, "export type { ComputeOutputs } from '@nightshift/compute';"), []);
});

test('refuses a file with more than 250 lines, a spec too', async () => {
  const code = Array.from({ length: 251 }, (_, line) => `export const line${line} = ${line};`).join('\n');
  for (const file of [TOOL, SPEC]) {
    deepEqual(await messages(file, code), ['File has too many lines (251). Maximum allowed is 250.']);
  }
});
