import { z } from 'zod';
import { port, whole } from './primitives';

/** The image that the service starts with; later ones arrive by release. */
const image = z.discriminatedUnion('by', [
  z.strictObject({
    by: z.literal('tag'),
    tag: z
      .string()
      .regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/, 'is not an image tag - use letters, digits, _ . and -')
      .refine((tag) => tag !== 'latest', 'is not a version - name one image, tags are immutable'),
  }),
  z.strictObject({
    by: z.literal('digest'),
    digest: z
      .string()
      .regex(/^sha256:[0-9a-f]{64}$/, 'is not an image digest - write sha256: and 64 hexadecimal digits'),
  }),
]);

/** Fargate lets a task set `nofile` only: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Ulimit.html */
const ulimit = z
  .strictObject({ name: z.enum(['nofile']), softLimit: whole(1, 1_048_576), hardLimit: whole(1, 1_048_576) })
  .refine(({ softLimit, hardLimit }) => softLimit <= hardLimit, {
    path: ['softLimit'],
    message: 'is above hardLimit - lower it or raise hardLimit',
  });

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html */
const healthCheck = z.strictObject({
  command: z
    .array(z.string())
    .min(2)
    .optional()
    .describe('CMD and its arguments, or CMD-SHELL and one line for the shell of the image; asks /health by default'),
  intervalSeconds: whole(5, 300).default(30),
  timeoutSeconds: whole(2, 60).default(5),
  retries: whole(1, 10).default(3),
  startPeriodSeconds: whole(0, 300).default(60),
});

const environmentName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'is not the name of an environment variable - use letters, digits and _');

/** R4.2, R4.3. */
export const container = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,31}$/, 'is not a container name - use up to 32 lower-case letters, digits and -')
    .default('batch-processor'),
  image: image.prefault({ by: 'tag', tag: 'initial' }),
  port: port.default(8080),
  environment: z.record(environmentName, z.string()).default({}).describe('plain environment variables: no secrets'),
  secrets: z
    .record(
      environmentName,
      z
        .string()
        .regex(
          /^\/(?!aws\/|ssm\/)[\w./-]+$/i,
          'is not an SSM parameter - write its path, such as /risk/database-password',
        ),
    )
    .default({})
    .describe('environment variables whose values come from SSM parameters (SecureString)'),
  command: z.array(z.string()).default([]).describe("overrides the image's command"),
  user: z
    .string()
    .regex(/^[1-9]\d*(:\d+)?$/, 'is not an unprivileged user - write a numeric user id above 0, such as 1000:1000')
    .default('1000:1000'),
  ulimits: z.array(ulimit).default([{ name: 'nofile', softLimit: 65_536, hardLimit: 65_536 }]),
  healthCheck: healthCheck.prefault({}),
  stopTimeoutSeconds: whole(2, 120).default(110).describe('Spot gives a warning of 120 seconds'),
});

const arn = z.string().regex(/^arn:aws[a-z-]*:[a-z0-9-]+:/, 'is not an ARN');

/** What the application itself may do (R9.2); `*` actions are refused. */
const statement = z.strictObject({
  sid: z.string().regex(/^[A-Za-z0-9]+$/, 'is not a statement id - use letters and digits'),
  actions: z
    .array(
      z
        .string()
        .regex(/^[a-z0-9-]+:[A-Za-z]+\*?$/, 'is not one action of one service - write service:Action, no lone *'),
    )
    .min(1),
  resources: z.array(arn).min(1).describe('ARNs; a lone * is refused'),
  conditions: z.record(z.string(), z.record(z.string(), z.union([z.string(), z.array(z.string())]))).default({}),
});

/** R4.1, R9.2. Cross-field rule: the pair is one that Fargate offers. */
export const task = z.strictObject({
  cpu: z.int().default(2048).describe('CPU units: 256, 512, 1024, 2048, 4096, 8192 or 16384'),
  memoryMiB: z.int().default(4096),
  architecture: z.enum(['X86_64', 'ARM64']).default('X86_64'),
  statements: z.array(statement).default([]).describe('permissions of the task role'),
});
