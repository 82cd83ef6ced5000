import { z } from 'zod';
import { distinct } from './distinct';
import { unscopedActions } from './unscoped-actions';

const action = z
  .string()
  .regex(
    /^[a-z0-9-]+:[A-Za-z0-9]+\*?$/,
    'is not an action of a service - write service:Action or service:Prefix*, never a lone *',
  );

/** A lone `*`, or an ARN that names something: `arn:aws:s3:::*` is every bucket there is. */
const resource = z
  .string()
  .regex(
    /^(?:\*|arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9*-]*:[0-9*]*:(?!\*$).+)$/,
    'is not the ARN of something - write an ARN that names what is meant',
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
      .describe('what the statement is for, in letters and digits')
      .meta({ examples: ['ReadMarketData'] }),
    actions: distinct(action, { what: 'is the same as' })
      .min(1, 'has no action - write at least one, or remove the statement')
      .describe('what is allowed, as service:Action')
      .meta({ examples: [['s3:GetObject']] }),
    resources: distinct(resource, { what: 'is the same as' })
      .min(1, 'has no resource - write at least one ARN, or remove the statement')
      .describe('on what, as ARNs; * only for actions that AWS cannot scope')
      .meta({ examples: [['arn:aws:s3:::example-market-data/*']] }),
    conditions: z
      .record(operator, z.record(z.string(), anyTextOrTexts))
      .default({})
      .describe('when, as operator, then condition key, then value')
      .meta({ examples: [{ StringEquals: { 'aws:ResourceAccount': '111122223333' } }] }),
  })
  .superRefine(({ actions, resources }, context) => {
    const index = resources.indexOf('*');
    const scoped = actions.find((name) => !unscopedActions.includes(name));
    if (index < 0 || scoped === undefined) return;
    const message = `is every resource, and AWS can scope ${scoped} - write the ARNs that are meant`;
    context.issues.push({ code: 'custom', path: ['resources', index], message, input: '*' });
  });

/** IAM refuses two statements of the same id in one policy. */
export const statements = distinct(statement, { what: 'has the sid of', keyOf: ({ sid }) => sid });
