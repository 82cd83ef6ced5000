import { synthStack, testEnvironment, type EnvironmentOverrides } from '@nightshift/testing';
import { RegistryStack } from './registry-stack';

const synth = (overrides: EnvironmentOverrides = {}) =>
  synthStack((app) => new RegistryStack(app, 'registry', { environment: testEnvironment(overrides) }));

describe('registry stack', () => {
  const stack = synth();
  const repository = stack.resource('aws_ecr_repository', 'Repository/Resource');
  const reference = (attribute: string) => stack.reference('aws_ecr_repository', 'Repository/Resource', attribute);

  it('R0.2 publishes name, ARN and URL of the repository', () => {
    expect(stack.outputs).toEqual({
      repository_name: { value: reference('name') },
      repository_arn: { value: reference('arn') },
      repository_url: { value: reference('repository_url') },
    });
  });

  it('R2.1 scans images on push', () => {
    expect(repository['image_scanning_configuration']).toEqual({ scan_on_push: true });
  });

  it('R2.1 encrypts images with its own key', () => {
    expect(repository['encryption_configuration']).toEqual([
      { encryption_type: 'KMS', kms_key: stack.reference('aws_kms_key', 'Repository/Key/Resource', 'arn') },
    ]);
    expect(stack.resource('aws_kms_alias', 'Repository/Key/Alias')['name']).toBe('alias/kms-key-registry-test');
  });

  it('R2.1 allows only the account in the key policy, since ECR creates a grant itself', () => {
    expect(stack.parsed('aws_kms_key', 'Repository/Key/Resource', 'policy')).toMatchObject({
      Statement: [{ Sid: 'AccountAdministers' }],
    });
  });

  it('has immutable tags, so that a release runs the tested image', () => {
    expect(repository['image_tag_mutability']).toBe('IMMUTABLE');
  });

  it('R2.2 keeps the last 10 images, or the configured number', () => {
    const kept = (overrides?: EnvironmentOverrides) =>
      synth(overrides).parsed('aws_ecr_lifecycle_policy', 'Repository/Lifecycle', 'policy');
    expect(stack.resource('aws_ecr_lifecycle_policy', 'Repository/Lifecycle')['repository']).toBe(reference('name'));
    expect(kept()).toMatchObject({ rules: [{}, { selection: { countNumber: 10 } }] });
    expect(kept({ registry: { keepImages: 25 } })).toMatchObject({
      rules: [{}, { selection: { countNumber: 25 } }],
    });
  });

  it('R0.8 names the repository after the environment', () => {
    expect(repository['name']).toBe('ecr-repository-test');
  });

  it('R0.10 can be destroyed with images in it', () => {
    expect(repository['force_delete']).toBe(true);
    expect(JSON.stringify(stack.json)).not.toContain('prevent_destroy');
  });

  it('R0.11 contains no literal region, account or partition', () => {
    const { json } = synth({ region: 'eu-central-1' });
    const text = JSON.stringify({ data: json['data'], resource: json['resource'], output: json['output'] });
    expect(text.match(/eu-central-1|us-east-1|\d{12}|arn:aws/g)).toBeNull();
  });
});
