import { diagnosticsInText } from './diagnostics-in-text';

describe('diagnosticsInText', () => {
  it('reads every boxed error, without colours', () => {
    const text = `There are some problems with the CLI configuration:
\u001b[31m╷\u001b[0m
\u001b[31m│\u001b[0m \u001b[1mError: \u001b[0mError parsing /home/ada/.terraformrc: At 2:2: object expected closing RBRACE got: EOF
\u001b[31m│\u001b[0m
\u001b[31m╵\u001b[0m

As a result of the above problems, Terraform may not behave as intended.

╷
│ Error: Failed to read the given file as a state or plan file
│
│ State read error: Error loading statefile: open p: no such file
│ or directory
╵`;
    expect(diagnosticsInText(text.split('\n'))).toEqual([
      {
        type: 'diagnostic',
        severity: 'error',
        summary: 'Error parsing /home/ada/.terraformrc: At 2:2: object expected closing RBRACE got: EOF',
        detail: '',
      },
      {
        type: 'diagnostic',
        severity: 'error',
        summary: 'Failed to read the given file as a state or plan file',
        detail: 'State read error: Error loading statefile: open p: no such file\nor directory',
      },
    ]);
  });

  it('reads an error without a box', () => {
    const text =
      '\nError: Backend initialization required, please run "terraform init"\n\nReason: Initial configuration';
    expect(diagnosticsInText(text.split('\n'))).toEqual([
      {
        type: 'diagnostic',
        severity: 'error',
        summary: 'Backend initialization required, please run "terraform init"',
        detail: 'Reason: Initial configuration',
      },
    ]);
  });

  it('finds no error in warnings and other text', () => {
    expect(diagnosticsInText(['╷', '│ Warning: Deprecated Parameter', '╵', 'Releasing state lock.'])).toEqual([]);
    expect(diagnosticsInText([])).toEqual([]);
  });
});
