import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { setTimeout } from 'node:timers/promises';
import { callerOf, clientConfig, type CloudEffects, guardAccount, type LocalClouds } from '@nightshift/aws-access';
import type { Environment } from '@nightshift/config';
import type { Time } from '@nightshift/console';
import {
  type Clock,
  connectRelease,
  type ReleaseContext,
  type TestAnswer,
  type TestListener,
  type TestRequest,
} from './release-context';
import { deployedImagesCheck } from './image/images-in-use';
import type { Check } from './preflight/checklist';
import { deploymentQuotaChecks } from './quotas/quota-checks';
import { releaseTarget } from './target';

export type ContextEffects = CloudEffects & Pick<Time, 'now'> & Pick<ReleaseContext, 'newId'>;

/**
 * @throws {UserError} when the local cloud of the environment is not running, or when the credentials belong to another account than the
 * environment's.
 */
export async function releaseContext(environment: Environment, effects: ContextEffects): Promise<ReleaseContext> {
  const local = environment.cloud === 'local';
  const clients = connectRelease(await clientConfig(environment, effects));
  if (!local) guardAccount(environment, await callerOf(clients.sts));
  return {
    target: releaseTarget(environment),
    clients,
    clock: { now: effects.now, sleep },
    timeScale: local ? await localTimeScale(effects) : 1,
    newId: effects.newId,
    testListener: testListenerOf(environment, effects),
  };
}

/** The checks of the account of an environment: quotas, and the images in use. Connects to AWS for the first check. */
export function accountRequirements(environment: Environment, effects: CloudEffects): readonly Check[] {
  const connect = async () => ({
    target: releaseTarget(environment),
    clients: connectRelease(await clientConfig(environment, effects)),
  });
  return [...deploymentQuotaChecks(environment, connect), deployedImagesCheck(connect)];
}

const sleep: Clock['sleep'] = async (milliseconds, signal) => {
  try {
    await setTimeout(milliseconds, undefined, signal && { signal });
  } catch {
    // The signal fired.
  }
};

async function localTimeScale({ localCloud }: LocalClouds): Promise<number> {
  const status = await (await localCloud()).status();
  return status.running ? status.timeScale : 1;
}

/** A blocked connection gets no response, only a timeout. */
const CONNECT_MILLISECONDS = 10_000;

/** The test listener of an environment, as seen from this machine. */
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
      // The certificate is for the domain name of clients, not for the DNS name of the load balancer.
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
