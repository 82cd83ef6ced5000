import { literal } from './literal';

describe('literal text for Terraform', () => {
  it('keeps shell and policy variables out of the hands of Terraform', () => {
    expect(literal('curl ${HOST}/%{http_code} ${aws:username}')).toBe('curl $${HOST}/%%{http_code} $${aws:username}');
  });

  it('leaves other text as it is', () => {
    expect(literal('price: 5 $, 10 %, {}')).toBe('price: 5 $, 10 %, {}');
  });
});
