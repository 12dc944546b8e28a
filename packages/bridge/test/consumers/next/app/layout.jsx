export const metadata = { title: 'Shop', icons: 'data:,' }

/** The vendors' snippets, as a store has them in its layout; read when the page is asked for. */
// biome-ignore lint/security/noDangerouslySetInnerHtml: vendors hand out their snippets as text.
const Vendors = () => <script dangerouslySetInnerHTML={{ __html: process.env.VENDORS ?? '' }} />

const Layout = ({ children }) => (
  <html lang="en">
    <head>
      <Vendors />
    </head>
    <body>{children}</body>
  </html>
)

export default Layout
