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

/** The answer of the service to a health check. */
export interface ServiceAnswer {
  /** Of HTTP. */
  readonly status: number;
  /** The version that answers. @default - the answer does not name it */
  readonly version: string | undefined;
}

/** Asks an address of the service; undefined if no task answers. */
export async function serviceAnswer(url: string, send = fetch): Promise<ServiceAnswer | undefined> {
  try {
    const { status, headers, body } = await send(url);
    await body?.cancel();
    return { status, version: headers.get('x-version') ?? undefined };
  } catch {
    return undefined;
  }
}
