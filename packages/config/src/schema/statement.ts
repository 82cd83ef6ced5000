import { z } from 'zod';
import { distinct } from './distinct';
import { unscopedActions } from './unscoped-actions';

const action = z
  .string()
  .regex(/^[a-z0-9-]+:[A-Za-z0-9]+\*?$/, 'is not an action - use service:Action or service:Prefix*, not only *');

/** A lone `*`, or an ARN that names something: `arn:aws:s3:::*` is every bucket there is. */
const resource = z
  .string()
  .regex(
    /^(?:\*|arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9*-]*:[0-9*]*:(?!\*$).+)$/,
    'does not identify a resource - use the ARN of a resource',
  );

const anyTextOrTexts = z.union(
  [z.string(), z.array(z.string())],
  'is neither text nor a list of texts - write it in quotes',
);

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const operator = z
  .string()
  .regex(
    /^(?:ForAllValues:|ForAnyValue:)?(?:(?:String(?:Not)?(?:Equals|EqualsIgnoreCase|Like)|(?:Numeric|Date)(?:(?:Not)?Equals|(?:Less|Greater)Than(?:Equals)?)|Bool|BinaryEquals|(?:Not)?IpAddress|Arn(?:Not)?(?:Equals|Like))(?:IfExists)?|Null)$/,
    'is not a condition operator of IAM - write one such as StringEquals, ArnLike or Bool',
  );

/** What the application itself may do (R9.2): no `*` action, and no `*` resource where AWS can scope the action. */
const statement = z
  .strictObject({
    sid: z
      .string()
      .regex(/^[A-Za-z0-9]+$/, 'is not a statement id - use letters and digits')
      .describe('purpose of the statement (Sid), in letters and digits')
      .meta({ examples: ['ReadMarketData'] }),
    actions: distinct(action, { what: 'is the same as' })
      .min(1, 'has no action - write at least one, or remove the statement')
      .describe('allowed actions, as service:Action')
      .meta({ examples: [['s3:GetObject']] }),
    resources: distinct(resource, { what: 'is the same as' })
      .min(1, 'has no resource - write at least one ARN, or remove the statement')
      .describe('ARNs of the resources; * only for actions without resource-level permissions')
      .meta({ examples: [['arn:aws:s3:::example-market-data/*']] }),
    conditions: z
      .record(operator, z.record(z.string(), anyTextOrTexts))
      .default({})
      .describe('conditions: operator, condition key and value')
      .meta({ examples: [{ StringEquals: { 'aws:ResourceAccount': '111122223333' } }] }),
  })
  .superRefine(({ actions, resources }, context) => {
    const index = resources.indexOf('*');
    const scoped = actions.find((name) => !unscopedActions.includes(name));
    if (index < 0 || scoped === undefined) return;
    const message = `is every resource, but ${scoped} supports resource-level permissions - use ARNs`;
    context.issues.push({ code: 'custom', path: ['resources', index], message, input: '*' });
  });

/** IAM refuses two statements of the same id in one policy. */
export const statements = distinct(statement, { what: 'has the sid of', keyOf: ({ sid }) => sid });
