declare module '@analytics/customerio' {
  const plugin: (config: { siteId: string; customScriptSrc?: string }) => object
  export default plugin
}
declare module '@analytics/fullstory' {
  const plugin: (config: { org: string }) => object
  export default plugin
}
