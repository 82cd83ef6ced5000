import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './committed-environments.fixture';
import { inTemporaryDirectory } from './temporary-directory.fixture';

/** Runs the app as cdktf-cli does. Gives what it printed and the exit code that it set. */
function run(variables: Readonly<Record<string, string>>) {
  const { env, exitCode } = process;
  const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    process.env = { ...variables };
    jest.isolateModules(() => {
      jest.requireActual('./main');
    });
    return { printed: write.mock.calls.flat().join(''), exitCode: process.exitCode };
  } finally {
    process.env = env;
    process.exitCode = exitCode;
    write.mockRestore();
  }
}

describe('the app that cdktf.json runs', () => {
  it('synthesizes into the directory that cdktf-cli reads', () => {
    inTemporaryDirectory((outdir) => {
      const { printed, exitCode } = run({ ENVIRONMENT: 'dev', CDKTF_OUTDIR: outdir });
      expect([printed, exitCode]).toEqual(['', undefined]);
      expect(existsSync(join(outdir, 'stacks/network/cdk.tf.json'))).toBe(true);
    });
  });

  it('writes to cdktf.out/<suffix> otherwise', () => {
    const outdir = join(root, 'cdktf.out', 'main-spec');
    try {
      run({ ENVIRONMENT: 'preview', ENVIRONMENT_SUFFIX: 'main-spec' });
      const text = readFileSync(join(outdir, 'stacks/registry/cdk.tf.json'), 'utf8');
      expect(text).toContain('ecr-repository-main-spec');
    } finally {
      rmSync(outdir, { recursive: true, force: true });
    }
  });

  it('prints warnings and continues', () => {
    const subject = { stack: 'network', address: 'aws_security_group.A', path: 'network/A' };
    const rule = { id: 'group-attached', severity: 'warning', what: 'each group is used', why: 'W.', sources: ['R1'] };
    const violations = [{ rule, subject, got: 'a group that nothing uses', fix: 'remove it' }];
    jest.doMock('./synthesize', () => ({ synthesize: () => ({ violations }) }));
    try {
      expect(run({ ENVIRONMENT: 'dev' })).toEqual({
        printed:
          'warning network/A (network: aws_security_group.A): group-attached: each group is used, got a group that nothing uses - remove it\n',
        exitCode: undefined,
      });
    } finally {
      jest.dontMock('./synthesize');
    }
  });

  it('prints a user error without a stack trace', () => {
    const { printed, exitCode } = run({});
    expect(exitCode).toBe(1);
    expect(printed).toBe(
      'ENVIRONMENT: no environment is named - set it to the name of a file in environments/, or name one as context.environment in cdktf.json\n',
    );
  });

  it('throws a defect', () => {
    expect(() => run({ CDKTF_CONTEXT_JSON: 'not JSON' })).toThrow(SyntaxError);
  });

  it('is the one in cdktf.json, with an environment that exists', () => {
    const { app, context } = JSON.parse(readFileSync(join(root, 'cdktf.json'), 'utf8')) as {
      readonly app: string;
      readonly context: { readonly environment: string };
    };
    expect(app).toBe('npx tsx apps/platform/src/main.ts');
    expect(existsSync(join(root, 'environments', `${context.environment}.yaml`))).toBe(true);
  });
});
