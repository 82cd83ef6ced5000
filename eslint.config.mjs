import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

const type = (name) => `type:${name}`;
const mayUse = (name, ...others) => ({ sourceTag: type(name), onlyDependOnLibsWithTags: others.map(type) });

export default tseslint.config(
  {
    ignores: [
      '**/node_modules',
      '**/coverage',
      '**/dist',
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
      'no-console': 'error',
      '@nx/enforce-module-boundaries': [
        'error',
        {
          allow: [],
          // Its verbs are loaded as a whole when they are called; inside them it may be imported as usual.
          checkDynamicDependenciesExceptions: ['@nightshift/release'],
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
    files: ['packages/cli/**/*.ts', 'scripts/**/*.mjs', 'bench/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/*.spec.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
);
