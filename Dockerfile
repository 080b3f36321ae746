# Foyer from this checkout. Debian, not Alpine: better-sqlite3 and argon2 come compiled for its libc.
FROM node:22-bookworm AS build
WORKDIR /foyer
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:22-bookworm-slim
ENV NODE_ENV=production DATA_DIR=/data
WORKDIR /foyer
COPY --from=build /foyer/package.json ./
COPY --from=build /foyer/scripts/foyer.mjs ./scripts/
COPY --from=build /foyer/node_modules ./node_modules
COPY --from=build /foyer/dist ./dist
RUN mkdir /data && chown node:node /data && chmod 700 /data && ln -s /foyer/scripts/foyer.mjs /usr/local/bin/foyer
USER node
VOLUME /data
EXPOSE 3000
# As the process itself, so that SIGTERM reaches it. More room for what lives as long as a message: docs/performance.md.
CMD ["node", "--max-semi-space-size=64", "dist/server/main.js"]
