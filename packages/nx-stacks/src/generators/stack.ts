import { names, type Tree } from '@nx/devkit';
import { checkName, follow } from './recipe';

export interface StackOptions {
  readonly name: string;
}

/** A stack without resources, which is part of every environment. */
export default function stackGenerator(tree: Tree, { name }: StackOptions): void {
  checkName('stack', name, 'audit');
  const stackClass = `${names(name).className}Stack`;
  const buildPlatform = 'apps/platform/src/build-platform.ts';
  follow(tree, {
    files: filesOf(name, stackClass),
    edits: [
      {
        path: buildPlatform,
        insert: `import { ${stackClass} } from '@nightshift/${name}';`,
        place: { among: /^import \{ \w+Stack \} from '@nightshift\/[a-z0-9-]+';$/ },
      },
      {
        path: buildPlatform,
        insert: `  new ${stackClass}(app, '${name}', { environment });\n`,
        place: { before: '\n  applyTags(app' },
      },
      {
        path: 'apps/platform/package.json',
        insert: `    "@nightshift/${name}": "*",`,
        place: { among: /^ {4}"@nightshift\/[a-z0-9-]+": "\*",$/ },
      },
    ],
    byHand: [
      `apps/${name}/src/${name}-stack.ts: the resources, then its spec and apps/${name}/README.md`,
      `apps/${name}/package.json: the dependencies; stacks whose values it reads deploy first`,
      `docs/policies/deploy-${name}.json: the actions of the deploy role`,
      'npm install, npm run references and npm run docs: write the lock file, tsconfig.json, README.md and deploy.yml',
    ],
  });
}

function filesOf(name: string, stackClass: string): Readonly<Record<string, string>> {
  const manifest = {
    name: `@nightshift/${name}`,
    version: '0.1.0',
    private: true,
    exports: { '.': './src/index.ts' },
    nx: { name, tags: ['type:stack'] },
    dependencies: { '@nightshift/stack': '*' },
    devDependencies: { '@nightshift/testing': '*' },
  };
  return {
    [`apps/${name}/package.json`]: `${JSON.stringify(manifest, null, 2)}\n`,
    [`apps/${name}/jest.config.js`]: `module.exports = { ...require('../../jest.preset.js'), displayName: '${name}' };\n`,
    [`apps/${name}/README.md`]: `# ${name}

## Resources

None yet.

## Reads

It reads no other stack.

## Publishes

Nothing.

## Commands

\`npx nx run ${name}:plan -c <environment>\`, \`${name}:deploy\`, \`${name}:outputs\`, \`${name}:destroy\`.
`,
    [`apps/${name}/src/index.ts`]: `export { ${stackClass} } from './${name}-stack';\n`,
    [`apps/${name}/src/${name}-stack.ts`]: `import { PlatformStack } from '@nightshift/stack';

/** The stack ${name} of an environment. */
export class ${stackClass} extends PlatformStack {}
`,
    [`apps/${name}/src/${name}-stack.spec.ts`]: `import { synthStack, testEnvironment } from '@nightshift/testing';
import { ${stackClass} } from './${name}-stack';

describe('${name} stack', () => {
  const stack = synthStack((app) => new ${stackClass}(app, '${name}', { environment: testEnvironment() }));

  it('R0.1 has a state of its own', () => {
    expect(stack.json['terraform']).toMatchObject({ backend: { s3: { key: 'test/${name}.tfstate' } } });
  });
});
`,
  };
}
