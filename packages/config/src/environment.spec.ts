import fc from 'fast-check';
import { environmentFiles } from './environment-files.fixture';
import { environmentOf } from './environment';
import { environmentFile } from './schema/environment';

const tags = { Project: 'Risk Engine', CostCenter: 'cc-1' };
const environment = (more: object = {}, name = 'dev', suffix = name) =>
  environmentOf(environmentFile.parse({ tags, ...more }), name, suffix);

describe('environmentOf', () => {
  it('adds name, suffix and the Environment tag (R0.9)', () => {
    expect(environment({ profile: true }, 'preview', 'pr-1')).toMatchObject({
      name: 'preview',
      suffix: 'pr-1',
      profile: true,
      tags: { Project: 'Risk Engine', CostCenter: 'cc-1', Environment: 'pr-1' },
    });
  });

  it('names the state bucket after the file, so that ephemeral environments share the bucket of their profile (R0.1)', () => {
    expect(environment({}, 'preview', 'pr-1').state.bucket).toBe('s3-tfstate-risk-engine-preview');
    expect(environment({ bucketQualifier: 'acme' }).state.bucket).toBe('s3-tfstate-acme-dev');
    expect(environment({ state: { bucket: 'acme-state' } }).state.bucket).toBe('acme-state');
  });

  it('makes bucket names unique with the Project tag, or the configured qualifier', () => {
    expect(environment().bucketQualifier).toBe('risk-engine');
    expect(environment({ bucketQualifier: 'acme' }).bucketQualifier).toBe('acme');
  });

  it('checks the container for liveness, not for readiness (R4.3)', () => {
    expect(environment().container.healthCheck.command).toEqual([
      'CMD-SHELL',
      'wget -q -O /dev/null http://127.0.0.1:8080/live || exit 1',
    ]);
    const other = environment({ container: { port: 9000, healthCheck: { path: '/ping' } } });
    expect(other.container.healthCheck.command).toEqual([
      'CMD-SHELL',
      'wget -q -O /dev/null http://127.0.0.1:9000/ping || exit 1',
    ]);
    const command = ['CMD', '/bin/check'];
    expect(environment({ container: { healthCheck: { command } } }).container.healthCheck.command).toEqual(command);
  });

  it('sets LOG_LEVEL unless the file has it as a variable or a secret (R4.2)', () => {
    const variables = (container: object) => environment({ container }).container.environment;
    expect(variables({})).toEqual({ LOG_LEVEL: 'info' });
    expect(variables({ environment: { LOG_LEVEL: 'debug', MODE: 'x' } })).toEqual({ LOG_LEVEL: 'debug', MODE: 'x' });
    expect(variables({ secrets: { LOG_LEVEL: '/risk/log-level' } })).toEqual({});
  });

  it('does not change the file', () => {
    const file = environmentFile.parse({ tags });
    environmentOf(file, 'dev', 'dev');
    expect([Object.isFrozen(file), Object.isFrozen(file.tags), file.tags]).toEqual([false, false, tags]);
  });

  it('returns a deeply frozen value for any file', () => {
    fc.assert(
      fc.property(environmentFiles, (file) => {
        expect(unfrozen(environmentOf(environmentFile.parse(file), 'dev', 'dev'))).toEqual([]);
      }),
    );
    expect(unfrozen({ a: [{}] })).toEqual(['', '.a', '.a.0']);
  });
});

/** Paths of what could be changed. */
function unfrozen(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.entries(value).flatMap(([key, child]) => unfrozen(child, `${path}.${key}`));
  return Object.isFrozen(value) ? inside : [path, ...inside];
}
