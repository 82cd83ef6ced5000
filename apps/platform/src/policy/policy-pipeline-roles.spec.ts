import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkPolicies, describeViolation, modelOf, rules } from '@nightshift/policy';

const directory = join(__dirname, '..', '..', '..', '..', 'docs', 'policies');
const files = readdirSync(directory).map((file) => file.replace(/\.json$/, ''));
const isTrust = (file: string) => file.startsWith('trust-');

/** A document with the longest values that docs/deployment.md puts in. */
function filled(file: string): string {
  const text = readFileSync(join(directory, `${file}.json`), 'utf8')
    .replaceAll('<account>', '123456789012')
    .replaceAll('<region>', 'ap-southeast-1')
    .replaceAll('<suffix>', 'abcdefghijklmnop')
    .replaceAll('<bucket>', 's3-tfstate-nightshift-abcdefghijklmnop')
    .replaceAll('<repository>', 'acme/nightshift');
  return JSON.stringify(JSON.parse(text));
}

/** What the rules of a platform find in a document. */
function violations(file: string): string[] {
  const text = filled(file);
  const resource = isTrust(file)
    ? { aws_iam_role: { Role: { assume_role_policy: text } } }
    : { aws_iam_policy: { Policy: { policy: text } } };
  const about = /^(iam-(?!no-wildcard)|trust-policy-restricted)/;
  const { violations: found } = checkPolicies(
    modelOf({ stacks: { pipeline: { resource } } }),
    [],
    '2026-01-01',
    rules.filter(({ id }) => about.test(id)),
  );
  return found.map(describeViolation);
}

describe('the documented policies of the pipeline roles (R9)', () => {
  it.each(files.filter((file) => file !== 'trust-plan'))(
    '%s contain only actions, resources and conditions that AWS has',
    (file) => {
      expect(violations(file)).toEqual([]);
    },
  );

  it('trust-plan allows every branch to plan, since the ref of a pull request contains its number', () => {
    expect(violations('trust-plan')).toEqual([
      expect.stringContaining('token.actions.githubusercontent.com for any branch'),
    ]);
  });

  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-entity-length
  it.each(files)('%s are within the length limit of IAM', (file) => {
    expect(filled(file).length).toBeLessThanOrEqual(isTrust(file) ? 2048 : 6144);
  });

  it('allow no role to change the pipeline roles', () => {
    const roles = files.flatMap((file) => filled(file).match(/arn:aws:iam::\d+:role\/[^"]*/g) ?? []);
    expect(roles.length).toBeGreaterThan(3);
    for (const role of roles) expect(role).toMatch(/role\/(iam-role-[a-z-]+-abcdefghijklmnop|aws-service-role\/\*)$/);
  });
});
