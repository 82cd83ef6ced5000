import { once } from 'node:events';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { temporaryDirectory } from '@nightshift/files/temporary-directory';
import { thisMachine } from './this-machine';

const NODE = process.execPath;

const program = (code: string) => ({ file: NODE, args: ['-e', code], env: { GIVEN: 'yes' } });

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await thisMachine.sleep(20);
}

describe('thisMachine', () => {
  const folder = temporaryDirectory();
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  async function answer(content: string, port = 0): Promise<number> {
    const server = createServer((_request, response) => response.end(content));
    servers.push(server);
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as { port: number }).port;
  }

  describe('run', () => {
    it('returns the exit code and the complete output', async () => {
      const code = 'console.log("out"); setTimeout(() => { console.error("err"); process.exitCode = 3; }, 50)';
      expect(await thisMachine.run(program(code))).toEqual({ exitCode: 3, output: 'out\nerr\n' });
    });

    it('runs the program with the given environment and folder, without input', async () => {
      const code =
        'console.log(process.env.GIVEN, process.env.HOME, process.cwd(), require("fs").readFileSync(0, "utf8"))';
      const { output } = await thisMachine.run({ ...program(code), cwd: folder() });
      expect(output.trim()).toBe(`yes undefined ${folder()}`);
    });

    it('returns no exit code for a program that a signal ended', async () => {
      const result = await thisMachine.run(program('process.kill(process.pid, "SIGKILL")'));
      expect(result).toEqual({ exitCode: undefined, output: '' });
    });

    it('returns no exit code for a program that cannot be started', async () => {
      const result = await thisMachine.run({ file: join(folder(), 'none'), args: [], env: {} });
      expect(result.exitCode).toBeUndefined();
      expect(result.output).toContain('ENOENT');
    });
  });

  describe('start', () => {
    const start = (code: string) =>
      thisMachine.start({ ...program(code), cwd: folder(), logFile: join(folder(), 'deep', 'server.log') });
    const log = () => readFileSync(join(folder(), 'deep', 'server.log'), 'utf8');

    it('starts a program in its own session, with output to the log', async () => {
      const pid = await start('console.log("out"); console.error(process.env.GIVEN); setTimeout(() => {}, 60000)');
      await until(() => log() === 'out\nyes\n');
      expect(thisMachine.isAlive(pid)).toBe(true);
      // A process that leads its own group does not hear the Ctrl-C and the hang-up of our terminal.
      expect(() => process.kill(-pid, 0)).not.toThrow();
      thisMachine.terminate(pid);
      await until(() => !thisMachine.isAlive(pid));
    });

    it('creates a log that only this user can read', async () => {
      const pid = await start('');
      await until(() => !thisMachine.isAlive(pid));
      const path = join(folder(), 'server.log');
      writeFileSync(path, 'old', { mode: 0o644 });
      await thisMachine.start({ ...program(''), logFile: path });
      const modes = [path, join(folder(), 'deep'), join(folder(), 'deep', 'server.log')];
      expect(modes.map((name) => statSync(name).mode & 0o777)).toEqual([0o600, 0o700, 0o600]);
    });

    it('empties the log first', async () => {
      const first = await start('console.log("first")');
      await until(() => !thisMachine.isAlive(first) && log() === 'first\n');
      await start('console.log("second")');
      await until(() => log() === 'second\n');
      expect(log()).toBe('second\n');
    });

    it('fails if the program cannot be started', async () => {
      const request = { file: join(folder(), 'none'), args: [], env: {}, logFile: join(folder(), 'server.log') };
      await expect(thisMachine.start(request)).rejects.toThrow('ENOENT');
    });
  });

  describe('ask', () => {
    it('returns the JSON of a response', async () => {
      const port = await answer('{"name":"x"}');
      expect(await thisMachine.ask(`http://127.0.0.1:${String(port)}/`)).toEqual({
        status: 200,
        content: { name: 'x' },
      });
    });

    it('supports ports that browsers block', async () => {
      const reserved = [6000, 6566, 6665, 6666, 6667, 6668, 6669, 6697, 10080];
      const problems = await Promise.all(reserved.map(thisMachine.portProblem));
      const port = reserved[problems.indexOf(undefined)] as number;
      await answer('{"name":"x"}', port);
      expect(await thisMachine.ask(`http://127.0.0.1:${String(port)}/`)).toEqual({
        status: 200,
        content: { name: 'x' },
      });
    });

    it('sends a method, headers and JSON, and returns the status', async () => {
      const server = createServer((request, response) => {
        const { method, headers } = request;
        void text(request).then((body) => {
          response.statusCode = 400;
          response.end(JSON.stringify({ method, token: headers['x-token'], body }));
        });
      });
      servers.push(server);
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = server.address() as { port: number };
      const question = { method: 'POST', headers: { 'X-Token': 'given' }, body: { one: 1 } };
      expect(await thisMachine.ask(`http://127.0.0.1:${String(port)}/`, question)).toEqual({
        status: 400,
        content: { method: 'POST', token: 'given', body: '{"one":1}' },
      });
    });

    it('returns undefined without a JSON response', async () => {
      const port = await answer('<html>');
      expect(await thisMachine.ask(`http://127.0.0.1:${String(port)}/`)).toBeUndefined();
      const free = await thisMachine.freePort();
      expect(await thisMachine.ask(`http://127.0.0.1:${String(free)}/`)).toBeUndefined();
    });
  });

  describe('ports', () => {
    it('finds a free port', async () => {
      expect(await thisMachine.portProblem(await thisMachine.freePort())).toBeUndefined();
    });

    it('reports why a port cannot be used', async () => {
      expect(await thisMachine.portProblem(await answer(''))).toBe('EADDRINUSE');
    });
  });

  it('has the time of this machine', () => {
    expect(Math.abs(thisMachine.now() - Date.now())).toBeLessThan(1000);
  });
});
