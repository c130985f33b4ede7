import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { parseDuration } from '../config/duration.ts'
import { ReceiverError } from '../errors.ts'
import { version } from '../version.ts'
import { type CommandIo, exitCodes, stopSignal } from './command-io.ts'
import { reportError } from './report-error.ts'

const name = 'alibabacloud-otel-receiver'

/**
 * Runs one command. Each is loaded only when it is called, so that `run` starts fast.
 *
 * @param args without the program
 * @returns the exit code
 */
export async function runCommandLine(args: readonly string[], io: CommandIo): Promise<number> {
  // A reader that has seen enough (`… | head`) is no failure.
  io.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(exitCodes.done)
    throw error
  })
  let exitCode: number = exitCodes.done
  const program = createProgram(io, (code) => {
    exitCode = code
  })
  try {
    await program.parseAsync(args, { from: 'user' })
    return exitCode
  } catch (error) {
    return reportEnd(error, args, io)
  }
}

function createProgram(io: CommandIo, done: (exitCode: number) => void): Command {
  const program = new Command(name)
    .description('Pulls logs out of Alibaba Cloud and hands them as OTLP to any OpenTelemetry backend; loses none.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .exitOverride()
    // Faults of the command line are reported as all errors are.
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      outputError: () => {},
    })
    .addHelpText(
      'after',
      `
Examples:
  ${name} demo                                   a simulated Alibaba Cloud, the receiver, and what arrives
  ${name} validate --config otel-config.yaml     every fault of a configuration at once
  ${name} run --config otel-config.yaml          the receiver, until Ctrl-C
  ${name} run --once --dry-run                   what is there now, shown; nothing sent or saved
  ${name} run --once --from -90d                 all there is of the last 90 days; goes on where it was stopped
  ${name} config schema > otel-config.schema.json
  ${name} lookup --access-key LTAI… --from -90d  what a key was used for
  ${name} explain EXPORT_UNAUTHORIZED

Exit codes: 0 done, 1 runtime failure, 2 wrong usage, 3 configuration refused, 4 check failed.`,
    )

  program
    .command('run')
    .description('run the receiver until SIGINT or SIGTERM')
    .addOption(configOption())
    .addOption(jsonOption('report errors as JSON'))
    .option('--once', 'end when all that existed at the start is delivered', false)
    .option('--dry-run', 'print records instead of sending them, and save no position', false)
    .option(
      '--from <start>',
      'where sources start that have no saved position, in place of start_at: earliest, -90d, 2026-01-31T08:00:00Z',
    )
    .action(async (flags) => done(await (await import('./run.ts')).run(flags, io)))

  program
    .command('validate')
    .description('check a configuration offline and list all its faults')
    .addOption(configOption())
    .addOption(jsonOption())
    .action(async (flags) => done(await (await import('./validate.ts')).validate(flags, io)))

  const config = program.command('config').description('look at configurations')
  config
    .command('schema')
    .description('print the JSON schema of a configuration file')
    .action(async () => done((await import('./config-schema.ts')).printSchema(io)))
  config
    .command('print')
    .description('print the configuration after substitution, secrets masked')
    .addOption(configOption())
    .addOption(jsonOption())
    .action(async (flags) => done(await (await import('./config-print.ts')).printConfig(flags, io)))

  program
    .command('components')
    .description('list all receivers, processors, exporters and extensions')
    .addOption(jsonOption())
    .action(async (flags) => done((await import('./components.ts')).printComponents(flags, io)))

  program
    .command('metrics')
    .description('look at the metrics of CloudMonitor')
    .command('list')
    .description('list what a pattern matches: units, statistics, period, and the calls a month that it costs')
    .option('--namespace <pattern...>', 'names and globs, such as acs_ecs_dashboard')
    .option('--metric <pattern...>', 'names and globs; "!x" excludes')
    .option('--preset <name...>', 'ready sets, such as datadog')
    .option(
      '--series <number>',
      'instances (and disks, ports, ...) that have each metric, for the cost',
      wholeNumber,
      100,
    )
    .option('-c, --config <file>', 'what the receivers of a configuration collect, as CloudMonitor describes it now')
    .addOption(jsonOption())
    .action(async (flags) => done(await (await import('./metrics.ts')).listMetricsCommand(flags, io)))

  const rules = program.command('rules').description('look at the rules over audit events, and try them')
  rules
    .command('list')
    .description('list all rules')
    .addOption(rulesOption())
    .addOption(jsonOption())
    .action(async (flags) => done((await import('./rules.ts')).listRules(flags, io)))
  rules
    .command('show <id>')
    .description('print all of one rule: condition, settings, references, queries')
    .addOption(rulesOption())
    .addOption(jsonOption())
    .action(async (id, flags) => done((await import('./rules.ts')).showRule(id, flags, io)))
  rules
    .command('test <files...>')
    .description('run recorded events (JSON, JSON lines, pages of LookupEvents) through the rules: which fire, and why')
    .option('-c, --config <file>', 'rules and watch list of the alibabacloud_access_keys of this configuration')
    .option('--watch <id>', 'an AccessKey on the watch list; may be given again', eachTime, [])
    .addOption(rulesOption().conflicts('config'))
    .addOption(jsonOption())
    .action(async (files, flags) => done(await (await import('./rules.ts')).testRules(files, flags, io)))
  rules
    .command('validate <files...>')
    .description('check rule files and list all their faults')
    .addOption(jsonOption())
    .action(async (files, flags) => done((await import('./rules.ts')).validateRules(files, flags, io)))

  const state = program.command('state').description('look at saved positions, or remove them')
  state
    .command('show')
    .description('list the saved positions')
    .addOption(configOption())
    .option('--component <id>', 'only of this component')
    .addOption(jsonOption())
    .action(async (flags) => done(await (await import('./state.ts')).showState(flags, io)))
  state
    .command('reset')
    .description('remove saved positions: reading begins at `start_at` again')
    .addOption(configOption())
    .requiredOption('--component <id>', 'of this component')
    .option('--key <key>', 'only this position')
    .option('--yes', 'really remove', false)
    .addOption(jsonOption())
    .action(async (flags) => done(await (await import('./state.ts')).resetState(flags, io)))

  program
    .command('lookup')
    .description('find audit events: by the API of ActionTrail 90 days back, in the logstore of a trail any time')
    .option('--access-key <id>', 'signed with this AccessKey')
    .option('--user <name>', 'by this caller')
    .option('--event <name>', 'such as DeleteInstance')
    .option('--service <code>', 'such as Ecs')
    .option('--resource <name>', 'about this resource, such as i-…')
    .option('--event-id <id>', 'the event with this id')
    .option('--address <address>', 'from this address')
    .option('--read', 'only calls that read')
    .option('--write', 'only calls that write')
    .option('--failed', 'only what failed')
    .option('--from <time>', 'a time, or a time ago such as -6h', '-7d')
    .option('--to <time>', 'absent: now')
    .option('--limit <number>', 'the newest so many; 0: all', wholeNumber, 100)
    .option('-c, --config <file>', 'take regions, endpoint and credentials from a receiver of this configuration')
    .option('--receiver <id>', 'which receiver of the configuration')
    .option('--region <id...>', 'regions to ask; default: those that may hold global events')
    .option('--endpoint <address>', "instead of the vendor's own")
    .option('--logstore <name>', 'search the logstore of a trail instead of the API')
    .option('--project <name>', 'of the logstore')
    .addOption(jsonOption('print the events themselves, as a JSON array'))
    .addHelpText(
      'after',
      `
Examples:
  ${name} lookup --access-key LTAI… --from -90d
  ${name} lookup --user alice --failed --json
  ${name} lookup --access-key LTAI… --from -400d --logstore actiontrail_audit --config otel-config.yaml`,
    )
    .action(async (flags) => done(await (await import('./lookup.ts')).lookup(flags, io)))

  program
    .command('explain <code>')
    .description('tell what an error code means and what to do')
    .addOption(jsonOption())
    .action(async (code, flags) => done((await import('./explain.ts')).explain(code, flags, io)))

  program
    .command('simulate')
    .description('run a local Alibaba Cloud')
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--port <number>', 'port to listen on; 0: a free one', wholeNumber, 9000)
    .option('--rate <number>', 'records a second; 0: none', wholeNumber, 50)
    .option(
      '--event-rate <number>',
      'audit events a second, and as many events of CloudMonitor; 0: none',
      wholeNumber,
      2,
    )
    .option('--message-rate <number>', 'messages a second into the queues; 0: none', wholeNumber, 5)
    .option('--seed <number>', 'the same seed makes the same traffic', wholeNumber, 1)
    .option('--faults <file>', 'a fault script')
    .addOption(jsonOption())
    .action(async (flags) => {
      const { simulate } = await import('./simulate.ts')
      done(await simulate(flags, { ...streamsOf(io), stop: stopSignal(exitAtOnce) }))
    })

  program
    .command('demo')
    .description('run the simulator, the receiver and a view of what arrives')
    .option('--for <duration>', 'stop after this long, such as 20s', durationMs)
    .option('--rate <number>', 'records a second', wholeNumber, 200)
    .option('--outage <duration>', 'the backend refuses everything for this long', durationMs)
    .addOption(new Option('--summary <form>', 'how the result is printed').choices(['text', 'json']).default('text'))
    .option('--seed <number>', 'the same seed makes the same traffic', wholeNumber, 1)
    .action(async ({ for: forMs, outage: outageMs, rate, summary, seed }) => {
      const { demo } = await import('./demo.ts')
      // A terminal that is closed must not leave the receiver behind, which is a process of its own.
      const stop = stopSignal(exitAtOnce, 'SIGHUP')
      done(await demo({ forMs, outageMs, rate, summary, seed }, { ...streamsOf(io), stop }))
    })

  return program
}

