import { createServer, type Server } from 'node:http';
import { handleRequests } from './handle-requests';
import type { ServiceContext } from './service-context';

/** Longer than UPLOAD_SECONDS, after which a client gets a response: Node.js closes the connection of a client that does not read it. */
const GRACE_MS = 30_000;

export function createServiceServer(context: ServiceContext): Server {
  const handle = handleRequests(context);
  return createServer({
    keepAliveTimeout: context.configuration.KEEP_ALIVE_SECONDS * 1000,
    requestTimeout: context.configuration.UPLOAD_SECONDS * 1000 + GRACE_MS,
  })
    .on('request', (request, response) => void handle(request, response))
    .on('checkContinue', (request, response) => void handle(request, response));
}
