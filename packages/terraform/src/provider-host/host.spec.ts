import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import http2 from 'node:http2';
import net from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { temporaryDirectory } from '@nightshift/files/temporary-directory';
import { installEchoProvider, providerProcesses } from '../testing/install-provider';
import { controlSocket, runHost, runHostProcess } from './host';

type Reattach = Readonly<Record<string, { readonly Pid: number; readonly Addr: { readonly String: string } }>>;

/** The address, the only output of the fixture. */
const ADDRESS = 'registry.terraform.io/hashicorp/aws';

describe('a provider host', () => {
  const root = temporaryDirectory();
  const env = { PATH: process.env['PATH'] };

  /** A host in this process, whose owner lives until `leave`. */
  async function started(binary = installEchoProvider(join(root(), 'network')).binary) {
    const options = {
      binary,
      directory: join(root(), 'sockets'),
      record: join(root(), 'record'),
      schemaFile: join(root(), 'schemas', 'schema'),
      owner: 42,
    };
    mkdirSync(options.directory);
    writeFileSync(options.record, options.directory);
    let alive = true;
    let ready: () => void = () => undefined;
    const isReady = new Promise<void>((resolve) => (ready = resolve));
    const ended = runHost(options, { env, ready, isAlive: (pid) => pid === 42 && alive });
    await Promise.race([ended, isReady]);
    const leave = () => {
      alive = false;
    };
    return { options, ended, leave };
  }

  const until = async (condition: () => boolean) => {
    while (!condition()) await sleep(5);
  };

  async function client(directory: string, types: readonly string[] = []) {
    const socket = net.connect(controlSocket(directory));
    socket.on('error', () => undefined);
    socket.write(`${JSON.stringify({ types })}\n`);
    const [line] = (await once(socket, 'data')) as [Buffer];
    return { socket, reattach: JSON.parse(line.toString()) as Reattach };
  }

  const connects = async (path: string) => {
    const socket = net.connect(path);
    return await Promise.race([
      once(socket, 'connect').then(() => {
        socket.destroy();
        return true;
      }),
      once(socket, 'error').then(() => false),
    ]).catch(() => false);
  };

  it('gives each client its own proxy, as long as it is connected', async () => {
    const { options, ended, leave } = await started();
    const one = await client(options.directory);
    const two = await client(options.directory);
    expect(one.reattach).toMatchObject({
      [ADDRESS]: { Protocol: 'grpc', ProtocolVersion: 5, Pid: process.pid, Test: true, Addr: { Network: 'unix' } },
    });
    const sockets = [one, two].map(({ reattach }) => String(reattach[ADDRESS]?.Addr.String));
    expect(await Promise.all(sockets.map(connects))).toEqual([true, true]);
    one.socket.destroy();
    await until(() => !existsSync(String(sockets[0])));
    expect(await Promise.all(sockets.map(connects))).toEqual([false, true]);
    leave();
    await sleep(300);
    expect(existsSync(options.directory)).toBe(true);
    two.socket.destroy();
    await ended;
  });

  it('leaves nothing behind after the run', async () => {
    const { options, ended, leave } = await started();
    leave();
    await ended;
    expect([options.directory, options.record].filter(existsSync)).toEqual([]);
  });

  it('ends when the provider ends, and closes the connections of its clients', async () => {
    const { options, ended } = await started();
    const { socket } = await client(options.directory);
    process.kill(Number(providerProcesses(join(root(), 'network')).at(-1)));
    await Promise.all([ended, once(socket, 'close')]);
  });

  it('caches the schema of the provider, for this run and later ones', async () => {
    const { options, ended, leave } = await started();
    const { socket, reattach } = await client(options.directory, ['aws_echo']);
    const terraform = http2.connect('http://proxy', {
      createConnection: () => net.connect(String(reattach[ADDRESS]?.Addr.String)),
    });
    const getSchema = async () => {
      const stream = terraform.request({ ':method': 'POST', ':path': '/tfplugin5.Provider/GetSchema' });
      stream.end(Buffer.alloc(5));
      return await text(stream);
    };
    const first = await getSchema();
    await until(() => existsSync(options.schemaFile));
    expect(await getSchema()).toBe(first);
    expect(first).toContain('aws_echo');
    expect(first).not.toContain('aws_other');
    expect(readFileSync(options.schemaFile, 'utf8')).toContain('aws_other');
    expect(readFileSync(join(root(), 'network', 'calls'), 'utf8')).toBe('GetSchema\n');
    terraform.destroy();
    socket.destroy();
    leave();
    await ended;
  });

  it('reports a provider that cannot be started', async () => {
    await expect(started('/bin/true')).rejects.toThrow('the provider ended before it was ready');
    expect(existsSync(join(root(), 'sockets'))).toBe(false);
  });

  describe('as a process', () => {
    async function run(binary: string, owner: number) {
      const lines: string[] = [];
      const exit = jest.fn();
      const stdout = { write: (line: string) => lines.push(line), on: jest.fn() };
      const paths = {
        directory: join(root(), 'sockets'),
        record: join(root(), 'record'),
        schemaFile: join(root(), 's'),
      };
      mkdirSync(paths.directory);
      const argv = ['node', 'host', JSON.stringify({ binary, owner, ...paths })];
      await runHostProcess({ argv, env, stdout, exit } as never);
      const [[event, onError] = []] = stdout.on.mock.calls as [string, () => void][];
      expect([event, onError?.()]).toEqual(['error', undefined]);
      expect(exit).toHaveBeenCalledTimes(1);
      return lines;
    }

    it('reports that it is ready', async () => {
      expect(await run(installEchoProvider(join(root(), 'network')).binary, 2 ** 30)).toEqual(['ready\n']);
    });

    it('reports why it is not ready', async () => {
      expect(await run('/none/such', 2 ** 30)).toEqual(['the provider ended before it was ready\n']);
    });
  });
});
