import { existsSync, readdirSync } from 'node:fs';
import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

const PAGE = 'docs/decisions/0013-habits-enforced-by-lint.md';
const stacks = readdirSync(new URL('apps', import.meta.url)).filter((name) =>
  existsSync(new URL(`apps/${name}/src/${name}-stack.ts`, import.meta.url)),
);
const environments = readdirSync(new URL('environments', import.meta.url))
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => name.replace('.yaml', ''));
const CONSTRUCTOR = "ClassDeclaration[superClass] MethodDefinition[kind='constructor'] > FunctionExpression";
const forbidden = (what, ...selectors) => selectors.map((selector) => ({ selector, message: `${what} See ${PAGE}.` }));

// ESLint applies only the last `no-restricted-syntax` that matches a file, so each list contains the previous one.

/** For all sources. `cloud` and the `kind` of a peer have values of the same name. */
const IN_SOURCES = forbidden(
  'No comparison with the name of a stack or an environment: compare a property, or ask for the resources of the stack.',
  `BinaryExpression[operator=/^[!=]==$/]:not([left.name=/^(cloud|kind)$/]):not([left.property.name=/^(cloud|kind)$/]) > Literal[value=/^(${[...stacks, ...environments].join('|')})$/]`,
);

/** For the sources that make what is synthesized. */
const IN_SYNTHESIS = [
  ...IN_SOURCES,
  ...forbidden(
    'The same inputs give the same bytes: take it as a prop.',
    "MemberExpression[object.name='process']",
    "NewExpression[callee.name='Date']",
    "MemberExpression[object.name='Date']",
    "MemberExpression[object.name='Math'][property.name='random']",
    'ImportSpecifier[imported.name=/^random/]',
    ':matches(ImportDeclaration, ExportNamedDeclaration, ExportAllDeclaration)[source.value=/^(node:)?(fs|os|child_process)(\\/|$)/]',
  ),
  ...forbidden(
    'A construct takes (scope, id, props).',
    `${CONSTRUCTOR}:not([params.0.name='scope'])`,
    `${CONSTRUCTOR}:not([params.1.name='id'])`,
    `${CONSTRUCTOR}[params.length>3]`,
  ),
];

const type = (name) => `type:${name}`;
const mayUse = (name, ...others) => ({ sourceTag: type(name), onlyDependOnLibsWithTags: others.map(type) });

export default tseslint.config(
  {
    ignores: [
      '**/node_modules',
      '**/coverage',
      '**/dist',
      '**/out-tsc',
      '**/test-results',
      '**/cdktf.out',
      '**/.nightshift',
      '**/.venv',
      '.nx',
    ],
  },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strict, ...tseslint.configs.stylistic],
    plugins: { '@nx': nx },
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/prefer-nullish-coalescing': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      eqeqeq: 'error',
      'max-lines': ['error', 250],
      'no-console': 'error',
      '@nx/enforce-module-boundaries': [
        'error',
        {
          allow: [],
          // Verbs are loaded when they are called, and import these as usual; what runs before imports them when it needs them.
          checkDynamicDependenciesExceptions: ['@nightshift/release', '@nightshift/state-bucket'],
          depConstraints: [
            mayUse('pure', 'pure'),
            mayUse('workload', 'pure'),
            mayUse('schema', 'pure', 'schema'),
            mayUse('policy', 'pure', 'schema'),
            mayUse('cdk', 'pure', 'schema', 'cdk', 'testing'),
            mayUse('stack', 'pure', 'schema', 'cdk', 'stack', 'testing'),
            mayUse('testing', 'pure', 'schema', 'cdk'),
            mayUse('app', 'pure', 'schema', 'policy', 'cdk', 'stack', 'testing'),
            mayUse('tool', 'pure', 'schema', 'policy', 'cdk', 'app', 'tool', 'testing'),
            mayUse('e2e', 'pure', 'schema', 'policy', 'cdk', 'app', 'stack', 'tool', 'testing'),
          ],
        },
      ],
      // Constructs create resources for their effect on the tree.
      'no-new': 'off',
    },
  },
  {
    files: ['{apps,packages}/**/*.ts'],
    ignores: ['**/*.spec.ts', '**/*.e2e.ts', '**/*.fixture.ts', '**/testing/**'],
    rules: { 'no-restricted-syntax': ['error', ...IN_SOURCES] },
  },
  {
    files: [`{apps/{${stacks}},packages/{stack,naming,aspects}}/src/**/*.ts`],
    ignores: ['**/*.spec.ts', '**/*.fixture.ts'],
    rules: { 'no-restricted-syntax': ['error', ...IN_SYNTHESIS] },
  },
  ...stacks.map((stack) => ({
    files: [`apps/${stack}/src/**/*.ts`],
    ignores: ['**/*.spec.ts', '**/*.fixture.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: stacks.filter((other) => other !== stack).map((other) => `@nightshift/${other}`),
              allowTypeImports: true,
              message: `A stack imports types of other stacks only. See ${PAGE}.`,
            },
          ],
        },
      ],
    },
  })),
  {
    files: ['packages/cli/**/*.ts', 'scripts/**/*.mjs', 'bench/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/*.spec.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
);
