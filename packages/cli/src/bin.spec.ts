import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describeProblem, type Problem } from '@nightshift/errors';

const bin = join(__dirname, '..', 'bin');

/** Starting the command from its sources: `bin/` is JavaScript, as nothing has been transpiled yet when it runs. */
describe('starting from TypeScript', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'start-'));
    write('tsconfig.base.json', '{}');
    write('node_modules/.package-lock.json', '{}');
    write('node_modules/modern/package.json', '{"name":"modern","type":"module","exports":"./index.js"}');
    write('node_modules/modern/index.js', 'export const modern = "an ES module";');
    write('src/later.ts', 'export const place: string = __dirname;');
    write(
      'src/index.ts',
      [
        `import { modern } from 'modern';`,
        `enum Size { Small = 1 }`,
        `export const run = async (): Promise<string> => [modern, Size.Small, (await import('./later')).place].join(', ');`,
        `export function fail(): never {`,
        `  throw new TypeError('oops');`,
        `}`,
      ].join('\n'),
    );
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  function write(path: string, text: string): void {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  function failure(from = bin): { problems: Problem[] } {
    const load = `import('${pathToFileURL(join(from, 'load-typescript.mjs')).href}').then(({ loadTypeScript }) => loadTypeScript(${options()}))`;
    const code = `${load}.catch((error) => console.log(JSON.stringify({ problems: error.problems })))`;
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' });
    return JSON.parse(stdout) as { problems: Problem[] };
  }
  const options = () => JSON.stringify({ entry: join(root, 'src/index.ts'), root, purpose: 'test' });
  function start(statement = 'console.log(await program.run())'): { stdout: string; stderr: string } {
    const loader = pathToFileURL(join(bin, 'load-typescript.mjs')).href;
    const code = `import { loadTypeScript, readableTrace } from '${loader}'; const program = await loadTypeScript(${options()}); ${statement};`;
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' });
    return { stdout: stdout.trim(), stderr };
  }
  const cache = () => join(root, 'node_modules/.cache/nightshift');
  const bundle = () => join(cache(), String(readdirSync(cache()).find((file) => file.endsWith('.cjs'))));
  const made = () => statSync(bundle()).mtimeMs;

  it('needs no build step, and supports ES modules, enums and __dirname', () => {
    expect(start()).toEqual({ stdout: `an ES module, 1, ${join(root, 'src')}`, stderr: '' });
  });

  it('loads the SDK of an AWS service when its first name is used', () => {
    write('node_modules/@aws-sdk/client-a/package.json', '{"name":"@aws-sdk/client-a","main":"index.js"}');
    write('node_modules/@aws-sdk/client-a/index.js', `console.log('loaded'); exports.A = class { name = 'A'; };`);
    write(
      'src/index.ts',
      [
        `import { A } from '@aws-sdk/client-a';`,
        `export const run = (): string => new A().name;`,
        `export const later = async (): Promise<string> => { const { A } = await import('@aws-sdk/client-a'); return new A().name; };`,
      ].join('\n'),
    );
    expect(start(`console.log('started'); console.log(program.run(), program.run())`).stdout).toBe(
      'started\nloaded\nA A',
    );
    expect(start(`console.log(await program.later())`).stdout).toBe('loaded\nA');
    expect(start(`console.log('started')`).stdout).toBe('started');
  });

  it('bundles once, and caches the compiled code', () => {
    start();
    const first = made();
    expect(start().stdout).toBe(`an ES module, 1, ${join(root, 'src')}`);
    expect(made()).toBe(first);
    expect(readdirSync(cache()).filter((file) => file.endsWith('.test.v8'))).toHaveLength(1);
  });

  it('bundles again after a change of a source, also of one that is imported later', () => {
    start();
    write('src/later.ts', 'export const place = "changed";');
    expect(start().stdout).toBe('an ES module, 1, changed');
  });

  it('runs changed sources, also if their length is unchanged', () => {
    start();
    write('src/index.ts', readFileSync(join(root, 'src/index.ts'), 'utf8').replace("join(', ')", "join('; ')"));
    expect(start().stdout).toBe(`an ES module; 1; ${join(root, 'src')}`);
    expect(start().stdout).toBe(`an ES module; 1; ${join(root, 'src')}`);
    expect(readdirSync(cache()).filter((file) => file.endsWith('.test.v8'))).toHaveLength(1);
  });

  it('bundles again after packages were installed', () => {
    start();
    write('node_modules/modern/index.js', 'export const modern = "a newer one";');
    write('node_modules/.package-lock.json', '{"newer":true}');
    expect(start().stdout).toBe(`a newer one, 1, ${join(root, 'src')}`);
  });

  it('does not bundle again after a file was touched without a change', () => {
    start();
    const first = made();
    utimesSync(join(root, 'src/index.ts'), new Date(), new Date());
    start();
    expect(made()).toBe(first);
  });

  it('bundles again if the cache is damaged', () => {
    start();
    writeFileSync(bundle(), 'oops');
    expect(start().stdout).toBe(`an ES module, 1, ${join(root, 'src')}`);
    expect(readFileSync(bundle(), 'utf8')).toMatch(/^\/\/\{"inputs":/);
  });

  it('works without a writable cache', () => {
    write('node_modules/.cache', 'a file where a directory should be');
    expect(start()).toEqual({ stdout: `an ES module, 1, ${join(root, 'src')}`, stderr: '' });
  });

  it('prints stack traces with positions in the sources', () => {
    const { stdout } = start('try { program.fail() } catch (error) { console.log(readableTrace(error.stack)) }');
    expect(stdout).toMatch(/^TypeError: oops\n {4}at Object.fail \(src\/index\.ts:5:9\)\n/);
  });

  it('does not change stack traces of other files', () => {
    expect(start('console.log(readableTrace("Error: x at y.js:1:2"))').stdout).toBe('Error: x at y.js:1:2');
  });

  it.each([
    ['export const = 1;', 'src/index.ts:1:14: Expected identifier but found "=" - correct the source'],
    [
      "import { a } from 'not-there'; export const b = a;",
      'src/index.ts:1:19: Could not resolve "not-there" - run npm ci, or correct the import',
    ],
  ])('reports a source that does not compile: %s', (source, message) => {
    write('src/index.ts', source);
    const { problems } = failure();
    expect(problems.map(describeProblem)).toEqual([message]);
  });

  it('reports that packages are missing if the compiler is not installed', () => {
    for (const file of ['load-typescript.mjs', 'build-bundle.mjs', 'readable-trace.mjs']) {
      write(`bin/${file}`, readFileSync(join(bin, file), 'utf8'));
    }
    expect(failure(join(root, 'bin')).problems.map(describeProblem)).toEqual([
      'node_modules: packages are missing - run npm ci',
    ]);
  });
});

