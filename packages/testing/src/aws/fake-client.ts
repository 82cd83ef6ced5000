import type { Handler, Handlers, Input } from './fake-service';

interface FakeCommand {
  readonly input: Input;
}

/** A client of the SDK whose commands are handled here. @param onCall may give an error to answer with instead. */
export function fakeClient(handlers: Handlers, onCall: (command: string) => Error | undefined): unknown {
  return {
    send: (command: FakeCommand) => {
      const name = command.constructor.name.replace(/Command$/, '');
      const failure = onCall(name);
      if (failure) return Promise.reject(failure);
      // A command that is not in the table fails the test as a TypeError.
      return new Promise((resolve) => {
        resolve((handlers[name] as Handler)(command.input));
      });
    },
  };
}
