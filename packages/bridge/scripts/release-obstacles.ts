export interface ReleaseManifest {
  name: string
  version: string
  repository?: { url?: string }
  peerDependencies?: Record<string, string>
}

export interface Release {
  tag: string
  /** `owner/name`, where the job runs. */
  repository: string
  manifests: readonly ReleaseManifest[]
  changelog: string
}

/** One line for each thing that has to be mended before this is released. */
export const obstacles = ({ tag, repository, manifests, changelog }: Release): string[] => {
  const version = tag.replace(/^v/, '')
  const found: string[] = []
  if (!/^v\d+\.\d+\.\d+(-[\w.]+)?$/.test(tag)) found.push(`The tag is no version: ${tag}`)
  for (const { name, version: own, repository: { url = '' } = {}, peerDependencies = {} } of manifests) {
    if (own !== version) found.push(`${name} has version ${own}, the tag is ${tag}`)
    if (!new RegExp(`[/:]${repository}(\\.git)?$`).test(url) || !repository)
      found.push(`${name} does not name ${repository || 'a repository'} as its repository: no provenance`)
    const peer = peerDependencies['retention-bridge']
    if (peer !== undefined && peer !== `^${version}`)
      found.push(`${name} wants retention-bridge ${peer}, which is not ^${version}`)
  }
  const dated = changelog.split('\n').some(line => line.startsWith(`## [${version}] - 20`))
  if (!dated) found.push(`CHANGELOG.md has no dated section for ${version}`)
  return found
}
