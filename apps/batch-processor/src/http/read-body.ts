import type { IncomingMessage } from 'node:http';

/**
 * The body of a request in memory of its own, so that it can move to a thread; undefined if it is longer than `limit`. It is read to
 * its end in any case, and what is too much thrown away: whoever still sends when the connection is closed never reads the answer.
 * @throws {Error} when the client goes away
 */
export function readBody(request: IncomingMessage, limit: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= limit) chunks.push(chunk);
      else chunks.length = 0;
    });
    request.on('end', () => {
      resolve(length <= limit ? joined(chunks, length) : undefined);
    });
    request.on('error', reject);
  });
}

function joined(chunks: readonly Buffer[], length: number): Uint8Array<ArrayBuffer> {
  const body = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.length;
  }
  return body;
}
