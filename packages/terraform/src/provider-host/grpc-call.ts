import http2 from 'node:http2';

type Headers = http2.IncomingHttpHeaders & http2.IncomingHttpStatusHeader;

/** For streams that report their end by `close`. */
export function ignoreError(): void {
  // An error without a listener would end the process.
}

/** The response of a call: headers, the framed message and trailers. */
export interface Answer {
  readonly headers: http2.OutgoingHttpHeaders;
  readonly body: Buffer;
  readonly trailers: http2.IncomingHttpHeaders;
}

/** An empty message: https://github.com/grpc/grpc/blob/v1.70.0/doc/PROTOCOL-HTTP2.md */
export const FRAME_BYTES = 5;

/** Whether a call succeeded and its message is empty: no errors, no warnings. */
export function isSuccess({ body, trailers }: Answer): boolean {
  return body.length === FRAME_BYTES && trailers['grpc-status'] === '0';
}

/** One message in gRPC framing. */
export function framed(message: Buffer): Buffer {
  const frame = Buffer.alloc(FRAME_BYTES);
  frame.writeUInt32BE(message.length, 1);
  return Buffer.concat([frame, message]);
}

/** The message of a response; undefined if it is compressed or missing. */
export function messageIn({ body }: Answer): Buffer | undefined {
  return body.length >= FRAME_BYTES && body.readUInt8(0) === 0 ? body.subarray(FRAME_BYTES) : undefined;
}

/** All data of a stream. */
export async function readAll(stream: http2.Http2Stream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const ENDED = 'the provider ended during this call';

/** Sends a complete request and waits for the complete response. */
export async function callOnce(
  session: http2.ClientHttp2Session,
  headers: http2.IncomingHttpHeaders,
  request: Buffer,
): Promise<Answer> {
  const out = session.request(requestHeaders(headers));
  const answered = new Promise<Headers>((resolve, reject) => {
    out.once('response', resolve).once('error', reject);
    out.once('close', () => {
      reject(new Error(ENDED));
    });
  });
  let trailers: http2.IncomingHttpHeaders = {};
  out.once('trailers', (received) => {
    trailers = received;
  });
  out.end(request);
  const [head, body] = await Promise.all([answered, readAll(out)]);
  return { headers: head, body, trailers };
}

/** Answers a call. */
export function reply(stream: http2.ServerHttp2Stream, { headers, body, trailers }: Answer): void {
  stream.once('wantTrailers', () => {
    stream.sendTrailers(withoutPseudoHeaders(trailers));
  });
  stream.respond(headers, { waitForTrailers: true });
  stream.end(body);
}

/** Answers a call with one message. */
export function replyWith(stream: http2.ServerHttp2Stream, message: Buffer): void {
  const headers = { ':status': 200, 'content-type': 'application/grpc' };
  reply(stream, { headers, body: framed(message), trailers: { 'grpc-status': '0' } });
}

/** gRPC's status for a service that cannot be reached; https://grpc.io/docs/guides/status-codes */
const UNAVAILABLE = '14';

/** Answers a call with a failure. */
export function refuse(stream: http2.ServerHttp2Stream, reason: string): void {
  // Terraform has cancelled the call or ended.
  if (stream.destroyed) return;
  if (stream.headersSent) {
    stream.close(http2.constants.NGHTTP2_CANCEL);
    return;
  }
  const status = { 'grpc-status': UNAVAILABLE, 'grpc-message': encodeURIComponent(reason) };
  stream.respond({ ':status': 200, 'content-type': 'application/grpc', ...status }, { endStream: true });
}

/** Forwards a call in both directions as a stream, with its end, failure and cancellation. */
export function forward(
  session: http2.ClientHttp2Session,
  stream: http2.ServerHttp2Stream,
  headers: http2.IncomingHttpHeaders,
): void {
  const out = session.request(requestHeaders(headers));
  let trailers: http2.IncomingHttpHeaders = {};
  out.once('response', (head, flags) => {
    // A failure consists of headers only.
    const endStream = (flags & http2.constants.NGHTTP2_FLAG_END_STREAM) !== 0;
    stream.respond(head, { endStream, waitForTrailers: !endStream });
  });
  out.once('trailers', (received) => {
    trailers = received;
  });
  stream.once('wantTrailers', () => {
    stream.sendTrailers(withoutPseudoHeaders(trailers));
  });
  out.on('error', ignoreError);
  out.once('close', () => {
    if (out.rstCode === http2.constants.NGHTTP2_NO_ERROR) stream.end();
    else refuse(stream, ENDED);
  });
  stream.once('close', () => {
    out.close(http2.constants.NGHTTP2_CANCEL);
  });
  stream.pipe(out);
  out.pipe(stream, { end: false });
}

function requestHeaders(headers: http2.IncomingHttpHeaders): http2.OutgoingHttpHeaders {
  const path = headers[':path'];
  return { ...withoutPseudoHeaders(headers), ':method': 'POST', ':path': path, te: 'trailers' };
}

function withoutPseudoHeaders(headers: http2.IncomingHttpHeaders): http2.OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(':')));
}
