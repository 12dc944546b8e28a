declare module '@analytics/customerio' {
  const plugin: (config: { siteId: string; customScriptSrc?: string }) => { name: string }
  export default plugin
}
declare module '@analytics/fullstory' {
  const plugin: (config: { org: string }) => { name: string }
  export default plugin
}
