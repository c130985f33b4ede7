import { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics'
import type { Clock } from '../../src/clock.ts'
import type { ExporterContext } from '../../src/pipeline/component.ts'
import type { Log, LogFields, LogLevel } from '../../src/telemetry/log.ts'
import type { ComponentState, StatusValue } from '../../src/telemetry/status.ts'

/** The context of an exporter under test, with everything it told its surroundings. */
export interface TestContext extends ExporterContext {
  readonly states: { state: ComponentState; message: string }[]
  readonly lines: { level: LogLevel; message: string; fields: LogFields }[]
  statusDetails(): Readonly<Record<string, StatusValue>>
  /** The counter's value for each set of attributes, `exporter` left out: `{ 'result=accepted': 3 }`. */
  counter(name: string): Promise<Record<string, number>>
}

export function createTestContext(clock: Clock, deadLetterDirectory = '/dev/null/none'): TestContext {
  const states: TestContext['states'] = []
  const lines: TestContext['lines'] = []
  let readDetails = (): Readonly<Record<string, StatusValue>> => ({})
  const reader = new PulledReader()
  const provider = new MeterProvider({ readers: [reader] })
  return {
    id: 'otlp_http/test',
    clock,
    deadLetterDirectory,
    meter: provider.getMeter('test'),
    log: createRecordingLog(lines),
    status: {
      set: (state, message = '') => states.push({ state, message }),
      details: (read) => {
        readDetails = read
      },
    },
    states,
    lines,
    statusDetails: () => readDetails(),
    async counter(name) {
      const { resourceMetrics } = await reader.collect()
      const metrics = resourceMetrics.scopeMetrics.flatMap((scope) => scope.metrics)
      const points = metrics.find(({ descriptor }) => descriptor.name === name)?.dataPoints ?? []
      return Object.fromEntries(
        points.map(({ attributes: { exporter: _exporter, ...others }, value }) => [
          Object.entries(others)
            .map(([key, text]) => `${key}=${text}`)
            .join(),
          Number(value),
        ]),
      )
    },
  }
}

class PulledReader extends MetricReader {
  protected override async onShutdown(): Promise<void> {}
  protected override async onForceFlush(): Promise<void> {}
}

function createRecordingLog(lines: TestContext['lines'], inherited: LogFields = {}): Log {
  const at =
    (level: LogLevel) =>
    (message: string, fields: LogFields = {}) => {
      lines.push({ level, message, fields: { ...inherited, ...fields } })
    }
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    with: (fields) => createRecordingLog(lines, { ...inherited, ...fields }),
  }
}
