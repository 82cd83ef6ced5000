import { UserError } from '@nightshift/errors';
import type { Command } from 'commander';
import { addConfigurationOption, type ConfigurationOption } from '../environment/configuration-option';

export interface JudgedOptions extends ConfigurationOption {
  readonly all?: boolean;
  readonly stacks?: string;
  readonly plan?: string;
}

/** What can be judged; exactly one of the options has to be given. */
export function addJudgedOptions(command: Command): Command {
  return addConfigurationOption(command)
    .option(
      '--stacks <directory>',
      'judge what was synthesized before, such as cdktf.out/dev, whoever wrote or edited it',
    )
    .option('--plan <file>', 'judge any plan of Terraform: the file that terraform show -json <plan> has written');
}

/** Those of the options that are given, as the user wrote them. */
export function givenOptions({ configuration, all, stacks, plan }: JudgedOptions): readonly string[] {
  return [
    ...(configuration === undefined ? [] : [`-c ${configuration}`]),
    ...(all ? ['--all'] : []),
    ...(stacks === undefined ? [] : [`--stacks ${stacks}`]),
    ...(plan === undefined ? [] : [`--plan ${plan}`]),
  ];
}

/** @throws {UserError} unless exactly one thing is named. @param choices what the verb can judge, for the message */
export function requireOne(verb: string, options: JudgedOptions, choices: string): void {
  const given = givenOptions(options);
  if (given.length === 1) return;
  throw new UserError({
    where: `nightshift ${verb}`,
    what: given.length === 0 ? 'nothing is named that is to be judged' : 'it judges one thing at a time',
    got: given.length === 0 ? undefined : given.join(' '),
    todo: `give one of ${choices}`,
  });
}
