import type { ServerResponse } from 'node:http';

export interface Answer {
  readonly status: number;
  /** JSON without a line break at its end. */
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A refusal in the form of all refusals: everything that is wrong, a sentence each. */
export function refusal(status: number, problem: string, headers?: Answer['headers']): Answer {
  return { status, body: JSON.stringify({ problems: [problem] }), ...(headers && { headers }) };
}

/** Sends an answer. A line break at its end keeps the prompt of a shell where it belongs. */
export function respond(response: ServerResponse, { status, body, headers }: Answer): void {
  const bytes = Buffer.from(`${body}\n`);
  response
    .writeHead(status, {
      'Content-Type': 'application/json',
      'Content-Length': bytes.length,
      'Cache-Control': 'no-store',
      ...headers,
    })
    .end(bytes);
}
