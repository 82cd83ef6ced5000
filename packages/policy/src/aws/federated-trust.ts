import type { Model } from '../model/model';
import type { PolicyStatement } from '../model/policy-statements';
import { shown } from '../model/value';
import type { Finding } from '../rule';

/** Providers that vouch for everybody who has an account there, and what the subject of one's own begins with. */
const PUBLIC: Readonly<Record<string, RegExp>> = {
  // repo:<owner>/<repository>:…; the owner may be by number, too.
  // https://docs.github.com/en/actions/reference/security/oidc#example-subject-claims
  'token.actions.githubusercontent.com': /^repo:[^/*?:]+\/[^/*?:]+:/,
  'gitlab.com': /^project_path:[^*?:]+:/,
};

/**
 * What is wrong with trust in an identity provider of OIDC: anybody whom the provider vouches for could take the role, unless audience and
 * subject say who. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html
 */
export function federatedTrust(provider: string, statement: PolicyStatement, stack: string, model: Model): Finding[] {
  const host = hostOf(provider, stack, model);
  if (host === undefined) return [];
  const audiences = valuesOf(statement, `${host}:aud`, ['StringEquals']);
  const subjects = valuesOf(statement, `${host}:sub`, ['StringEquals', 'StringLike']);
  return [
    ...(audiences.length === 0
      ? [
          {
            got: `${host} for any audience`,
            fix: `add the condition StringEquals ${host}:aud, such as sts.amazonaws.com`,
          },
        ]
      : []),
    ...(subjects.length === 0
      ? [
          {
            got: `${host} for any subject`,
            fix: `add the condition StringEquals ${host}:sub with who may take the role`,
          },
        ]
      : []),
    ...subjects
      .filter((subject) => !isNarrow(subject, host))
      .map((subject) => ({
        got: `${host} for ${subject}`,
        fix: 'name whose workflow it is, to the first colon after it',
      })),
  ];
}

/** Of an OIDC provider by ARN or by reference. @returns undefined for others, such as those of SAML */
function hostOf(provider: string, stack: string, model: Model): string | undefined {
  const [target] = model.targets(provider, stack);
  if (target?.resource.type === 'aws_iam_openid_connect_provider') {
    return shown(target.resource.attributes['url']).replace(/^https:\/\//, '');
  }
  return /:oidc-provider\/(.+)$/.exec(provider)?.[1];
}

function valuesOf({ conditions }: PolicyStatement, name: string, operators: readonly string[]): readonly string[] {
  return conditions
    .filter(({ operator, key }) => operators.includes(operator) && key.toLowerCase() === name.toLowerCase())
    .flatMap(({ values }) => values);
}

function isNarrow(subject: string, host: string): boolean {
  return (PUBLIC[host] ?? /^[^*?]+/).test(subject);
}
