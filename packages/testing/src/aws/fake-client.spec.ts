import { FAKE_ACCOUNT, fakeClient, sdkError } from './index';

class GetThingCommand {
  constructor(readonly input: { readonly name: string }) {}
}

interface Client {
  readonly send: (command: GetThingCommand) => Promise<object>;
}

const calls: string[] = [];
const handlers = { GetThing: ({ name }: { readonly name?: string }) => ({ thing: name }) };
const client = (failure?: Error) =>
  fakeClient(handlers, (name) => {
    calls.push(name);
    return failure;
  }) as Client;

describe('fakeClient', () => {
  it('answers a command by its name, and records it', async () => {
    expect(await client().send(new GetThingCommand({ name: 'a' }))).toEqual({ thing: 'a' });
    expect(calls).toEqual(['GetThing']);
  });

  it('has the account of the local cloud', () => {
    expect(FAKE_ACCOUNT).toBe('123456789012');
  });

  it('throws the error of an answer', async () => {
    await expect(
      client(sdkError('Throttling', 'Rate exceeded')).send(new GetThingCommand({ name: 'a' })),
    ).rejects.toMatchObject({
      name: 'Throttling',
      message: 'Rate exceeded',
      $metadata: { httpStatusCode: 400 },
    });
  });

  it('creates errors without a message', () => {
    expect(sdkError('NotFound')).toMatchObject({ message: 'NotFound', $metadata: { httpStatusCode: 400 } });
  });

  it('fails the test on an unexpected command', async () => {
    class PutThingCommand extends GetThingCommand {}
    await expect(client().send(new PutThingCommand({ name: 'a' }))).rejects.toThrow(TypeError);
  });
});
