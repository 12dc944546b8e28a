import { buildSync } from 'esbuild'
import { packageRoot } from '../../scripts/entry-points.ts'

/** The real packages as one script. FullStory's asks for fs.js over https, which loopback does not speak. */
export const vendorPackages = (): string => {
  const contents = `
    export { FullStory, init } from '@fullstory/browser'
    export { AnalyticsBrowser } from '@customerio/cdp-analytics-browser'`
  const { outputFiles } = buildSync({
    stdin: { contents, resolveDir: packageRoot },
    bundle: true,
    format: 'iife',
    globalName: 'vendors',
    write: false,
  })
  return outputFiles[0]?.text.replaceAll('"https://" + fsScript', '"http://" + fsScript') ?? ''
}
