/** The input of a command; each handler knows what it may read. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a fake of three APIs that types none of their inputs
export type Input = Readonly<Record<string, any>>;

/** What a fake service does for one kind of command. */
export type Handler = (input: Input) => object;
export type Handlers = Readonly<Record<string, Handler>>;

export const FAKE_ACCOUNT = '123456789012';

/** An error as the SDK throws it. */
export function sdkError(name: string, message = name, httpStatusCode = 400): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode } });
}
