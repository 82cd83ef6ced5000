import { stopServer } from './stop-server';
import { FakeMachine } from './testing/fake-machine';

const SERVER = 7;

describe('stopServer', () => {
  let machine: FakeMachine;
  beforeEach(() => {
    machine = new FakeMachine();
    machine.alive.add(SERVER);
  });

  it('asks the process to end', async () => {
    await stopServer(SERVER, machine.effects);
    expect(machine.terminated).toEqual([SERVER]);
    expect(machine.time).toBe(0);
  });

  it('waits until it is gone', async () => {
    machine.deaf = true;
    machine.onSleep = () => {
      if (machine.time === 200) machine.end(SERVER);
    };
    await stopServer(SERVER, machine.effects);
    expect(machine.time).toBe(250);
    expect(machine.terminated).toEqual([SERVER]);
  });

  it('says which process to end when it does not hear', async () => {
    machine.deaf = true;
    await expect(stopServer(SERVER, machine.effects)).rejects.toThrow(
      'local cloud: does not stop, got process 7, asked 10 s ago - end it: kill -9 7',
    );
  });
});
