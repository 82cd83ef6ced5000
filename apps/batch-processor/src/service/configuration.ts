import { UserError, type Problem } from '@nightshift/errors';
import { z } from 'zod';
import { objection } from '../objection';
import { LOG_LEVELS } from './log';

const LONGEST_DRAIN_SECONDS = 118;

const whole = (least: number, most: number) => {
  const message = `is not a whole number from ${least} to ${most} - use one in this range`;
  return z
    .string()
    .regex(/^\d{1,10}$/, message)
    .transform(Number)
    .pipe(z.number().min(least, message).max(most, message));
};

/** The environment variables of the service, with their defaults. Other variables are ignored. */
const variables = z.object({
  /** The address to listen on: that of the container by default. */
  HOST: z.ipv4('is not an IPv4 address - use 0.0.0.0 or 127.0.0.1').default('0.0.0.0'),
  /** 0 chooses a free port, which is in the log. */
  PORT: whole(0, 65_535).default(8080),
  /** The image sets it: https://docs.docker.com/reference/cli/docker/buildx/build/#build-arg */
  VERSION: z
    .string()
    .regex(/^[\w.+:@-]{1,128}$/, 'is not a version - use up to 128 letters, digits and _ . + : @ -')
    .default('development'),
  LOG_LEVEL: z.enum(LOG_LEVELS, `is not a level - use ${LOG_LEVELS.join(', ')}`).default('info'),
  /** Jobs that are calculated at the same time. */
  THREADS: whole(1, 64).optional(),
  /** Jobs that wait or are calculated; one more is refused. With MAX_UPLOADS and MAX_BODY_BYTES this bounds the memory. */
  MAX_JOBS: whole(1, 1000).default(64),
  /** Jobs that are received at the same time. A client that sends slowly takes one of these, and none of MAX_JOBS. */
  MAX_UPLOADS: whole(1, 10_000).default(128),
  /** How long a client may take to send a job. */
  UPLOAD_SECONDS: whole(1, 3600).default(30),
  MAX_BODY_BYTES: whole(1, 268_435_456).default(8_388_608),
  /** How long jobs are accepted after a signal to stop, while `/health` fails. `container.draining.acceptSeconds` of the environment. */
  ACCEPT_SECONDS: whole(0, LONGEST_DRAIN_SECONDS).default(20),
  /** How long running jobs may take after a signal to stop, ACCEPT_SECONDS included. Below `container.stopTimeoutSeconds` (110). */
  DRAIN_SECONDS: whole(0, LONGEST_DRAIN_SECONDS).default(80),
  /** How long new jobs are refused with a message before the socket is closed. */
  LINGER_SECONDS: whole(0, LONGEST_DRAIN_SECONDS).default(5),
  /** Above the load balancer's idle timeout (60), or it sends a request into a connection that is being closed. */
  KEEP_ALIVE_SECONDS: whole(1, 4100).default(65),
});

export type Configuration = Readonly<z.output<typeof variables>>;

/** @throws {UserError} with all that is wrong */
export function readConfiguration(env: Readonly<Record<string, string | undefined>>): Configuration {
  const { data, error } = variables.safeParse(env);
  if (data) return data;
  const problems = error.issues.map(({ path, message }) => {
    const where = String(path[0]);
    return { where, ...objection(message), got: JSON.stringify(env[where]) };
  });
  throw new UserError(...(problems as [Problem, ...Problem[]]));
}
