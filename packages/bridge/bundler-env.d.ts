/** All the library knows of Node: an expression that its own builds replace by a text (tsup.config.ts). */
declare const process: { readonly env: { readonly NODE_ENV?: string } }
