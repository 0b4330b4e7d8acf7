// How the runner finds a peer: the first line it prints ends in its port, as dialogue-server's does.
export const host = "127.0.0.1";

export function announce(port) {
  console.log(`Listening on http://${host}:${port}`);
}
