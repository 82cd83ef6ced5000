import { choosePort } from './choose-port';
import { FakeMachine, FREE_PORT } from './testing/fake-machine';

describe('choosePort', () => {
  let fake: FakeMachine;
  beforeEach(() => {
    fake = new FakeMachine();
  });
  const choose = (asked?: number) => choosePort(asked, fake.machine);
  const OTHER = 'pass another --port, or omit it to use a free port';

  it('uses 45660 by default', async () => {
    expect(await choose()).toBe(45660);
  });

  it('uses any free port if the default port is in use', async () => {
    fake.portProblems.set(45660, 'EADDRINUSE');
    expect(await choose()).toBe(FREE_PORT);
  });

  it('uses the given port', async () => {
    expect(await choose(5000)).toBe(5000);
  });

  it('refuses a given port that another program uses', async () => {
    fake.portProblems.set(5000, 'EADDRINUSE');
    await expect(choose(5000)).rejects.toThrow(
      `local cloud: the port is in use by another program, got 5000 - ${OTHER}`,
    );
  });

  it('reports that another local cloud uses the port', async () => {
    fake.portProblems.set(5000, 'EADDRINUSE');
    fake.serve(5000, 77);
    await expect(choose(5000)).rejects.toThrow(
      `local cloud: the port is in use by another local cloud, process 77, got 5000 - ${OTHER}`,
    );
  });

  it('refuses a privileged port', async () => {
    fake.portProblems.set(80, 'EACCES');
    await expect(choose(80)).rejects.toThrow(`local cloud: cannot listen on this port (EACCES), got 80 - ${OTHER}`);
  });

  it.each([[0], [65536], [-1], [1.5], [NaN]])('refuses %d, which is not a port', async (asked) => {
    await expect(choose(asked)).rejects.toThrow(
      `--port: is not a port number, got ${String(asked)} - pass a whole number from 1 to 65535`,
    );
  });

  it('accepts the lowest and the highest port', async () => {
    expect(await choose(1)).toBe(1);
    expect(await choose(65535)).toBe(65535);
  });
});
