# syntax=docker/dockerfile:1
# docker build -t asterisk-movidesk .
#
# Both images are arguments, for those who have their own: NODE_IMAGE needs Node 24 and npm, RUN_IMAGE the C and C++ libraries
# that Node is linked to, and nothing else. Debian's own has both in its smallest form.
ARG NODE_IMAGE=node:24-bookworm-slim
ARG RUN_IMAGE=debian:bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
# Settings of npm that a company needs to reach its registry come in by --secret id=npmrc,src=FILE, and stay out of the image.
RUN --mount=type=secret,id=npmrc,target=/root/.npmrc,required=false \
    npm ci --omit=dev --ignore-scripts --no-audit --no-fund && cp "$(readlink -f "$(command -v node)")" /build/node

FROM ${RUN_IMAGE}
LABEL org.opencontainers.image.title="asterisk-movidesk" \
      org.opencontainers.image.description="Lets Movidesk decide which agent takes which caller of an Asterisk PBX" \
      org.opencontainers.image.licenses="MIT"
COPY --from=build /build/node /usr/local/bin/node
COPY --from=build /build/node_modules /opt/asterisk-movidesk/node_modules
COPY LICENSE package.json /opt/asterisk-movidesk/
COPY bin /opt/asterisk-movidesk/bin
COPY src /opt/asterisk-movidesk/src
# The only place that is written to. A volume that is new takes its owner from here: a number, so that it is the same on the
# host. Any other user may be named with --user, if the volume is theirs.
RUN ln -s /opt/asterisk-movidesk/bin/asterisk-movidesk.js /usr/local/bin/asterisk-movidesk \
 && mkdir -p /etc/asterisk-movidesk /var/lib/asterisk-movidesk \
 && chown 10095:10095 /var/lib/asterisk-movidesk && chmod 700 /var/lib/asterisk-movidesk
USER 10095:10095
VOLUME /var/lib/asterisk-movidesk
EXPOSE 9095
# A stop waits for requests under way: give it more than movidesk.timeoutMs (docker stop -t 90).
STOPSIGNAL SIGTERM
# The daemon serves health from its start, whether the PBX is there or not: being cut off is no reason to be killed.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 CMD ["asterisk-movidesk", "health"]
ENTRYPOINT ["asterisk-movidesk"]
CMD ["run"]
