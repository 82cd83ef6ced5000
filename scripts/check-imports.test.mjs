import { deepEqual } from 'node:assert/strict';
import test from 'node:test';
import { scriptWorkspace } from './script-workspace.mjs';

const FIX =
  'import circle - move what both need into a file below them. See docs/decisions/0013-habits-enforced-by-lint.md.';
const python = 'packages/cloud/python/cloud';

/** A workspace needs both folders. */
const check = (files) =>
  scriptWorkspace('check-imports.mjs', { 'apps/a/src/index.ts': '', 'packages/b/src/index.ts': '', ...files }).run();

test('accepts modules that import in one direction, and verbs that are loaded later', () => {
  const { status, stdout, stderr } = check({
    'packages/b/src/top.ts': "import { low } from './low';\nimport { readFile } from 'node:fs';\n",
    'packages/b/src/low.ts': "export const later = () => import('./top');\n",
    [`${python}/top.py`]: 'import os\nfrom . import low\nfrom .low import Low\n',
    [`${python}/low.py`]: 'from os import path\n',
  });
  deepEqual([status, stdout, stderr], [0, ['imports: 6 files, no circles'], []]);
});

test('refuses a circle of types', () => {
  const { status, stdout, stderr } = check({
    'apps/a/src/one.ts': "import type { Two } from './folder';\n",
    'apps/a/src/folder/index.ts': "export { one } from '../one';\n",
  });
  deepEqual([status, stdout], [1, ['imports: 4 files, 1 circles']]);
  deepEqual(stderr, [`apps/a/src/folder/index.ts -> apps/a/src/one.ts -> apps/a/src/folder/index.ts: ${FIX}`]);
});

test('refuses a circle in Python, also one of types and over the folder', () => {
  const { status, stderr } = check({
    [`${python}/cloud.py`]: 'from .control.faults import (\n    Fault,\n    Faults,\n)\n',
    [`${python}/control/__init__.py`]: '',
    [`${python}/control/faults.py`]: 'from . import api\n',
    [`${python}/control/api.py`]: 'if TYPE_CHECKING:\n    from ..cloud import Cloud\n',
  });
  const circle = ['cloud.py', 'control/faults.py', 'control/api.py', 'cloud.py'].map((path) => `${python}/${path}`);
  deepEqual([status, stderr], [1, [`${circle.join(' -> ')}: ${FIX}`]]);
});

test('accepts specs that are named after a module, a program, a folder or a package', () => {
  const { status, stderr } = check({
    'packages/b/src/deploy.ts': '',
    'packages/b/src/deploy.spec.ts': '',
    'packages/b/src/deploy-refusals.spec.ts': '',
    'packages/b/bin/start.mjs': '',
    'packages/b/src/start.spec.ts': '',
    'packages/b/src/b-permissions.spec.ts': '',
    'packages/b/src/rules/rules.spec.ts': '',
    [`${python}/ecs/task_sets.py`]: '',
    [`${python}/__main__.py`]: '',
    'packages/cloud/python/tests/ecs/test_task_sets.py': '',
    'packages/cloud/python/tests/ecs/test_task_sets_refusals.py': '',
    'packages/cloud/python/tests/test_main.py': '',
    'packages/cloud/python/requirements.txt': '',
  });
  deepEqual([status, stderr], [0, []]);
});

test('refuses a spec that no module is named after', () => {
  const { status, stderr } = check({
    'packages/b/src/other.fixture.ts': '',
    'packages/b/src/other.spec.ts': '',
    [`${python}/ecs/task_sets.py`]: '',
    'packages/cloud/python/tests/test_task_sets.py': '',
  });
  const refusal =
    'tests no module of this name - name it after the module that it tests. See docs/decisions/0013-habits-enforced-by-lint.md.';
  deepEqual(
    [status, stderr],
    [1, [`packages/b/src/other.spec.ts: ${refusal}`, `packages/cloud/python/tests/test_task_sets.py: ${refusal}`]],
  );
});
