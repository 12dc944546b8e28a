// Without fonts: the reader's own are there at once.
import theme from 'vitepress/theme-without-fonts'
import './theme.css'

export default theme
