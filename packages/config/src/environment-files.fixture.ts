import fc from 'fast-check';
import type { z } from 'zod';
import { fargateCpus, fargateSizes } from './fargate-sizes';
import type { environmentFile } from './schema/environment';

type Written = z.input<typeof environmentFile>;

const int = (min: number, max: number) => fc.integer({ min, max });
/** All keys are optional. */
const some = <T extends object>(arbitraries: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record(arbitraries, { requiredKeys: [] });
const text = (pattern: RegExp) => fc.stringMatching(pattern);
const anyText = fc.string({ unit: 'binary', maxLength: 12 });
const variable = text(/^[A-Z_][A-Z0-9_]{0,8}$/);

const tags = fc.record({ Project: text(/^[A-Za-z][\w.:/=+@-]{0,20}$/), CostCenter: text(/^[\w.:/=+@-]{1,20}$/) });

const network = some({
  cidr: fc.tuple(int(16, 20), int(0, 255)).map(([prefix, second]) => `10.${second}.0.0/${prefix}`),
  natGateways: fc.constantFrom('one-per-zone', 'single'),
  egress: fc.uniqueArray(
    fc.record({ description: text(/^[a-z][a-z ,.]{0,30}\.$/), cidr: int(0, 255).map((last) => `192.0.2.${last}/32`) }),
    { selector: ({ cidr }) => cidr, maxLength: 4 },
  ),
  endpoints: fc.uniqueArray(fc.constantFrom('sqs', 'sns', 'sts', 'events')),
});

const container = fc
  .record({
    image: fc.oneof(
      fc.record({ by: fc.constant('tag'), tag: text(/^v[a-z0-9.-]{0,10}$/) }),
      fc.record({
        by: fc.constant('digest'),
        digest: fc
          .bigInt({ min: 0n, max: 2n ** 256n - 1n })
          .map((bits) => `sha256:${bits.toString(16).padStart(64, '0')}`),
      }),
    ),
    port: int(1, 65_535),
    variables: fc.dictionary(variable, fc.tuple(fc.boolean(), anyText, text(/^(\/[a-z.-]{1,5}){1,3}$/))),
    command: fc.array(anyText, { maxLength: 3 }),
    stopTimeoutSeconds: int(85, 120),
  })
  .map(({ variables, ...rest }) => ({
    ...rest,
    environment: pick(variables, ([secret, value]) => (secret ? undefined : value)),
    secrets: pick(variables, ([secret, , path]) => (secret && !/^\/(?:aws|ssm)/.test(path) ? path : undefined)),
  }));

const statements = fc.uniqueArray(
  fc.record({
    sid: text(/^[A-Za-z0-9]{1,10}$/),
    actions: fc.uniqueArray(fc.constantFrom('s3:GetObject', 'sqs:Send*', 'sqs:GetQueueUrl'), { minLength: 1 }),
    resources: fc.tuple(fc.constant('arn:aws:s3:::results/*')),
    conditions: some({ StringEquals: some({ 'aws:PrincipalTag/team': fc.constantFrom('risk', '${x}') }) }),
  }),
  { selector: ({ sid }) => sid, maxLength: 3 },
);

const task = fc
  .constantFrom(...fargateCpus)
  .chain((cpu) => fc.record({ cpu: fc.constant(cpu), memoryMiB: fc.constantFrom(...fargateSizes[cpu]), statements }));

const counts = fc.tuple(int(1, 50), int(0, 50), int(0, 50)).map(([minimum, span, above]) => ({
  scaling: { minimum, maximum: minimum + span },
  service: { desiredCount: minimum + Math.min(span, above) },
}));

const alarm = some({
  threshold: fc.double({ min: 0, max: 99, noNaN: true }),
  periodSeconds: int(1, 5).map((n) => n * 60),
});

const settings = some({
  profile: fc.boolean(),
  region: fc.constantFrom('us-east-1', 'eu-central-1', 'us-gov-west-1'),
  account: fc.record({ id: text(/^\d{12}$/) }),
  bucketQualifier: text(/^[a-z0-9]{1,24}$/),
  network,
  container,
  task,
  deployment: some({
    trafficRouting: fc.oneof(
      fc.record({ type: fc.constant('canary'), percentage: int(1, 99), intervalMinutes: int(1, 60) }),
      fc.record({ type: fc.constantFrom('linear', 'all-at-once') }),
    ),
    terminationWaitMinutes: int(0, 2880),
  }),
  logs: fc.record({ retentionDays: fc.constantFrom(1, 30, 365) }),
  alarms: some({
    cpuUtilization: alarm,
    target5xxCount: alarm,
    emails: fc.uniqueArray(fc.constantFrom('a@example.com', 'b@example.com')),
  }),
  gates: some({ targetResponseTime: alarm, failedRequests: alarm }),
});

/** Arbitrary valid environment files. */
export const environmentFiles = fc
  .tuple(tags, settings, fc.option(counts))
  .map(([tags, settings, counts]) => ({ tags, ...settings, ...counts }) satisfies Written);

function pick<T>(values: Record<string, T>, choose: (value: T) => string | undefined): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => {
      const chosen = choose(value);
      return chosen === undefined ? [] : [[key, chosen]];
    }),
  );
}