const configOption = () => new Option('-c, --config <file>', 'configuration file').default('otel-config.yaml')
const jsonOption = (description = 'print JSON') => new Option('--json', description).default(false)
const rulesOption = () =>
  new Option('--rules <file>', 'a rule file of your own beside the built-in ones; may be given again')
    .default([])
    .argParser(eachTime)

/** The values of an option that is given again and again. One that took several at once would take the arguments too. */
const eachTime = (value: string, earlier: readonly string[]): string[] => [...earlier, value]
const streamsOf = ({ stdout, stderr }: CommandIo) => ({ stdout, stderr })
/** The second Ctrl-C of a person who does not want to wait. */
const exitAtOnce = () => process.exit(exitCodes.failed)

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('It must be a whole number.')
  return Number(text)
}

function durationMs(text: string): number {
  const ms = parseDuration(text)
  if (ms === undefined || ms <= 0) throw new InvalidArgumentError('It must be a duration such as 20s.')
  return ms
}

/** Commander throws for help and version too; those have been printed and are no errors. */
function reportEnd(error: unknown, args: readonly string[], io: CommandIo): number {
  const json = args.includes('--json')
  if (!(error instanceof CommanderError)) return reportError(error, io, { json })
  if (error.exitCode === 0) return exitCodes.done
  if (error.code === 'commander.help') return exitCodes.usage
  const remedy = `\`${name} --help\` lists the commands, \`${name} <command> --help\` their flags.`
  return reportError(new ReceiverError('USAGE', error.message.replace(/^error: /, ''), { remedy }), io, { json })
}
