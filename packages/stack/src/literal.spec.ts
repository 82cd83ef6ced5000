import { literal } from './literal';

describe('literal text for Terraform', () => {
  it('escapes shell and policy variables', () => {
    expect(literal('curl ${HOST}/%{http_code} ${aws:username}')).toBe('curl $${HOST}/%%{http_code} $${aws:username}');
  });

  it('does not change other text', () => {
    expect(literal('price: 5 $, 10 %, {}')).toBe('price: 5 $, 10 %, {}');
  });
});
