import { createServer, type Server } from 'node:http';
import { handleRequests } from './handle-requests';
import type { ServiceContext } from './service-context';

/** A body of the largest size arrives in this time over a slow line; a client that is slower holds a job for nothing. */
const LONGEST_REQUEST_MS = 60_000;

export function createServiceServer(context: ServiceContext): Server {
  const handle = handleRequests(context);
  return createServer({
    keepAliveTimeout: context.configuration.KEEP_ALIVE_SECONDS * 1000,
    requestTimeout: LONGEST_REQUEST_MS,
  })
    .on('request', (request, response) => void handle(request, response))
    .on('checkContinue', (request, response) => void handle(request, response));
}
