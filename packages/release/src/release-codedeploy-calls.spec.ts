import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const sources = readdirSync(__dirname, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !/\.spec\.ts$|^testing/.test(file))
  .map((file) => ({ file, text: readFileSync(join(__dirname, file), 'utf8') }));

const filesWith = (pattern: RegExp) =>
  sources
    .filter(({ text }) => pattern.test(text))
    .map(({ file }) => file)
    .sort();

/** docs/decisions/0015-codedeploy-stays.md names them. A new engine replaces these, and nothing else. */
describe('modules that depend on CodeDeploy', () => {
  it('make its calls', () => {
    expect(filesWith(/import \{[^}]*Command\b[^}]*\} from '@aws-sdk\/client-codedeploy'/)).toEqual([
      'control-release.ts',
      'observe/observer.ts',
      'plan/deployment-settings.ts',
      'plan/unfinished-deployments.ts',
      'start/create-deployment.ts',
      'watch/verify-release.ts',
    ]);
  });

  it('create its client', () => {
    expect(filesWith(/import \{[^}]*Client\b[^}]*\} from '@aws-sdk\/client-codedeploy'/)).toEqual([
      'release-context.ts',
    ]);
  });

  it('read the types of its responses', () => {
    expect(filesWith(/import type \{[^}]*\} from '@aws-sdk\/client-codedeploy'/)).toEqual([
      'observe/observation.ts',
      'observe/snapshot-of.ts',
      'watch/closed-record.ts',
      'watch/observe-release.ts',
    ]);
  });
});
