import { GeneratorRun } from '../testing/generator-run';
import stackGenerator from './stack';

describe('nx g @nightshift/nx-stacks:stack', () => {
  let generator: GeneratorRun;
  beforeEach(() => {
    generator = new GeneratorRun();
  });

  const run = (name: string) => {
    stackGenerator(generator.tree, { name });
  };

  it('creates the stack, and adds it to the platform', () => {
    run('example');
    const { created, added } = generator.changes();
    expect(created).toEqual(
      [
        'README.md',
        'jest.config.js',
        'package.json',
        'src/example-stack.spec.ts',
        'src/example-stack.ts',
        'src/index.ts',
      ].map((file) => `apps/example/${file}`),
    );
    expect(added).toMatchObject({
      'apps/platform/src/build-platform.ts': [
        "import { ExampleStack } from '@nightshift/example';",
        "  new ExampleStack(app, 'example', { environment });",
      ],
      'apps/platform/package.json': ['    "@nightshift/example": "*",'],
    });
    expect(generator.text('apps/example/src/example-stack.ts')).toContain(
      'export class ExampleStack extends PlatformStack {}',
    );
    expect(JSON.parse(generator.text('apps/platform/package.json'))).toMatchObject({
      dependencies: { '@nightshift/example': '*' },
    });
    expect(generator.printed).toEqual([
      `To do by hand (CONTRIBUTING.md):
  apps/example/src/example-stack.ts: the resources, then its spec and apps/example/README.md
  apps/example/package.json: the dependencies; stacks whose values it reads deploy first
  docs/policies/deploy-example.json: the actions of the deploy role
  npm install, npm run references and npm run docs: write the lock file, tsconfig.json, README.md and deploy.yml
  npm run format and npm run check`,
    ]);
  });

  it('refuses an invalid name and an existing stack', () => {
    expect(() => {
      run('1st');
    }).toThrow(
      'nx g @nightshift/nx-stacks:stack: the name is not valid, got "1st" - use lower-case letters, digits and single hyphens, such as audit',
    );
    expect(() => {
      run('registry');
    }).toThrow('apps/registry/package.json: the file exists already - choose another name, or delete the file');
  });
});
