import { FakeAws } from '../testing/fake-aws';
import { FAKE_ACCOUNT, sdkError } from '../testing/fake-service';
import { createBucket } from './create-bucket';

const request = { Bucket: 'b', ExpectedBucketOwner: FAKE_ACCOUNT };

describe('createBucket', () => {
  it.each(['us-east-1', 'eu-central-1'])('creates it in %s and waits until it is there', async (region) => {
    const aws = new FakeAws();
    const inputs: unknown[] = [];
    const { s3 } = aws.clients;
    const send = s3.send.bind(s3) as (command: object) => Promise<never>;
    s3.send = (command: { readonly input: object }) => {
      inputs.push(command.input);
      return send(command);
    };
    await createBucket(s3, request, { name: 'dev', region });
    expect(aws.calls).toEqual(['CreateBucket', 'HeadBucket']);
    expect(inputs[0]).toEqual({
      Bucket: 'b',
      ObjectOwnership: 'BucketOwnerEnforced',
      ...(region !== 'us-east-1' && { CreateBucketConfiguration: { LocationConstraint: region } }),
    });
    expect(aws.s3.bucket('b').region).toBe(region);
  });

  it('says that the name is taken when S3 says so only now', async () => {
    const aws = new FakeAws();
    aws.failures.set('CreateBucket', sdkError('BucketAlreadyExists', 'taken', 409));
    await expect(createBucket(aws.clients.s3, request, { name: 'dev', region: 'us-east-1' })).rejects.toThrow(
      'environments/dev.yaml: state.bucket: a bucket of this name belongs to another AWS account, or your role may not see it, got b - ',
    );
  });

  it('passes every other error on', async () => {
    const aws = new FakeAws();
    aws.failures.set('CreateBucket', sdkError('OperationAborted', 'again', 409));
    await expect(createBucket(aws.clients.s3, request, { name: 'dev', region: 'us-east-1' })).rejects.toThrow('again');
  });
});
