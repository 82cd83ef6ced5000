import { spawn } from 'node:child_process';
import { mkdir, open } from 'node:fs/promises';
import { get } from 'node:http';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Effects, ProgramRequest, ProgramResult, ServerRequest } from './effects';

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
  await mkdir(dirname(logFile), { recursive: true });
  const log = await open(logFile, 'w');
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
function fetchJson(url: string): Promise<unknown> {
  return new Promise((resolve) => {
    const giveUp = () => {
      resolve(undefined);
    };
    get(url, { signal: AbortSignal.timeout(ANSWER_MS), agent: false }, (answer) => {
      json(answer).then(resolve, giveUp);
    }).once('error', giveUp);
  });
}

/** Listens for a moment; gives the port, or why it cannot be had. */
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

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, and is somebody else's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function terminate(pid: number): void {
  process.kill(pid, 'SIGTERM');
}

export const systemEffects: Effects = {
  run,
  start,
  fetchJson,
  portProblem,
  freePort,
  isAlive,
  terminate,
  pid: process.pid,
  now: Date.now,
  sleep,
};
