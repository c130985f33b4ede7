import { debugExporter } from './exporters/debug/exporter.ts'
import { fileExporter } from './exporters/file/exporter.ts'
import { otlpHttpExporter } from './exporters/otlp-http/exporter.ts'

/** Every exporter a configuration can name, by type. A new one is its folder and a line here. */
export const exporterDefinitions = [debugExporter, fileExporter, otlpHttpExporter] as const
