import { z } from 'zod';
import { distinct } from './distinct';
import { path, port, whole } from './primitives';

/** The image of the first deployment; releases deploy later ones. */
const image = z.discriminatedUnion('by', [
  z.strictObject({
    by: z.literal('tag').describe('tag or digest'),
    tag: z
      .string()
      .regex(
        /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/,
        'is not an image tag - use up to 128 letters, digits and _ . -, beginning with a letter, a digit or _',
      )
      .refine(
        (tag) => tag !== 'latest',
        'does not identify one image - use the tag of a version: tags of the registry are immutable',
      )
      .describe('tag of an image in the repository of the environment')
      .meta({ examples: ['initial'] }),
  }),
  z.strictObject({
    by: z.literal('digest').describe('tag or digest'),
    digest: z
      .string()
      .regex(/^sha256:[0-9a-f]{64}$/, 'is not an image digest - write sha256: and 64 hexadecimal digits')
      .describe('digest of an image in the repository of the environment')
      .meta({ examples: [`sha256:${'0123456789abcdef'.repeat(4)}`] }),
  }),
]);

/** Fargate supports only `nofile`: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Ulimit.html */
const ulimit = z
  .strictObject({
    name: z
      .enum(['nofile'])
      .describe('open files, the only limit that Fargate supports')
      .meta({ examples: ['nofile'] }),
    softLimit: whole(1, 1_048_576)
      .describe('soft limit at the start of a process')
      .meta({ examples: [65_536] }),
    hardLimit: whole(1, 1_048_576)
      .describe('maximum to which a process can raise the soft limit')
      .meta({ examples: [65_536] }),
  })
  .superRefine(({ softLimit, hardLimit }, context) => {
    if (softLimit <= hardLimit) return;
    const message = `is above hardLimit (${hardLimit}) - lower it or raise hardLimit`;
    context.issues.push({ code: 'custom', path: ['softLimit'], message, input: softLimit });
  });

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html */
const healthCheck = z.strictObject({
  command: z
    .array(z.string())
    .refine(
      ([kind, ...words]) => (kind === 'CMD' && words.length > 0) || (kind === 'CMD-SHELL' && words.length === 1),
      'is not a health check - write [CMD, program, argument, ...] or [CMD-SHELL, line for the shell of the image]',
    )
    .optional()
    .describe(
      '[CMD, program, argument, ...] or [CMD-SHELL, line for the shell of the image]; fetches path from the container by default',
    )
    .meta({ examples: [['CMD', '/app/healthy']] }),
  path: path
    .default('/live')
    .describe(
      'path that the default command requests. It must not depend on the load, because ECS kills a container that fails the check',
    ),
  intervalSeconds: whole(5, 300).default(30).describe('time between two checks'),
  timeoutSeconds: whole(2, 60).default(5).describe('time after which a check fails'),
  retries: whole(1, 10).default(3).describe('consecutive failures that make the container unhealthy'),
  startPeriodSeconds: whole(0, 300).default(60).describe('time after the start during which failures do not count'),
});

/** ECS and the SDKs read credentials from these: https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html#ecs-8 */
const CREDENTIALS = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'ECS_ENGINE_AUTH_DATA'];

const variableName = z
  .string()
  .regex(
    /^[A-Za-z_][A-Za-z0-9_]*$/,
    'is not the name of an environment variable - use letters, digits and _, not beginning with a digit',
  )
  .refine(
    (name) => !CREDENTIALS.includes(name),
    'holds credentials - remove it and give the task role what it needs in task.statements',
  );

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html#sysman-parameter-name-constraints */
const parameter = z
  .string()
  .regex(
    /^\/(?![aA][wW][sS]|[sS][sS][mM])[\w.-]+(?:\/[\w.-]+)*$/,
    'is not an SSM parameter - write its path, such as /risk/database-password',
  );

/** R5.4: between SIGTERM and the end. Cross-field rule: it ends before ECS kills it. */
const draining = z.strictObject({
  acceptSeconds: whole(0, 110)
    .default(20)
    .describe(
      'time after SIGTERM during which a task still accepts jobs, while its health check fails, because a Spot task may receive SIGTERM before it is deregistered; the container gets it as ACCEPT_SECONDS',
    ),
  jobSeconds: whole(1, 115)
    .default(60)
    .describe('maximum duration of a job after that; the container gets the sum with acceptSeconds as DRAIN_SECONDS'),
});

/** R4.2, R4.3. Cross-field rules: no variable is plain and secret, or set by the platform; a check times out before the next one. */
export const container = z.strictObject({
  name: z
    .string()
    .regex(
      /^[a-z][a-z0-9-]{0,31}$/,
      'is not a container name - use up to 32 lower-case letters, digits and -, beginning with a letter',
    )
    .default('batch-processor')
    .describe('name of the container in the task definition'),
  image: image.prefault({ by: 'tag', tag: 'initial' }).describe('image of the first deployment'),
  port: port.default(8080).describe('TCP port that the container listens on; the container gets it as PORT'),
  previousPort: port
    .optional()
    .describe('previous value of port, which stays open until a release has replaced the running tasks')
    .meta({ examples: [8081] }),
  environment: z
    .record(variableName, z.string())
    .default({})
    .describe(
      'plain environment variables, without secrets. They are added to the variables of the platform; only LOG_LEVEL (info) can be overridden',
    )
    .meta({ examples: [{ LOG_LEVEL: 'debug' }] }),
  secrets: z
    .record(variableName, parameter)
    .default({})
    .describe('environment variables with the path of an SSM parameter (SecureString) that contains the value')
    .meta({ examples: [{ DATABASE_PASSWORD: '/risk/database-password' }] }),
  command: z
    .array(z.string())
    .default([])
    .describe('overrides the command of the image')
    .meta({ examples: [['node', 'main.js']] }),
  user: z
    .string()
    .regex(
      /^[1-9]\d{0,9}(:\d{1,10})?$/,
      'is not an unprivileged user - write a numeric user id above 0, alone or with a group, such as 1000:1000',
    )
    .default('1000:1000')
    .describe('numeric user, or user:group, of the processes'),
  ulimits: distinct(ulimit, { what: 'has the same name as', keyOf: ({ name }) => name })
    .default([{ name: 'nofile', softLimit: 65_536, hardLimit: 65_536 }])
    .describe('resource limits of the processes')
    .meta({ requirement: 'R4.3' }),
  healthCheck: healthCheck.prefault({}).describe('health check of the container by ECS').meta({ requirement: 'R4.3' }),
  draining: draining.prefault({}).describe('how a stopping task finishes its jobs').meta({ requirement: 'R5.4' }),
  stopTimeoutSeconds: whole(2, 120)
    .default(110)
    .describe('time between SIGTERM and SIGKILL; a Spot interruption allows 120 seconds')
    .meta({ requirement: 'R5.4' }),
});
