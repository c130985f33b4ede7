import type { Meter } from '@opentelemetry/api'
import type { z } from 'zod'
import type { Clock } from '../clock.ts'
import type { StartAt } from '../config/start-at.ts'
import type { CheckpointStore, Checkpoints } from '../storage/checkpoints.ts'
import type { Log } from '../telemetry/log.ts'
import type { StatusReporter } from '../telemetry/status.ts'
import type { AuditHub } from './audit-events.ts'
import type { CatchUp } from './catch-up.ts'
import type { DeliveredEvents } from './delivered-events.ts'
import type { Outlet, RecordStep } from './outlet.ts'
import type { Answer, Payload, Signal } from './payload.ts'

/** What every running component is given. `id` is as written in the configuration: `type` or `type/name`. */
export interface ComponentContext {
  readonly id: string
  readonly log: Log
  readonly meter: Meter
  readonly status: StatusReporter
  readonly clock: Clock
}

/**
 * A kind of component that a configuration can name. `schema` reads the raw YAML value of the component (`undefined`
 * for an empty block is passed as `{}`) and yields typed options with every default filled in.
 */
interface ComponentDefinition<Options> {
  readonly type: string
  /** Other names the configuration may use for it (`otlphttp` for `otlp_http`). */
  readonly aliases?: readonly string[]
  /** One line for `components`. */
  readonly summary: string
  readonly schema: z.ZodType<Options>
}

// ---------------------------------------------------------------------------------------------------- receivers

export interface ReceiverContext extends ComponentContext {
  /** Positions of this receiver only; keys are the receiver's own. */
  readonly checkpoints: Checkpoints
  /** One entry per distinct processing, for the pipelines of each signal. */
  readonly outlets: { readonly logs: readonly Outlet[]; readonly metrics: readonly Outlet[] }
  /** True for `run --once`: return from `run` when all that existed at the start has been delivered. */
  readonly once: boolean
  /** True for `run --dry-run`: change nothing at the source, such as a position that it keeps. */
  readonly dryRun: boolean
  /** The folder of the store for what could not be delivered; a receiver's file in it is `<component id>.jsonl`. */
  readonly deadLetterDirectory: string
  /** Shared by all receivers of the service: whoever converts ActionTrail events shows them here. */
  readonly audit: AuditHub
  /** What the service has delivered, for receivers that are to leave out what another has. Shared by all of them. */
  openDelivered(): Promise<DeliveredEvents>
  /** `run --from`: where to start that has no position, in place of the receiver's own `start_at`. */
  readonly startAt: StartAt | undefined
  /** To be told for each step of working off the past; shown to whoever waits for it. */
  reportCatchUp(source: string, progress: CatchUp): void
}

export interface RunSignals {
  /** Stop pulling; finish what is in flight, save the positions and return. */
  readonly stop: AbortSignal
  /** The time for that is over: give up what is still unanswered. Aborts after `stop`, or never. */
  readonly abandon: AbortSignal
}

export interface Receiver {
  /** Runs until `signals.stop` (or until caught up, with `once`). Rejects only if it cannot work at all. */
  run(signals: RunSignals): Promise<void>
}

export interface ReceiverDefinition<Options> extends ComponentDefinition<Options> {
  readonly signals: readonly Signal[]
  create(options: Options, context: ReceiverContext): Receiver
}

// ---------------------------------------------------------------------------------------------------- exporters

export interface ExporterContext extends ComponentContext {
  /** Where `on_rejected: park` puts records, unless the exporter's options name another folder. */
  readonly deadLetterDirectory: string
}

export interface Exporter {
  /** Opens what must be open before the first payload. Rejects when the options cannot work (a folder that cannot be written). */
  start?(): Promise<void>
  /**
   * Sends a payload and resolves with the backend's answer; from then on it keeps nothing of the payload. Retries by itself, for as long as it takes; may be called
   * again before earlier calls resolved. Rejects when `signal` aborts, or with EXPORT_REJECTED under `on_rejected: stop`.
   */
  export(payload: Payload, signal: AbortSignal): Promise<Answer>
  shutdown(): Promise<void>
}

export interface ExporterDefinition<Options> extends ComponentDefinition<Options> {
  readonly signals: readonly Signal[]
  create(options: Options, context: ExporterContext): Exporter
}

// ---------------------------------------------------------------------------------------------------- processors

/** A processor changes how records are encoded, or looks at each when it is, or, for `batch`, how payloads travel. */
export type Processor =
  | { readonly role: 'encode'; readonly resourceAttributes: ReadonlyMap<string, string | number | boolean> }
  | { readonly role: 'record'; readonly step: RecordStep }
  | { readonly role: 'batch'; readonly maxBytes: number; readonly timeoutMs: number }

export interface ProcessorDefinition<Options> extends ComponentDefinition<Options> {
  readonly signals: readonly Signal[]
  create(options: Options): Processor
}

// ---------------------------------------------------------------------------------------------------- extensions

/** `file_storage`, `memory_storage`, … */
export interface StorageDefinition<Options> extends ComponentDefinition<Options> {
  open(options: Options, context: Pick<ComponentContext, 'id' | 'log'>): Promise<CheckpointStore>
  /** The folder for rejected records that belongs to this store. */
  deadLetterDirectory(options: Options): string
}
