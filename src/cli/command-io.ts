import { styleText } from 'node:util'

/** The world of a command: where it writes, what it may read, and what ends it. */
export interface CommandIo {
  /** Results. */
  readonly stdout: NodeJS.WriteStream
  /** Logs and errors. */
  readonly stderr: NodeJS.WriteStream
  readonly env: NodeJS.ProcessEnv
}

export const exitCodes = { done: 0, failed: 1, usage: 2, configInvalid: 3, checkFailed: 4 } as const

type Style = Parameters<typeof styleText>[0]

/** Styles text for a stream: not where it is no terminal, nor with NO_COLOR (https://no-color.org). */
export function styleFor(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv): (style: Style, text: string) => string {
  const coloured = stream.isTTY && !env['NO_COLOR']
  return (style, text) => (coloured ? styleText(style, text, { validateStream: false }) : text)
}

/** Aborts at the first SIGINT, SIGTERM or further signal named; `again` runs at every later one. */
export function stopSignal(again: () => void = () => {}, ...further: NodeJS.Signals[]): AbortSignal {
  const controller = new AbortController()
  const onSignal = () => {
    if (controller.signal.aborted) again()
    else controller.abort(new Error('Stopped by a signal'))
  }
  for (const signal of ['SIGINT', 'SIGTERM', ...further] as const) process.on(signal, onSignal)
  return controller.signal
}
