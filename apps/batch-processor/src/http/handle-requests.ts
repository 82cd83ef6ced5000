import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerHealth, answerLive } from './answer-health';
import { answerJobRequest } from './answer-job-request';
import { refusal, respond, type Answer } from './respond';
import type { ServiceContext } from './service-context';

type Handler = (
  request: IncomingMessage,
  response: ServerResponse,
  context: ServiceContext,
) => Answer | Promise<Answer>;

interface Route {
  readonly methods: readonly string[];
  readonly answer: Handler;
}

const routes = new Map<string, Route>([
  ['/health', { methods: ['GET', 'HEAD'], answer: (_request, _response, context) => answerHealth(context) }],
  ['/live', { methods: ['GET', 'HEAD'], answer: (_request, _response, context) => answerLive(context) }],
  ['/jobs', { methods: ['POST'], answer: answerJobRequest }],
]);

/** Handles every request: routing by path and method, and the headers of all responses. */
export function handleRequests(context: ServiceContext) {
  const { configuration, jobs, log } = context;
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { headers, ...answer } = await answerOf(request, response, context).catch((error: unknown) => {
      // The client has disconnected.
      if (!response.destroyed) log.error('request failed', { error: String(error) });
      return refusal(500, 'the request failed - send it again');
    });
    const closes = jobs.stopping && { Connection: 'close' };
    respond(response, { ...answer, headers: { 'X-Version': configuration.VERSION, ...closes, ...headers } });
  };
}

async function answerOf(request: IncomingMessage, response: ServerResponse, context: ServiceContext): Promise<Answer> {
  const path = String(request.url).replace(/\?.*/, '');
  const route = routes.get(path);
  if (!route) return refusal(404, `${path}: is not here - use POST /jobs, GET /health or GET /live`);
  if (route.methods.includes(String(request.method))) return route.answer(request, response, context);
  const allow = route.methods.join(', ');
  return refusal(405, `${path}: does not take ${request.method} - use ${allow}`, { Allow: allow });
}
