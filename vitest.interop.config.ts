import { defineConfig } from 'vitest/config'

/** Tests against other people's programs; what is missing on the machine is skipped, with the reason. */
export default defineConfig({
  test: {
    include: ['test/interop/**/*.test.ts'],
    globalSetup: ['test/interop/otelcol/build.ts', 'test/interop/sdks/install.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
