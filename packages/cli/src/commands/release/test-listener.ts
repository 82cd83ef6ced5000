import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Environment } from '@nightshift/config';
import type { TestAnswer, TestListener, TestRequest } from '@nightshift/release';
import type { LocalClouds } from '@nightshift/aws-access';

/** A machine that a security group shuts out gets no answer at all. */
const CONNECT_MILLISECONDS = 10_000;

/** The way to the test listener of an environment, from this machine. */
export function testListenerOf(
  { cloud, suffix, region }: Environment,
  { localCloud }: LocalClouds,
  connectMilliseconds = CONNECT_MILLISECONDS,
): TestListener {
  return {
    localUrl: async () => {
      if (cloud !== 'local') return undefined;
      const status = await (await localCloud()).status();
      const environments = status.running ? status.environments : [];
      return environments.find((one) => one.suffix === suffix && one.region === region)?.testUrl ?? undefined;
    },
    send: async (request) => await send(request, connectMilliseconds),
  };
}

async function send(
  { method, url, body, timeoutSeconds }: TestRequest,
  connectMilliseconds: number,
): Promise<TestAnswer | { readonly problem: string }> {
  const secure = url.startsWith('https:');
  return await new Promise((resolve) => {
    const request = (secure ? requestHttps : requestHttp)(url, {
      method,
      headers: { 'content-type': 'application/json' },
      // The certificate is for the name that clients use, not for that of the load balancer.
      rejectUnauthorized: false,
      agent: false,
      timeout: connectMilliseconds,
    });
    const fail = ({ message }: Error) => {
      resolve({ problem: message });
    };
    let waited = `no connection within ${String(connectMilliseconds / 1000)} s`;
    request.on('socket', (socket) => {
      socket.on(secure ? 'secureConnect' : 'connect', () => {
        waited = `no answer within ${String(timeoutSeconds)} s`;
        socket.setTimeout(timeoutSeconds * 1000);
      });
    });
    request.on('timeout', () => {
      request.destroy(new Error(waited));
    });
    request.on('error', fail);
    request.on('response', (response) => {
      const { statusCode } = response;
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('error', fail);
      response.on('end', () => {
        resolve({ status: Number(statusCode), body: text });
      });
    });
    request.end(body);
  });
}
