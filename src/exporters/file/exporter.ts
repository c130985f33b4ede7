import { z } from 'zod'
import { createBackoff } from '../../backoff.ts'
import { booleanSchema } from '../../config/scalars.ts'
import { describeError, ReceiverError } from '../../errors.ts'
import { requestToJson } from '../../otlp/json.ts'
import type { Exporter, ExporterContext, ExporterDefinition } from '../../pipeline/component.ts'
import { acceptedWhole } from '../../pipeline/payload.ts'
import { createExporterMetrics } from '../exporter-metrics.ts'
import { type LineFile, openLineFile } from '../line-file.ts'

export interface FileOptions {
  readonly path: string
  /** Whether a payload counts as answered only once it would survive a power cut. */
  readonly fsync: boolean
}

const fileSchema: z.ZodType<FileOptions> = z.strictObject({
  path: z.string().min(1).describe('Appended to; created with its folder where it is not there'),
  fsync: booleanSchema(true).describe('Wait for the disk before a position moves'),
})

const waits = { initialMs: 1_000, maxMs: 30_000 }

/** Appends one OTLP JSON request a line to a file, as the Collector's file exporter does. */
export const fileExporter: ExporterDefinition<FileOptions> = {
  type: 'file',
  summary: 'OTLP JSON to a file, one request a line',
  signals: ['logs', 'metrics'],
  schema: fileSchema,
  create: createFileExporter,
}

function createFileExporter({ path, fsync }: FileOptions, context: ExporterContext): Exporter {
  const { clock, status } = context
  const metrics = createExporterMetrics(context)
  let file: LineFile | undefined

  const cannotWrite = (cause: unknown) =>
    new ReceiverError('EXPORT_FILE_FAILED', `Cannot write to ${path}: ${describeError(cause)}`, { cause })

  return {
    async start() {
      try {
        file = await openLineFile(path, fsync)
      } catch (error) {
        throw cannotWrite(error)
      }
    },

    async export(payload, signal) {
      const line = requestToJson(payload.signal, payload.bytes)
      const backoff = createBackoff(waits, clock.random)
      for (;;) {
        signal.throwIfAborted()
        try {
          if (file === undefined) throw new Error('the file is not open')
          await file.append(line)
          metrics.sent(payload.signal, payload.items)
          status.set('ok')
          return acceptedWhole
        } catch (error) {
          // A full disk, as a rule: it heals when somebody makes room.
          status.set('recoverable_error', cannotWrite(error).message)
          await clock.sleep(backoff.nextMs(), signal)
        }
      }
    },

    async shutdown() {
      await file?.close()
      file = undefined
    },
  }
}
