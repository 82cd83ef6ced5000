import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { isFile } from '@nightshift/files';
import type { ProcessEnvironment } from './run-process';

/**
 * Variables of the user that are passed to Terraform. Variables that change what Terraform does (`TF_CLI_ARGS`, `TF_VAR_*`, `TF_WORKSPACE`,
 * …) are not passed: only the configuration of the stack decides that.
 * https://developer.hashicorp.com/terraform/cli/config/environment-variables
 */
const ALLOWED: readonly RegExp[] = [
  // The machine and its user; the second line is for Windows.
  /^(?:PATH|HOME|USER|LOGNAME|SHELL|TERM|TMPDIR|TMP|TEMP|TZ|LANG|LANGUAGE|LC_\w+|XDG_\w+)$/i,
  /^(?:SYSTEMROOT|SYSTEMDRIVE|WINDIR|COMSPEC|PATHEXT|USERNAME|USERPROFILE|HOMEDRIVE|HOMEPATH|(?:LOCAL)?APPDATA|PROGRAMDATA)$/i,
  // The network. https://pkg.go.dev/net/http#ProxyFromEnvironment, https://pkg.go.dev/crypto/x509#SystemCertPool
  /^(?:HTTPS?|ALL|NO)_PROXY$/i,
  /^SSL_CERT_(?:FILE|DIR)$/,
  // Credentials, and the variables of a `credential_process` with a key ring.
  /^AWS_\w+$/,
  /^(?:SSH_AUTH_SOCK|DBUS_SESSION_BUS_ADDRESS|DISPLAY|WAYLAND_DISPLAY|GPG_TTY|GNUPGHOME)$/,
  // Logging and provider installation.
  /^TF_(?:LOG|LOG_CORE|LOG_PROVIDER|LOG_PATH|CLI_CONFIG_FILE|PLUGIN_CACHE_DIR)$/,
  /^TF_(?:TOKEN_[\w-]+|REGISTRY_DISCOVERY_RETRY|REGISTRY_CLIENT_TIMEOUT)$/,
  /^TERRAFORM_PLUGIN_MIRROR$/,
  // Version managers with a `terraform` script.
  /^(?:TFENV|TENV|TOFUENV|ASDF|MISE)_\w+$/,
];

/** Disables prompts and update checks, and always uses the state in the configuration. */
const OWN = { TF_INPUT: '0', TF_IN_AUTOMATION: '1', TF_WORKSPACE: 'default', CHECKPOINT_DISABLE: '1' } as const;

/**
 * Go collects garbage less often, as long as a process uses less than 1 GiB. Only for commands that share a provider: several providers
 * at once need the memory. https://pkg.go.dev/runtime#hdr-Environment_Variables
 */
export const MEMORY_FOR_TIME = { GOGC: '400', GOMEMLIMIT: '1GiB' } as const;

/** Variables that CI systems set to the same values. */
const EXPECTED: readonly string[] = ['TF_INPUT', 'TF_IN_AUTOMATION'];

const PATHS = ['TF_CLI_CONFIG_FILE', 'TF_PLUGIN_CACHE_DIR', 'TF_LOG_PATH', 'TERRAFORM_PLUGIN_MIRROR'] as const;

/** Base directory of paths in settings. */
export interface Places {
  /** @default - the current directory */
  readonly cwd?: string | undefined;
  /** The home directory for `~`. @default - the one of the operating system */
  readonly home?: string | undefined;
}

/** The variables for Terraform, and notices about ignored ones. */
export interface UsableVariables {
  readonly env: ProcessEnvironment;
  /** Messages for the user. */
  readonly notices: readonly string[];
}

/** All variables of a Terraform process. */
export function terraformEnvironment(env: ProcessEnvironment): ProcessEnvironment {
  return { ...allowedVariables(env), ...OWN };
}

/**
 * Removes variables that must not reach Terraform, and a `TF_CLI_CONFIG_FILE` that does not exist: Terraform would print an error under
 * every command and ignore the default configuration. Paths become absolute, since Terraform runs in another directory and does not expand
 * `~`.
 */
export async function usableVariables(env: ProcessEnvironment, places: Places): Promise<UsableVariables> {
  const allowed = allowedVariables(env);
  const paths = PATHS.flatMap((name) => {
    const path = setting(allowed, name);
    return path === undefined ? [] : [[name, absolutePath(path, places)] as const];
  });
  const usable: ProcessEnvironment = { ...allowed, ...Object.fromEntries(paths) };
  const ignored = Object.keys(env)
    .filter((name) => isIgnored(name, env))
    .sort();
  const notices =
    ignored.length === 0
      ? []
      : [`${ignored.join(', ')}: ignored, because variables must not change what Terraform does`];
  const { TF_CLI_CONFIG_FILE: file, ...others } = usable;
  if (!file || (await isFile(file))) return { env: usable, notices };
  return { env: others, notices: [...notices, `TF_CLI_CONFIG_FILE is ignored: ${file} is not a file`] };
}

/** A path of the user: expands `~`, also if no shell has expanded it. */
export function absolutePath(path: string, { cwd = process.cwd(), home = homedir() }: Places): string {
  return resolve(cwd, /^~(?=$|[/\\])/.test(path) ? join(home, path.slice(1)) : path);
}

function allowedVariables(env: ProcessEnvironment): ProcessEnvironment {
  return Object.fromEntries(Object.entries(env).filter(([name]) => ALLOWED.some((pattern) => pattern.test(name))));
}

function isIgnored(name: string, env: ProcessEnvironment): boolean {
  if (!name.startsWith('TF_') || setting(env, name) === undefined || EXPECTED.includes(name)) return false;
  return !ALLOWED.some((pattern) => pattern.test(name));
}

/** An environment variable. Terraform treats an empty one as not set. */
export function setting(env: ProcessEnvironment, name: string): string | undefined {
  const value = env[name];
  return value === '' ? undefined : value;
}
