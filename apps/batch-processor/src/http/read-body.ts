import type { IncomingMessage } from 'node:http';

export interface BodyLimits {
  readonly bytes: number;
  /** For all of the body, from now on. */
  readonly milliseconds: number;
}

/**
 * The body of a request in memory of its own, so that it can move to a thread. One that is too large is read to its end and thrown away:
 * a client that still sends when the connection is closed never reads the answer.
 * @throws {Error} when the client goes away
 */
export function readBody(
  request: IncomingMessage,
  { bytes, milliseconds }: BodyLimits,
): Promise<Uint8Array<ArrayBuffer> | 'too large' | 'too slow'> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const timer = setTimeout(() => {
      chunks.length = 0;
      request.pause();
      resolve('too slow');
    }, milliseconds);
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= bytes) chunks.push(chunk);
      else chunks.length = 0;
    });
    request.on('end', () => {
      clearTimeout(timer);
      resolve(length <= bytes ? joined(chunks, length) : 'too large');
    });
    request.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
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
