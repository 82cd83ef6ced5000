import type { ServerResponse } from 'node:http';

export interface Answer {
  readonly status: number;
  /** JSON without a line break at its end. */
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An error response with all problems, one sentence each. */
export function refusal(status: number, problem: string, headers?: Answer['headers']): Answer {
  return { status, body: JSON.stringify({ problems: [problem] }), ...(headers && { headers }) };
}

/** Sends a response with a line break at its end, for readable output in a shell. */
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
