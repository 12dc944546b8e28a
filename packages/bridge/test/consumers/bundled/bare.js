/** What the bundler itself adds to a page. */
document.title = 'Bare'
