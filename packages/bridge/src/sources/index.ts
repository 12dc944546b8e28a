export { type CampaignOptions, campaignFlags } from './campaign-flags.ts'
export { pageFlags } from './page-flags.ts'