describe('bin/nightshift.mjs', () => {
  const nightshift = (...args: string[]) =>
    spawnSync(process.execPath, [join(bin, 'nightshift.mjs'), ...args], { encoding: 'utf8' });

  it('works for a user without a home directory, as in a container', () => {
    const homeless = "import os from 'node:os'; os.homedir = () => { throw new Error('ENOENT'); };";
    const preload = `data:text/javascript,${encodeURIComponent(homeless)}`;
    const { status } = spawnSync(process.execPath, ['--import', preload, join(bin, 'nightshift.mjs'), '--version']);
    expect(status).toBe(0);
  });

  it('runs the command', () => {
    expect(nightshift('--version')).toMatchObject({ stdout: '0.1.0\n', stderr: '', status: 0 });
    expect(nightshift('oops')).toMatchObject({ stdout: '', status: 1 });
  });

  describe('if the stacks or the command do not compile', () => {
    let root: string;
    beforeEach(() => {
      root = mkdtempSync(join(tmpdir(), 'broken-'));
      const text = (path: string, content: string) => {
        mkdirSync(join(root, path, '..'), { recursive: true });
        writeFileSync(join(root, path), content);
      };
      for (const file of ['nightshift.mjs', 'load-typescript.mjs', 'build-bundle.mjs', 'readable-trace.mjs']) {
        text(`packages/cli/bin/${file}`, readFileSync(join(bin, file), 'utf8'));
      }
      symlinkSync(join(bin, '..', '..', '..', 'node_modules', 'esbuild'), linkIn('node_modules/esbuild'));
      text('node_modules/.package-lock.json', '{}');
      text('tsconfig.base.json', '{}');
      text('apps/platform/src/index.ts', 'export const = 1;');
    });
    afterEach(() => {
      rmSync(root, { recursive: true });
    });

    function linkIn(path: string): string {
      mkdirSync(join(root, path, '..'), { recursive: true });
      return join(root, path);
    }
    function run(index: string) {
      mkdirSync(join(root, 'packages/cli/src'), { recursive: true });
      writeFileSync(join(root, 'packages/cli/src/index.ts'), index);
      const command = join(root, 'packages/cli/bin/nightshift.mjs');
      const { stdout, stderr, status } = spawnSync(process.execPath, [command, '--help'], { encoding: 'utf8' });
      return { stdout, stderr, status };
    }

    it('loads the stacks only when they are needed', () => {
      const processEffects = 'export const processEffects = (process: unknown, given: object) => given;';
      expect(run(`export const main = () => console.log('help'); ${processEffects}`)).toEqual({
        stdout: 'help\n',
        stderr: '',
        status: 0,
      });
      const needed = 'export const main = (argv: unknown, { loadPlatform }: any) => loadPlatform();';
      expect(run(`${needed} ${processEffects}`)).toMatchObject({
        stderr: 'error apps/platform/src/index.ts:1:14: Expected identifier but found "=" - correct the source\n',
        status: 1,
      });
    });

    it('reports it without a stack trace', () => {
      expect(run('export const = 1;')).toEqual({
        stdout: '',
        stderr: 'error packages/cli/src/index.ts:1:14: Expected identifier but found "=" - correct the source\n',
        status: 1,
      });
    });

    it('throws a defect', () => {
      expect(run('throw new TypeError("oops");')).toMatchObject({
        status: 1,
        stderr: expect.stringContaining('TypeError: oops'),
      });
    });
  });
});
