import type { IncomingMessage } from 'node:http';

export interface BodyLimits {
  readonly bytes: number;
  /** For the complete body, from now on. */
  readonly milliseconds: number;
}

/**
 * The body of a request in its own memory, so that it can be transferred to a thread. Reads a body that is too large to its end and
 * discards it: a client that is still sending when the connection closes never reads the response.
 * @throws {Error} when the client disconnects
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
