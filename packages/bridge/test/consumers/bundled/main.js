import { logIn, openShop } from './shop.js'

logIn(openShop())
