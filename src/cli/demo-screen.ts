import { type DemoState, renderLine, renderScreen } from './demo-view.ts'

/** Shows the demo: on a terminal as a screen that is drawn again, elsewhere as a line now and then. */
export interface DemoScreen {
  /** How often `show` should be called. */
  readonly everyMs: number
  show(state: DemoState): void
  close(): void
}

const ENTER_SCREEN = '\x1b[?1049h\x1b[?25l'
const LEAVE_SCREEN = '\x1b[?25h\x1b[?1049l'
const CURSOR_HOME = '\x1b[H'
const CLEAR_TO_END_OF_LINE = '\x1b[K'
const CLEAR_BELOW = '\x1b[J'

/** On a terminal a screen of its own, drawn anew; elsewhere a line every two seconds. */
export function createDemoScreen(stream: NodeJS.WriteStream): DemoScreen {
  if (!stream.isTTY) {
    return { everyMs: 2_000, show: (state) => stream.write(`${renderLine(state)}\n`), close: () => {} }
  }
  const colors = !process.env['NO_COLOR']
  const leave = () => stream.write(LEAVE_SCREEN)
  stream.write(ENTER_SCREEN)
  // A terminal left on the other screen, without a cursor, is what nobody wants after a crash.
  process.once('exit', leave)
  return {
    everyMs: 500,
    show(state) {
      const lines = renderScreen(state, stream.columns, colors).slice(0, stream.rows)
      stream.write(CURSOR_HOME + lines.map((line) => line + CLEAR_TO_END_OF_LINE).join('\r\n') + CLEAR_BELOW)
    },
    close() {
      process.off('exit', leave)
      leave()
    },
  }
}
