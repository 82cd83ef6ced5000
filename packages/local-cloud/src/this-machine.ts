import { spawn } from 'node:child_process';
import { mkdir, open, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { isProcessAlive } from '@nightshift/files';
import type { JsonAnswer, Machine, ProgramRequest, ProgramResult, Question, ServerRequest } from './machine';

const HOST = '127.0.0.1';

const ANSWER_MS = 5000;

function run({ file, args, env, cwd }: ProgramRequest): Promise<ProgramResult> {
  const child = spawn(file, args, { env: env as NodeJS.ProcessEnv, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  return new Promise((resolve) => {
    child.once('error', ({ message }) => {
      resolve({ exitCode: undefined, output: message });
    });
    child.once('close', (exitCode) => {
      resolve({ exitCode: exitCode ?? undefined, output });
    });
  });
}

async function start({ file, args, env, cwd, logFile }: ServerRequest): Promise<number> {
  await mkdir(dirname(logFile), { recursive: true, mode: 0o700 });
  // An existing file keeps its mode.
  await rm(logFile, { force: true });
  const log = await open(logFile, 'w', 0o600);
  try {
    const child = spawn(file, args, {
      env: env as NodeJS.ProcessEnv,
      cwd,
      detached: true,
      windowsHide: true,
      stdio: ['ignore', log.fd, log.fd],
    });
    await new Promise((resolve, reject) => {
      child.once('spawn', resolve).once('error', reject);
    });
    child.unref();
    return child.pid as number;
  } finally {
    await log.close();
  }
}

/** Not by `fetch`, which refuses ports such as 6000: https://fetch.spec.whatwg.org/#port-blocking */
function ask(url: string, { method = 'GET', headers = {}, body }: Question = {}): Promise<JsonAnswer | undefined> {
  return new Promise((resolve) => {
    const giveUp = () => {
      resolve(undefined);
    };
    const options = { method, headers, signal: AbortSignal.timeout(ANSWER_MS), agent: false };
    request(url, options, (answer) => {
      json(answer).then((content) => {
        resolve({ status: answer.statusCode as number, content });
      }, giveUp);
    })
      .once('error', giveUp)
      .end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** Listens on a port for a moment; returns the port, or the error. */
function listen(port: number): Promise<{ readonly port: number } | { readonly problem: string }> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      resolve({ problem: error.code as string });
    });
    server.listen({ port, host: HOST, exclusive: true }, () => {
      const address = server.address() as { readonly port: number };
      server.close(() => {
        resolve({ port: address.port });
      });
    });
  });
}

async function portProblem(port: number): Promise<string | undefined> {
  const listened = await listen(port);
  return 'problem' in listened ? listened.problem : undefined;
}

async function freePort(): Promise<number> {
  const listened = await listen(0);
  return (listened as { readonly port: number }).port;
}

function terminate(pid: number): void {
  process.kill(pid, 'SIGTERM');
}

export const thisMachine: Machine = {
  run,
  start,
  ask,
  portProblem,
  freePort,
  isAlive: isProcessAlive,
  terminate,
  pid: process.pid,
  now: Date.now,
  sleep,
};
