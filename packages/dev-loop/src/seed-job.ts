import { readFile } from 'node:fs/promises';
import { UserError } from '@nightshift/errors';

/** The answer of the service to the sample job. */
export interface JobAnswer {
  readonly status: number;
  /** The version that answered. */
  readonly version: string;
  readonly body: string;
}

interface SeedJobProps {
  /** The address of the service. */
  readonly url: string;
  /** A file with a job. */
  readonly job: string;
  readonly send: typeof fetch;
}

/** Sends a job to the service. @throws {UserError} if the service does not answer. */
export async function sendJob({ url, job, send }: SeedJobProps): Promise<JobAnswer> {
  const body = await readFile(job, 'utf8');
  const headers = { 'Content-Type': 'application/json' };
  try {
    const answer = await send(`${url}/jobs`, { method: 'POST', headers, body });
    const version = answer.headers.get('x-version') ?? 'an unknown version';
    return { status: answer.status, version, body: (await answer.text()).trim() };
  } catch (error) {
    throw new UserError({
      where: `${url}/jobs`,
      what: 'the service does not answer',
      got: (error as Error).message,
      todo: 'see its tasks: npx nightshift tasks',
    });
  }
}

/** The version that answers the health check; undefined if no task answers. */
export async function answeringVersion(url: string, send: typeof fetch): Promise<string | undefined> {
  try {
    const { headers, body } = await send(url);
    await body?.cancel();
    return headers.get('x-version') ?? undefined;
  } catch {
    return undefined;
  }
}
