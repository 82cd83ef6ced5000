import { type ProcessRequest, runProcess } from './run-process';

interface Run extends Partial<ProcessRequest> {
  /** JavaScript. */
  readonly program?: string;
}

async function run({ program = '', onLine = () => undefined, ...request }: Run) {
  const lines: string[] = [];
  const result = await runProcess({
    file: process.execPath,
    args: ['-e', program],
    cwd: '/',
    env: {},
    onLine: (line, stream) => {
      lines.push(`${stream}: ${line}`);
      onLine(line, stream);
    },
    ...request,
  });
  return { ...result, lines };
}

describe('runProcess', () => {
  it('returns both streams line by line, and then the exit code', async () => {
    const program = 'process.stdout.write("a\\r\\nb"); process.stderr.write("c\\n"); process.exitCode = 3';
    const { lines, ...result } = await run({ program });
    expect(result).toEqual({ exitCode: 3, signal: undefined, startError: undefined });
    expect(lines.sort()).toEqual(['stderr: c', 'stdout: a', 'stdout: b']);
  });

  it('passes arguments without a shell, the directory, and only the given environment', async () => {
    const args = [
      '-e',
      'console.log(JSON.stringify([process.argv.slice(1), process.cwd(), process.env]))',
      '$HOME; ls',
    ];
    const { lines } = await run({ args, env: { ONLY: 'this', NOT: undefined } });
    expect(lines).toEqual(['stdout: [["$HOME; ls"],"/",{"ONLY":"this"}]']);
  });

  it('reports the signal that ended a program', async () => {
    expect(await run({ program: 'process.kill(process.pid, "SIGKILL")' })).toMatchObject({
      exitCode: undefined,
      signal: 'SIGKILL',
    });
  });

  it('reports why a program could not be started', async () => {
    expect(await run({ file: '/nowhere/terraform' })).toEqual({
      exitCode: undefined,
      signal: undefined,
      startError: 'ENOENT',
      lines: [],
    });
  });

  it('runs a program in its own process group, so that Ctrl-C does not reach it', async () => {
    const { lines } = await run({ file: 'ps', args: ['-o', 'pid=,pgid=', '-C', 'ps'], env: process.env });
    const [pid, group] = (lines[0] ?? '').replace('stdout:', '').trim().split(/\s+/);
    expect(group).toBe(pid);
  });

  it('sends one SIGINT and then waits without a limit', async () => {
    const interrupt = new AbortController();
    const program = `
      let asked = 0;
      process.on('SIGINT', () => { asked += 1; setTimeout(() => { console.log('asked ' + asked); process.exit(1); }, 300); });
      setInterval(() => undefined, 1000);
      console.log('ready');`;
    const onLine = () => {
      interrupt.abort();
      interrupt.abort();
    };
    expect(await run({ program, interrupt: interrupt.signal, onLine })).toMatchObject({
      exitCode: 1,
      lines: ['stdout: ready', 'stdout: asked 1'],
    });
  });

  it('sends a second SIGINT on request', async () => {
    const [interrupt, kill] = [new AbortController(), new AbortController()];
    const program = `
      let asked = 0;
      process.on('SIGINT', () => { asked += 1; console.log('asked ' + asked); if (asked === 2) process.exit(1); });
      setInterval(() => undefined, 1000);
      console.log('ready');`;
    const onLine = (line: string) => {
      if (line === 'ready') interrupt.abort();
      if (line === 'asked 1') kill.abort();
    };
    expect(await run({ program, interrupt: interrupt.signal, kill: kill.signal, onLine })).toMatchObject({
      exitCode: 1,
      lines: ['stdout: ready', 'stdout: asked 1', 'stdout: asked 2'],
    });
  });

  it('stops listening after the end of the program', async () => {
    const interrupt = new AbortController();
    const remove = jest.spyOn(interrupt.signal, 'removeEventListener');
    await run({ interrupt: interrupt.signal });
    expect(remove).toHaveBeenCalledWith('abort', expect.any(Function));
  });
});
