export { type TellCheckoutOptions, tellCheckout } from './tell-checkout/index.ts'
