import { awsTypesIn, configurationIn, trimSchema } from './plugin-messages';

const text = (number: number, content: Buffer | string) =>
  Buffer.concat([Buffer.from([(number << 3) | 2, Buffer.byteLength(content)]), Buffer.from(content)]);
const number = (field: number, ...bytes: readonly number[]) => Buffer.from([field << 3, ...bytes]);
const entry = (field: number, key: string) => text(field, Buffer.concat([text(1, key), text(2, 'schema')]));

describe('trimSchema', () => {
  it('keeps the types in use, of every kind, and everything without a type', () => {
    const provider = text(1, 'provider');
    const capabilities = number(6, 0x81, 1);
    const functions = entry(7, 'arn_parse');
    const used = [2, 3, 8].map((field) => entry(field, 'aws_vpc'));
    const unused = [2, 3, 8].map((field) => entry(field, 'aws_wafv2_web_acl'));
    const message = Buffer.concat([provider, ...unused, ...used, capabilities, functions]);
    const kept = Buffer.concat([provider, ...used, capabilities, functions]);
    expect(trimSchema(message, new Set(['aws_vpc']))).toEqual(kept);
  });

  it('omits an entry without a name', () => {
    expect(trimSchema(text(2, text(2, 'schema')), new Set(['aws_vpc']))).toEqual(Buffer.alloc(0));
  });

  it.each([
    ['ends within a field', Buffer.from([10, 5, 1])],
    ['ends within a number', Buffer.from([10, 0x80])],
  ])('refuses a message that %s', (_, message) => {
    expect(() => trimSchema(message, new Set())).toThrow('the message ends too early');
  });

  it('refuses a message of another protocol', () => {
    expect(() => trimSchema(Buffer.from([9, 1]), new Set())).toThrow('wire type 1');
  });
});

it('finds the AWS types in a text', () => {
  const json = '{"resource":{"aws_vpc":{"V":{"arn":"${aws_kms_key.K.arn}"}}},"x":"paws_x"}';
  expect(awsTypesIn(json)).toEqual(['aws_kms_key', 'aws_vpc']);
  expect(awsTypesIn('{}')).toEqual([]);
});

it('compares configurations without the client capabilities of Terraform', () => {
  const request = (capabilities: string) =>
    Buffer.concat([text(1, '1.11.4'), text(2, 'config'), text(3, capabilities)]);
  expect(configurationIn(request('a'))).toEqual(configurationIn(request('b')));
  expect(configurationIn(request('a'))).not.toEqual(configurationIn(text(2, 'other')));
});
